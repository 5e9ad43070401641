"""What is done of what is asked for, month by month: the two lines of a burn-up.

The scope of a day is what the history knows of it. Before the history begins, an artifact is of the scope from the day
in `created` on. Requirements and test cases are done when they have passed, on the day of the last run that was needed;
all else when it is settled: on the day that it states (`done_on`, `actual`), or else that of its last change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.order import natural_id
from pipeline.figures.runs import evidence_of
from pipeline.figures.trace.chain import Chain, counts
from pipeline.figures.versions import is_outdated
from pipeline.model import Artifact, Programme
from pipeline.model.past import State

# With more months than these, every second, third ... is shown.
MOST = 60
# A size beyond this is none.
_MOST = Decimal(10) ** 9
_PASSED = ("requirement", "test-case")
_DONE_ON = ("done_on", "actual", "updated", "created")
Chosen = Callable[[Artifact | State], bool]


class Mark(NamedTuple):
    """How much was asked for on a day, and how much of that was done."""

    day: date
    scope: Decimal
    done: Decimal


class Burnup(NamedTuple):
    """The two lines; the artifacts that are asked for now, those done, and those that have no size to weigh by."""

    marks: tuple[Mark, ...]
    scope: tuple[str, ...]
    done: tuple[str, ...]
    unweighed: tuple[str, ...]


def burnup(programme: Programme, kind: str, chosen: Chosen, by: str = "") -> Burnup | None:
    """The burn-up of the artifacts of a kind that are chosen, counted, or weighed by a field that holds numbers.

    None where the programme has no day, or none of them says since when it is asked for.
    """
    items = (item for item in programme.artifacts.values() if item.kind == kind and chosen(item))
    now = {item.id: item for item in items if counts(programme, item)}
    began = {key: day for key, item in now.items() if (day := read_day(item.fields.get("created")))}
    today = read_day(programme.day)
    if today is None or not began:
        return None
    finished = {key: day for key, item in now.items() if (day := _finished(item, programme)) and day <= today}
    marks = []
    for day in _days(min(began.values()), today):
        asked, done = _then(programme, kind, chosen, day) if day < today else (None, None)
        if asked is None or done is None:
            known = now if day == today else {key: now[key] for key, since in began.items() if since <= day}
            asked = {key: item.fields for key, item in known.items()}
            done = {key for key, on in finished.items() if on <= day and key in asked}
        elif kind in _PASSED:
            done = {key for key, on in finished.items() if on <= day and key in asked}
        marks.append(Mark(day, _weight(asked, asked, by), _weight(asked, done, by)))
    bare = [key for key, item in now.items() if by and _size(item.fields, by) is None]
    return Burnup(tuple(marks), _sorted(now), _sorted(finished), _sorted(bare))


def _then(
    programme: Programme, kind: str, chosen: Chosen, day: date
) -> tuple[dict[str, dict[str, Any]], set[str]] | tuple[None, None]:
    """What was asked for on a day, and what was settled of it, as the history knows; None before it begins."""
    moment = next((item for item in reversed(programme.past) if item.day <= day.isoformat()), None)
    rules = programme.kinds.get(kind)
    if moment is None or rules is None:
        return None, None
    states = {key: state for key, state in moment.artifacts.items() if state.kind == kind and chosen(state)}
    asked, done = {}, set()
    for key, state in states.items():
        step = rules.states.get(state.status)
        if step is None or step.phase != "ended" or step.settled:
            asked[key] = state.fields
            done |= {key} if step is not None and step.settled else set()
    return asked, done


def _finished(artifact: Artifact, programme: Programme) -> date | None:
    """The day from which an artifact is done; None where it is not."""
    if artifact.kind == "requirement":
        days = [_passed(case, programme) for case in Chain(programme).tests_of(artifact)]
        return max((day for day in days if day), default=None) if None not in days else None
    if artifact.kind == "test-case":
        return _passed(artifact, programme)
    kind = programme.kind_of(artifact)
    state = kind.states.get(artifact.status) if kind else None
    if state is None or not state.settled:
        return None
    return next((day for name in _DONE_ON if (day := read_day(artifact.fields.get(name)))), None)


def _passed(case: Artifact, programme: Programme) -> date | None:
    found = evidence_of(case, programme)
    if found is None or is_outdated(found[1].version, case):
        return None
    return read_day(found[0].fields.get("date"))


def _days(start: date, end: date) -> list[date]:
    """The ends of the months from a day to another, and the last day."""
    ends = list(_month_ends(start, end))
    step = max(1, -(-len(ends) // MOST))
    return [*ends[::-1][::step][::-1], end]


def _month_ends(start: date, end: date) -> Iterator[date]:
    """The last days of the months that end between two days, the later one left out."""
    day = start
    while True:
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        last = following - timedelta(days=1)
        if last >= end:
            return
        yield last
        day = following


def _weight(items: Mapping[str, dict[str, Any]], ids: Iterable[str], by: str) -> Decimal:
    """How many there are, or what they weigh; one without a size weighs nothing."""
    if not by:
        return Decimal(len(list(ids)))
    return sum((_size(items[key], by) or Decimal(0) for key in ids), Decimal(0))


def _size(fields: dict[str, Any], by: str) -> Decimal | None:
    value = fields.get(by)
    exact = Decimal(str(value)) if type(value) in (int, float) else None
    return exact if exact is not None and exact.is_finite() and abs(exact) < _MOST else None


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=natural_id))
