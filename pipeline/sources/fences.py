"""Code and comments: where they stand, and the text without them.

Everything else that reads a body reads the masked text: as long as the original, line for line and character
for character, but with code, comments and bare addresses blanked, so that what stands in them is not prose.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from pipeline.model import Fault
from pipeline.sources.text import Text

# What may stand before a fence on its line: indentation, quotation, the sign of a list item.
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_SIGNS = ("`", "~")
# Where a block of ours that was never closed is taken to end: the next heading with an ID, or the next opening.
_NEXT = re.compile(r"^(?:#{1,6}[ \t]+[A-Z][A-Z0-9]*-\d|[ \t]*(?:```|~~~)[ \t]*[^\s`~])", re.MULTILINE)
_EMPTY = re.compile(r"^[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
# A fence of any sort at the beginning of a line, and prose that begins at the margin after an empty line.
_ANY = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
_PROSE = re.compile(r"\n[ \t]*\n(?![ \t\n>#`~-])(?![\w\"'.-]+[ \t]*:(?:\s|\Z))")
# The info strings of our blocks, and what comes so near that it must be meant.
_EXACT = re.compile(r"yaml[^{}]*\{\.(artifact|view)\}.*")
_NEAR = re.compile(
    r"(?:ya?ml)?[ \t]*\{?[ \t]*(?:\.?ya?ml[ \t]+)?[.#]?(art[ie]fi?[ac]c?ts?|views?)\b[^{}]*\}?", re.IGNORECASE
)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s<>)\]]+")


class Fence(Struct, frozen=True):
    """A fenced block: info string, line of its opening, line of its end, first line and number of lines inside."""

    info: str
    line: int
    end: int
    first: int
    rows: int
    indent: int
    closed: bool = True


class Masked(NamedTuple):
    """A body without its code, and the fenced blocks that were in it."""

    content: str
    fences: list[Fence]
    faults: list[Fault]


class _Run(Struct, frozen=True, order=True):
    """A run of three or more signs: the offsets of its line, of its signs, and of the line's end; what leads it."""

    line: int
    start: int
    stop: int
    end: int
    lead: str


@lru_cache(maxsize=256)
def block_of(info: str) -> tuple[str, bool]:
    """Which block of ours an info string opens (artifact, view or ''), and whether it is written as it must be."""
    exact = _EXACT.fullmatch(info)
    if exact:
        return exact[1], True
    near = _NEAR.fullmatch(info) if "{" in info or info[:2].lower() == "ya" or info[:3] == "yml" else None
    if near is None:
        return "", True
    return ("view" if near[1].lower().startswith("view") else "artifact"), False


def mask(path: str, text: Text, begin: int) -> Masked:
    """Blank code, comments and addresses of a text; what stands before offset `begin` (the header) goes too."""
    content = text.content
    parts = [_blank(content[:begin])]
    at = begin
    reader = _Reader(path, text, begin)
    for fence, start, end in reader.blocks():
        reader.fences.append(fence)
        parts += (_mask_inline(content[at:start]), _blank(content[start:end]))
        at = end
    parts.append(_mask_inline(content[at:]))
    return Masked("".join(parts), reader.fences, reader.faults)


def _runs(content: str, sign: str, begin: int) -> Iterator[_Run]:
    """The runs of a sign that stand first on their line, but for indentation, quotation and a list's sign."""
    signs = sign * 3
    at = content.find(signs, begin)
    while at >= 0:
        line = content.rfind("\n", 0, at) + 1
        end = content.find("\n", at)
        end = len(content) if end < 0 else end
        after = at + 3
        while after < end and content[after] == sign:
            after += 1
        if line == at or _LEAD.fullmatch(content, line, at):
            yield _Run(line, at, after, end, content[line:at])
        at = content.find(signs, after)


class _Reader:
    """Reads the fenced blocks of one text from top to bottom, looking at each part of it once."""

    def __init__(self, path: str, text: Text, begin: int) -> None:
        self.path, self.text = path, text
        self.fences: list[Fence] = []
        self.faults: list[Fault] = []
        content = text.content
        self._runs = [run for sign in _SIGNS if sign in content for run in _runs(content, sign, begin)]
        if "~" in content:
            self._runs.sort()
        # By sign, the shortest opening that nothing closes any more.
        self._endless: dict[str, int] = {}

    def blocks(self) -> Iterator[tuple[Fence, int, int]]:
        """Every block with the offsets of its first line and behind its end."""
        content, runs = self.text.content, self._runs
        at = behind = 0
        while at < len(runs):
            opening = runs[at]
            at += 1
            # A fence of backticks has none in its info string: that would be code in a line.
            if opening.line < behind or (
                content[opening.start] == "`" and "`" in content[opening.stop : opening.end]
            ):
                continue
            fence, behind, at = self._read(opening, at)
            yield fence, opening.line, behind

    def _read(self, opening: _Run, following: int) -> tuple[Fence, int, int]:
        """The block that an opening begins, the offset behind it, and the run to go on with."""
        text, content = self.text, self.text.content
        info = content[opening.stop : opening.end].strip()
        ours = bool(block_of(info)[0])
        closing = self._closing(opening, following, ours)
        if closing < 0 or (ours and _swallows(content, opening.end, self._runs[closing].line)):
            return (*self._unclosed(opening, info, ours), following)
        run = self._runs[closing]
        line, end = text.place(opening.start)[0], text.place(run.start)[0]
        return Fence(info, line, end, line + 1, end - line - 1, len(opening.lead)), run.end, closing + 1

    def _closing(self, opening: _Run, following: int, ours: bool) -> int:
        """The index of the run that closes a block; -1 for none."""
        content = self.text.content
        sign, width = content[opening.start], opening.stop - opening.start
        if width >= self._endless.get(sign, width + 1):
            return -1
        for index in range(following, len(self._runs)):
            run = self._runs[index]
            if content[run.start] != sign:
                continue
            bare = run.stop == run.end or not content[run.stop : run.end].strip()
            if not bare and (ours or self._opens_ours(run, width)):
                return -1
            if bare and run.stop - run.start >= width and not run.lead.strip(" \t>"):
                return index
        self._endless[sign] = width
        return -1

    def _opens_ours(self, run: _Run, width: int) -> bool:
        """Whether a run inside a block can only mean that the block was never closed."""
        info = self.text.content[run.stop : run.end].strip()
        return run.stop - run.start == width and "{" in info and bool(block_of(info)[0])

    def _unclosed(self, opening: _Run, info: str, ours: bool) -> tuple[Fence, int]:
        """A block without an end reaches to the next heading; one of ours to its first empty line, if nearer."""
        text, content = self.text, self.text.content
        begin = min(opening.end + 1, len(content))
        limit = (_NEXT if ours else _HEADING).search(content, begin)
        stop = limit.start() if limit else len(content)
        gap = _EMPTY.search(content, begin, stop) if ours else None
        stop = gap.start() if gap else stop
        line, column = text.place(opening.start)
        last = text.place(max(stop - 1, opening.start))[0]
        signs = content[opening.start : opening.stop]
        message, hint = "the fenced block is never closed", f"close it with a line {signs}"
        self.faults.append(
            Fault(self.path, message, hint, line=line, column=column, length=len(signs), code="SRC-FENCE")
        )
        return Fence(info, line, last, line + 1, last - line, len(opening.lead), closed=False), stop


def _swallows(content: str, begin: int, end: int) -> bool:
    """Whether a block of ours that seems closed was not.

    A heading with an ID stands in it; or prose does, and the fences that follow do not pair.
    """
    inside = content[begin:end]
    if ("\n#" in inside or "```" in inside or "~~~" in inside) and _NEXT.search(content, begin, end):
        return True
    if "\n\n" not in inside or not _PROSE.search(inside):
        return False
    heading = _HEADING.search(content, end)
    return len(_ANY.findall(content, end + 1, heading.start() if heading else len(content))) % 2 == 1


def _mask_inline(text: str) -> str:
    if "<!--" in text:
        text = _COMMENT.sub(lambda m: _blank(m[0]), text)
    if "`" in text:
        text = _CODE.sub(lambda m: _blank(m[0]), text)
    if "://" in text:
        text = _ADDRESS.sub(lambda m: _blank(m[0]), text)
    return text


class _Blanks(dict[int, int]):
    """A table for `str.translate` that blanks everything but the ends of lines.

    The sign is white space for whoever strips a line, but neither a space nor a tab: what was blanked does not
    look like indentation.
    """

    def __missing__(self, _sign: int) -> int:
        return 0x1F


_BLANKS = _Blanks({**dict.fromkeys(range(128), 0x1F), 10: 10})


_BLANK_BYTES = bytes(10 if byte == 10 else 0x1F for byte in range(256))


def _blank(text: str) -> str:
    if text.isascii():
        # Nearly all headers and code; as bytes they take a tenth of the time.
        return text.encode("ascii").translate(_BLANK_BYTES).decode("ascii")
    return text.translate(_BLANKS)
