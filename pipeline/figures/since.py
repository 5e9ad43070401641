"""What differs between an earlier moment of the programme and now."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.order import natural_id
from pipeline.model import Programme
from pipeline.model.past import Moment, State

LAST_COMMITTEE = "last committee"
# What a committee asks after, besides status, version and title: days, amounts, how bad it is, and who answers for it.
TELLING = (
    "baseline", "forecast", "actual", "deadline", "due", "need_by", "commit_by", "effective", "review_due",
    "probability", "impact", "urgency", "severity", "priority", "verdict", "result", "amount", "owner", "release",
)  # fmt: skip
FIRST = ("status", "version", "title")


class Move(NamedTuple):
    """A field with its value then and now; None where it had none."""

    field: str
    before: Any
    after: Any


class Changed(NamedTuple):
    """An artifact that differs: `sort` is added, removed or changed. `moves` are empty for one that came or went."""

    id: str
    kind: str
    title: str
    sort: str
    status: str
    moves: tuple[Move, ...] = ()


class Version(NamedTuple):
    """How an artifact stood from a day on; `name` is the moment at which it was first seen so, '' for now."""

    day: str
    name: str
    version: str
    status: str


def moment_of(programme: Programme, since: str) -> Moment | None:
    """The moment that words name: a tag or a meeting, a day, or the last committee. None where it is not known.

    A day stands for the last moment on or before it.
    """
    if since == LAST_COMMITTEE:
        return next((item for item in reversed(programme.past) if _is_committee(programme, item)), None)
    named = next((item for item in reversed(programme.past) if item.name == since), None)
    if named or read_day(since) is None:
        return named
    return next((item for item in reversed(programme.past) if item.day <= since), None)


def changes_since(programme: Programme, moment: Moment, kind: str = "") -> list[Changed]:
    """What came, went or changed since a moment, of one kind or of all, in the order of IDs."""
    before, after = moment.artifacts, programme.artifacts
    found: list[Changed] = []
    for identity in sorted(before.keys() | after.keys(), key=natural_id):
        was, now = before.get(identity), after.get(identity)
        if kind and kind != (now.kind if now else was.kind if was else ""):
            continue
        if now is None and was is not None:
            found.append(Changed(identity, was.kind, was.title, "removed", was.status))
        elif now is not None and was is None:
            found.append(Changed(identity, now.kind, now.title, "added", now.status))
        elif now is not None and was is not None and (moves := tuple(_moves(was, now.fields))):
            found.append(Changed(identity, now.kind, now.title, "changed", now.status, moves))
    return found


def versions_of(programme: Programme, identity: str) -> list[Version]:
    """The versions and states that an artifact has had, oldest first, each from the first moment that shows it."""
    now = programme.artifacts[identity]
    found: list[Version] = []
    for moment in programme.past:
        state = moment.artifacts.get(identity)
        if state and (not found or found[-1][2:] != (state.version, state.status)):
            found.append(Version(moment.day, moment.name, state.version, state.status))
    if found and found[-1][2:] != (now.version, now.status):
        found.append(Version(programme.day, "", now.version, now.status))
    return found


def _is_committee(programme: Programme, moment: Moment) -> bool:
    meeting = programme.artifacts.get(moment.name)
    return meeting is not None and meeting.kind == "meeting"


def _moves(was: State, fields: dict[str, Any]) -> Iterator[Move]:
    for field in (*FIRST, *TELLING):
        before, after = was.fields.get(field), fields.get(field)
        if before != after and _is_told(before) and _is_told(after):
            yield Move(field, before, after)


def _is_told(value: Any) -> bool:
    """Whether a value can be told in a cell: what is made of parts is for the artifact's own page."""
    return value is None or isinstance(value, str | int | float)
