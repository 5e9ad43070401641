"""A document made ready for weaving: where its fences, code, comments, links and footnotes stand."""

import re
from bisect import bisect_right

from msgspec import Struct

from pipeline.model import Artifact, Document, Heading, Source, ViewBlock
from pipeline.sources.fences import Fence, mask
from pipeline.sources.text import Text, starts_of
from pipeline.weave.spans import Edit, Span, find_spans, replace

# Leftmost wins, as in Markdown itself: a comment in code is code, code in a comment is gone.
# Code ends with its paragraph, list item or table row, whatever a tick further on may say.
_NEW_BLOCK = r"\n[ \t]*(?:\n|[-*+>|#][ \t]|\||\d+[.)][ \t]|!!!|:::)"
_TOKEN = re.compile(
    rf"(?P<skip>\\[\\`])|(?P<code>(?P<ticks>`+)(?!`)(?:(?!{_NEW_BLOCK}).)+?(?<!`)(?P=ticks)(?!`))|(?P<stray>`+)"
    r"|(?P<comment><!--.*?(?:-->|\Z))|(?P<auto><(?:https?://|mailto:)[^\s<>\"'`]+>)|(?P<angle>\\?<)",
    re.DOTALL,
)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s<>)\]]+")
_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]*\n)*(?:    |\t).*)*)", re.MULTILINE)


class Note(Struct, frozen=True):
    """The definition of a footnote: where it stands, and its first and last line."""

    start: int
    end: int
    body: int


class Sheet(Struct, frozen=True):
    """A text with its places. `tokens` are edits that every dialect wants: comments gone, angle brackets plain."""

    document: Document
    text: str
    masked: str
    starts: list[int]
    fences: tuple[Fence, ...]
    spans: tuple[Span, ...]
    notes: dict[str, Note]
    tokens: tuple[Edit, ...]

    def line_start(self, line: int) -> int:
        """The offset at which a line begins."""
        return self.starts[line - 1] if line <= len(self.starts) else len(self.text)

    def line_end(self, line: int) -> int:
        """The offset of the end of a line, before its line feed."""
        return self.starts[line] - 1 if line < len(self.starts) else len(self.text)

    def line_of(self, offset: int) -> int:
        """The line in which an offset stands."""
        return bisect_right(self.starts, offset)

    @property
    def last(self) -> int:
        """The number of lines."""
        return len(self.starts)


def read_sheet(source: Source) -> Sheet:
    """Find the places of a text."""
    text = source.text
    starts = starts_of(text)
    fences = tuple(mask("", Text(text, starts), 0).fences)
    blocks = [(starts[item.line - 1], _end(text, starts, item.end)) for item in fences]
    tokens, code = _tokens(text, blocks)
    masked = _ADDRESS.sub(_blank, replace(text, (Edit(*place, _blank(text, *place)) for place in code)))
    notes: dict[str, Note] = {}
    for match in _NOTE.finditer(masked) if "[^" in masked else ():
        notes.setdefault(match[1], Note(match.start(), match.end(), match.start(2)))
    return Sheet(
        source.document, text, masked, starts, fences, tuple(find_spans(text, masked)), notes, tuple(tokens)
    )


def _end(text: str, starts: list[int], line: int) -> int:
    return starts[line] - 1 if line < len(starts) else len(text)


def _tokens(text: str, fences: list[tuple[int, int]]) -> tuple[list[Edit], list[tuple[int, int]]]:
    """The edits that every dialect wants, and the places of code and comments."""
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


def headings_in(sheet: Sheet, first: int, last: int) -> list[Heading]:
    """The headings of some lines."""
    return [item for item in sheet.document.headings if first <= item.line <= last]


def artifact_at(sheet: Sheet, line: int) -> Artifact | None:
    """The section that begins on a line."""
    return next((item for item in sheet.document.artifacts if item.section and item.line == line), None)


def view_at(sheet: Sheet, fence: Fence) -> ViewBlock | None:
    """The view block of a fence."""
    return next((item for item in sheet.document.views if item.header.line == fence.first), None)
