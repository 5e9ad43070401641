"""The first page at a glance: the last report of the whole, in the language of the site, and states in words."""

from typing import Any

import pytest
from msgspec import structs

from pipeline.kinds import build_catalogue, read_schemas
from pipeline.model import Programme
from pipeline.model.past import Moment, State
from pipeline.views.states import STATES
from pipeline.weave.home import last_report, next_milestones
from pipeline.weave.site import weave_site
from tests.registers import register, section
from tests.support import ROOT, programme_of

RAG = {"overall": "amber", "time": "red"}
REPORTS = (
    section("RPT-1", type="highlight", as_of="2026-09-30", rag=RAG, status="issued"),
    section(
        "RPT-2",
        type="highlight",
        as_of="2026-10-31",
        rag=RAG,
        previous_rag={"time": "amber"},
        status="issued",
    ),
    section("RPT-3", type="highlight", as_of="2026-11-30", rag=RAG, status="issued"),
    section("RPT-4", type="highlight", as_of="2026-11-20", rag=RAG, status="draft"),
    section("RPT-5", type="checkpoint", as_of="2026-11-20", rag=RAG, status="issued"),
    section("RPT-6", type="exception", as_of="2026-11-06", rag=RAG, status="issued"),
    section("RPT-7", type="highlight", as_of="2026-11-21", rag={"time": "purple"}, status="issued"),
)


def test_the_last_report_is_that_of_the_whole_programme_up_to_today():
    assert named(register(*REPORTS)) == "RPT-2"
    assert named(register(REPORTS[4], REPORTS[5])) == "RPT-6"
    assert named(register(REPORTS[4])) == "RPT-5"
    assert named(register(REPORTS[2], REPORTS[3], REPORTS[6])) == ""


def named(programme: Programme) -> str:
    found = last_report(programme)
    return found.id if found else ""


def test_the_next_milestones_are_those_that_were_not_reached_by_day():
    days = {
        "MS-1": "2027-03-01",
        "MS-2": "2026-12-01",
        "MS-3": "2027-01-04",
        "MS-4": "2027-02-01",
        "MS-5": "2027-09-01",
    }
    found = register(
        *(section(name, status="planned", forecast=day) for name, day in days.items()),
        section("MS-6", status="achieved", forecast="2026-11-02", actual="2026-11-02"),
        section("MS-7", status="cancelled", forecast="2026-11-30"),
        section("MS-8", status="planned"),
    )
    assert [item.id for item in next_milestones(found)] == ["MS-2", "MS-3", "MS-4", "MS-1"]


INDEX = "---\ntitle: Home\nlang: en\n{}---\n\n# Home\n\nIt begins.\n\n## More\n\nIt goes on.\n"


def home(lang: str, more: str = "", **texts: str) -> str:
    """The first page of a small programme, woven in a language."""
    whole = "# Register\n\n" + "\n".join(
        [
            *REPORTS,
            section("MTG-1", type="steering", date="2026-11-12", status="issued"),
            section("MS-1", "Go-live", status="planned", baseline="2027-06-01", forecast="2027-06-02"),
            section("DEC-1", "The date", status="requested", deadline="2026-12-10"),
        ]
    )
    programme, source = programme_of({"register.md": whole, **(texts or {"index.md": INDEX.format(more)})})
    before: dict[str, Any] = {
        "title": "Go-live",
        "status": "planned",
        "version": "1.0",
        "forecast": "2027-05-03",
    }
    then = {"MS-1": State("milestone", "Go-live", "planned", "1.0", before)}
    past = (Moment("2026-11-12", "MTG-1", "a" * 40, then),)
    programme = structs.replace(programme, day="2026-11-27", past=past)
    tree = weave_site(programme, source, "internal", title="T", day="2026-11-27", lang=lang)
    return str(tree.files["index.md"]).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            [
                "## State on 27 November 2026",
                "(was amber)",
                "1 working day later",
                "10 December 2026",
                "1 with another date",
            ],
        ),
        (
            "fr",
            [
                "## Situation au 27 novembre 2026",
                "(était orange)",
                "Prochains jalons",
                "10 décembre 2026",
                "1 date déplacée",
            ],
        ),
        (
            "nl",
            [
                "## Stand op 27 november 2026",
                "(was oranje)",
                "Te nemen beslissingen",
                "10 december 2026",
                "1 met een andere datum",
            ],
        ),
    ],
)
def test_the_glance_is_in_the_language_of_the_site_between_the_words_of_the_authors(
    lang: str, said: list[str]
):
    text = home(lang)
    places = [text.index(words) for words in ("It begins.", *said, "## More", "It goes on.")]
    assert all(place < places[-2] for place in places[:-2])
    assert places[0] < places[1]


def test_a_page_can_be_without_it():
    assert "State on" not in home("en", "hide: [glance]\n")
    assert "glance" not in home("en", "hide: [glance]\n")


def test_a_site_without_a_first_page_of_its_own_has_it_too():
    assert "## State on 27 November 2026" in home("en", other="# Nothing\n")


def test_nothing_is_said_of_what_there_is_not():
    programme, source = programme_of({"index.md": INDEX.format("")})
    tree = weave_site(
        structs.replace(programme, day="2026-11-27"), source, "internal", title="T", day="2026-11-27"
    )
    assert "glance" not in str(tree.files["index.md"])


def test_every_shipped_state_is_known_in_french_dutch_and_german():
    kinds = build_catalogue(read_schemas([f"{ROOT}/schemas"])).kinds.values()
    states = {name for kind in kinds for name in kind.states}
    assert states <= STATES.keys()
    assert all(words.keys() == {"fr", "nl", "de"} for words in STATES.values())
