"""The meetings of committees: those that were held, and those that are to come."""

from datetime import date
from typing import NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme


class Sitting(NamedTuple):
    """A meeting on a day: its minutes or agenda, or, where there are none yet, the meeting that announced it.

    `announced` says that only the minutes of an earlier meeting name the day. `committee` is '' where none is named.
    """

    day: date
    committee: str
    meeting: Artifact
    announced: bool = False


def sittings(programme: Programme) -> list[Sitting]:
    """All meetings whose day is known, by day, and of each committee the next one, which its last one announced.

    A day that was announced and has passed without minutes says nothing.
    """
    today = read_day(programme.day)
    stated = [
        Sitting(day, _committee(item), item)
        for item in programme.artifacts.values()
        if item.kind == "meeting" and (day := read_day(item.fields.get("date")))
    ]
    last: dict[str, Sitting] = {}
    for sitting in sorted(stated, key=_order):
        last[sitting.committee] = sitting
    for committee, sitting in last.items():
        following = read_day(sitting.meeting.fields.get("next"))
        if committee and following and following > sitting.day and (today is None or following >= today):
            stated.append(Sitting(following, committee, sitting.meeting, announced=True))
    return sorted(stated, key=_order)


def held_steering(programme: Programme) -> dict[str, str]:
    """The steering meetings before the day of the programme: their days by ID, in the order of days."""
    found = [
        (str(item.day), item.meeting.id)
        for item in sittings(programme)
        if not item.announced and item.meeting.fields.get("type") == "steering"
    ]
    return {identity: day for day, identity in found if day < programme.day}


def _committee(meeting: Artifact) -> str:
    return next((link.target for link in meeting.links if link.role == "held_by"), "")


def _order(sitting: Sitting) -> tuple[date, bool, tuple[str, int]]:
    return sitting.day, sitting.announced, natural_id(sitting.meeting.id)
