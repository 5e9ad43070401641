"""Artifacts in lanes: those that share the value of a field, most of all the workstream that a milestone is for."""

from typing import NamedTuple

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.model.picture import mark_of
from pipeline.views.cells import plain
from pipeline.views.select import id_of
from pipeline.views.states import value_name
from pipeline.views.words import say


class Lane(NamedTuple):
    """A lane: its title ('' where there are no lanes), the mark of the artifact it is about, and what lies in it."""

    title: str
    mark: str
    ids: tuple[str, ...]


def in_lanes(programme: Programme, identities: list[str], field: str, lang: str) -> list[Lane]:
    """The artifacts by the first value that each has in a field, in the order of values; what has none comes last.

    Where no artifact has any, there is one lane without a title.
    """
    by: dict[str, list[str]] = {}
    for identity in identities:
        by.setdefault(lane_of(programme.artifacts[identity], field), []).append(identity)
    if set(by) <= {""}:
        return [Lane("", "", tuple(identities))]
    order = sorted(by, key=lambda value: (not value, natural_id(value)))
    return [_lane(programme, field, value, tuple(by[value]), lang) for value in order]


def lane_of(artifact: Artifact, field: str) -> str:
    """The value by which an artifact is put into a lane, without a pinned version; ''."""
    value = artifact.fields.get(field)
    first = value[0] if isinstance(value, list) and value else value
    return id_of(plain(first)) if isinstance(first, str | int | float) else ""


def _lane(programme: Programme, field: str, value: str, ids: tuple[str, ...], lang: str) -> Lane:
    about = programme.artifacts.get(value)
    if about is None:
        kinds = {programme.artifacts[identity].kind for identity in ids}
        told = value_name(programme, kinds, field, value, lang)
        return Lane(told or say("lane none", lang), "", ids)
    title = about.title if about.kind == "party" and about.title else f"{value} {about.title}"
    return Lane(title, mark_of(value, title), ids)
