"""The layers of a network: each node below all that it comes after, in an order with few crossings.

The layers, the places that are kept free for lines that pass a layer, and the order by the middles of neighbours are
those of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", IEEE
Transactions on Systems, Man, and Cybernetics 11 (1981).
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.figures.network import order
from pipeline.figures.order import natural_id

_SWEEPS = 8


class Pass(NamedTuple):
    """A place in a layer that a line from one node to another passes through."""

    before: str
    behind: str


Spot = str | Pass


def layers(after: Mapping[str, Sequence[str]], most: int) -> list[list[Spot]]:
    """The nodes of a network from the top down, at most so many in a layer, with places for lines that pass it.

    `after` names predecessors, all of them nodes. A circle is entered at its first name.
    """
    levels = _levels(after)
    rows: list[list[Spot]] = []
    for level in range(max(levels.values(), default=-1) + 1):
        nodes = sorted((node for node in levels if levels[node] == level), key=natural_id)
        rows += [list(nodes[begin : begin + most]) for begin in range(0, len(nodes), most)]
    place = {spot: index for index, row in enumerate(rows) for spot in row}
    joined: dict[Spot, set[Spot]] = {spot: set() for spot in place}
    for behind, others in after.items():
        for before in others:
            _join(rows, place, joined, before, behind)
    for sweep in range(_SWEEPS):
        _sweep(rows if sweep % 2 == 0 else rows[::-1], joined)
    return rows


def _levels(after: Mapping[str, Sequence[str]]) -> dict[str, int]:
    levels: dict[str, int] = {}
    chain = order(after)
    for node in [*chain, *sorted(set(after) - set(chain), key=natural_id)]:
        levels[node] = 1 + max((levels[other] for other in after[node] if other in levels), default=-1)
    return levels


def _join(
    rows: list[list[Spot]], place: Mapping[Spot, int], joined: dict[Spot, set[Spot]], before: str, behind: str
) -> None:
    """Make a node and one that comes after it neighbours, over places in all layers between them."""
    passing = Pass(before, behind)
    first, last = sorted((place[before], place[behind]))
    for row in rows[first + 1 : last]:
        row.append(passing)
    spots: tuple[Spot, ...] = (before, passing, behind) if last - first > 1 else (before, behind)
    for one, other in pairwise(spots):
        joined.setdefault(one, set()).add(other)
        joined.setdefault(other, set()).add(one)


def _sweep(rows: list[list[Spot]], joined: Mapping[Spot, set[Spot]]) -> None:
    """Put each layer in the order of the middles of its neighbours in the layers before it."""
    place: dict[Spot, float] = {}
    for row in rows:
        middles: dict[Spot, float] = {}
        for index, spot in enumerate(row):
            # Sorted, since the last digit of a sum depends on its order.
            near = sorted(place[other] for other in (*joined[spot], spot) if other in place)
            middles[spot] = sum(near) / len(near) if near else (index + 0.5) / len(row)
        row.sort(key=lambda spot: (middles[spot], _name(spot)))
        place.update({spot: (index + 0.5) / len(row) for index, spot in enumerate(row)})


def _name(spot: Spot) -> tuple[tuple[str, int], ...]:
    return tuple(natural_id(name) for name in ((spot,) if isinstance(spot, str) else spot))
