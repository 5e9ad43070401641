"""The report before a report, and how the programme was then."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import structs

from pipeline.figures.days import read_day
from pipeline.figures.order import natural_id
from pipeline.figures.registers import frozen, restore_moment
from pipeline.model import Artifact, Programme
from pipeline.model.past import Moment

HIGHLIGHT = "highlight"


class Before(NamedTuple):
    """The report before, its day, and the programme that it was made of; None for what is not known."""

    report: Artifact | None
    day: date | None
    programme: Programme | None


def highlights(programme: Programme) -> list[Artifact]:
    """The highlight reports, the first first: by their as-of date."""
    found = [
        item
        for item in programme.artifacts.values()
        if item.kind == "report" and item.fields.get("type") == HIGHLIGHT
    ]
    return sorted(found, key=lambda item: (str(item.fields.get("as_of", "~")), natural_id(item.id)))


def as_of(report: Artifact, programme: Programme) -> date | None:
    """The day whose state a report tells: the one that it states, else the programme's."""
    return read_day(report.fields.get("as_of")) or read_day(programme.day)


def told_of(report: Artifact, programme: Programme) -> Programme | None:
    """The programme that a report tells of: for an issued one that of its registers, None where they are not there; for
    a draft the present one, on its as-of date."""
    if programme.phase(report) != "early":
        return frozen(report, programme)
    day = as_of(report, programme)
    return structs.replace(programme, day=day.isoformat()) if day else programme


def first_baselines(report: Artifact, programme: Programme) -> dict[str, date]:
    """The baselines of milestones as the earliest registers of a report before this one have them."""
    found: dict[str, date] = {}
    day = as_of(report, programme)
    for item in _issued(programme, report.id):
        earlier = as_of(item, programme)
        then = frozen(item, programme) if day and earlier and earlier < day else None
        for artifact in then.artifacts.values() if then else ():
            stated = read_day(artifact.fields.get("baseline")) if artifact.kind == "milestone" else None
            if stated:
                found.setdefault(artifact.id, stated)
    return found


def previous_of(report: Artifact, programme: Programme) -> Artifact | None:
    """The last issued highlight report of an earlier day."""
    day = as_of(report, programme)
    earlier = [
        item
        for item in _issued(programme, report.id)
        if day and (other := as_of(item, programme)) and other < day
    ]
    return earlier[-1] if earlier else None


def _issued(programme: Programme, but: str) -> Iterator[Artifact]:
    for item in highlights(programme):
        if item.id != but and programme.phase(item) == "firm" and read_day(item.fields.get("as_of")):
            yield item


def before(report: Artifact, programme: Programme, past: Sequence[Moment] = ()) -> Before:
    """What a report is compared with: the report before, else the day before its period.

    Where the report before was made of no registers, `past` moments say how the programme was then.
    """
    previous = previous_of(report, programme)
    if previous is not None:
        day, then = as_of(previous, programme), frozen(previous, programme)
    else:
        period = report.fields.get("period")
        first = read_day(period.get("from")) if isinstance(period, dict) else None
        day, then = first - timedelta(days=1) if first else None, None
    if then is None and day is not None:
        known = [moment for moment in past if moment.day <= day.isoformat()]
        then = restore_moment(known[-1], programme) if known else None
    return Before(previous, day, then)
