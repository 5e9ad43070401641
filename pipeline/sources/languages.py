"""Which language a part of a text is in: what stands in a div or a span that names one, `::: {lang=nl}`."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

_LANG = re.compile(r"\blang=[\"']?([A-Za-z]{2,3})\b")
_DIV = re.compile(r"^ {0,3}:{3,}[ \t]*([^\s:][^\n]*)?$", re.MULTILINE)
# The length is bounded so that a file of nothing but opening marks takes no longer than any other.
_SPAN = re.compile(r"\[([^\[\]]{1,2000})\]\{([^{}\n]{0,99}\blang=[^{}\n]{1,99})\}")


class Stretch(Struct, frozen=True, array_like=True):
    """A part of a text in a language of its own: where it begins and ends, and the language."""

    begin: int
    end: int
    lang: str


def named(attributes: str) -> str:
    """The language that the attributes of a div or a span name, or ''."""
    found = _LANG.search(attributes)
    return found[1].lower() if found else ""


def spans(text: str) -> Iterator[Stretch]:
    """The words of a text that a span gives a language, `[mise en demeure]{lang=fr}`."""
    for match in _SPAN.finditer(text) if "lang=" in text else ():
        if lang := named(match[2]):
            yield Stretch(*match.span(1), lang)


def divs(text: str) -> list[Stretch]:
    """The divs of a text that name a language, outer ones first; one that is not closed lasts to the end."""
    if "lang=" not in text:
        return []
    opened: list[tuple[int, str]] = []
    found = []
    for match in _DIV.finditer(text):
        if match[1]:
            opened.append((match.end(), named(match[1])))
        elif opened:
            begin, lang = opened.pop()
            found.append(Stretch(begin, match.start(), lang))
    found += [Stretch(begin, len(text), lang) for begin, lang in opened]
    return sorted((item for item in found if item.lang), key=lambda item: (item.begin, -item.end))


class Languages:
    """The languages of a text by place."""

    def __init__(self, text: str) -> None:
        self._stretches = sorted([*divs(text), *spans(text)], key=lambda item: (item.begin, -item.end))
        self._begins = [item.begin for item in self._stretches]

    def at(self, offset: int, otherwise: str) -> str:
        """The language of what stands at an offset: that of the innermost stretch around it."""
        for index in range(bisect_right(self._begins, offset) - 1, -1, -1):
            if offset < self._stretches[index].end:
                return self._stretches[index].lang
        return otherwise
