"""What a deliverable holds: the sections of its file, and what view blocks take in as cards or whole."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model import Artifact, Programme
from pipeline.views.cards import cards
from pipeline.views.include import include
from pipeline.views.values import Cards, Included

_Range = tuple[str, int, int]


class Holding(NamedTuple):
    """What a deliverable holds: the IDs of artifacts, itself left out, and the paths of pages that are none."""

    ids: frozenset[str]
    pages: frozenset[str]


def holders(programme: Programme) -> dict[str, list[str]]:
    """For each artifact that is held by deliverables, their IDs in order."""
    found: dict[str, list[str]] = {}
    for artifact in sorted(programme.artifacts.values(), key=lambda item: item.id):
        if artifact.kind == "deliverable":
            for identity in sorted(held_by(programme, artifact)):
                found.setdefault(identity, []).append(artifact.id)
    return found


def held_by(programme: Programme, deliverable: Artifact) -> set[str]:
    """The IDs of all that a deliverable holds, itself left out."""
    return set(holding(programme, deliverable).ids)


def holding(programme: Programme, deliverable: Artifact) -> Holding:
    """All that a deliverable holds, at any depth."""
    ids: set[str] = set()
    pages: set[str] = set()
    seen: set[_Range] = set()
    queue = [(deliverable.path, deliverable.line, deliverable.end)]
    for place in queue:
        if place in seen:
            continue
        seen.add(place)
        for identity, more in _held(programme, place):
            if identity:
                ids.add(identity)
            else:
                pages.add(more[0])
            queue.append(more)
    return Holding(frozenset(ids - {deliverable.id}), frozenset(pages))


def _held(programme: Programme, place: _Range) -> Iterator[tuple[str, _Range]]:
    """What the lines of a document hold directly: an ID ('' for a file that is none), and the lines that go with it."""
    path, first, last = place
    document = programme.documents[path]
    for artifact in document.artifacts:
        if artifact.section and first <= artifact.line <= last:
            yield artifact.id, (path, artifact.line, artifact.end)
    for block in document.views:
        if not first <= block.header.line <= last:
            continue
        shown = {"cards": cards, "include": include}.get(str(block.fields.get("view")))
        value = shown(programme, block.fields) if shown else None
        if isinstance(value, Included) and value.path:
            whole = programme.documents[value.path].whole
            ends = [item.end for item in programme.documents[value.path].artifacts]
            ends += [item.end for item in programme.documents[value.path].views]
            yield whole.id if whole else "", (value.path, 1, max(ends, default=1))
        elif isinstance(value, Cards | Included):
            for identity in value.ids:
                item = programme.artifacts[identity]
                yield identity, (item.path, item.line, item.end)
