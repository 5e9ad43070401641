"""The milestones of a programme: their days, their slips and tolerances, and their network."""

import math
from datetime import date
from typing import Any, NamedTuple

from pipeline.figures.days import read_day, working_day_after, working_days
from pipeline.figures.network import Step, Times, critical_path, knotted, schedule
from pipeline.model import Artifact, Programme

# The fields that say when a milestone comes, the surest first.
FIELDS = ("actual", "forecast", "baseline")
# More working days than the calendar has are no estimate.
_LONGEST = 2_000_000


class Milestone(NamedTuple):
    """What is known of a milestone. `slip` and `slack` are in working days, None where they cannot be told."""

    id: str
    field: str
    day: date | None
    baseline: date | None
    slip: int | None
    tolerance: int | None
    plan: str
    movements: int
    early: date | None
    late: date | None
    slack: int | None
    critical: bool


class Plan(NamedTuple):
    """All milestones that were not cancelled, the critical path, and those that links lead round in a circle."""

    milestones: dict[str, Milestone]
    critical_path: tuple[str, ...]
    knotted: frozenset[str]


def present_day(artifact: Artifact) -> tuple[str, date | None]:
    """The field that says when a milestone comes, as far as is known now, and its day; '' and None without any."""
    for field in FIELDS:
        if field in artifact.fields:
            return field, read_day(artifact.fields[field])
    return "", None


def live_milestones(programme: Programme) -> dict[str, Artifact]:
    """The milestones that were not cancelled."""
    return {
        artifact.id: artifact
        for artifact in programme.artifacts.values()
        if artifact.kind == "milestone" and artifact.status != "cancelled"
    }


def predecessors(milestones: dict[str, Artifact]) -> dict[str, list[str]]:
    """The milestones that each comes after, among those given."""
    return {
        identity: [link.target for link in item.links if link.role == "after" and link.target in milestones]
        for identity, item in milestones.items()
    }


def slip_of(artifact: Artifact, programme: Programme) -> int | None:
    """The working days from the baseline to when it comes now; less than zero where it comes sooner."""
    baseline, (_, day) = read_day(artifact.fields.get("baseline")), present_day(artifact)
    if baseline is None or day is None:
        return None
    return working_days(baseline, day, programme.thresholds.closed)


def tolerances(programme: Programme) -> dict[str, tuple[str, int]]:
    """For each gate that a plan covers, and for '' the whole programme: the plan, and the working days it allows.

    The plan of the programme holds for what comes to no gate as well. Where several plans say so, the smallest holds.
    """
    found: dict[str, tuple[str, int]] = {}
    for plan in programme.artifacts.values():
        if plan.kind != "plan" or programme.phase(plan) not in ("early", "firm"):
            continue
        stated: Any = plan.fields.get("tolerances")
        days = stated.get("time") if isinstance(stated, dict) else None
        if type(days) is not int:
            continue
        gates = [link.target for link in plan.links if link.role == "covers"]
        whole = [""] if plan.fields.get("level") == "programme" else []
        for gate in (*gates, *whole):
            if gate not in found or days < found[gate][1]:
                found[gate] = (plan.id, days)
    return found


def tolerance_of(artifact: Artifact, known: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    """The plan that a milestone is held to, and its tolerance: that of its gate, else the programme's."""
    gates = [link.target for link in artifact.links if link.role == "part_of"]
    return next((known[gate] for gate in (*gates, "") if gate in known), None)


def plan_of(programme: Programme) -> Plan:
    """All figures of the milestones of a programme."""
    milestones = live_milestones(programme)
    after = predecessors(milestones)
    allowed = tolerances(programme)
    origin = origin_of(milestones)
    if origin is None:
        return Plan(
            {key: _milestone(item, programme, allowed, None, None) for key, item in milestones.items()},
            (),
            knotted(after),
        )
    steps = {identity: _step(item, origin, programme) for identity, item in milestones.items()}
    times = schedule(steps, after)
    return Plan(
        {
            identity: _milestone(item, programme, allowed, times.get(identity), origin)
            for identity, item in milestones.items()
        },
        tuple(critical_path(times, steps, after)),
        knotted(after),
    )


def origin_of(milestones: dict[str, Artifact]) -> date | None:
    """The day that the network is counted from, the first that any of its milestones names; None where none does."""
    return min((day for item in milestones.values() for day in _days(item)), default=None)


def _days(artifact: Artifact) -> list[date]:
    return [day for field in FIELDS if (day := read_day(artifact.fields.get(field)))]


def estimate_of(artifact: Artifact) -> tuple[float, float, float] | None:
    """The estimate of a milestone at three points, in working days; None for one that has none, or was achieved.

    A point that is missing, or that lies on the wrong side of the likely one, is taken to be the likely one.
    """
    stated = artifact.fields.get("duration")
    if not isinstance(stated, dict) or artifact.status == "achieved":
        return None
    likely = _number(stated.get("likely"))
    if likely is None:
        return None
    low, high = _number(stated.get("low")), _number(stated.get("high"))
    return min(likely, likely if low is None else low), likely, max(likely, likely if high is None else high)


def _number(value: Any) -> float | None:
    """A number of days that the calendar has; None for all else."""
    return value if type(value) in (int, float) and 0 <= value <= _LONGEST else None


def not_before(artifact: Artifact, programme: Programme) -> date | None:
    """The day before which a milestone cannot come; None where nothing holds it.

    What is achieved stands where it is. What is planned comes not before the programme's day, and one with an estimate
    not before its forecast; one without has the date that it has.
    """
    field, day = present_day(artifact)
    if artifact.status == "achieved":
        return day
    if estimate_of(artifact) and field != "forecast":
        day = None
    return max((known for known in (day, read_day(programme.day)) if known), default=None)


def _step(artifact: Artifact, origin: date, programme: Programme) -> Step:
    """A milestone in the network; part of a day counts as a day."""
    estimate, day = estimate_of(artifact), not_before(artifact, programme)
    return Step(math.ceil(estimate[1]) if estimate else 0, held_until(day, origin, programme))


def held_until(day: date | None, origin: date, programme: Programme) -> int:
    """The working days from the start of the network to a day; 0 without one, and for one that lies before."""
    return max(0, working_days(origin, day, programme.thresholds.closed)) if day else 0


def _milestone(
    artifact: Artifact,
    programme: Programme,
    allowed: dict[str, tuple[str, int]],
    times: Times | None,
    origin: date | None,
) -> Milestone:
    field, day = present_day(artifact)
    plan, days = tolerance_of(artifact, allowed) or ("", None)
    history = artifact.fields.get("forecast_history")
    planned = times is not None and artifact.status != "achieved"
    return Milestone(
        artifact.id,
        field,
        day,
        read_day(artifact.fields.get("baseline")),
        slip_of(artifact, programme),
        days,
        plan,
        len(history) if isinstance(history, list) else 0,
        _later(origin, times.early, programme) if times and origin else None,
        _later(origin, times.late, programme) if times and origin and planned else None,
        times.slack if times and planned else None,
        bool(times and planned and times.slack == 0),
    )


def _later(origin: date, days: int, programme: Programme) -> date | None:
    return working_day_after(origin, days, programme.thresholds.closed)
