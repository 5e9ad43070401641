"""Code, comments and angle brackets of a text: where they stand, and what every dialect makes of them.

Everything that weave changes is a piece of the author's text put in place of another; the rest is not touched.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from pipeline.sources.fences import Fence, mask
from pipeline.sources.text import Text, starts_of

# Leftmost wins, as in Markdown itself: a comment in code is code, code in a comment is gone.
# Code ends with its paragraph, list item or table row, whatever a tick further on may say.
_NEW_BLOCK = r"\n[ \t]*(?:\n|[-*+>|#][ \t]|\||\d+[.)][ \t]|!!!|:::)"
_TOKEN = re.compile(
    rf"(?P<skip>\\[\\`])|(?P<code>(?P<ticks>`+)(?!`)(?:(?!{_NEW_BLOCK}).)+?(?<!`)(?P=ticks)(?!`))|(?P<stray>`+)"
    r"|(?P<comment><!--.*?(?:-->|\Z))|(?P<auto><(?:https?://|mailto:)[^\s<>\"'`]+>)|(?P<angle>\\?<)",
    re.DOTALL,
)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://(?:[^\s<>()\]]|\([^\s<>()]*\))+")


class Edit(Struct, frozen=True, order=True):
    """A piece of a text, from `start` to `end`, and what stands in its place."""

    start: int
    end: int
    words: str


class Tokens(Struct, frozen=True):
    """The fenced blocks of a text, the edits that every dialect wants (no comments, no HTML), and the masked text.

    The masked text is as long as the text, with code, comments and addresses blanked.
    """

    fences: tuple[Fence, ...]
    edits: tuple[Edit, ...]
    masked: str


def read_tokens(text: str) -> Tokens:
    """Find the code, comments and angle brackets of a text."""
    starts = starts_of(text)
    fences = tuple(mask("", Text(text, starts), 0).fences)
    edits, code = _find(text, [(starts[item.line - 1], _end(text, starts, item.end)) for item in fences])
    plain = replace(text, (Edit(*place, _blank(text, *place)) for place in code))
    return Tokens(fences, tuple(edits), _ADDRESS.sub(_blank, plain) if "://" in plain else plain)


def masked_text(text: str) -> str:
    """A text with its code, comments and addresses blanked, at the same offsets."""
    return read_tokens(text).masked


def replace(content: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; one that overlaps an earlier one is left out."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            continue
        parts += (content[at : edit.start], edit.words)
        at = edit.end
    parts.append(content[at:])
    return "".join(parts)


def _end(text: str, starts: list[int], line: int) -> int:
    return starts[line] - 1 if line < len(starts) else len(text)


def _find(text: str, fences: list[tuple[int, int]]) -> tuple[list[Edit], list[tuple[int, int]]]:
    edits: list[Edit] = []
    code: list[tuple[int, int]] = []
    at = 0
    for start, end in [*fences, (len(text), len(text))]:
        while at < start and (match := _TOKEN.search(text, at, start)):
            at = match.end()
            if match.lastgroup == "comment":
                close = text.find("-->", match.start() + 4)
                at = close + 3 if close >= 0 else len(text)
                edits.append(Edit(match.start(), at, ""))
            elif match.lastgroup == "angle":
                edits.append(Edit(match.start(), at, "&lt;"))
            elif match["code"] and "\n" in match["code"]:
                # A line of code that begins with '<' would be taken for HTML.
                edits.append(Edit(match.start(), at, " ".join(match["code"].split("\n"))))
            if match.lastgroup in ("code", "comment"):
                code.append((match.start(), at))
        if at <= start:
            code.append((start, end))
        at = max(at, end)
    return edits, code


def _blank(text: str | re.Match[str], start: int = 0, end: int | None = None) -> str:
    """A piece of a text as spaces, its lines kept."""
    piece = text[start:end] if isinstance(text, str) else text[0]
    return re.sub(r"[^\n]", " ", piece)
