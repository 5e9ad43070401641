"""How the programme stood before: its artifacts at moments that somebody asks for again."""

from typing import Any

from msgspec import Struct


class State(Struct, frozen=True, array_like=True):
    """What an artifact said of itself at a moment. `fields` is its effective front matter, never to be changed.

    Its classification is there as strict as that of the document that it stood in.
    """

    kind: str
    title: str
    status: str
    version: str
    fields: dict[str, Any]


class Moment(Struct, frozen=True):
    """The programme as the last commit on or before a day had it, with the artifacts by ID.

    `name` is the tag, the ID of the steering meeting, or for the end of a month that month, as 2026-03.
    """

    day: str
    name: str
    commit: str
    artifacts: dict[str, State]
