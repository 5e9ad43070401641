"""The two lines of a burn-up, counted by hand."""

from datetime import date

import pytest
from msgspec import structs

from pipeline.figures.burnup import MOST, burnup
from pipeline.model.past import Moment, State
from tests.registers import register, section


def lines(programme, kind, by="", chosen=lambda _: True):
    """The marks of a burn-up as texts."""
    found = burnup(programme, kind, chosen, by)
    assert found is not None
    return [f"{mark.day} {mark.done}/{mark.scope}" for mark in found.marks]


WORK = (
    section("WI-1", status="closed", created="2026-08-10", updated="2026-10-01", points=3),
    section("WI-2", created="2026-09-30", points=5.5),
    section("WI-3", created="2026-11-20"),
    section("WI-4", status="rejected", created="2026-08-10", points=100),
    section("WI-5", points=1),
)


def test_work_is_done_on_the_day_of_its_last_change():
    assert lines(register(*WORK), "work-item") == [
        "2026-08-31 0/1",
        "2026-09-30 0/2",
        "2026-10-31 1/2",
        "2026-11-27 1/4",
    ]


def test_work_is_weighed_by_a_field_and_what_has_no_size_is_named():
    programme = register(*WORK)
    assert lines(programme, "work-item", "points") == [
        "2026-08-31 0/3",
        "2026-09-30 0/8.5",
        "2026-10-31 3/8.5",
        "2026-11-27 3/9.5",
    ]
    found = burnup(programme, "work-item", lambda _: True, "points")
    assert found is not None
    assert (found.done, found.unweighed) == (("WI-1",), ("WI-3",))


def test_only_what_is_chosen_counts():
    assert lines(register(*WORK), "work-item", chosen=lambda item: item.fields.get("points") == 3) == [
        "2026-08-31 0/1",
        "2026-09-30 0/1",
        "2026-10-31 1/1",
        "2026-11-27 1/1",
    ]


def case(number, *requirements):
    return section(f"TC-{number}", status="approved", created="2026-09-01", verifies=list(requirements))


def run(number, tested, day, verdict="pass"):
    return section(f"TR-{number}", status="issued", verdict=verdict, date=day, executes=[tested])


def test_a_requirement_is_done_when_the_last_of_its_tests_has_passed():
    programme = register(
        section("REQ-1", status="approved", created="2026-08-31"),
        section("REQ-2", status="approved", created="2026-08-31"),
        section("REQ-3", status="approved", created="2026-08-31"),
        case(1, "REQ-1"),
        case(2, "REQ-1", "REQ-2"),
        case(3, "REQ-3"),
        run(1, "TC-1@1.0", "2026-09-10"),
        run(2, "TC-2@1.0", "2026-10-05"),
        run(3, "TC-3@0.9", "2026-10-05"),
    )
    assert lines(programme, "requirement") == [
        "2026-08-31 0/3",
        "2026-09-30 0/3",
        "2026-10-31 2/3",
        "2026-11-27 2/3",
    ]
    assert lines(programme, "test-case") == ["2026-09-30 1/3", "2026-10-31 2/3", "2026-11-27 2/3"]


def test_the_history_says_what_was_asked_for_and_done_then():
    """On 30 September one more was asked for, which was withdrawn since; on 31 August nothing was known."""

    def state(status):
        return State("work-item", "Work", status, "1.0", {"points": 2})

    past = (
        Moment(
            "2026-09-15", "", "a", {"WI-1": state("closed"), "WI-7": state("open"), "WI-8": state("rejected")}
        ),
    )
    programme = structs.replace(register(*WORK), past=past)
    assert lines(programme, "work-item", "points")[:2] == ["2026-08-31 0/3", "2026-09-30 2/4"]


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2026-08-10", ["2026-08-10"]),
        ("2026-08-31", ["2026-08-31"]),
        ("2026-09-01", ["2026-08-31", "2026-09-01"]),
    ],
)
def test_the_last_day_is_the_programmes(today, days):
    programme = structs.replace(register(WORK[0]), day=today)
    assert [line.split()[0] for line in lines(programme, "work-item")] == days


def test_long_times_are_thinned_out():
    programme = structs.replace(register(section("WI-1", created="1990-01-01")), day="2026-11-27")
    found = lines(programme, "work-item")
    assert len(found) <= MOST + 1
    assert found[-1].startswith("2026-11-27")


def test_what_is_asked_for_only_later_is_shown_on_the_programmes_day():
    """A day in the past, before anything was written down: what the registers hold now stands at it."""
    programme = structs.replace(register(section("WI-1", created="2026-11-27")), day="2020-01-01")
    found = burnup(programme, "work-item", lambda _: True)
    assert found is not None
    assert [mark.day for mark in found.marks] == [date(2020, 1, 1)]


def test_nothing_is_told_of_nothing():
    assert burnup(register(), "work-item", lambda _: True) is None
    assert burnup(register(section("WI-1")), "work-item", lambda _: True) is None
    assert burnup(register(*WORK), "no-kind", lambda _: True) is None
    assert burnup(structs.replace(register(*WORK), day=""), "work-item", lambda _: True) is None
