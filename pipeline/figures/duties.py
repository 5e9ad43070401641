"""What somebody still has to do by a day: actions, decisions, reviews; and what is accepted until a day."""

from datetime import date
from typing import Any, NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme


class Duty(NamedTuple):
    """An artifact with the day by which something is due of it, None where none is stated, and whether that passed."""

    artifact: Artifact
    due: date | None
    late: bool


class Waiver(NamedTuple):
    """A finding that somebody accepts for a time: where, which rule, why, who, until when, whether that passed."""

    artifact: Artifact
    rule: str
    reason: str
    owner: str
    until: date | None
    late: bool


def open_actions(programme: Programme) -> list[Duty]:
    """The actions that have not ended, the most pressing first."""
    return _duties(programme, "due", "action")


def awaited_decisions(programme: Programme) -> list[Duty]:
    """The decisions that are asked for or were put off, the most pressing first."""
    found = _duties(programme, "deadline", "decision")
    return [duty for duty in found if duty.artifact.status in ("requested", "deferred")]


def reviews(programme: Programme) -> list[Duty]:
    """What has to be reviewed by a day, the most pressing first."""
    return [duty for duty in _duties(programme, "review_due") if duty.due]


def waivers(programme: Programme) -> list[Waiver]:
    """The findings that are accepted for a time, those that expire first before the others."""
    found = [
        _waiver(programme, artifact, item)
        for artifact in programme.artifacts.values()
        for item in _items(artifact.fields.get("waivers"))
    ]
    return sorted(found, key=lambda item: (item.until or date.max, natural_id(item.artifact.id), item.rule))


def _duties(programme: Programme, field: str, kind: str = "") -> list[Duty]:
    today = read_day(programme.day)
    found = []
    for artifact in programme.artifacts.values():
        if (kind and artifact.kind != kind) or programme.phase(artifact) == "ended":
            continue
        due = read_day(artifact.fields.get(field))
        found.append(Duty(artifact, due, bool(due and today and due < today)))
    return sorted(found, key=lambda duty: (duty.due or date.max, natural_id(duty.artifact.id)))


def _waiver(programme: Programme, artifact: Artifact, item: dict[str, Any]) -> Waiver:
    until, today = read_day(item.get("until")), read_day(programme.day)
    rule, reason, owner = (str(item.get(key) or "") for key in ("rule", "reason", "owner"))
    return Waiver(artifact, rule, reason, owner, until, bool(until and today and until < today))


def _items(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
