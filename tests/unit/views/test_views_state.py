"""The views on what changed, on who has to do what, on meetings and on terms; expectations by hand."""

from typing import Any

import pytest
from msgspec import structs

from pipeline.figures.since import versions_of
from pipeline.model import Programme
from pipeline.model.past import Moment, State
from pipeline.views import Listing, Nothing, Several, Shown, Table, show
from pipeline.views.values import Badge, Cell, Ref
from tests.registers import register, section


def words(cell: Cell) -> str:
    """A cell as a reader sees it, without titles."""
    told = (
        part.id if isinstance(part, Ref) else part.value if isinstance(part, Badge) else part.text
        for part in cell
    )
    return " ".join(told).replace("\u00a0", " ")


def tables(shown: Shown) -> list[Table]:
    parts = shown.parts if isinstance(shown, Several) else (shown,)
    return [part for part in parts if isinstance(part, Table)]


def rows(programme: Programme, lang: str = "en", **fields: Any) -> list[list[str]]:
    """The rows of the last table that a view shows."""
    found = tables(show(programme, fields, lang))
    return [[words(cell) for cell in row] for row in found[-1].rows] if found else []


def state(status: str = "open", version: str = "1.0", **fields: Any) -> State:
    whole = {"title": "Title", "status": status, "version": version, **fields}
    return State(fields.pop("kind", "milestone"), "Title", status, version, whole)


def looking_back(programme: Programme, *moments: Moment) -> Programme:
    return structs.replace(programme, past=moments)


NOW = register(
    section("MTG-1", type="steering", date="2026-11-12", status="issued"),
    section("MS-1", "Title", status="planned", forecast="2027-07-01", owner="PTY-1"),
    section("MS-2", "Title", status="achieved", version="1.1"),
    section("MS-3", "Title", status="planned"),
    section("PTY-1", "Head of works", status="approved"),
)
THEN = {
    "PTY-1": State(
        "party",
        "Head of works",
        "approved",
        "1.0",
        {"title": "Head of works", "status": "approved", "version": "1.0"},
    ),
    "MTG-1": State("meeting", "T", "issued", "1.0", dict(NOW.artifacts["MTG-1"].fields)),
    "MS-1": state("planned", forecast="2027-06-01"),
    "MS-2": state("planned"),
    "RSK-9": State("risk", "Fire", "open", "1.0", {"title": "Fire", "status": "open"}),
}
PAST = looking_back(
    NOW,
    Moment(
        "2026-06-19", "baseline-2", "a" * 40, {"MS-1": state("planned", forecast="2027-05-03", owner="PTY-1")}
    ),
    Moment("2026-11-12", "MTG-1", "b" * 40, THEN),
    Moment(
        "2026-11-20", "v9", "c" * 40, {**THEN, "MS-1": state("planned", forecast="2027-07-01", owner="PTY-1")}
    ),
)


def test_changes_are_those_since_the_last_committee():
    assert rows(PAST, view="changes") == [
        ["MS-1", "Expected", "1 June 2027", "1 July 2027"],
        ["MS-1", "Owner", "", "Head of works"],
        ["MS-2", "Status", "planned", "achieved"],
        ["MS-2", "Version", "1.0", "1.1"],
        ["MS-3", "New", "", "planned"],
        ["RSK-9 Fire", "Removed", "open", ""],
    ]


def test_changes_are_counted_by_kind():
    counts = tables(show(PAST, {"view": "changes"}, "fr"))[0]
    assert [words(cell) for cell in counts.headers] == [
        *("Type", "Nouveau", "Statut", "Version", "Dates et évaluations", "Supprimé"),
    ]
    assert [[words(cell) for cell in row] for row in counts.rows] == [
        ["Jalons", "1", "1", "1", "1", ""],
        ["Risques", "", "", "", "", "1"],
    ]
    assert counts.caption.replace("\u00a0", " ") == "Nombre de changements depuis MTG-1 (12 novembre 2026)"


@pytest.mark.parametrize(
    ("since", "forecast"),
    [
        ("baseline-2", "3 May 2027"),
        ("MTG-1", "1 June 2027"),
        ("2026-11-15", "1 June 2027"),
        ("2026-08-01", "3 May 2027"),
    ],
)
def test_a_moment_is_a_tag_a_meeting_or_the_last_one_before_a_day(since: str, forecast: str):
    found = rows(PAST, view="changes", since=since, kind="milestone")
    assert ["MS-1", "Expected", forecast, "1 July 2027"] in found


def test_a_later_tag_shows_only_what_came_after_it():
    assert [row[0] for row in rows(PAST, view="changes", since="v9", kind="milestone")] == [
        "MS-2",
        "MS-2",
        "MS-3",
    ]


@pytest.mark.parametrize(
    ("programme", "since", "said"),
    [
        (NOW, "last committee", "Er is hier geen eerdere stand bekend"),
        (PAST, "v0", "Er is geen stand bekend voor ‘v0’."),
        (PAST, "2020-01-01", "Er is geen stand bekend voor ‘2020-01-01’."),
        (looking_back(NOW, PAST.past[0]), "last committee", "kwam geen stuurgroep bijeen"),
    ],
)
def test_what_is_not_known_is_said_in_words(programme: Programme, since: str, said: str):
    shown = show(programme, {"view": "changes", "since": since}, "nl")
    assert isinstance(shown, Listing)
    assert said in words(shown.items[0])


def test_that_nothing_changed_is_said_in_words():
    same = {
        key: State(item.kind, item.title, item.status, item.version, item.fields)
        for key, item in NOW.artifacts.items()
    }
    shown = show(looking_back(NOW, Moment("2026-11-12", "MTG-1", "a" * 40, same)), {"view": "changes"}, "en")
    assert isinstance(shown, Listing)
    assert words(shown.items[0]) == "Nothing has changed since MTG-1 (12 November 2026)."


def test_beyond_the_most_rows_the_rest_is_counted():
    many = register(*(section(f"RSK-{number}", type="threat") for number in range(1, 411)))
    shown = show(
        looking_back(many, Moment("2026-01-31", "2026-01", "a" * 40, {})),
        {"view": "changes", "since": "2026-01"},
        "en",
    )
    assert isinstance(shown, Several)
    assert len(tables(shown)[-1].rows) == 400
    assert isinstance(shown.parts[-1], Listing)
    assert words(shown.parts[-1].items[0]).startswith("10 more changes")


def test_a_history_has_a_line_for_each_version_and_state():
    assert [tuple(item) for item in versions_of(PAST, "MS-2")] == [
        ("2026-11-12", "MTG-1", "1.0", "planned"),
        ("2026-11-27", "", "1.1", "achieved"),
    ]
    assert len(versions_of(PAST, "MS-3")) == 0


DUTIES = register(
    section("PTY-1", "Zoë", status="approved", review_due="2026-11-01"),
    section("PTY-2", "Anne", status="approved"),
    section("MTG-1", type="steering", date="2026-11-12", status="issued"),
    section("ACT-1", status="open", owner="PTY-2", due="2026-12-04"),
    section("ACT-2", status="open", owner="PTY-1", due="2026-12-01", arises_from=["MTG-1"]),
    section("ACT-3", status="open", owner="PTY-1", due="2026-11-26"),
    section("ACT-4", status="closed", owner="PTY-2", due="2026-01-01"),
    section("ACT-5", status="open"),
    section(
        "DEC-1",
        status="requested",
        deadline="2026-12-10",
        options=[{"id": "A", "text": "Stay"}, {"id": "B", "text": "Go", "recommended": True}],
    ),
    section("DEC-2", status="taken", date="2026-03-12", decided_by="COM-1", made_in=["MTG-1"]),
    section("DEC-3", status="rejected", date="2026-04-12", decided_by="PTY-1"),
    section("DEC-4", status="deferred", deadline="2026-11-20"),
    section("COM-1", "Board", status="approved", quorum=3, cadence="Monthly", mandate="All"),
    section(
        "REQ-1",
        status="draft",
        waivers=[{"rule": "RQ-AC", "reason": "The circular comes.", "owner": "PTY-1", "until": "2026-11-01"}],
    ),
)


def test_actions_stand_by_owner_with_what_is_overdue_first():
    assert rows(DUTIES, view="actions") == [
        ["Zoë", "ACT-3", "26 November 2026 overdue", "open", ""],
        ["Zoë", "ACT-2", "1 December 2026", "open", "MTG-1"],
        ["Nobody yet", "ACT-5", "no date", "open", ""],
        ["Anne", "ACT-1", "4 December 2026", "open", ""],
    ]


def test_decisions_that_are_awaited_come_with_what_is_recommended():
    assert rows(DUTIES, "fr", view="decisions") == [
        ["DEC-4", "20 novembre 2026 en retard", "deferred", ""],
        ["DEC-1", "10 décembre 2026", "requested", "B : Go"],
    ]


def test_decisions_that_were_made_come_with_the_last_one_first():
    assert rows(DUTIES, view="decisions", state="made") == [
        ["DEC-3", "12 April 2026", "rejected", "Zoë", ""],
        ["DEC-2", "12 March 2026", "taken", "Board", "MTG-1"],
    ]
    assert rows(DUTIES, view="decisions", state="made", where={"decided_by": ["COM-1"]})[0][0] == "DEC-2"


def test_reviews_and_waivers_say_what_has_passed():
    assert rows(DUTIES, "nl", view="reviews") == [["PTY-1", "", "1 november 2026 te laat", "approved"]]
    assert rows(DUTIES, "fr", view="waivers") == [
        ["REQ-1", "`RQ-AC`", "The circular comes.", "Zoë", "1er novembre 2026 expirée"]
    ]


def test_nothing_to_do_shows_nothing():
    empty = register(section("PTY-1", status="approved"))
    for view in ("actions", "decisions", "reviews", "waivers", "meetings", "committees", "terms"):
        assert isinstance(show(empty, {"view": view}, "en"), Nothing), view


def test_committees_say_when_they_meet_and_what_they_may_decide():
    assert rows(DUTIES, view="committees") == [["COM-1", "Monthly", "3", "All"]]


MEETINGS = register(
    section("COM-1", "Board", status="approved"),
    section(
        "MTG-1", type="steering", date="2026-10-08", next="2026-11-12", held_by=["COM-1"], quorum_met=False
    ),
    section(
        "MTG-2", type="steering", date="2026-11-12", next="2026-12-10", held_by=["COM-1"], quorum_met=True
    ),
    section("MTG-3", type="workshop", date="2026-11-27"),
    section("DEC-1", made_in=["MTG-2"], status="taken"),
    section("ACT-10", arises_from=["MTG-2"]),
    section("ACT-9", arises_from=["MTG-2"]),
)


def test_meetings_are_to_come_from_today_on_with_the_one_that_was_announced():
    assert rows(MEETINGS, view="meetings") == [
        ["27 November 2026", "MTG-3", ""],
        ["10 December 2026", "Next meeting, announced in MTG-2", "Board"],
    ]


def test_meetings_that_were_held_say_what_came_of_them():
    assert rows(MEETINGS, view="meetings", state="held") == [
        ["12 November 2026", "MTG-2", "Board", "met", "DEC-1", "ACT-9 ACT-10"],
        ["8 October 2026", "MTG-1", "Board", "not met", "", ""],
    ]


TERMS = register(
    section(
        "TERM-1",
        "Plan",
        definition="What is to come.",
        labels={"en": "plan", "fr": "planning", "nl": "planning"},
    ),
    section(
        "TERM-2",
        "Due date",
        definition="The day.",
        labels={"en": "due date", "fr": "échéance", "nl": "vervaldag"},
    ),
    section(
        "TERM-3",
        "VAT",
        definition="A tax.",
        labels={"fr": "taxe"},
        abbreviations={"fr": ["TVA"], "nl": ["btw"]},
    ),
    section("TERM-4", "Old", definition="Gone.", labels={"en": "old"}, status="withdrawn"),
)


def test_terms_stand_in_the_alphabet_of_the_reader_and_say_which_language_they_are_in():
    assert rows(TERMS, "fr", view="terms") == [
        ["échéance TERM-2", "[due date]{lang=en}", "[vervaldag]{lang=nl}", "[The day.]{lang=en}"],
        ["planning TERM-1", "[plan]{lang=en}", "[planning]{lang=nl}", "[What is to come.]{lang=en}"],
        ["taxe (TVA) TERM-3", "", "[btw]{lang=nl}", "[A tax.]{lang=en}"],
    ]


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [{}], {"id": 3}, True])
@pytest.mark.parametrize(
    "field", ["options", "waivers", "labels", "abbreviations", "owner", "due", "date", "next", "quorum_met"]
)
def test_what_a_field_holds_wrongly_does_no_harm(field: str, value: Any):
    """The checks tell it; the view shows less."""
    kinds = ("ACT-1", "DEC-1", "MTG-1", "TERM-1", "COM-1")
    wrong = register(*(section(identity, **{field: value}) for identity in kinds))
    for view in ("changes", "actions", "decisions", "reviews", "waivers", "meetings", "committees", "terms"):
        for more in ({}, {"state": "made"}, {"state": "held"}):
            show(wrong, {"view": view, **more}, "en")
