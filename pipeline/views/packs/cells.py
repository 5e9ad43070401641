"""Cells of a pack: days, figures, states and titles as readers write them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pipeline.figures.measures import MEASURES, Value
from pipeline.model import Programme
from pipeline.views.dates import long_day, short_day
from pipeline.views.numbers import number, percent, share
from pipeline.views.packs.words import known, tell
from pipeline.views.values import Cell, Lamp, Ref, Table, Words

EMPTY: Cell = ()


def words(text: str) -> Cell:
    """A cell of words."""
    return (Words(text),) if text else EMPTY


def said(text: str, lang: str) -> Cell:
    """A cell of an author's words, in the language of what they stand in."""
    return (Words(text, lang),) if text else EMPTY


def heads(lang: str, *keys: str) -> tuple[Cell, ...]:
    """The headers of a table."""
    return tuple(words(tell(key, lang)) for key in keys)


def table(headers: tuple[Cell, ...], rows: Iterable[tuple[Cell, ...]]) -> Table:
    """A table of a pack, which needs no caption: it stands below its title."""
    return Table(headers, tuple(rows))


def day(value: date | None, lang: str) -> Cell:
    """A day in few signs, held together."""
    return words(short_day(value, lang).replace(" ", "\u00a0")) if value else EMPTY


def whole_day(value: date, lang: str) -> str:
    """A day in words."""
    return long_day(value, lang)


def lamp(state: str, lang: str) -> Cell:
    """A state by its shape and its word."""
    return (Lamp(state, tell(state or "unknown", lang)),)


def titled(identity: str) -> Cell:
    """An artifact by its ID and title."""
    return (Ref(identity, titled=True, spoken=True),)


def party(value: str, programme: Programme) -> str:
    """The name of a party that is given by its ID, or the words as they are."""
    found = programme.artifacts.get(value)
    return found.title if found and found.title else value


def money(value: Decimal | None, lang: str) -> Cell:
    """An amount, whose unit the pack states once."""
    return words(number(value, lang, 2) if value is not None else tell("not defined", lang))


def figure(name: str, value: Value, lang: str) -> str:
    """A figure by the unit of its measure; one that is not defined is said to be so."""
    if value.value is None:
        return tell("not defined", lang)
    if value.of is not None:
        return share(int(value.value), value.of, lang)
    unit = MEASURES[name].unit
    digits = {"money": 2, "ratio": 4, "days": 1, "working-days": 1}.get(unit, 0)
    if isinstance(value.value, int):
        digits = 2 if unit == "money" else 0
    told = number(value.value, lang, digits)
    return tell(f"unit.{unit}", lang, count=told) if known(f"unit.{unit}") else told


def part(percents: Decimal, lang: str) -> str:
    """So many per cent, to a tenth where it is not a whole one."""
    whole = percents == percents.to_integral_value()
    gap = "" if lang == "en" else "\u00a0"
    return f"{number(percents, lang, 0 if whole else 1)}{gap}%"


def of(count: int, whole: int, lang: str) -> str:
    """So many of so many, in the few signs of a cell: 3/5 (60%)."""
    return f"{count}/{whole} ({percent(count, whole, lang)})" if whole else f"{count}/{whole}"
