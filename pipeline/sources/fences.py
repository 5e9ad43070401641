"""Code and comments: where they stand, and the text without them.

Everything else that reads a body reads the masked text: as long as the original, line for line and character
for character, but with code, comments and bare addresses blanked, so that what stands in them is not prose.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model import Fault
from pipeline.sources.text import Text

# What may stand before a fence on its line: indentation, quotation, the sign of a list item.
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_SIGNS = ("`", "~")
# Where a block of ours that was never closed is taken to end: the next heading with an ID, or the next opening.
_NEXT = re.compile(r"^(?:#{1,6}[ \t]+[A-Z][A-Z0-9]*-\d|[ \t]*(?:```|~~~)[ \t]*[^\s`~])", re.MULTILINE)
_EMPTY = re.compile(r"^[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s<>)\]]+")


class Fence(NamedTuple):
    """A fenced block: info string, line of its opening, line of its end, first line and number of lines inside."""

    info: str
    line: int
    end: int
    first: int
    rows: int
    indent: int


class Masked(NamedTuple):
    """A body without its code, and the fenced blocks that were in it."""

    content: str
    fences: list[Fence]
    faults: list[Fault]


class _Run(NamedTuple):
    """A run of three or more signs: the offsets of its line, of its signs, and of the line's end; what leads it."""

    line: int
    start: int
    stop: int
    end: int
    lead: str


def mask(path: str, text: Text, begin: int) -> Masked:
    """Blank code, comments and addresses of a text; what stands before offset `begin` (the header) goes too."""
    content = text.content
    fences: list[Fence] = []
    faults: list[Fault] = []
    parts = [_blank(content[:begin])]
    at = begin
    signs = [sign for sign in _SIGNS if sign * 3 in content]
    opening = _opening(content, at, signs)
    while opening:
        fence, end, fault = _fence(path, text, opening)
        fences.append(fence)
        if fault:
            faults.append(fault)
        parts += (_mask_inline(content[at : opening.line]), _blank(content[opening.line : end]))
        at = end
        opening = _opening(content, at, signs)
    parts.append(_mask_inline(content[at:]))
    return Masked("".join(parts), fences, faults)


def _runs(content: str, sign: str, begin: int, stop: int) -> Iterator[_Run]:
    """The runs of a sign that stand first on their line, but for indentation, quotation and a list's sign."""
    at = content.find(sign * 3, begin, stop)
    while at >= 0:
        line = content.rfind("\n", 0, at) + 1
        end = content.find("\n", at)
        end = len(content) if end < 0 else end
        after = at + 3
        while after < end and content[after] == sign:
            after += 1
        if line == at or _LEAD.fullmatch(content, line, at):
            yield _Run(line, at, after, end, content[line:at])
        at = content.find(sign * 3, after, stop)


def _opening(content: str, begin: int, signs: list[str]) -> _Run | None:
    """The next fence that opens a block."""
    found = []
    for sign in signs:
        for run in _runs(content, sign, begin, len(content)):
            # A fence of backticks has none in its info string: that would be code in a line.
            if sign == "~" or "`" not in content[run.stop : run.end]:
                found.append(run)
                break
    return min(found) if found else None


def _fence(path: str, text: Text, opening: _Run) -> tuple[Fence, int, Fault | None]:
    content = text.content
    sign, width = content[opening.start], opening.stop - opening.start
    info = content[opening.stop : opening.end].strip()
    line = text.place(opening.start)[0]
    ours = _is_ours(info)
    for run in _runs(content, sign, opening.end, len(content)):
        if run.stop - run.start < width or run.lead.strip(" \t>") or content[run.stop : run.end].strip():
            continue
        if ours and _is_cut(content, opening.end, run.line):
            break
        end = text.place(run.start)[0]
        return Fence(info, line, end, line + 1, end - line - 1, len(opening.lead)), run.end, None
    return _unclosed(path, text, opening, info)


def _is_cut(content: str, begin: int, end: int) -> bool:
    """Whether something stands between an opening and a closing that shows that the closing is another block's."""
    return ("\n#" in (inside := content[begin:end]) or "```" in inside or "~~~" in inside) and bool(
        _NEXT.search(content, begin, end)
    )


def _is_ours(info: str) -> bool:
    return "{.artifact}" in info or "{.view}" in info


def _unclosed(path: str, text: Text, opening: _Run, info: str) -> tuple[Fence, int, Fault]:
    """A block without an end reaches to the next heading; one of ours to its first empty line, if that is nearer."""
    content = text.content
    begin = min(opening.end + 1, len(content))
    limit = (_NEXT if _is_ours(info) else _HEADING).search(content, begin)
    stop = limit.start() if limit else len(content)
    gap = _EMPTY.search(content, begin, stop) if _is_ours(info) else None
    stop = gap.start() if gap else stop
    line, column = text.place(opening.start)
    last = text.place(max(stop - 1, opening.start))[0]
    signs = content[opening.start : opening.stop]
    message, hint = "the fenced block is never closed", f"close it with a line {signs}"
    fault = Fault(path, message, hint, line=line, column=column, length=len(signs), code="SRC-FENCE")
    return Fence(info, line, last, line + 1, last - line, len(opening.lead)), stop, fault


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


def _blank(text: str) -> str:
    return text.translate(_BLANKS)
