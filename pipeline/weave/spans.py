"""Links and images of a text, where they stand and where they may lead."""

import re

from msgspec import Struct

from pipeline.sources.scan import find_hyperlinks
from pipeline.sources.text import Text, starts_of
from pipeline.weave.tokens import Edit, replace

_TARGET = re.compile(r"\s*(<[^<>\n]*>|\S*?)(?:\s+(\"[^\"]*\"|'[^']*'))?\s*\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_INVISIBLE = re.compile(
    r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]|&(?:#\w+|Tab|NewLine|colon);", re.IGNORECASE
)
_SAFE = ("http:", "https:", "mailto:", "tel:")


class Span(Struct, frozen=True):
    """An inline link or image: its whole, its text, its target as written and its title or ''."""

    start: int
    end: int
    text_start: int
    text_end: int
    target: str
    title: str
    image: bool


def find_spans(content: str, masked: str) -> list[Span]:
    """The inline links and images of a text, in order; an image inside a link comes after the link."""
    if "](" not in masked:
        return []
    starts = starts_of(content)
    found = []
    for item in find_hyperlinks(Text(content, starts), masked):
        start = starts[item.line - 1] + item.column - 1
        text_start = start + item.image + 1
        text_end = text_start + len(item.text)
        if content[text_end : text_end + 2] != "](":
            continue  # a definition: `inline_references` has turned those that can be used into links
        end = start + item.length
        match = _TARGET.fullmatch(content, text_end + 2, end - 1)
        target, title = (match[1].strip("<>"), (match[2] or "")[1:-1]) if match else ("", "")
        found.append(Span(start, end, text_start, text_end, target, title, item.image))
    return found


def scheme(target: str) -> str:
    """The scheme of an address, in small letters with its colon; '' for a relative one."""
    plain = _INVISIBLE.sub("", target)
    match = _SCHEME.match(plain)
    if match:
        return match[0].lower()
    return "//" if plain.startswith(("//", "\\\\", "/\\")) else ""


def safe(target: str) -> bool:
    """Whether a link may lead there: the web, a mailbox, a telephone, or a place of ours."""
    return scheme(target) in ("", *_SAFE)


_DEFINITION = re.compile(
    r"^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*(<[^>\n]*>|\S+)(?:[ \t]+(\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*$",
    re.MULTILINE,
)
_USE = re.compile(
    r"(?<![\\\]!])\[((?:[^\[\]\n\\]|\\.|\n(?!\s*\n)|\[[^\[\]\n]*\])+)\](?:\[([^\[\]\n]*)\])?(?![({:])"
)


def inline_references(content: str, masked: str) -> str:
    """The text with reference-style links written as inline ones, and without their definitions."""
    if "]:" not in masked:
        return content
    targets: dict[str, tuple[str, str]] = {}
    edits = []
    for match in _DEFINITION.finditer(content):
        # An address is blanked in the masked text, so only the bracket tells whether this is prose.
        if masked[match.start(1) - 1] == "[":
            targets.setdefault(_key(match[1]), (match[2], match[3] or ""))
            edits.append(Edit(match.start(), match.end(), ""))
    for match in _USE.finditer(masked) if targets else ():
        target = targets.get(_key(match[2] or match[1]))
        if target and not any(edit.start <= match.start() < edit.end for edit in edits):
            words = content[match.start(1) : match.end(1)]
            edits.append(
                Edit(match.start(), match.end(), f"[{words}]({' '.join(part for part in target if part)})")
            )
    return replace(content, edits)


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()
