"""Where the boxes of a flow stand, and the bands between them: the geometry of a Sankey diagram of boxes.

Boxes stand in columns, each as high as what passes through it and at least as high as its words. A band is as thick
as what it carries, everywhere by the same measure.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

# In pixels: a box with two lines of words, what lies between two boxes, and what all threads together are high.
LEAST, GAP, FULL = 36.0, 8.0, 330.0
# The thinnest band that can still be seen.
THIN = 0.75

Key = tuple[int, str]
# From a box to one of the next column.
Step = tuple[int, str, str]


class Place(NamedTuple):
    """Where a column begins, and how wide it is."""

    x: float
    width: float


class Box(NamedTuple):
    """A box: its column and key, its place and its size."""

    column: int
    key: str
    x: float
    y: float
    width: float
    height: float


class Band(NamedTuple):
    """A band from a box to one of the next column, as the path of its outline."""

    column: int
    begin: str
    end: str
    path: str


class Layout(NamedTuple):
    """All boxes and bands, and how high they are together."""

    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    height: float


def lay_out(
    columns: Sequence[Sequence[str]], flows: Mapping[Step, int], places: Sequence[Place], top: float = 0.0
) -> Layout:
    """Place the keys of each column in their order from `top` down; `places` says where each column begins and how
    wide it is. `flows` says how many threads go from a key to one of the next column.
    """
    through = _through(columns, flows)
    most = max((sum(through[at, key] for key in keys) for at, keys in enumerate(columns)), default=0)
    unit = FULL / most if most else 0.0
    boxes: dict[Key, Box] = {}
    bottom = top
    for at, keys in enumerate(columns):
        y = top
        for key in keys:
            height = max(LEAST, unit * through[at, key])
            boxes[at, key] = Box(at, key, places[at].x, _round(y), places[at].width, _round(height))
            y += height + GAP
        bottom = max(bottom, y - GAP)
    return Layout(tuple(boxes.values()), tuple(_bands(columns, flows, boxes, unit)), _round(bottom))


def _through(columns: Sequence[Sequence[str]], flows: Mapping[Step, int]) -> dict[Key, int]:
    """How many threads pass through each box: what comes in or what goes out, whichever is more."""
    inward: dict[Key, int] = {}
    outward: dict[Key, int] = {}
    for (at, begin, end), count in flows.items():
        outward[at, begin] = outward.get((at, begin), 0) + count
        inward[at + 1, end] = inward.get((at + 1, end), 0) + count
    keys = [(at, key) for at, names in enumerate(columns) for key in names]
    return {key: max(inward.get(key, 0), outward.get(key, 0)) for key in keys}


def _bands(
    columns: Sequence[Sequence[str]], flows: Mapping[Step, int], boxes: Mapping[Key, Box], unit: float
) -> list[Band]:
    """The bands, those of a box one below the other in the order of the boxes at their other ends."""
    places = {(at, key): number for at, keys in enumerate(columns) for number, key in enumerate(keys)}
    order = sorted(flows, key=lambda step: (step[0], places[step[0], step[1]], places[step[0] + 1, step[2]]))
    leaving = _starts(((step[0], step[1]), flows[step] * unit) for step in order)
    arriving = _starts(((step[0] + 1, step[2]), flows[step] * unit) for step in order)
    offset = {
        side: {key: boxes[key].y + (boxes[key].height - total) / 2 for key, total in totals.items()}
        for side, totals in (("out", leaving), ("in", arriving))
    }
    bands = []
    for at, begin, end in order:
        thick = flows[at, begin, end] * unit
        source, target = boxes[at, begin], boxes[at + 1, end]
        y, z = offset["out"][at, begin], offset["in"][at + 1, end]
        offset["out"][at, begin] += thick
        offset["in"][at + 1, end] += thick
        path = _outline(source.x + source.width, y, target.x, z, max(THIN, thick))
        bands.append(Band(at, begin, end, path))
    return bands


def _starts(pieces: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """How thick all bands at one side of each box are together."""
    totals: dict[Key, float] = {}
    for key, thick in pieces:
        totals[key] = totals.get(key, 0.0) + thick
    return totals


def _outline(x: float, y: float, end: float, z: float, thick: float) -> str:
    """A band that leaves and arrives level, as the path of an SVG."""
    begin, top, stop, far_top = (f"{_round(value):g}" for value in (x, y, end, z))
    low, far_low, mid = (f"{_round(value):g}" for value in (y + thick, z + thick, (x + end) / 2))
    return (
        f"M{begin},{top}C{mid},{top} {mid},{far_top} {stop},{far_top}"
        f"L{stop},{far_low}C{mid},{far_low} {mid},{low} {begin},{low}Z"
    )


def _round(value: float) -> float:
    """A tenth of a pixel is as fine as a picture needs, and the same on every machine."""
    return round(value, 1)
