"""What the two YAML readers give back: values, faults with their places, and where something is written."""

from typing import Any, NamedTuple

from msgspec import Struct

MAX_DEPTH = 40
# Whole numbers beyond these are text: neither the cache nor JSON's readers hold them.
LOWEST, HIGHEST = -(2**63), 2**63 - 1


class YamlFault(NamedTuple):
    """Something wrong in a YAML text: message, how to mend it, line and column (both from 1), length."""

    message: str
    hint: str
    line: int
    column: int
    length: int = 1


class Loaded(Struct, frozen=True):
    """What a text holds: a mapping ({} when there is none), and what was wrong with it.

    `partial` says that lines had to be left out to read the rest, so that what is missing proves nothing.
    """

    fields: dict[str, Any]
    faults: tuple[YamlFault, ...] = ()
    partial: bool = False


class Spot(NamedTuple):
    """Where a key or an item stands: line and column from 1, length in characters, the text as written."""

    line: int
    column: int
    length: int
    raw: str
    multiline: bool = False
