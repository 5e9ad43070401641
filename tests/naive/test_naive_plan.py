"""Milestones, their slack and their forecasts, counted a second time from the files: day by day, with networkx, with
dice."""

import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import networkx
import pytest

from pipeline.views import Chart, Ref, show
from tests.naive.reading import figures_in
from tests.naive.registers import ids, of_prefix, read
from tests.naive.test_naive_measures import SOURCES, THRESHOLDS, programme_on

CLOSED = set(THRESHOLDS["closed"])
DAYS = ["2026-11-27", "2027-02-10"]
Milestones = dict[str, dict[str, Any]]


def day_of(item: dict[str, Any]) -> date:
    return date.fromisoformat(next(item[key] for key in ("actual", "forecast", "baseline") if key in item))


@cache
def between(start: date, end: date) -> int:
    """The working days after one day up to another."""
    if end < start:
        return -between(end, start)
    count = 0
    while start < end:
        start += timedelta(days=1)
        count += start.weekday() < 5 and start not in CLOSED
    return count


def milestones_of(folder: Path) -> Milestones:
    return {item["id"]: item for item in of_prefix(read(folder), "MS") if item["status"] != "cancelled"}


class Network:
    """The milestones in working days from the first day that any of them names."""

    def __init__(self, milestones: Milestones, today: date) -> None:
        self.items = milestones
        days = (item.get(key) for item in milestones.values() for key in ("baseline", "forecast", "actual"))
        self.origin = date.fromisoformat(min(day for day in days if day))
        self.today = today
        self.graph = networkx.DiGraph()
        self.graph.add_nodes_from(milestones)
        self.graph.add_edges_from(
            (other, key) for key, item in milestones.items() for other in ids(item.get("after"))
        )
        self.order = list(networkx.topological_sort(self.graph))

    def taken(self, key: str) -> dict[str, int]:
        """The estimate of a milestone that is still to come."""
        item = self.items[key]
        return item.get("duration", {}) if item["status"] != "achieved" else {}

    def held(self, key: str) -> int:
        item = self.items[key]
        day = day_of(item)
        if item["status"] != "achieved":
            day = max(day, self.today) if "forecast" in item or not self.taken(key) else self.today
        return max(0, between(self.origin, day))

    def ends(self, durations: dict[str, float]) -> dict[str, float]:
        """When each ends, where each takes so long."""
        found: dict[str, float] = {}
        for key in self.order:
            begin = max((found[other] for other in self.graph.predecessors(key)), default=0)
            found[key] = max(begin + durations[key], self.held(key))
        return found

    def slack(self) -> dict[str, int]:
        likely = {key: self.taken(key).get("likely", 0) for key in self.order}
        early = self.ends(likely)
        late = dict.fromkeys(self.order, max(early.values()))
        for key in reversed(self.order):
            for behind in self.graph.successors(key):
                late[key] = min(late[key], late[behind] - likely[behind])
        return {key: int(late[key] - early[key]) for key in self.order}

    def thrown(self, key: str, dice: random.Random) -> float:
        """A duration, thrown again while it is shorter than what has passed since all before it was achieved."""
        points = self.taken(key)
        if not points:
            return 0
        before = [self.items[other] for other in self.graph.predecessors(key)]
        settled = before and all(item["status"] == "achieved" for item in before)
        spent = between(max(day_of(item) for item in before), self.today) if settled else 0
        if spent >= points["high"]:
            return spent
        while (found := dice.triangular(points["low"], points["high"], points["likely"])) < spent:
            pass
        return found


def table(view: str, day: str) -> dict[str, list[str]]:
    """The rows of the table of a chart by the ID in their first cell."""
    shown = show(programme_on(day), {"view": view})
    assert isinstance(shown, Chart)
    found = {}
    for row in shown.table.rows:
        (first,) = row[0]
        assert isinstance(first, Ref)
        found[first.id] = ["".join(part.text for part in cell) for cell in row[1:]]  # type: ignore[union-attr]
    return found


def compact(day: str | date | None) -> list[str]:
    return [f"{str(day).replace('-', '')}d"] if day else []


@pytest.mark.parametrize("day", DAYS)
def test_days_slips_slack_and_what_is_critical(day):
    milestones = milestones_of(SOURCES)
    slack = Network(milestones, date.fromisoformat(day)).slack()
    told = table("gantt", day)
    assert told.keys() == milestones.keys()
    for key, item in milestones.items():
        baseline, planned, slip, room, critical = told[key]
        assert figures_in(baseline) == compact(item["baseline"])
        assert figures_in(planned) == compact(day_of(item))
        assert int(slip.replace("−", "-")) == between(date.fromisoformat(item["baseline"]), day_of(item))
        open_ = item["status"] != "achieved"
        assert room == (str(slack[key]) if open_ else "")
        assert critical == ("yes" if open_ and slack[key] == 0 else "")


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_forecasts_are_those_of_dice(day):
    """Of 4,000 throws a quantile is sure to a few hundredths of the spread, which is some twenty working days."""
    network, dice = Network(milestones_of(SOURCES), date.fromisoformat(day)), random.Random(3)
    throws = [network.ends({key: network.thrown(key, dice) for key in network.order}) for _ in range(4_000)]
    for key, (planned, p50, p80, kept) in table("forecast", day).items():
        ends = sorted(throw[key] for throw in throws)
        for told, share in ((p50, 0.5), (p80, 0.8)):
            (found,) = figures_in(told)
            until = between(network.origin, date.fromisoformat(f"{found[:4]}-{found[4:6]}-{found[6:8]}"))
            assert until == pytest.approx(ends[int(share * len(ends))], abs=3), (key, share)
        assert figures_in(planned) == compact(day_of(network.items[key]))
        limit = between(network.origin, day_of(network.items[key]))
        part, whole = (int(number) for number in figures_in(kept)[:2])
        assert part / whole == pytest.approx(sum(end <= limit for end in ends) / len(ends), abs=0.03), key
