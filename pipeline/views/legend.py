"""What the signs of a chart mean, in rows below it."""

from collections.abc import Callable, Iterable

from pipeline.views.drawing import WIDTH, Drawing, width_of

# Draws a sign whose middle lies at a place.
Sign = Callable[[Drawing, float, float], None]
_SIGN, _GAP, _ROW = 22, 18, 20


def legend(drawing: Drawing, entries: Iterable[tuple[Sign, str]], top: float) -> float:
    """Signs with their words from left to right, in as many rows as they need; gives where the last row ends."""
    x, y = 0.0, top + _ROW / 2
    for sign, words in entries:
        wide = _SIGN + width_of(words)
        if x and x + wide > WIDTH:
            x, y = 0.0, y + _ROW
        sign(drawing, x + _SIGN / 2 - 2, y)
        drawing.write((x + _SIGN, y), words, "quiet", limit=WIDTH - _SIGN)
        x += wide + _GAP
    return y + _ROW / 2


def point(shape: str, fill: str = "", stroke: str = "", size: float = 70, angle: float = 0) -> Sign:
    """A sign that stands for itself."""
    return lambda drawing, x, y: drawing.point((x, y), shape, size, fill, stroke=stroke, angle=angle)


def line(stroke: str, thick: float = 1.5, dash: tuple[int, ...] = ()) -> Sign:
    """A short line."""
    return lambda drawing, x, y: drawing.line([(x - 8, y), (x + 8, y)], stroke, thick=thick, dash=dash)


def area(fill: str, stroke: str = "", dash: tuple[int, ...] = ()) -> Sign:
    """A small rectangle."""
    return lambda drawing, x, y: drawing.area(
        (x - 8, y - 5), (16, 10), fill, stroke=stroke, dash=dash, thick=2
    )
