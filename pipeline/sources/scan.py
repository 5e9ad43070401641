"""What a body refers to: headings, hyperlinks and mentions, found in its masked text."""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from hashlib import sha256
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


def find_headings(text: Text, masked: str, *, digests: bool = True) -> list[Heading]:
    """The headings of a body; each anchor is unique in the file. Without `digests` they have none."""
    found: list[Heading] = []
    taken: dict[str, int] = {}
    content, starts = text.content, text.starts
    matches = list(_HEADING.finditer(masked)) if "#" in masked else []
    ends = [match.start() for match in matches[1:]]
    for match, end in zip(matches, (*ends, len(masked)), strict=False):
        first, last = match.span(2)
        words = content[first:last].rstrip("# \t").strip()
        anchor = ""
        attributes = _ATTRIBUTES.search(words) if words.endswith("}") else None
        if attributes:
            words = words[: attributes.start()].rstrip(" \t")
            anchor = next((part[1:] for part in attributes[1].split() if part.startswith("#")), "")
        anchor = anchor or _unique(slug(words), taken)
        taken.setdefault(anchor, 0)
        below = b""
        if digests:
            below = sha256(" ".join(masked[match.start() : end].split()).encode()).digest()
        found.append(Heading(len(match[1]) + 1, words, anchor, bisect_right(starts, first), below))
    return found


_SIGNS = re.compile(r"[^\w\s-]")
_GAPS = re.compile(r"[-\s]+")


def slug(words: str) -> str:
    """The anchor of a heading's words, as Python-Markdown's `toc` makes it: lower case ASCII and hyphens."""
    plain = words
    if not words.isascii():
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    if plain.replace(" ", "").replace("-", "").isalnum():
        return _GAPS.sub("-", plain.strip().lower())
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


def find_targets(masked: str) -> list[tuple[int, int]]:
    """Where the targets of links, images and definitions stand: first offset and the one behind the last."""
    if "]" not in masked:
        return []
    found = [match.span(2) for match in _DEFINITION.finditer(masked)]
    for match in _LINK.finditer(masked):
        found.append(match.span(3))
        if "](" in match[2]:
            found += [inner.span(3) for inner in _LINK.finditer(masked, *match.span(2))]
    return sorted(found)


def _hyperlink(text: Text, match: re.Match[str]) -> Hyperlink:
    line, column = text.place(match.start())
    target = _written(text, match, 3).strip("<>")
    length = match.end() - match.start()
    return Hyperlink(target, _written(text, match, 2), line, column, length, bool(match[1]))


def _written(text: Text, match: re.Match[str], group: int) -> str:
    """A group as the author wrote it: code and addresses are blanked in the masked text."""
    return text.content[match.start(group) : match.end(group)]


class Ids(NamedTuple):
    """How IDs with some prefixes are found: the prefixes, their lengths, and what searches for all that may be one."""

    prefixes: frozenset[str]
    lengths: tuple[int, ...]
    pattern: re.Pattern[str]


# Searches for the hyphen, which is rarer than letters, and looks back from there whether a prefix may end so, which
# the many hyphens of dates do not pass.
_HYPHEN = r"-(?<=[{}]-)[0-9]{{1,9}}(?!\w|-\d|\.md)(?:@[0-9]+(?:\.[0-9]+)*)?"
# What makes a prefix that stands directly behind it the end of something else.
_BOUND = frozenset("_.#@=&{-")


@cache
def ids_of(*prefixes: str) -> Ids:
    """What finds the IDs with some prefixes; compiled once."""
    ends = "".join(sorted({prefix[-1] for prefix in prefixes}))
    pattern = re.compile(_HYPHEN.format(ends) if ends else "(?!)")
    return Ids(frozenset(prefixes), tuple(sorted({*map(len, prefixes)}, reverse=True)), pattern)


def find_ids(content: str, ids: Ids, begin: int = 0, end: int | None = None) -> list[tuple[int, str, str]]:
    """IDs with a known prefix in a text: offset, ID and pinned version or '' of each."""
    prefixes, lengths = ids.prefixes, ids.lengths
    found = []
    for match in ids.pattern.finditer(content, begin, len(content) if end is None else end):
        at = match.start()
        for length in lengths:
            first = at - length
            if content[first:at] in prefixes and first >= 0:
                before = content[first - 1 : first]
                if not (before.isalnum() or before in _BOUND):
                    identity, _, version = content[first : match.end()].partition("@")
                    found.append((first, identity, version))
                break
    return found


def may_hold(content: str, ids: Ids, begin: int, end: int, known: int) -> bool:
    """Whether more IDs than are known may stand in a part of a text; False is certain."""
    return len(ids.pattern.findall(content, begin, end)) > known


# A word that is the name or the path of a file: it ends in a dot and some letters.
_FILE = re.compile(r"\S*\.[A-Za-z]\w{0,4}(?![\w/]|\.\w)")


def in_file_name(content: str, offset: int) -> bool:
    """Whether what stands at an offset belongs to the name of a file, such as `evidence/TR-031-plan.png`."""
    start = offset
    while start > 0 and not content[start - 1].isspace():
        start -= 1
    match = _FILE.match(content, start)
    return match is not None and match.end() > offset


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
