"""What a view shows, before any dialect: cells made of words, references and badges.

A value holds IDs and words, never Markdown of a dialect: weave writes it in the one that is wanted. `Words` may
hold inline Markdown, as the fields of an artifact may.
"""

from decimal import Decimal
from typing import Any

from msgspec import Struct

from pipeline.model.picture import Picture


class Words(Struct, frozen=True):
    """Text, as an author wrote it; `lang` is its language where that may be another than the reader's."""

    text: str
    lang: str = ""


class Ref(Struct, frozen=True):
    """A reference to an artifact; `titled` shows its title after the ID, and `spoken` says in which language it is."""

    id: str
    titled: bool = False
    version: str = ""
    spoken: bool = False


class Badge(Struct, frozen=True):
    """The value of a field that is shown as a badge; `words` are those for the value in the language of the reader.

    Without them it is a state, or stands as it is.
    """

    field: str
    value: str
    words: str = ""


class Lamp(Struct, frozen=True):
    """A state that is green, amber or red ('' for none), by its shape and its word as much as by its colour."""

    state: str
    text: str


Part = Words | Ref | Badge | Lamp
Cell = tuple[Part, ...]


class Table(Struct, frozen=True):
    """A table with a header row. With `grid`, a cell is a mark or empty and is centred; `right` are the columns of
    figures."""

    headers: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    grid: bool = False
    right: tuple[int, ...] = ()


class Cards(Struct, frozen=True):
    """Full cards of artifacts, by their IDs."""

    ids: tuple[str, ...]
    caption: str = ""


class Included(Struct, frozen=True):
    """The bodies of artifacts, or of one file, taken over whole."""

    ids: tuple[str, ...] = ()
    path: str = ""
    caption: str = ""


class Listing(Struct, frozen=True):
    """A list, one cell an item."""

    items: tuple[Cell, ...]
    caption: str = ""


class Chart(Struct, frozen=True):
    """A chart, with what it shows in words and as a table.

    `words` say what there is to see, for whoever does not see it; `table` has the figures that it is drawn from; `day`
    (2026-03-31) is the day whose state it shows.
    """

    picture: Picture
    table: Table
    words: str
    caption: str = ""
    day: str = ""


class Tile(Struct, frozen=True):
    """A figure by itself: what it is, its value, what stands beside it (its share in per cent, or the day it is of).

    `state` is green, amber, red or '', `word` says it; `limits` say where it turns. `trend` is up, down, level or '',
    and `since` says since when and whether that is better; `points` are its values by day, the last one included.
    """

    name: Cell
    value: str
    detail: str = ""
    state: str = ""
    word: str = ""
    limits: str = ""
    trend: str = ""
    since: str = ""
    points: tuple[tuple[str, Decimal], ...] = ()


class Tiles(Struct, frozen=True):
    """Figures beside one another, each a tile."""

    tiles: tuple[Tile, ...]
    caption: str = ""
    day: str = ""


class Several(Struct, frozen=True):
    """Several things, one below the other."""

    parts: "tuple[Shown, ...]"


class Nothing(Struct, frozen=True):
    """A view that shows nothing: the checks say why."""


Shown = Table | Cards | Included | Listing | Chart | Tiles | Several | Nothing
Fields = dict[str, Any]
