"""Coverage by release, the planning board and the calendar: the site and the views, against the registers counted a
second time."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.views import Chart, Ref, show
from tests.e2e.reference import DAY
from tests.naive.pages import tables
from tests.naive.reading import figures_in
from tests.naive.registers import of_prefix, read
from tests.naive.state import board, calendar, coverage_by_release, interval_on
from tests.naive.test_naive_measures import SOURCES, programme_on

pytestmark = pytest.mark.slow

Registers = dict[str, dict[str, Any]]
# Before the intervals, in each of them, and after the last.
DAYS = ["2026-06-12", DAY, "2027-02-10", "2027-09-01"]


def first_id(cell: str) -> str:
    return next(word for word in figures_in(cell) if "-" in word)


def cells(view: str, day: str, **fields: Any) -> list[list[str]]:
    """The cells of a chart's table; what is an artifact is its ID."""
    shown = show(programme_on(day), {"view": view, **fields})
    assert isinstance(shown, Chart)
    return [
        [" ".join(part.id if isinstance(part, Ref) else part.text for part in cell) for cell in row]  # type: ignore[union-attr]
        for row in shown.table.rows
    ]


def test_coverage_by_release(built: Path, registers: Registers):
    rows = tables(built, "state/requirements")["By release: Release"]
    wanted = coverage_by_release(registers)
    assert [name for name, _, _ in wanted] == ["REL-001", "REL-002", ""]
    assert len(rows) == len(wanted)
    for row, (name, count, steps) in zip(rows, wanted, strict=True):
        assert row[0] == (f"{name} {registers[name]['title']}" if name else "Not stated")
        assert row[1] == str(count)
        told = [tuple(map(int, figures_in(cell)[:2])) for cell in row[2:]]
        assert told == [step if step[1] else () for step in steps], name


def test_the_board_has_what_the_teams_planned(built: Path, registers: Registers):
    page = tables(built, "state/plan")
    rows = page["The planning interval: Team"]
    told = [
        (team, iteration, first_id(item), points, tuple(figures_in(needs)))
        for team, iteration, item, points, needs in rows
    ]
    assert told == board(registers, DAY)
    assert all(registers[first_id(row[2])]["title"] in row[2] for row in rows)


@pytest.mark.parametrize("day", DAYS)
def test_the_board_of_any_day_has_what_the_teams_planned(day: str):
    told = [
        (team if team != "Milestones" else "", iteration, item, points, tuple(needs.split()))
        for team, iteration, item, points, needs in cells("board", day)
    ]
    assert told == board(read(SOURCES), day)
    assert told


def test_the_days_ask_for_each_interval():
    assert {interval_on(read(SOURCES), day)["id"] for day in DAYS} == {
        item["id"] for item in of_prefix(read(SOURCES), "PI")
    }


def test_the_calendar_has_what_falls_into_the_next_months(built: Path, registers: Registers):
    rows = tables(built, "state/plan")["The next months: Day"]
    told = sorted((_iso(row[0]), first_id(row[1])) for row in rows)
    assert told == calendar(registers, DAY)
    days = [_iso(row[0]) for row in rows]
    assert days == sorted(days)


@pytest.mark.parametrize("day", DAYS)
def test_the_calendar_of_any_day_has_what_falls_into_its_months(day: str):
    for kinds, prefixes in (((), ()), (("milestone", "meeting", "action"), ("MS", "MTG", "ACT"))):
        fields: dict[str, Any] = {"kinds": list(kinds)} if kinds else {}
        rows = cells("calendar", day, months=9, **fields)
        told = sorted((_iso(row[0]), first_id(row[1])) for row in rows)
        assert told == calendar(read(SOURCES), day, 9, prefixes)


def test_the_feed_of_the_calendar_has_every_meeting(built: Path, registers: Registers):
    lines = (built / "dist/site/state/calendar.ics").read_bytes().decode().replace("\r\n ", "").split("\r\n")
    told = sorted(line.partition(":")[2] for line in lines if line.startswith("DTSTART"))
    ahead = {day for day, identity in calendar(registers, DAY, 24, ["MTG"]) if day >= DAY}
    announced = [day for day, identity in calendar(registers, DAY, 24, ["MTG"]) if day in ahead]
    held = [item["date"] for item in of_prefix(registers, "MTG") if item["date"] < DAY]
    assert told == sorted(day.replace("-", "") for day in (*held, *announced))


def _iso(words: str) -> str:
    (found,) = [word for word in figures_in(words) if word.endswith("d")]
    return f"{found[:4]}-{found[4:6]}-{found[6:8]}"
