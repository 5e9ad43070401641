"""What an artifact's body says in place of its front matter: the title in the heading, the first paragraph."""

import re
from typing import Any

from pipeline.model import Fault, Kind
from pipeline.sources.text import Text

_NOT_PROSE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|\d+[.)][ \t]|\||!!!|:::|>|\[\^|```|~~~)")

Given = tuple[dict[str, Any], dict[str, tuple[int, int]], list[Fault]]


def supply(
    path: str,
    kind: Kind,
    fields: dict[str, Any],
    words: str,
    place: tuple[int, int],
    text: Text,
    masked: str,
    first: int,
    stop: int,
    identity: str,
) -> Given:
    """What the body gives to the fields that `kind` takes from it.

    `words` and `place` are the heading's, `first` and `stop` the lines in which the first paragraph may stand.
    Returns the fields given, their places (line, column), and a fault for each that the header states otherwise.
    """
    given: dict[str, Any] = {}
    places: dict[str, tuple[int, int]] = {}
    faults: list[Fault] = []
    for field, origin in kind.supplied.items():
        value, where = (words, place) if origin == "heading" else _paragraph(text, masked, first, stop)
        if not value:
            continue
        stated = fields.get(field)
        if stated is None:
            given[field], places[field] = value, where
        elif _plain(stated) != _plain(value):
            source = "heading" if origin == "heading" else "first paragraph"
            message = f"the {field} is stated twice and differs: the {source} says {_short(value)!r}"
            hint = f"keep one of the two; the {source} is enough"
            faults.append(Fault(path, message, hint, identity, (field,), code="SCHEMA"))
    return given, places, faults


def title_of(words: str, identity: str) -> str:
    """The words of a heading without the ID and the dash or colon that it may begin with."""
    return words.removeprefix(identity).lstrip(" \t:-\u2013\u2014") if words.startswith(identity) else words


def _paragraph(text: Text, masked: str, first: int, stop: int) -> tuple[str, tuple[int, int]]:
    """The first paragraph between two lines, its lines joined by spaces, and its place."""
    lines: list[str] = []
    begin = 0
    for number in range(first, stop + 1):
        line = text.line(number)
        if not line.strip():
            if lines:
                break
            continue
        if not lines:
            if _NOT_PROSE.match(line):
                return "", (0, 0)
            begin = number
        elif _NOT_PROSE.match(line) and not line[0].isspace():
            break
        lines.append(line.strip())
    if not lines:
        return "", (0, 0)
    whole = text.line(begin)
    return " ".join(lines), (begin, len(whole) - len(whole.lstrip()) + 1)


def _plain(value: object) -> str:
    return " ".join(str(value).split()).rstrip(".")


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "..."
