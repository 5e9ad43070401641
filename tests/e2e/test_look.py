"""What readers see of a site: the reference programme in a real browser, on a desk, on a phone and on paper."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.conftest import common, once
from tests.e2e.projects import BIN, run
from tests.e2e.reference import make_reference

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
DESK, PHONE = (1440, 900), (390, 844)
PAGES = [
    "", "kinds/requirement", "requirements/payments", "matrix", "checks", "handbook/writing",
    "handbook/kinds/requirement", "meetings/MTG-002-pilotage-2026-09", "tests/test-runs",
]  # fmt: skip

pytestmark = pytest.mark.slow

# Every visible text with its contrast (WCAG 2.1, 1.4.3) where that is below 4.5, or 3 for large text.
FAINT = """() => {
  const parse = text => { const v = text.match(/[\\d.]+/g).map(Number); return [v[0], v[1], v[2], v[3] ?? 1] }
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1)
  const part = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  const light = c => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2])
  const ground = element => {
    let below = [255, 255, 255, 1], chain = []
    for (let each = element; each; each = each.parentElement) chain.unshift(each)
    chain.forEach(each => { below = over(parse(getComputedStyle(each).backgroundColor), below) })
    return below
  }
  const faint = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement, style = getComputedStyle(element)
    if (!node.data.trim() || !element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue
    const below = ground(element), [x, y] = [light(over(parse(style.color), below)), light(below)].sort((a, b) => b - a)
    const large = parseFloat(style.fontSize) >= 24
    if ((x + 0.05) / (y + 0.05) < (large ? 3 : 4.5)) faint.push(node.data.trim().slice(0, 60) + " " + style.color)
  }
  return faint
}"""


def make_site(folder: Path) -> None:
    run(BIN / "paraph", "site", cwd=make_reference(folder))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(common(tmp_path_factory), make_site) / "dist/site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def open_page(page: Page, site: Path, path: str = "", size: tuple[int, int] = DESK) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    name, _, anchor = path.partition("#")
    page.goto((site / name / "index.html").as_uri() + (f"#{anchor}" if anchor else ""))


def size_of(page: Page, selector: str) -> float:
    return page.locator(selector).first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_the_contrast_that_the_law_asks_for(scheme: str, page: Page, site: Path):
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = {}
    for path in PAGES:
        open_page(page, site, path)
        found[path] = page.evaluate(FAINT)
    assert found == {path: [] for path in PAGES}


def test_faint_text_is_found(page: Page):
    page.set_content("<p style='color: #777'>grey</p><p style='color: #767676'>enough</p>")
    assert page.evaluate(FAINT) == ["grey rgb(119, 119, 119)"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(path: str, page: Page, site: Path):
    open_page(page, site, path, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_register_is_filtered_by_words_and_by_a_column(page: Page, site: Path):
    open_page(page, site, "kinds/requirement")
    rows = page.locator(".filters tbody tr:visible")
    whole = rows.count()
    page.get_by_label("Status").select_option(label="superseded")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("REQ-106")
    expect(page.locator(".filters output")).to_have_text(f"1 of {whole} rows")
    page.get_by_label("Status").select_option(value="")
    page.get_by_label("Filter the list").fill("coda BALANCES")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("REQ-102")


def test_the_headers_of_the_matrix_stay_and_gaps_can_be_asked_for(page: Page, site: Path):
    open_page(page, site, "matrix")
    page.evaluate("scrollTo(0, 1200)")
    head = page.locator("thead th").first.bounding_box()
    foot = page.locator(".md-header").bounding_box()
    assert head
    assert foot
    assert abs(head["y"] - foot["height"]) < 6
    page.get_by_label("Gaps only").check()
    rows = page.locator(".filters tbody tr:visible")
    assert rows.count() > 0
    assert rows.count() == page.locator(".filters tbody tr:visible:has(.badge.gap)").count()


def test_on_a_phone_each_value_of_a_register_says_what_it_is(page: Page, site: Path):
    open_page(page, site, "kinds/requirement", PHONE)
    cells = page.locator(".filters tbody tr").first.locator("td")
    said = cells.evaluate_all("each => each.map(cell => getComputedStyle(cell, '::before').content)")
    assert said[:3] == ['"ID"', '"Title"', '"Status"']


def test_no_state_is_cut_on_a_phone(page: Page, site: Path):
    open_page(page, site, "handbook/kinds/requirement", PHONE)
    lines = page.locator("td > code:only-child").evaluate_all(
        "all => all.map(each => each.getClientRects().length)"
    )
    assert set(lines) == {1}


def test_on_paper_facts_are_no_larger_than_the_text(page: Page, site: Path):
    open_page(page, site, "requirements/payments")
    page.emulate_media(media="print")
    text = size_of(page, ".card > p:not(:has(.badge))")
    assert size_of(page, ".facts") <= text
    assert size_of(page, ".card table") <= text
    assert page.locator(".md-header").is_hidden()


def test_nothing_lies_over_the_navigation(page: Page, site: Path):
    open_page(page, site, "kinds/requirement")
    assert page.locator(".md-nav--primary > .md-nav__title").is_hidden()


def test_the_address_of_an_artifact_shows_its_card_whole(page: Page, site: Path):
    open_page(page, site, "requirements/payments#REQ-104")
    card = page.locator(".card:has(> #REQ-104)").bounding_box()
    head = page.locator(".md-header").bounding_box()
    assert card
    assert head
    assert head["height"] <= card["y"] <= head["height"] + 60


def test_the_foot_has_the_colour_of_the_header(page: Page, site: Path):
    open_page(page, site)
    colour = "each => getComputedStyle(each).backgroundColor"
    assert page.locator(".md-footer-meta").evaluate(colour) == page.locator(".md-header").evaluate(colour)


def test_a_passage_in_another_language_names_it(page: Page, site: Path):
    open_page(page, site)
    said = "all => all.map(each => getComputedStyle(each, '::before').content)"
    assert page.locator("article > div[lang]").evaluate_all(said) == ['"fr"', '"nl"', '"de"']
    open_page(page, site, "meetings/MTG-002-pilotage-2026-09")
    assert page.locator("article > div[lang=fr]").evaluate_all(said) == ["none"], (
        "the page itself is no passage"
    )
