"""Many artifacts put together: by the value of a field, or by ranges of their IDs."""

from collections.abc import Sequence
from itertools import cycle
from typing import NamedTuple

from pipeline.model import Artifact, Programme
from pipeline.views.cells import plain
from pipeline.views.select import sort
from pipeline.views.states import value_name
from pipeline.views.words import say

# More blocks than this do not fit a page; the smaller ones are then one.
MOST = 10


class Block(NamedTuple):
    """Artifacts that are shown as one: what they are called together, and their IDs."""

    name: str
    ids: tuple[str, ...]


def blocks(programme: Programme, artifacts: Sequence[Artifact], field: str, lang: str) -> list[Block]:
    """The artifacts by the values of a field, in the order of its list; without a field as they are, or by ranges."""
    if field:
        return _by_value(programme, artifacts, field, lang)
    if len(artifacts) <= MOST:
        return [Block(item.id, (item.id,)) for item in artifacts]
    size = _round_size(len(artifacts))
    parts = [artifacts[at : at + size] for at in range(0, len(artifacts), size)]
    return [Block(_range(part), tuple(item.id for item in part)) for part in parts]


def _range(part: Sequence[Artifact]) -> str:
    return part[0].id if len(part) == 1 else f"{part[0].id} – {part[-1].id}"


def _round_size(count: int) -> int:
    """The least of 1, 2, 5, 10, 20 ... by which so many come to no more blocks than fit."""
    size, steps = 1, cycle((2.0, 2.5, 2.0))
    while size * MOST < count:
        size = int(size * next(steps))
    return size


def _by_value(programme: Programme, artifacts: Sequence[Artifact], field: str, lang: str) -> list[Block]:
    found: dict[str, list[str]] = {}
    for item in sort(programme, list(artifacts), [field]):
        value = item.fields.get(field)
        first = value[0] if isinstance(value, list) and value else value
        name = value_name(programme, {item.kind}, field, plain(first, lang), lang)
        found.setdefault(name[:1].upper() + name[1:] or say("group.none", lang), []).append(item.id)
    if len(found) <= MOST:
        return [Block(name, tuple(ids)) for name, ids in found.items()]
    largest = set(sorted(found, key=lambda name: (-len(found[name]), name))[: MOST - 1])
    kept = [Block(name, tuple(ids)) for name, ids in found.items() if name in largest]
    rest = tuple(identity for name, ids in found.items() if name not in largest for identity in ids)
    return [*kept, Block(say("group.others", lang), rest)]
