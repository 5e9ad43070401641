"""Headings: their levels without a gap, their numbers, and the table of contents made of them."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from msgspec import Struct

from pipeline.render.pdf.trees import classes, copy_without, make, text_of

_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# The title on the cover is the heading of the first level.
_TOP = 2
_DEEPEST = 6


class Entry(Struct, frozen=True):
    """A line of the table of contents: how deep it stands (from 1), number or '', text, anchor, what is below it.

    `lang` is its language where that is another than the document's.
    """

    depth: int
    number: str
    text: str
    anchor: str
    below: tuple["Entry", ...] = ()
    lang: str = ""


def number_headings(body: Element, depth: int) -> tuple[Entry, ...]:
    """Set level, number and ID of every heading in place; give the contents down to `depth`.

    Chapters are of level 2, no level is skipped, and the title of a card has no number: its ID is its number.
    """
    headings = list(_headings(body))
    echoes = _echoes(body)
    _close_gaps([place.heading for place in headings if place.heading not in echoes])
    counters = [0] * _DEEPEST
    numbers: dict[Element | None, str] = {}
    entries = []
    for heading, in_card, lang in headings:
        said = echoes.get(heading)
        heading.tag = heading.tag if said is None else said.tag
        level = _level(heading)
        number = (
            "" if in_card or "unnumbered" in classes(heading) else _next(counters, level, numbers.get(said))
        )
        numbers[heading] = number
        label = _label(heading)
        heading.set("data-label", f"{number} {label}".strip())
        if level - _TOP < depth and not in_card:
            entries.append(Entry(level - _TOP + 1, number, label, heading.get("id", ""), lang=lang))
        if number:
            heading.insert(0, make("span", number, class_="number"))
            heading[0].tail, heading.text = f" {heading.text or ''}", None
    return _nest(entries)


def list_cards(body: Element) -> tuple[Entry, ...]:
    """Give the cards of the body that can be led to: ID as the number, and title."""
    found = []
    for card in body.iter("article"):
        heading = next((child for child in card if child.tag in _TAGS), None)
        identity = next((part for part in card.iter("span") if "id" in classes(part)), None)
        if heading is None or identity is None or not card.get("id"):
            continue
        number = text_of(identity)
        found.append(Entry(1, number, _label(heading).removeprefix(number).strip(), card.get("id", "")))
    return tuple(found)


class _Place(NamedTuple):
    """A heading, whether it stands in a card, and the language of the passage that it stands in, or ''."""

    heading: Element
    in_card: bool
    lang: str


def _headings(element: Element, in_card: bool = False, lang: str = "") -> Iterator[_Place]:
    for child in element:
        spoken = child.get("lang", lang)
        if child.tag in _TAGS:
            yield _Place(child, in_card, spoken)
        else:
            yield from _headings(child, in_card or "card" in classes(child), spoken)


def _echoes(body: Element) -> dict[Element, Element]:
    """Headings that say in a second language what one of the first says, which they share level and number with."""
    echoes: dict[Element, Element] = {}
    for pair in body.iter("div"):
        if "pair" in classes(pair):
            first, *others = ([place.heading for place in _headings(passage)] for passage in pair)
            for other in others:
                echoes.update(zip(other, first, strict=False))
    return echoes


def _close_gaps(headings: list[Element]) -> None:
    """Let the highest heading be of level 2, and each at most one level below the one before it."""
    shift = _TOP - min((_level(heading) for heading in headings), default=_TOP)
    previous = _TOP - 1
    for heading in headings:
        previous = max(_TOP, min(_level(heading) + shift, previous + 1, _DEEPEST))
        heading.tag = _TAGS[previous - 1]


def _level(heading: Element) -> int:
    return _TAGS.index(str(heading.tag)) + 1


def _next(counters: list[int], level: int, shared: str | None) -> str:
    if shared is not None:
        return shared
    position = level - _TOP
    counters[position] += 1
    counters[position + 1 :] = [0] * (len(counters) - position - 1)
    # A heading below an unnumbered one has nothing to count under.
    return ".".join(str(count) for count in counters[: position + 1] if count)


def _label(heading: Element) -> str:
    return text_of(copy_without(heading, lambda element: "footnote" in classes(element)))


def _nest(entries: list[Entry]) -> tuple[Entry, ...]:
    """Put entries below the one that they belong to."""
    nested: list[Entry] = []
    position = 0
    while position < len(entries):
        entry = entries[position]
        end = position + 1
        while end < len(entries) and entries[end].depth > entry.depth:
            end += 1
        below = _nest(entries[position + 1 : end])
        nested.append(Entry(entry.depth, entry.number, entry.text, entry.anchor, below, entry.lang))
        position = end
    return tuple(nested)
