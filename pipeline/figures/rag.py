"""What the registers say of the dimensions of a report: green, amber or red, by thresholds that are settings.

Time, cost, quality and risk are measured. Scope, benefit and sustainability are judged by people, and overall follows
from the others: it is at most one step better than the worst of them, and never worse than that one.
"""

import operator
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from pipeline.figures.measures import MEASURES
from pipeline.figures.milestones import Milestone, plan_of
from pipeline.figures.raid import risks
from pipeline.model import Programme

DIMENSIONS = ("overall", "time", "cost", "scope", "quality", "risk", "benefit", "sustainability")
STATES = ("green", "amber", "red")
_HUNDRED = Decimal(100)


class Because(NamedTuple):
    """Something that was measured: what, the state that it gives, its figure, and the threshold of that state.

    For green the threshold is the one that is kept. An index is a ratio, as its threshold; a part is in per cent; the
    rest are counts. `of` is the N of what passed, of which `actual` is the n.
    """

    name: str
    state: str
    actual: Decimal
    limit: Decimal
    of: int | None = None


class Judged(NamedTuple):
    """The state of a dimension by its thresholds, and what was measured."""

    state: str
    measured: tuple[Because, ...]

    @property
    def because(self) -> tuple[Because, ...]:
        """What makes it so: all that is as bad as the whole."""
        return tuple(item for item in self.measured if item.state == self.state)


def judge(programme: Programme) -> dict[str, Judged]:
    """The state of each dimension that something is known of, on the programme's day."""
    found = {name: tuple(measure(programme)) for name, measure in _MEASURED.items()}
    return {
        name: Judged(max((item.state for item in items), key=STATES.index), items)
        for name, items in found.items()
        if items
    }


def overall_may_be(stated: dict[str, Any]) -> tuple[str, ...]:
    """What the overall state may be where the others are as stated; any, where none is."""
    states = [value for key, value in stated.items() if key != "overall" and value in STATES]
    if not states:
        return STATES
    worst = max(map(STATES.index, states))
    return STATES[max(0, worst - 1) : worst + 1]


def beyond_tolerance(programme: Programme) -> list[Milestone]:
    """The milestones still to come that slip by more than their plan allows."""
    artifacts = programme.artifacts
    return [
        item
        for item in plan_of(programme).milestones.values()
        if artifacts[item.id].status == "planned"
        and item.slip is not None
        and item.tolerance is not None
        and item.slip > item.tolerance
    ]


def unanswered(programme: Programme) -> list[str]:
    """The high risks, open and not accepted, that no action answers."""
    return [
        item.id
        for item in risks(programme)
        if item.score >= programme.thresholds.high_risk
        and not item.opportunity
        and item.artifact.fields.get("response") != "accept"
        and not any(
            link.role == "arises_from" and source.kind == "action" and source.status != "rejected"
            for source, link in programme.incoming.get(item.id, ())
        )
    ]


def _time(programme: Programme) -> Iterator[Because]:
    limits = programme.thresholds.rag
    yield from _index("spi", programme, limits.spi)
    # Without a tolerance nothing can be beyond it.
    if any(item.tolerance is not None for item in plan_of(programme).milestones.values()):
        yield _count("late", len(beyond_tolerance(programme)), limits.late)


def _cost(programme: Programme) -> Iterator[Because]:
    limits = programme.thresholds.rag
    yield from _index("cpi", programme, limits.cpi)
    vac, bac = _amount("vac", programme), _amount("bac", programme)
    if vac is not None and bac:
        yield _part("overrun", -vac / bac, limits.overrun, operator.gt)
    left, opening = _amount("reserve-left", programme), _amount("reserve-opening", programme)
    if left is not None and opening:
        yield _part("reserve", left / opening, limits.reserve, operator.le)


def _quality(programme: Programme) -> Iterator[Because]:
    limits = programme.thresholds.rag
    executed, passed = _amount("uat-executed", programme), _amount("uat-passed", programme)
    if executed and passed is not None:
        found = _because("passed", passed * _HUNDRED / executed, limits.passed, operator.lt)
        yield found._replace(actual=passed, of=int(executed))
    defects = _amount("open-defects-critical", programme)
    if defects is not None:
        yield _count("defects", int(defects), limits.defects)


def _risk(programme: Programme) -> Iterator[Because]:
    known = [item for item in risks(programme) if not item.opportunity]
    if not known:
        return
    amber, red = programme.thresholds.rag.risks
    high = sum(item.score >= programme.thresholds.high_risk for item in known)
    yield Because("risks", STATES[high >= amber], Decimal(high), Decimal(amber))
    alone = len(unanswered(programme))
    yield Because("unanswered", "red" if alone >= red else "green", Decimal(alone), Decimal(red))


_MEASURED: dict[str, Callable[[Programme], Iterator[Because]]] = {
    "time": _time,
    "cost": _cost,
    "quality": _quality,
    "risk": _risk,
}


def _because(
    name: str, figure: Decimal, limits: tuple[int, int], wrong: Callable[[Decimal, int], bool]
) -> Because:
    state = STATES[wrong(figure, limits[0]) + wrong(figure, limits[1])]
    return Because(name, state, figure, Decimal(limits[state == "red"]))


def _index(name: str, programme: Programme, limits: tuple[int, int]) -> Iterator[Because]:
    """An index that should not be below its limits, which are in per cent; nothing where it is not defined."""
    index = _amount(name, programme)
    if index is not None:
        found = _because(name, index * _HUNDRED, limits, operator.lt)
        yield found._replace(actual=index, limit=found.limit / _HUNDRED)


def _count(name: str, count: int, limits: tuple[int, int]) -> Because:
    return _because(name, Decimal(count), limits, operator.ge)


def _part(
    name: str, part: Decimal, limits: tuple[int, int], wrong: Callable[[Decimal, int], bool]
) -> Because:
    """A part of a whole, judged as it is and told to a tenth of a per cent."""
    found = _because(name, part * _HUNDRED, limits, wrong)
    return found._replace(actual=found.actual.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _amount(name: str, programme: Programme) -> Decimal | None:
    found = MEASURES[name].of(programme)
    return Decimal(found.value) if found and found.value is not None else None
