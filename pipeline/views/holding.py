"""What a deliverable holds: the sections of its file, and what view blocks take in as cards or whole."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model import Artifact, Programme
from pipeline.views.cards import cards
from pipeline.views.include import include
from pipeline.views.values import Cards, Included

Range = tuple[str, int, int]
# Behind the last line of any document.
_END = 10**9


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
    for path, first, last in places_of(programme, deliverable):
        document = programme.documents[path]
        ids |= {artifact.id for artifact in document.artifacts if first <= artifact.line <= last}
        pages |= {path} if last == _END and document.whole is None else set()
    return Holding(frozenset(ids - {deliverable.id}), frozenset(pages))


def places_of(programme: Programme, deliverable: Artifact) -> list[Range]:
    """The lines that a deliverable holds: document, first and last line, the last perhaps beyond the document's."""
    queue = [(deliverable.path, deliverable.line, deliverable.end)]
    seen = set(queue)
    for place in queue:
        for more in _held(programme, place):
            if more not in seen:
                seen.add(more)
                queue.append(more)
    return queue


def _held(programme: Programme, place: Range) -> Iterator[Range]:
    """The lines that the view blocks of some lines take in as cards or whole."""
    path, first, last = place
    for block in programme.documents[path].views:
        if not first <= block.header.line <= last:
            continue
        shown = {"cards": cards, "include": include}.get(str(block.fields.get("view")))
        value = shown(programme, block.fields, "") if shown else None
        if isinstance(value, Included) and value.path:
            yield value.path, 1, _END
        elif isinstance(value, Cards | Included):
            for identity in value.ids:
                item = programme.artifacts[identity]
                yield item.path, item.line, item.end
