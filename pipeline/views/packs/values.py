"""A pack in words, before any dialect: blocks of pieces, each a table, a list or a sentence."""

from typing import NamedTuple

from pipeline.views.values import Cell, Listing, Several, Table


class Piece(NamedTuple):
    """Something to show: a sentence, whole or in parts, or a table, or a list, or several tables.

    `name` says what it is, for the style sheets.
    """

    name: str
    shown: str | Cell | Table | Listing | Several


class Block(NamedTuple):
    """A block of a pack or an annex: its name, its title, its pieces; `columns` has pieces that stand side by side."""

    name: str
    title: str
    pieces: tuple[Piece | tuple[Piece, ...], ...]
