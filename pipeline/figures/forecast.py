"""When milestones come by their estimates: the network is drawn many times, and the share of draws counted.

A draw takes a duration for each milestone that has an estimate, and passes through the network as the critical path
does (`pipeline.figures.milestones`). Monte Carlo on networks: Van Slyke, "Monte Carlo methods and the PERT problem",
Operations Research 11 (1963). P50 is the first day by which half of the draws have reached a milestone, P80 that of
four in five.

Durations follow the triangular distribution over low a, likely m and high b (Johnson, "The triangular distribution as a
proxy for the beta distribution in risk analysis", The Statistician 46, 1997), by the inverse of its distribution
function:

    x = a + sqrt(u (b - a) (m - a))          for u below (m - a) / (b - a)
    x = b - sqrt((1 - u) (b - a) (b - m))    from there on

The u of a milestone are the middles of equal slices of 0 to 1, one a draw, in an order by chance: a Latin hypercube
(McKay, Beckman and Conover, Technometrics 21, 1979), which needs far fewer draws than chance alone. Durations are drawn
independently of each other. The seed is stated, and each milestone draws by the seed and its ID, so that the same
sources give the same days, and one milestone more does not change the draws of the others.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import NamedTuple

from pipeline.figures.days import read_day, working_day_after, working_days
from pipeline.figures.milestones import (
    estimate_of,
    held_until,
    live_milestones,
    not_before,
    origin_of,
    predecessors,
    present_day,
)
from pipeline.figures.network import Edges, order
from pipeline.model import Artifact, Programme

SEED = 20260101
# As many draws as there is time for: of a large network fewer.
MOST, FEWEST, TOGETHER = 10_000, 1_000, 1_000_000
# What adding up makes of a whole number of days is that number.
_ROUNDING = 1e-6


class Estimate(NamedTuple):
    """What a step takes after the last of its predecessors, at three points, and the time before which it cannot end.

    `spent` has passed since its predecessors without its end, so no less is drawn.
    """

    low: float = 0
    likely: float = 0
    high: float = 0
    not_before: float = 0
    spent: float = 0


class Outlook(NamedTuple):
    """When a milestone comes: as planned now, and by half and by four fifths of the draws; how many keep the plan.

    A day is None where there is none, or where it lies beyond the calendar; so is `kept` without a planned day.
    """

    id: str
    day: date | None
    p50: date | None
    p80: date | None
    kept: int | None


class Forecast(NamedTuple):
    """The outlook of each planned milestone that has a place in the network, the number of draws, and the seed."""

    outlooks: dict[str, Outlook]
    draws: int
    seed: int


def forecast_of(programme: Programme, seed: int = SEED) -> Forecast:
    """When the planned milestones of a programme come, by the estimates of all; none where no milestone has a date."""
    milestones = live_milestones(programme)
    origin = origin_of(milestones)
    draws = min(MOST, max(FEWEST, TOGETHER // max(1, len(milestones))))
    if origin is None:
        return Forecast({}, draws, seed)
    after = predecessors(milestones)
    steps = {key: _estimate(item, origin, programme, milestones, after) for key, item in milestones.items()}
    ends = simulate(steps, after, draws, seed)
    planned = (item for item in milestones.values() if item.id in ends and item.status != "achieved")
    return Forecast(
        {item.id: _outlook(item, sorted(ends[item.id]), origin, programme) for item in planned}, draws, seed
    )


def simulate(
    steps: Mapping[str, Estimate], after: Edges, draws: int, seed: int = SEED
) -> dict[str, list[float]]:
    """The end of each step that has an order, a number a draw. `after` names predecessors."""
    ends: dict[str, list[float]] = {}
    for node in order({node: [other for other in after.get(node, ()) if other in steps] for node in steps}):
        step = steps[node]
        ways = [ends[other] for other in dict.fromkeys(after.get(node, ())) if other in ends]
        begins = list(map(max, *ways)) if len(ways) > 1 else ways[0] if ways else [0.0] * draws
        taken = durations(step, draws, Random(f"{seed}:{node}"))
        held = step.not_before
        ends[node] = [
            end if (end := begin + duration) > held else held
            for begin, duration in zip(begins, taken, strict=True)
        ]
    return ends


def durations(step: Estimate, draws: int, chance: Random) -> list[float]:
    """A duration for each draw, spread evenly over what is left of the distribution, in an order by chance."""
    low, likely, high = step.low, step.likely, step.high
    span, first = high - low, reached(step, step.spent)
    if first == 1 or not span:
        return [max(high, step.spent)] * draws
    rising, falling = span * (likely - low), span * (high - likely)
    slice_ = (1 - first) / draws
    middle = first + slice_ / 2
    below = min(draws, max(0, math.ceil(((likely - low) / span - middle) / slice_)))
    found = [low + math.sqrt((middle + slice_ * number) * rising) for number in range(below)]
    found += [high - math.sqrt((1 - middle - slice_ * number) * falling) for number in range(below, draws)]
    # Three times as fast as a shuffle.
    places = [chance.random() for _ in range(draws)]
    return [found[place] for place in sorted(range(draws), key=places.__getitem__)]


def reached(step: Estimate, duration: float) -> float:
    """The probability that a step takes no longer than a duration: the distribution function."""
    low, likely, high = step.low, step.likely, step.high
    if duration >= high:
        return 1
    if duration <= low:
        return 0
    if duration <= likely:
        return (duration - low) ** 2 / ((high - low) * (likely - low))
    return 1 - (high - duration) ** 2 / ((high - low) * (high - likely))


def quantile(ends: list[float], share: float) -> float:
    """The first of some numbers in order that a share of them does not exceed."""
    return ends[math.ceil(share * len(ends)) - 1]


def _estimate(
    artifact: Artifact, origin: date, programme: Programme, milestones: dict[str, Artifact], after: Edges
) -> Estimate:
    """A milestone in the network. Time is spent on it once all before it was achieved."""
    low, likely, high = estimate_of(artifact) or (0, 0, 0)
    today = read_day(programme.day)
    held, spent = held_until(not_before(artifact, programme), origin, programme), 0
    before = [milestones[other] for other in after[artifact.id]]
    if today and before and all(item.status == "achieved" for item in before):
        began = max((day for item in before if (day := present_day(item)[1])), default=today)
        spent = max(0, working_days(began, today, programme.thresholds.closed))
    return Estimate(low, likely, high, held, spent if high else 0)


def _outlook(artifact: Artifact, ends: list[float], origin: date, programme: Programme) -> Outlook:
    closed, day = programme.thresholds.closed, present_day(artifact)[1]
    p50, p80 = (
        working_day_after(origin, math.ceil(quantile(ends, share) - _ROUNDING), closed)
        for share in (0.5, 0.8)
    )
    limit = working_days(origin, day, closed) + _ROUNDING if day else 0
    return Outlook(artifact.id, day, p50, p80, bisect_right(ends, limit) if day else None)
