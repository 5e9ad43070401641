"""Months with what falls on their days (March 2026 begins on a Sunday)."""

import pytest

from pipeline.views import Nothing, show
from tests.unit.views.plans import LONG, chart, marks, milestone, overflowing, planned, rows, section, words

PLAN = (
    section("COM-001", "Steering committee", status="approved")
    + milestone("MS-001", "Go", forecast='"2026-03-20"')
    + milestone("MS-002", "Given up", status="cancelled", forecast='"2026-03-21"')
    + section("GAT-001", "Entry", status="open", type="stage", date='"2026-04-01"')
    + section(
        "MTG-001",
        "March",
        status="issued",
        date='"2026-03-05"',
        next='"2026-05-07"',
        held_by="[COM-001]",
        type="steering",
    )
    + section(
        "MTG-002",
        "May",
        status="draft",
        date='"2026-05-07"',
        next='"2026-05-28"',
        held_by="[COM-001]",
        type="steering",
    )
    + section("DEC-001", "Which bank", status="requested", deadline='"2026-03-20"')
    + section("DEC-002", "Which day", status="taken", deadline='"2026-03-20"')
    + section("DEC-003", "Which day, once more", status="deferred", deadline='"2026-04-02"')
    + section("ACT-001", "Ask the bank", status="open", due='"2026-03-19"')
    + section("ACT-002", "Asked", status="closed", due='"2026-03-19"')
)


def test_what_is_to_come_stands_on_its_day_and_what_is_settled_does_not():
    shown = chart(planned(PLAN, "2026-03-04"), view="calendar")
    assert rows(shown) == [
        ["5 Mar 2026", "MTG-001", "meeting"],
        ["20 Mar 2026", "DEC-001", "decision due"],
        ["20 Mar 2026", "MS-001", "milestone"],
        ["1 Apr 2026", "GAT-001", "gate"],
        ["2 Apr 2026", "DEC-003", "decision due"],
        ["7 May 2026", "MTG-002", "meeting"],
        ["28 May 2026", "next meeting: Steering committee MTG-002", "meeting announced"],
    ]
    assert shown.words == "Entries until the end of May 2026: 7. The next is on 5 Mar 2026: MTG-001 March."


def test_kinds_months_and_where_they_begin_can_be_chosen():
    shown = chart(planned(PLAN, "2026-03-04"), "fr", view="calendar", kinds=["action", "gate"], months=1)
    assert rows(shown) == [["19 mars 2026", "ACT-001", "échéance d’action"]]
    assert "Mars 2026" in words(shown)
    shown = chart(
        planned(PLAN), "nl", view="calendar", **{"from": "2026-04-15", "months": 2, "kinds": ["gate"]}
    )
    assert rows(shown) == [["1 apr. 2026", "GAT-001", "beslispunt"]]
    assert {"April 2026", "Mei 2026"} <= set(words(shown))


def test_the_weeks_begin_on_monday_and_the_days_are_there():
    shown = chart(planned(PLAN, "2026-03-04"), view="calendar", months=1)
    days = {
        row["text"]: (row["x"], row["y"]) for row in shown.picture.data["words"] if row["align"] == "center"
    }
    assert {str(day) for day in range(1, 32)} <= days.keys()
    assert days["2"][0] == days["30"][0] < days["1"][0] == days["29"][0]
    assert days["1"][1] < days["2"][1] == days["8"][1] < days["9"][1]
    assert "paraph:MS-001|MS-001 Go" in marks(shown)


def test_an_announcement_that_was_not_followed_is_forgotten_once_its_day_has_passed():
    text = section(
        "MTG-001", "March", status="issued", date='"2026-03-05"', next='"2026-03-19"', type="steering"
    )
    assert len(rows(chart(planned(text, "2026-03-19"), view="calendar"))) == 2
    assert rows(chart(planned(text, "2026-03-20"), view="calendar")) == [["5 Mar 2026", "MTG-001", "meeting"]]


def test_many_entries_of_a_month_are_counted():
    text = "".join(milestone(f"MS-{number:03}", forecast='"2026-03-20"') for number in range(1, 31))
    shown = chart(planned(text, "2026-03-04"), view="calendar")
    assert "6 others" in words(shown)
    assert len(rows(shown)) == 30


@pytest.mark.parametrize(
    ("text", "day", "fields"),
    [
        ("", "2026-03-04", {}),
        ("", "", {}),
        (PLAN, "2036-03-04", {}),
        (PLAN, "2026-03-04", {"from": "2031-01-01"}),
        (PLAN, "2026-03-04", {"where": {"status": ["nowhere"]}}),
    ],
)
def test_a_period_without_anything_shows_nothing(text, day, fields):
    assert show(planned(text, day), {"view": "calendar"} | fields) == Nothing()


@pytest.mark.parametrize("months", [0, -1, 25, "six", None, True])
def test_a_number_of_months_that_makes_no_sense_is_three(months):
    assert len(rows(chart(planned(PLAN, "2026-03-04"), view="calendar", months=months))) == 7


def test_the_end_of_the_calendar():
    text = milestone("MS-001", forecast='"9999-12-31"')
    assert rows(chart(planned(text, "9999-12-01"), view="calendar")) == [
        ["31 Dec 9999", "MS-001", "milestone"]
    ]


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
def test_long_titles_are_cut_and_stay_inside(title):
    shown = chart(
        planned(milestone("MS-001", title, forecast='"2026-03-20"'), "2026-03-04"), "nl", view="calendar"
    )
    assert overflowing(shown) == []
    assert [text for text in words(shown) if text.endswith("…")]
