"""Tables for other programs (CSV) and for people at a terminal (columns that fit a width)."""

import csv
import io
import textwrap
from collections.abc import Iterable, Sequence

from pipeline.report.plain import visible

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GAP = 2
# No column is made narrower than this to fit.
_LEAST = 12

Rows = Iterable[Sequence[str]]


def render_csv(headers: Sequence[str], rows: Rows) -> str:
    """Give rows as RFC 4180 has them. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _safe(cell: str) -> str:
    shown = f"'{cell}" if cell.startswith(_FORMULA) else cell
    return visible(shown)


def columns(headers: Sequence[str], rows: Rows, width: int, indent: int = 0) -> list[str]:
    """Give rows as lines in columns of at most `width` characters, where long cells go on below.

    An ID, a path or another long word is never broken, even where the line then is longer.
    """
    table = [list(headers), *([visible(cell) for cell in row] for row in rows)]
    widths = _fit([list(column) for column in zip(*table, strict=True)], width - indent)
    return [f"{' ' * indent}{line}".rstrip() for row in table for line in _lines(row, widths)]


def _fit(table: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column: as wide as its widest cell, and the widest column narrower until all fit."""
    widths = [max(map(len, column), default=0) for column in table]
    least = [max([_LEAST, *(len(word) for cell in column for word in cell.split(" "))]) for column in table]
    room = width - _GAP * (len(widths) - 1)
    while sum(widths) > room:
        loose = [number for number, wide in enumerate(widths) if wide > least[number]]
        if not loose:
            break
        widest = max(loose, key=lambda number: widths[number])
        widths[widest] -= 1
    return widths


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [
        textwrap.wrap(cell, max(wide, 1), break_long_words=False, break_on_hyphens=False) or [""]
        for cell, wide in zip(row, widths, strict=True)
    ]
    high = max(map(len, cells))
    filled = [cell + [""] * (high - len(cell)) for cell in cells]
    gap = " " * _GAP
    return [
        gap.join(part.ljust(wide) for part, wide in zip(parts, widths, strict=True))
        for parts in zip(*filled, strict=True)
    ]
