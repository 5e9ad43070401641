"""Milestones of a pack: those of the next ninety days with how they moved, and those that were due."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from pipeline.figures.days import read_day
from pipeline.figures.milestones import Milestone, live_milestones, plan_of, present_day
from pipeline.figures.order import natural_id
from pipeline.figures.pack.before import Before
from pipeline.figures.pack.values import Due, Movement
from pipeline.figures.raid import dependencies
from pipeline.model import Artifact, Programme

AHEAD = timedelta(days=90)


def movements(programme: Programme, today: date, before: Before) -> tuple[Movement, ...]:
    """The milestones that a committee looks at: those that come or were to come within ninety days, those that moved
    or were achieved since the last report, and those that are late; by their day."""
    plan = plan_of(programme)
    found = [_movement(item, programme, today, before) for item in plan.milestones.values()]
    shown = [item for item in found if _matters(item, programme, today, before)]
    return tuple(sorted(shown, key=lambda item: (item.day or date.max, natural_id(item.id))))


def _matters(item: Movement, programme: Programme, today: date, before: Before) -> bool:
    if programme.artifacts[item.id].status == "achieved":
        return bool(item.day and before.day and before.day < item.day <= today)
    days = (item.day, item.baseline, item.before)
    near = any(day is not None and day <= today + AHEAD for day in days)
    return near or item.beyond or (item.before is not None and item.before != item.day)


def _movement(item: Milestone, programme: Programme, today: date, before: Before) -> Movement:
    artifact = programme.artifacts[item.id]
    return Movement(
        item.id,
        item.field,
        item.day,
        _day_before(artifact, before),
        item.baseline,
        item.slip,
        item.tolerance,
        item.critical,
        _state(artifact, today, item.baseline),
    )


def _day_before(artifact: Artifact, before: Before) -> date | None:
    """When a milestone was to come at the last report: as its registers say, else by the history of its forecasts."""
    if before.programme is not None:
        then = before.programme.artifacts.get(artifact.id)
        return present_day(then)[1] if then else None
    if before.day is None:
        return None
    history = artifact.fields.get("forecast_history")
    rows = [row for row in history if isinstance(row, dict)] if isinstance(history, list) else []
    past = [(on, row) for row in rows if (on := read_day(row.get("on"))) and on <= before.day]
    if past:
        return read_day(max(past, key=lambda pair: pair[0])[1].get("to"))
    created = read_day(artifact.fields.get("created"))
    return None if created and created > before.day else read_day(artifact.fields.get("baseline"))


def _state(artifact: Artifact, today: date, baseline: date | None) -> str:
    """What became of a milestone by a baseline: coming before it; then hit, missed, or moved."""
    actual = read_day(artifact.fields.get("actual")) if artifact.status == "achieved" else None
    if baseline is None or (baseline > today and actual is None):
        return "coming" if actual is None else "hit"
    if actual is not None:
        return "hit" if actual <= baseline else "missed"
    forecast = read_day(artifact.fields.get("forecast"))
    return "moved" if forecast and forecast > baseline and forecast >= today else "missed"


def due(programme: Programme, today: date, baselines: Mapping[str, date] = MappingProxyType({})) -> Due:
    """The milestones whose baseline has come, by what became of each; by other baselines for those that have one."""
    states: dict[str, list[str]] = {"hit": [], "missed": [], "moved": []}
    for item in sorted(live_milestones(programme).values(), key=lambda each: natural_id(each.id)):
        day = baselines.get(item.id) or read_day(item.fields.get("baseline"))
        if day is not None and day <= today:
            states[_state(item, today, day)].append(item.id)
    return Due(*(tuple(states[name]) for name in ("hit", "missed", "moved")))


def needed(programme: Programme) -> tuple[str, ...]:
    """The open dependencies, those that come too late or were not agreed first."""
    return tuple(need.artifact.id for need in dependencies(programme))
