"""Everybody can read the site: axe-core finds no barrier, keys are enough, and scripts are not needed."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.journeys.conftest import Visit
from tests.e2e.journeys.readers import AnyPage

pytestmark = pytest.mark.slow

# One page of each kind: the first page, each page on the state, registers, the matrix, the rules, documents as they
# are written, an artifact that is a file, minutes, a page on a kind, the handbook.
STATE = ("plan", "raid", "requirements", "decisions", "committees", "changes", "documents", "glossary")
PAGES = [
    "",
    *(f"state/{name}/" for name in (*STATE, "budget")),
    "approvals/",
    "kinds/",
    "kinds/requirement/",
    "matrix/",
    "checks/",
    "requirements/payments/",
    "plan/milestones/",
    "tests/test-runs/",
    "deliverables/DLV-001-requirements-baseline-lot-1/",
    "meetings/MTG-002-pilotage-2026-09/",
    "handbook/state/",
    "handbook/kinds/requirement/",
]
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


# Colours take axe-core most of its time. In the dark nothing else changes; rows and cards of one kind have the same
# colours, and the first of them are looked at. What a phone shows otherwise is in the pages named for it.
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
SHAPES = {"rules": {"color-contrast": {"enabled": False}}, "resultTypes": ["violations"]}
ALIKE = {"exclude": [["tbody tr:nth-child(n+12)"], [".card ~ .card ~ .card ~ .card ~ .card ~ .card"]]}
ON_A_PHONE = ["", "state/plan/", "state/raid/", "matrix/", "requirements/payments/", "handbook/state/"]


def barriers(
    visit: Visit, site: str, pages: list[str], *options: dict[str, object], **how: object
) -> list[str]:
    """What axe-core finds on the pages of a site."""
    page = visit(site, **how)
    found = []
    for path in pages:
        page.goto(site + path)
        for each in options:
            rows = Axe().run(page, context=ALIKE if each is COLOURS else None, options=each).response
            found += [
                f"{path} {row['id']}: {node['html'][:120]}"
                for row in rows["violations"]
                for node in row["nodes"]
            ]
    return found


@pytest.mark.parametrize(
    ("scheme", "size", "pages", "options"),
    [
        ("light", DESK, PAGES, (SHAPES, COLOURS)),
        ("dark", DESK, PAGES, (COLOURS,)),
        ("light", PHONE, ON_A_PHONE, (SHAPES,)),
    ],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_on_any_kind_of_page(
    visit: Visit,
    reference: str,
    scheme: str,
    size: dict[str, int],
    pages: list[str],
    options: tuple[dict[str, object], ...],
):
    assert barriers(visit, reference, pages, *options, color_scheme=scheme, viewport=size) == []


@pytest.mark.parametrize(("scheme", "options"), [("light", (SHAPES, COLOURS)), ("dark", (COLOURS,))])
def test_axe_finds_nothing_where_there_is_a_past(
    visit: Visit, history: str, scheme: str, options: tuple[dict[str, object], ...]
):
    pages = ["", "state/changes/", "requirements/payments/", "state/plan/"]
    assert barriers(visit, history, pages, *options, color_scheme=scheme) == []


def test_axe_finds_nothing_in_what_the_other_engine_builds(visit: Visit, zensical: str):
    pages = ["", "state/plan/", "state/decisions/", "state/changes/", "state/documents/"]
    assert barriers(visit, zensical, pages, SHAPES, COLOURS) == []


def test_axe_finds_nothing_in_dutch(visit: Visit, dutch: str):
    pages = ["", "state/committees/", "state/changes/", "state/glossary/"]
    assert barriers(visit, dutch, pages, SHAPES) == []


def test_a_barrier_is_found(visit: Visit, history: str):
    page = visit(history)
    page.evaluate("document.querySelector('article').innerHTML += '<img src=\"assets/paraph/favicon.svg\">'")
    assert [row["id"] for row in Axe().run(page).response["violations"]] == ["image-alt"]


def test_both_engines_say_the_same_of_the_state(visit: Visit, history: str, zensical: str):
    words = "all => all.map(each => each.innerText.replace(/\\s+/g, ' ').trim())"
    for path in ("", *(f"state/{name}/" for name in STATE)):
        cells = [
            visit(site + path).locator("article :is(td, th, h1, h2, h3)").evaluate_all(words)
            for site in (history, zensical)
        ]
        plain = [[cell.replace("¶", "").strip() for cell in each] for each in cells]
        assert plain[0] == plain[1], path


def focused(page: AnyPage) -> str:
    """The words of what has the focus."""
    return str(page.page.evaluate("document.activeElement.innerText ?? ''")).strip()


def test_keys_alone_lead_from_the_first_page_to_a_decision(visit: Visit, history: str):
    home = AnyPage(visit(history))
    home.page.keyboard.press("Tab")
    assert focused(home) == "Skip to content"
    home.page.keyboard.press("Enter")
    for _ in range(60):
        home.page.keyboard.press("Tab")
        if focused(home) == "All decisions and actions":
            break
    home.page.keyboard.press("Enter")
    home.page.wait_for_url("**/state/decisions/")
    decisions = AnyPage(home.page)
    for _ in range(60):
        decisions.page.keyboard.press("Tab")
        if focused(decisions) == "DEC-009":
            break
    outline = decisions.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "what has the focus is seen"
    decisions.page.keyboard.press("Enter")
    decisions.page.wait_for_url("**#DEC-009")
    expect(decisions.card("DEC-009").box).to_be_in_viewport()


def test_keys_alone_open_and_close_a_history_and_move_a_wide_chart(visit: Visit, history: str):
    page = AnyPage(visit(f"{history}requirements/payments/", viewport=PHONE))
    folded = page.card("REQ-106").box.locator("details.paraph-history")
    folded.locator("summary").focus()
    page.page.keyboard.press("Enter")
    expect(folded.locator("table")).to_be_visible()
    page.page.keyboard.press("Enter")
    expect(folded.locator("table")).to_be_hidden()
    page.page.goto(f"{history}state/plan/")
    chart = page.page.locator(".paraph-chart .paraph-drawing").first
    chart.focus()
    page.page.keyboard.press("ArrowRight")
    expect(chart).not_to_have_js_property("scrollLeft", 0)


def test_without_scripts_all_is_there(visit: Visit, history: str):
    plain, whole = visit(history, java_script_enabled=False), visit(history)
    for path in ("", *(f"state/{name}/" for name in STATE), "requirements/payments/"):
        plain.goto(history + path)
        whole.goto(history + path)
        shown = [page.locator("article :is(td, p, li, h1, h2)").all_inner_texts() for page in (plain, whole)]
        assert shown[0] == shown[1], path
    plain.goto(f"{history}requirements/payments/")
    page = AnyPage(plain)
    assert page.card("REQ-106").unfold_history()[-1] == ["19 December 2025 (baseline-1)", "1.0", "approved"]


def test_the_feeds_are_where_the_pages_say(visit: Visit, history: str):
    page = AnyPage(visit(f"{history}state/committees/"))
    ways = {
        "Put the meetings into your calendar (iCalendar)": "BEGIN:VCALENDAR",
        "Follow the decisions in a feed reader (Atom)": "<?xml",
    }
    for words, begins in ways.items():
        link = page.page.get_by_role("link", name=words)
        address = link.evaluate("each => each.href")
        assert page.page.request.get(address).text().startswith(begins)
        page.page.goto(f"{history}state/decisions/")
