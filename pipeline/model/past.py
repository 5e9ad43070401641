"""How the programme stood at earlier moments, as far as views need to know."""

from typing import Any

from msgspec import Struct


class State(Struct, frozen=True):
    """An artifact at a moment: what its header stated; `fields` has all of it."""

    kind: str
    title: str
    status: str
    version: str
    fields: dict[str, Any]


class Moment(Struct, frozen=True):
    """The programme at a commit: the day that it stands for (2026-03-31), a name where it has one, its artifacts."""

    day: str
    name: str
    commit: str
    artifacts: dict[str, State]
