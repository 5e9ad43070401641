"""A document made ready for weaving: where its fences, code, comments, links and footnotes stand."""

import re
from bisect import bisect_right

from msgspec import Struct

from pipeline.model import Artifact, Document, Heading, ViewBlock
from pipeline.sources.fences import Fence
from pipeline.sources.text import starts_of
from pipeline.weave.spans import Span, find_spans
from pipeline.weave.tokens import Edit, read_tokens

_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]*\n)*(?:    |\t).*)*)", re.MULTILINE)


class Note(Struct, frozen=True):
    """The definition of a footnote: where it stands, and its first and last line."""

    start: int
    end: int
    body: int


class Sheet(Struct, frozen=True):
    """A text with its places. `tokens` are edits that every dialect wants: comments gone, angle brackets plain.

    `notes` are the footnotes by label; `repeated` those whose label one above has already, which count for nothing.
    """

    document: Document
    text: str
    masked: str
    starts: list[int]
    fences: tuple[Fence, ...]
    spans: tuple[Span, ...]
    notes: dict[str, Note]
    repeated: tuple[Note, ...]
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


def read_sheet(document: Document, text: str, *, blocks: bool = True) -> Sheet:
    """Find the places of a text; without `blocks`, of one that holds no fenced blocks."""
    tokens = read_tokens(text, blocks=blocks)
    masked = tokens.masked
    starts = starts_of(text)
    notes: dict[str, Note] = {}
    repeated: list[Note] = []
    for match in _NOTE.finditer(text) if "[^" in masked else ():
        if masked[match.start()] == "[":
            end = _past_fences(tokens.fences, text, starts, match)
            note = Note(match.start(), end, match.start(2))
            if notes.setdefault(match[1], note) is not note:
                repeated.append(note)
    spans = tuple(find_spans(text, masked))
    return Sheet(document, text, masked, starts, tokens.fences, spans, notes, tuple(repeated), tokens.edits)


def _past_fences(fences: tuple[Fence, ...], text: str, starts: list[int], note: re.Match[str]) -> int:
    """Where a footnote ends: behind a fence that begins in it."""
    end = note.end()
    for fence in fences:
        if note.start() <= starts[fence.line - 1] < end:
            end = max(end, starts[fence.end] - 1 if fence.end < len(starts) else len(text))
    return end


def headings_in(sheet: Sheet, first: int, last: int) -> list[Heading]:
    """The headings of some lines."""
    return [item for item in sheet.document.headings if first <= item.line <= last]


def artifact_at(sheet: Sheet, line: int) -> Artifact | None:
    """The section that begins on a line."""
    return next((item for item in sheet.document.artifacts if item.section and item.line == line), None)


def view_at(sheet: Sheet, fence: Fence) -> ViewBlock | None:
    """The view block of a fence."""
    return next((item for item in sheet.document.views if item.header.line == fence.first), None)
