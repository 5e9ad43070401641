"""Charts whose geometry is our own: areas, lines, points and words, each where it stands, in colours of the theme.

Lengths are pixels of a picture that is 720 wide; y counts downwards. The lines of the ground lie lowest, then areas,
lines, points and words. A colour is one of the theme's by its name. `mark` leads to an artifact and says something when
it is pointed at; see `pipeline.model.picture`. `templates/charts/drawing.json` says how each of these is drawn.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.model.picture import Picture

WIDTH = 720
SIZE = 12
_NARROW, _BROAD = "iljtfrI.,:;'|!()[]- \u00a0", "mwMW@%"


class Drawing:
    """A picture that is put together piece by piece."""

    def __init__(self) -> None:
        layers = ("ground", "areas", "lines", "points", "words")
        self._data: dict[str, list[dict[str, Any]]] = {name: [] for name in layers}

    def area(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        fill: str = "",
        *,
        stroke: str = "",
        dash: tuple[int, ...] = (),
        round: float = 0,
        thick: float = 1,
        mark: str = "",
    ) -> None:
        """A rectangle, by its upper left corner and its size."""
        (x, y), (w, h) = corner, size
        row = {
            "x": _px(x),
            "y": _px(y),
            "w": _px(w),
            "h": _px(h),
            "fill": fill,
            "stroke": stroke,
            "thick": thick,
        }
        self._data["areas"].append({**row, "round": round, "dash": list(dash), "mark": mark})

    def line(
        self,
        points: Iterable[tuple[float, float]],
        stroke: str = "quiet",
        *,
        thick: float = 1,
        dash: tuple[int, ...] = (),
        mark: str = "",
        ground: bool = False,
    ) -> None:
        """A line through some points; one of the `ground` lies below all else."""
        path = "L".join(f"{_px(x)},{_px(y)}" for x, y in points)
        self._data["ground" if ground else "lines"].append(
            {"path": f"M{path}", "stroke": stroke, "thick": thick, "dash": list(dash), "mark": mark}
        )

    def curve(self, stops: Sequence[tuple[float, float]], stroke: str, *, thick: float = 1) -> None:
        """A line of the ground through stops, upright at each: bent to the first, straight to the next, and so on."""
        path, (x, y) = f"M{_px(stops[0][0])},{_px(stops[0][1])}", stops[0]
        for number, (right, low) in enumerate(stops[1:]):
            middle = _px((y + low) / 2)
            bend = "L" if number % 2 else f"C{_px(x)},{middle},{_px(right)},{middle},"
            path, (x, y) = f"{path}{bend}{_px(right)},{_px(low)}", (right, low)
        self._data["ground"].append({"path": path, "stroke": stroke, "thick": thick, "dash": [], "mark": ""})

    def point(
        self,
        place: tuple[float, float],
        shape: str,
        size: float = 80,
        fill: str = "",
        *,
        stroke: str = "",
        thick: float = 1.5,
        angle: float = 0,
        mark: str = "",
    ) -> None:
        """A sign: circle, diamond, square, triangle-up, triangle-right, cross ...; `size` is its area."""
        row = {
            "x": _px(place[0]),
            "y": _px(place[1]),
            "shape": shape,
            "size": size,
            "fill": fill,
            "stroke": stroke,
        }
        self._data["points"].append({**row, "thick": thick, "angle": angle, "mark": mark})

    def write(
        self,
        place: tuple[float, float],
        text: str,
        fill: str = "ink",
        *,
        align: str = "left",
        size: float = SIZE,
        bold: bool = False,
        limit: float = 0,
        angle: float = 0,
        mark: str = "",
    ) -> None:
        """Words whose middle is at the height of the place; beyond `limit` they are cut."""
        row = {
            "x": _px(place[0]),
            "y": _px(place[1]),
            "text": text,
            "fill": fill,
            "align": align,
            "size": size,
        }
        row |= {"weight": 600 if bold else 400, "limit": _px(limit), "angle": angle, "mark": mark}
        self._data["words"].append(row)

    def picture(self, lang: str, height: float) -> Picture:
        """The picture, so high."""
        return Picture("drawing", lang, self._data, {"width": WIDTH, "height": _px(height)})


def listed(identities: Sequence[str], most: int = 12) -> str:
    """Some IDs with commas; … stands for those beyond the most that are read in a sentence."""
    return ", ".join(identities[:most]) + (" …" if len(identities) > most else "")


def _px(value: float) -> float:
    """A length in tenths of a pixel, a whole one without a point."""
    rounded = round(float(value), 1)
    return int(rounded) if rounded == int(rounded) else rounded


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide words are."""
    return size * sum(_ems(sign) for sign in text)


def _ems(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if unicodedata.combining(sign):
        return 0.0
    return 0.27 if sign in _NARROW else 0.8 if sign in _BROAD else 0.6 if sign.isupper() else 0.5


def wrapped(text: str, width: float, lines: int, size: float = SIZE) -> list[str]:
    """The first lines of a text at most so wide; the last one ends in … where more would follow. Long words are cut."""
    found: list[str] = [""]
    for word in _pieces(text, width, size):
        longer = f"{found[-1]} {word}".strip()
        if width_of(longer, size) <= width:
            found[-1] = longer
        elif len(found) < lines:
            found.append(word)
        else:
            found[-1] = cut(f"{found[-1]} {word}", width, size)
            break
    return [line for line in found if line]


def _pieces(text: str, width: float, size: float) -> Iterable[str]:
    """The words of a text; one that is wider than a line, and all of a script without gaps, sign by sign."""
    for word in text.split():
        while width_of(word, size) > width and len(word) > 1:
            end = next(
                end for end in range(len(word), 0, -1) if end == 1 or width_of(word[:end], size) <= width
            )
            yield word[:end]
            word = word[end:]
        yield word


def cut(text: str, width: float, size: float = SIZE) -> str:
    """A text that is at most so wide: what is cut off is said by …"""
    if width_of(text, size) <= width and not text.endswith("…"):
        return text
    while text and width_of(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
