"""What a body refers to: headings, hyperlinks and mentions, found in its masked text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.model import Heading, Hyperlink, Mention
from pipeline.sources.text import Text

# Patterns begin with a literal and look back from there: a search for one character is ten times faster than
# a search for the beginning of a line.
_HEADING = re.compile(r"#(?<![^\n]#)(#{0,5})[ \t]+([^\n]*)")
_ATTRIBUTES = re.compile(r"[ \t]*\{:?([^{}\n]*)\}[ \t]*$")
# What is blanked counts as a letter of the target: an address is one.
_LINK = re.compile(
    r"(!?)\[((?:[^\[\]\n]|\n(?![ \t]*+\n)|\[[^\[\]\n]*+\])*+)\]"
    r"\([ \t]*+\n?[ \t]*+(<[^<>\n]*+>|[^ \t\n\f\v()<>]*+(?:\([^ \t\n\f\v()]*+\)[^ \t\n\f\v()]*+)*+)[ \t]*+\n?[ \t]*+"
    r"(?:\"[^\"\n]*+(?:\n(?![ \t]*+\n)[^\"\n]*+)*+\"|'[^'\n]*+(?:\n(?![ \t]*+\n)[^'\n]*+)*+')?\s*+\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*(<[^>\n]*>|[^ \t\n]+)", re.MULTILINE)


def find_headings(text: Text, masked: str) -> list[Heading]:
    """The headings of a body; each anchor is unique in the file."""
    found: list[Heading] = []
    taken: dict[str, int] = {}
    for match in _HEADING.finditer(masked) if "#" in masked else ():
        written = text.content[match.start(2) : match.end(2)]
        words = written.rstrip("# \t").strip()
        anchor = ""
        attributes = _ATTRIBUTES.search(words) if words.endswith("}") else None
        if attributes:
            words = words[: attributes.start()].rstrip(" \t")
            anchor = next((part[1:] for part in attributes[1].split() if part.startswith("#")), "")
        line = text.place(match.start())[0]
        anchor = anchor or _unique(slug(words), taken)
        taken.setdefault(anchor, 0)
        found.append(Heading(len(match[1]) + 1, words, anchor, line))
    return found


_SIGNS = re.compile(r"[^\w\s-]")
_GAPS = re.compile(r"[-\s]+")


def slug(words: str) -> str:
    """The anchor of a heading's words, as Python-Markdown's `toc` makes it: lower case ASCII and hyphens."""
    plain = words
    if not words.isascii():
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    if plain.replace(" ", "").isalnum():
        return "-".join(plain.lower().split())
    return _GAPS.sub("-", _SIGNS.sub("", plain).strip().lower()) or "section"


def _unique(anchor: str, taken: dict[str, int]) -> str:
    """An anchor that is not taken; `taken` has the last number that was tried behind each."""
    if anchor not in taken:
        return anchor
    number = taken[anchor] + 1
    while f"{anchor}_{number}" in taken:
        number += 1
    taken[anchor] = number
    return f"{anchor}_{number}"


def find_hyperlinks(text: Text, masked: str) -> list[Hyperlink]:
    """Markdown links and images, inline and by definition, in the order of the text."""
    if "]" not in masked or ("](" not in masked and "]:" not in masked):
        return []
    found = []
    for match in _LINK.finditer(masked):
        found.append(_hyperlink(text, match))
        if "](" in match[2]:
            found += [_hyperlink(text, inner) for inner in _LINK.finditer(masked, *match.span(2))]
    for match in _DEFINITION.finditer(masked):
        line, column = text.place(match.start())
        length = match.end() - match.start()
        target = _written(text, match, 2).strip("<>")
        found.append(Hyperlink(target, _written(text, match, 1), line, column, length))
    return found


def _hyperlink(text: Text, match: re.Match[str]) -> Hyperlink:
    line, column = text.place(match.start())
    target = _written(text, match, 3).strip("<>")
    length = match.end() - match.start()
    return Hyperlink(target, _written(text, match, 2), line, column, length, bool(match[1]))


def _written(text: Text, match: re.Match[str], group: int) -> str:
    """A group as the author wrote it: code and addresses are blanked in the masked text."""
    return text.content[match.start(group) : match.end(group)]


class Ids(NamedTuple):
    """How IDs with some prefixes are found: a pattern with a group for each length of a prefix, and one that may
    find too much. `lengths` has the length by the number of the group."""

    prefixes: frozenset[str]
    pattern: re.Pattern[str]
    loose: re.Pattern[str]
    lengths: tuple[int, ...]


# Both patterns search for the hyphen, which is rarer than letters, and look back from there: first whether a prefix
# may end so, which the many hyphens of dates do not pass.
_AFTER = r"[0-9]{1,9}(?!\w|-\d|\.md)"
_PIN = r"(?:@[0-9]+(?:\.[0-9]+)*)?"


@cache
def ids_of(*prefixes: str) -> Ids:
    """What finds the IDs with some prefixes; compiled once."""
    known = frozenset(prefixes)
    if not known:
        nothing = re.compile("(?!)")
        return Ids(known, nothing, nothing, ())
    lengths = sorted({*map(len, known)})
    ends = f"-(?<=[{''.join(sorted({prefix[-1] for prefix in known}))}]-)"
    heads = "|".join(rf"(?<=[A-Z][A-Z0-9]{{{n - 1}}}-)(?<![\w.#@=&{{-][A-Z0-9]{{{n}}}-)()" for n in lengths)
    pattern = re.compile(f"{ends}(?:{heads}){_AFTER}{_PIN}")
    return Ids(known, pattern, re.compile(ends + _AFTER), (0, *lengths))


def find_ids(
    content: str, ids: Ids, begin: int = 0, end: int | None = None
) -> Iterator[tuple[int, str, str]]:
    """IDs with a known prefix in a text: offset, ID and pinned version or '' of each."""
    stop = len(content) if end is None else end
    for match in ids.pattern.finditer(content, begin, stop):
        at = match.start()
        first = at - ids.lengths[match.lastindex or 0]
        if content[first:at] in ids.prefixes:
            identity, _, version = content[first : match.end()].partition("@")
            yield first, identity, version


def count_ids(content: str, ids: Ids, begin: int, end: int) -> int:
    """How many IDs with a known prefix stand in a part of a text at the most."""
    return len(ids.loose.findall(content, begin, end))


def find_mentions(text: Text, masked: str, ids: Ids) -> list[Mention]:
    """IDs in prose, in order; the target of a link is not prose."""
    linked = "]" in masked and "](" in masked
    targets = [match.span(3) for match in _LINK.finditer(masked)] if linked else []
    starts = text.starts
    found = []
    nth = 0
    for offset, target, version in find_ids(masked, ids):
        while nth < len(targets) and targets[nth][1] <= offset:
            nth += 1
        if nth < len(targets) and targets[nth][0] <= offset:
            continue
        # As `text.place` does, without a call for each of the most frequent things that are read.
        line = bisect_right(starts, offset)
        found.append(Mention(target, line, offset - starts[line - 1] + 1, version))
    return found
