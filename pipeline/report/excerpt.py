"""The source line that a finding is about, with carets under the characters that are meant."""

import unicodedata
from itertools import accumulate

from msgspec import Struct

from pipeline.report.plain import visible_character

# Columns of a terminal; the gutter comes on top.
WIDTH = 100
# How much of a long line is shown before the carets.
LEAD = 30
_TAB = "    "
_CUT = "…"


class Excerpt(Struct, frozen=True):
    """A line as it is shown, and the run of carets below it, indented to their place."""

    line: str
    carets: str


def excerpt(line: str, column: int, length: int) -> Excerpt:
    """Cut the line to what fits around the place and point at it; `column` counts from 1, in characters."""
    start = min(max(column, 1) - 1, len(line))
    stop = min(start + max(length, 1), len(line))
    # A line may be megabytes long: only what can be on screen is looked at.
    first = max(0, start - WIDTH)
    cells = [_cell(character) for character in line[first : start + WIDTH]]
    left, right = _window([_width(cell) for cell in cells], start - first)
    before = _CUT if first + left > 0 else ""
    after = _CUT if first + right < len(line) else ""
    shown = before + "".join(cells[left:right]) + after
    indent = len(before) + sum(map(_width, cells[left : start - first]))
    marked = sum(map(_width, cells[start - first : min(stop - first, right)]))
    return Excerpt(shown.rstrip(), " " * indent + "^" * max(marked, 1))


def _window(widths: list[int], start: int) -> tuple[int, int]:
    """Say which cells to show: all when they fit, else a stretch with the start some way into it."""
    if sum(widths) <= WIDTH:
        return 0, len(widths)
    left = start - _fitting(widths[:start][::-1], LEAD)
    right = left + _fitting(widths[left:], WIDTH)
    spare = WIDTH - sum(widths[left:right]) if right == len(widths) else 0
    return left - _fitting(widths[:left][::-1], spare), right


def _fitting(widths: list[int], room: int) -> int:
    """Count how many of the cells, from the first on, fit into the room."""
    return sum(1 for total in accumulate(widths) if total <= room)


def _cell(character: str) -> str:
    return _TAB if character == "\t" else visible_character(character)


def _width(cell: str) -> int:
    # A sign of ASCII that can be seen is one column wide, and nearly all are.
    return len(cell) if cell.isascii() and cell.isprintable() else sum(map(_columns, cell))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
