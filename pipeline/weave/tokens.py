"""Code, comments and angle brackets of a text: where they stand, and what every dialect makes of them.

Everything that weave changes is a piece of the author's text put in place of another; the rest is not touched.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from pipeline.sources.fences import Fence, mask
from pipeline.sources.text import Text, starts_of

# A character without width, written so that no engine takes it for the beginning of anything.
INERT = "&#8203;"

# How often a text is looked at anew before the rest of it is given up as a comment.
_PATIENCE = 50
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*")
# Lines that end what begins in them.
_LINE = re.compile(r"[ \t>]*(?:#{1,6}[ \t]|\[\^[^\]\s]+\]:)")
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


def read_tokens(text: str, *, blocks: bool = True) -> Tokens:
    """Find the code, comments and angle brackets of a text; without `blocks`, a text that holds no fenced blocks."""
    comments: list[Edit] = []
    plain = text
    while True:
        starts = starts_of(plain)
        fences = tuple(mask("", Text(plain, starts), 0).fences) if blocks else ()
        places = [(starts[item.line - 1], _end(plain, starts, item.end)) for item in fences]
        edits, code, clash = _find(plain, places)
        if clash is None:
            break
        # A comment took in the beginning of a fence, so there is none: look again without the comment.
        start, end = clash if len(comments) < _PATIENCE else (clash[0], len(text))
        comments.append(Edit(start, end, nothing(text, start, end)))
        plain = plain[:start] + _blank(plain, start, end) + plain[end:]
    masked = replace(plain, (Edit(*place, _blank(plain, *place)) for place in code))
    masked = _ADDRESS.sub(_blank, masked) if "://" in masked else masked
    return Tokens(fences, tuple(sorted([*comments, *edits])), masked)


def masked_text(text: str) -> str:
    """A text with its code, comments and addresses blanked, at the same offsets."""
    return read_tokens(text).masked


def replace(content: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; one that overlaps an earlier one is left out, unless it takes away."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            # Of what an earlier edit has taken in part, the rest goes where all of it was to go.
            at = max(at, edit.end) if edit.words in ("", INERT) else at
            continue
        parts += (content[at : edit.start], edit.words)
        at = edit.end
    parts.append(content[at:])
    return "".join(parts)


def _end(text: str, starts: list[int], line: int) -> int:
    return starts[line] - 1 if line < len(starts) else len(text)


def nothing(text: str, start: int, end: int) -> str:
    """What to put in the place of a piece that goes: something without width where a line would begin anew.

    What follows would else begin a block that its author did not write.
    """
    return INERT if _LEAD.fullmatch(_line_before(text, start)) and text[end : end + 1].strip() else ""


def _find(
    text: str, fences: list[tuple[int, int]]
) -> tuple[list[Edit], list[tuple[int, int]], tuple[int, int] | None]:
    """Edits, places of code and comments, and the place of a comment that reaches into a fence, if there is one."""
    edits: list[Edit] = []
    code: list[tuple[int, int]] = []
    at = 0
    for start, end in [*fences, (len(text), len(text))]:
        while at < start and (match := _TOKEN.search(text, at, start)):
            at = match.end()
            sort = match.lastgroup
            if sort == "code" and "\n" in match["code"] and _LINE.match(_line_before(text, match.start())):
                sort, at = "stray", match.end("ticks")
            if sort == "comment":
                close = text.find("-->", match.start() + 4)
                at = close + 3 if close >= 0 else len(text)
                if at > start:
                    return edits, code, (match.start(), at)
                edits.append(Edit(match.start(), at, nothing(text, match.start(), at)))
            elif sort == "angle":
                edits.append(Edit(match.start(), at, "&lt;"))
            elif sort == "stray":
                # Ticks that open nothing here might pair up otherwise elsewhere.
                edits.append(Edit(match.start(), at, "&#96;" * (at - match.start())))
            elif sort == "code" and (words := _inline_code(text, match)) != match["code"]:
                edits.append(Edit(match.start(), at, words))
            if sort in ("code", "comment"):
                code.append((match.start(), at))
        code.append((start, end))
        at = end
    return edits, code, None


def _line_before(text: str, offset: int) -> str:
    return text[text.rfind("\n", 0, offset) + 1 : offset]


def _inline_code(text: str, match: re.Match[str]) -> str:
    """Code in a line, on one line: a line of it that begins with '<' would be taken for HTML."""
    fence_like = len(match["ticks"]) > 2 and _LEAD.fullmatch(_line_before(text, match.start()))
    return (INERT if fence_like else "") + " ".join(match["code"].split("\n"))


def _blank(text: str | re.Match[str], start: int = 0, end: int | None = None) -> str:
    """A piece of a text as spaces, its lines kept."""
    piece = text[start:end] if isinstance(text, str) else text[0]
    return re.sub(r"[^\n]", " ", piece)
