"""The curve of a budget: what was planned, earned and spent up to each of some days, and where it is heading.

The days are those of its `series`; where it has none, those at which its history knows what it stated, and the present.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.money import (
    NOTHING,
    Budget,
    budgets,
    eac_by_both,
    earned,
    read_amount,
)
from pipeline.model import Programme

_NAMES = ("pv", "ev", "ac")


class Point(NamedTuple):
    """The state of a day; None where it does not say."""

    day: date
    pv: Decimal | None
    ev: Decimal | None
    ac: Decimal | None

    @property
    def is_actual(self) -> bool:
        """Whether it tells what was done, and not only what was planned."""
        return self.ev is not None or self.ac is not None


class Curve(NamedTuple):
    """A budget over time. `bac` has each day from which a budget at completion held; `ends` are the estimates at
    completion that are defined, by `etc`, `cpi` and `cpi-spi`; `status` is the last day that tells what was done."""

    budget: Budget
    points: tuple[Point, ...]
    bac: tuple[tuple[date, Decimal], ...]
    ends: dict[str, Decimal]
    status: Point | None

    @property
    def last(self) -> date:
        """The last day of all."""
        return self.points[-1].day


def curves(programme: Programme, ids: Sequence[str] = ()) -> list[Curve]:
    """The curves of some budgets, or of those that are part of no other; one without any point has none."""
    known = budgets(programme)
    wanted = [known[key] for key in ids if key in known] if ids else _tops(known)
    return [curve for budget in wanted if (curve := curve_of(budget, programme)) is not None]


def _tops(known: dict[str, Budget]) -> list[Budget]:
    return [
        budget
        for budget in known.values()
        if not any(link.role == "part_of" and link.target in known for link in budget.account.artifact.links)
    ]


def curve_of(budget: Budget, programme: Programme) -> Curve | None:
    """The curve of a budget; None where no day says anything."""
    points = tuple(_points(budget, programme))
    if not points:
        return None
    amounts = budget.account.amounts
    found = earned(amounts)
    ends = {"etc": found.eac, "cpi": found.eac_by_cpi, "cpi-spi": eac_by_both(amounts)}
    return Curve(
        budget,
        points,
        tuple(_budgeted(budget, points[0].day)),
        {name: end for name, end in ends.items() if end is not None},
        next((point for point in reversed(points) if point.is_actual), None),
    )


def _points(budget: Budget, programme: Programme) -> list[Point]:
    """The days of the series in order; each day counts once, as it is stated last."""
    artifact = budget.account.artifact
    rows = list(_stated(artifact.fields.get("series")))
    if not rows:
        today = read_day(programme.day)
        rows = [*_remembered(artifact.id, programme), *([(today, artifact.fields)] if today else [])]
    found = {day: Point(day, *(read_amount(fields.get(name)) for name in _NAMES)) for day, fields in rows}
    return [found[day] for day in sorted(found) if found[day][1:] != (None, None, None)]


def _stated(series: Any) -> Iterator[tuple[date, dict[str, Any]]]:
    for row in series if isinstance(series, list) else ():
        if isinstance(row, dict) and (day := read_day(row.get("on"))):
            yield day, row


def _remembered(identity: str, programme: Programme) -> Iterator[tuple[date, dict[str, Any]]]:
    for moment in programme.past:
        state, day = moment.artifacts.get(identity), read_day(moment.day)
        if state is not None and day is not None:
            yield day, state.fields


def _budgeted(budget: Budget, start: date) -> Iterator[tuple[date, Decimal]]:
    """The BAC from each day on: the first one, and what it came to by each of its changes."""
    bac, original = budget.account.bac, budget.original
    changes = budget.account.artifact.fields.get("changes")
    rows = [row for row in (changes if isinstance(changes, list) else ()) if isinstance(row, dict)]
    dated = [(read_day(row.get("on")), read_amount(row.get("amount"))) for row in rows]
    if original is None or any(day is None or amount is None for day, amount in dated):
        if bac is not None:
            yield start, bac
        return
    sum_of = original + sum((amount for day, amount in dated if day and amount and day <= start), NOTHING)
    yield start, sum_of
    for day, amount in sorted((day, amount) for day, amount in dated if day and amount and day > start):
        sum_of += amount
        yield day, sum_of
