"""Compares the order in which the pages of a PDF are painted with the order in which they are read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf

from tests.unit.render.samples import kids

# What a layout paints before or after the text in which it stands: numbers and bullets, footnotes, pictures.
ASIDE = {"Lbl", "Note", "Figure"}


class Piece(NamedTuple):
    """A piece of content: its page, its number there, what holds it, and whether it is the name of a card's fact."""

    page: tuple[int, int]
    number: int
    within: frozenset[str]
    name: bool = False


def disordered(file: Path) -> list[int]:
    """The pages of a file whose running text is painted in another order than it is read, counted from 1.

    The names of facts are left out too: they hang to the left of what is stated, and are painted first.
    """
    with pikepdf.open(file) as pdf:
        pieces = list(_read(pdf.Root.StructTreeRoot, (0, 0), frozenset()))
        running = [piece for piece in pieces if not piece.name and ASIDE.isdisjoint(piece.within)]
        return [
            number
            for number, page in enumerate(pdf.pages, 1)
            if not _in_order([piece.number for piece in running if piece.page == page.objgen], page)
        ]


def _in_order(read: list[int], page: pikepdf.Page) -> bool:
    meant = set(read)
    return [number for number in _painted(page) if number in meant] == read


def _painted(page: pikepdf.Page) -> Iterator[int]:
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            yield int(operands[1].MCID)


def _read(structure: Any, page: tuple[int, int], within: frozenset[str]) -> Iterator[Piece]:
    """The pieces below a structure, as they are read."""
    for kid in kids(structure):
        if not isinstance(kid, pikepdf.Dictionary):
            yield Piece(page, int(kid), within)
            continue
        its_page = kid.Pg.objgen if "/Pg" in kid else page
        if "/MCID" in kid:
            yield Piece(its_page, int(kid.MCID), within)
        elif "/S" in kid:
            yield from _named(kid, _read(kid, its_page, within | {str(kid.S).lstrip("/")}), within)


def _named(structure: Any, pieces: Iterator[Piece], within: frozenset[str]) -> Iterator[Piece]:
    """The same pieces; in a card, the first of an item is its name."""
    item = structure.S == "/LBody" and "Art" in within
    for number, piece in enumerate(pieces):
        yield piece._replace(name=True) if item and number == 0 else piece
