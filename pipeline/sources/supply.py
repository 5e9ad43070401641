"""What an artifact's body says in place of its front matter: the title in the heading, the first paragraph."""

import re
from typing import Any

from msgspec import Struct

from pipeline.model import Kind
from pipeline.sources.text import Text

# The first paragraph may stand in a div that says in which language it is.
_IN_LANGUAGE = re.compile(r" {0,3}:{3,}[ \t]*\{[^{}]*\blang=[^{}]*\}[ \t]*")
_NOT_PROSE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|\d+[.)][ \t]|\||!!!|:::|>|\[\^|```|~~~)")


class Body(Struct, frozen=True):
    """Where the body may supply fields: the heading's words with their place, the lines of the first paragraph."""

    words: str
    place: tuple[int, int]
    first: int
    stop: int


class Supplied(Struct, frozen=True):
    """The fields that a body gives, their places (line, column), and those that the header states otherwise.

    `conflicts` has the field, what is wrong, and how to mend it.
    """

    fields: dict[str, Any]
    places: dict[str, tuple[int, int]]
    conflicts: tuple[tuple[str, str, str], ...] = ()


def supply(kind: Kind, fields: dict[str, Any], body: Body, text: Text) -> Supplied:
    """What the body gives to the fields that `kind` takes from it."""
    given: dict[str, Any] = {}
    places: dict[str, tuple[int, int]] = {}
    conflicts: tuple[tuple[str, str, str], ...] = ()
    for field, origin in kind.supplied.items():
        heading = origin == "heading"
        value, place = (body.words, body.place) if heading else _paragraph(text, body.first, body.stop)
        if not value:
            continue
        stated = fields.get(field)
        if stated is None:
            given[field], places[field] = value, place
        elif _plain(stated) != _plain(value):
            source = "heading" if heading else "first paragraph"
            message = f"the {field} is stated twice and differs: the {source} says {_short(value)!r}"
            conflicts += ((field, message, f"keep one of the two; the {source} is enough"),)
    return Supplied(given, places, conflicts)


def title_of(words: str, identity: str) -> str:
    """The words of a heading without the ID and the dash or colon that it may begin with."""
    return words.removeprefix(identity).lstrip(" \t:-\u2013\u2014") if words.startswith(identity) else words


def _paragraph(text: Text, first: int, stop: int) -> tuple[str, tuple[int, int]]:
    """The first paragraph between two lines, its lines joined by spaces, and its place; '' for anything else."""
    begin = first
    while begin <= stop and (not text.line(begin).strip() or _IN_LANGUAGE.fullmatch(text.line(begin))):
        begin += 1
    whole = text.line(begin)
    if begin > stop or _NOT_PROSE.match(whole):
        return "", (0, 0)
    lines = [whole.strip()]
    for number in range(begin + 1, stop + 1):
        line = text.line(number)
        if not line.strip() or (_NOT_PROSE.match(line) and not line[0].isspace()):
            break
        lines.append(line.strip())
    return " ".join(lines), (begin, len(whole) - len(whole.lstrip()) + 1)


def _plain(value: object) -> str:
    return " ".join(str(value).split()).rstrip(".")


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "..."
