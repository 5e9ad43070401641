"""Registers of a pack: what presses most, how each moved since the last report, actions, minutes, benefits."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.figures.days import read_day
from pipeline.figures.order import natural_id
from pipeline.figures.pack.before import Before
from pipeline.figures.pack.values import Gain, Minutes, Pressing, Register, Todo
from pipeline.figures.raid import GRADES, grade, issues, risks
from pipeline.figures.risks import OPPORTUNITY
from pipeline.model import Artifact, Programme

MOST = 5
KINDS = ("risk", "issue", "action", "change-request", "decision", "defect")


def pressing(programme: Programme) -> tuple[Pressing, ...]:
    """The five risks with the highest scores, then the issues that press most, up to five: opportunities left out."""
    high = [item for item in risks(programme) if item.artifact.fields.get("response") not in OPPORTUNITY]
    found = [
        Pressing(
            item.id,
            "risk",
            item.score or None,
            item.residual.score if item.residual else None,
            "",
            _text(item.artifact.fields.get("response")),
            _text(item.artifact.fields.get("owner")),
            _actions_of(item.artifact, programme),
        )
        for item in high[:MOST]
    ]
    return (*found, *(_issue(item, programme) for item in issues(programme)[:MOST]))


def _issue(issue: Artifact, programme: Programme) -> Pressing:
    worst = max(grade(issue.fields.get(field)) for field in ("urgency", "impact"))
    owner = _text(issue.fields.get("owner"))
    stated = GRADES[worst - 1] if worst else ""
    return Pressing(issue.id, "issue", None, None, stated, "", owner, _actions_of(issue, programme))


def _actions_of(artifact: Artifact, programme: Programme) -> tuple[str, ...]:
    """The open actions that arise from an artifact."""
    found = {
        source.id
        for source, link in programme.incoming.get(artifact.id, ())
        if source.kind == "action" and link.role == "arises_from" and _is_open(source, programme)
    }
    return tuple(sorted(found, key=natural_id))


def _is_open(artifact: Artifact, programme: Programme) -> bool:
    """Whether an artifact waits for somebody: a decision until it is taken, all else until it has ended."""
    if artifact.kind == "decision":
        return artifact.status in ("requested", "deferred")
    return programme.phase(artifact) in ("early", "firm") and artifact.status != "approved"


def registers(programme: Programme, before: Before) -> tuple[Register, ...]:
    """How each register moved; those that never held anything are left out."""
    now = programme.artifacts
    then = before.programme.artifacts if before.programme else None
    found = []
    for kind in KINDS:
        every = {key: item for key, item in now.items() if item.kind == kind}
        known = {key for key, item in (then or {}).items() if item.kind == kind}
        if every or known:
            found.append(_register(kind, every, programme, before))
    return tuple(found)


def _register(kind: str, now: Mapping[str, Artifact], programme: Programme, before: Before) -> Register:
    still = {key for key, item in now.items() if _is_open(item, programme)}
    then = before.programme
    if then is None:
        return Register(kind, None, None, None, len(still))
    known = {key: item for key, item in then.artifacts.items() if item.kind == kind}
    were = {key for key, item in known.items() if _is_open(item, then)}
    came = now.keys() - known.keys()
    again = {key for key in still & known.keys() if key not in were}
    ended = {key for key in (were | came) & now.keys() if key not in still}
    lost = tuple(sorted(were - now.keys(), key=natural_id))
    return Register(kind, len(were), len(came) + len(again), len(ended), len(still), lost)


def actions(programme: Programme, today: date, since: date | None) -> tuple[Todo, ...]:
    """The open actions, the first due first, and those done since the last report."""
    found = []
    for item in programme.artifacts.values():
        if item.kind != "action" or item.status == "rejected":
            continue
        done = read_day(item.fields.get("done_on"))
        if _is_open(item, programme) or (done and since and since < done <= today):
            due = read_day(item.fields.get("due"))
            late = bool(due and due < today and _is_open(item, programme))
            found.append(Todo(item.id, _text(item.fields.get("owner")), due, late, done))
    return tuple(
        sorted(found, key=lambda item: (item.done is not None, item.due or date.max, natural_id(item.id)))
    )


def minutes(programme: Programme, today: date) -> Minutes | None:
    """The last meeting of a steering committee that was held."""
    held = [
        (day, item)
        for item in programme.artifacts.values()
        if item.kind == "meeting"
        and item.fields.get("type") == "steering"
        and (day := read_day(item.fields.get("date")))
        and day <= today
    ]
    if not held:
        return None
    day, last = max(held, key=lambda pair: (pair[0], natural_id(pair[1].id)))
    sources = {source.id: (source, link) for source, link in programme.incoming.get(last.id, ())}
    return Minutes(
        last.id,
        day,
        len(_list(last.fields.get("attendees"))),
        tuple(item for item in _list(last.fields.get("agenda")) if isinstance(item, str)),
        _linked(sources, "decision", "made_in"),
        _linked(sources, "action", "arises_from"),
    )


def _linked(sources: Mapping[str, tuple[Artifact, Any]], kind: str, role: str) -> tuple[str, ...]:
    found = [key for key, (source, link) in sources.items() if source.kind == kind and link.role == role]
    return tuple(sorted(found, key=natural_id))


def benefits(programme: Programme, today: date) -> tuple[Gain, ...]:
    """The benefits that have not ended, with the last value that was measured by then."""
    found = []
    for item in sorted(programme.artifacts.values(), key=lambda each: natural_id(each.id)):
        if item.kind != "benefit" or not _is_open(item, programme):
            continue
        fields = item.fields
        rows = [
            (day, row.get("value"))
            for row in _list(fields.get("series"))
            if isinstance(row, dict) and (day := read_day(row.get("on"))) and day <= today
        ]
        last_on, last = max(rows, key=lambda row: row[0]) if rows else (None, None)
        measure, unit = _text(fields.get("measure")), _text(fields.get("unit"))
        target, day_of = fields.get("target"), read_day(fields.get("date"))
        found.append(Gain(item.id, measure, unit, fields.get("baseline"), last, last_on, target, day_of))
    return tuple(found)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
