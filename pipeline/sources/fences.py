"""Code and comments: where they stand, and the text without them.

Everything else that reads a body reads the masked text: as long as the original, line for line and character
for character, but with code, comments and bare addresses blanked, so that what stands in them is not prose.
"""

import re
from typing import NamedTuple

from pipeline.model import Fault
from pipeline.sources.text import Text

_OPEN = re.compile(r"^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*([^\n]*)$", re.MULTILINE)
_CLOSE = {
    "`": re.compile(r"^[ \t>]*(`{3,})[ \t]*$", re.MULTILINE),
    "~": re.compile(r"^[ \t>]*(~{3,})[ \t]*$", re.MULTILINE),
}
# Where a block of ours that was never closed is taken to end: the next heading with an ID, or the next opening.
_NEXT = re.compile(r"^(?:#{1,6}[ \t]+[A-Z][A-Z0-9]*-\d|[ \t]*(?:```|~~~)[ \t]*[^\s`~])", re.MULTILINE)
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
    count: int
    indent: int


class Masked(NamedTuple):
    """A body without its code, and the fenced blocks that were in it."""

    content: str
    fences: list[Fence]
    faults: list[Fault]


def mask(path: str, text: Text, begin: int) -> Masked:
    """Blank code, comments and addresses of a text; what stands before offset `begin` (the header) goes too."""
    content = text.content
    fences: list[Fence] = []
    faults: list[Fault] = []
    parts = [_blank(content[:begin])]
    at = begin
    if "```" in content or "~~~" in content:
        opening = _OPEN.search(content, at)
        while opening:
            if opening[2][0] == "`" and "`" in opening[3]:
                opening = _OPEN.search(content, opening.end())
                continue
            fence, end, fault = _fence(path, text, opening)
            fences.append(fence)
            if fault:
                faults.append(fault)
            parts += (_mask_inline(content[at : opening.start()]), _blank(content[opening.start() : end]))
            at = end
            opening = _OPEN.search(content, at)
    parts.append(_mask_inline(content[at:]))
    return Masked("".join(parts), fences, faults)


def _fence(path: str, text: Text, opening: re.Match[str]) -> tuple[Fence, int, Fault | None]:
    content, info = text.content, opening[3].strip()
    ours = "{.artifact}" in info or "{.view}" in info
    limit = _NEXT.search(content, opening.end()) if ours else None
    stop = limit.start() if limit else len(content)
    line = text.place(opening.start(2))[0]
    for closing in _CLOSE[opening[2][0]].finditer(content, opening.end(), stop):
        if len(closing[1]) >= len(opening[2]):
            end = text.place(closing.start())[0]
            return Fence(info, line, end, line + 1, end - line - 1, len(opening[1])), closing.end(), None
    return _unclosed(path, text, opening, info, stop)


def _unclosed(
    path: str, text: Text, opening: re.Match[str], info: str, stop: int
) -> tuple[Fence, int, Fault]:
    """A block without an end reaches to the next heading, or for one of ours to its first empty line."""
    content = text.content
    if "{.artifact}" in info or "{.view}" in info:
        gap = re.compile(r"^[ \t]*$", re.MULTILINE).search(
            content, min(opening.end() + 1, len(content)), stop
        )
        stop = gap.start() if gap else stop
    else:
        heading = _HEADING.search(content, opening.end())
        stop = heading.start() if heading else stop
    line, column = text.place(opening.start(2))
    last = text.place(max(stop - 1, opening.start()))[0]
    message = "the fenced block is never closed"
    hint = f"close it with a line {opening[2]}"
    fault = Fault(path, message, hint, line=line, column=column, length=len(opening[2]), code="SRC-FENCE")
    return Fence(info, line, last, line + 1, last - line, len(opening[1])), stop, fault


def _mask_inline(text: str) -> str:
    if "<!--" in text:
        text = _COMMENT.sub(lambda m: _blank(m[0]), text)
    if "`" in text:
        text = _CODE.sub(lambda m: _blank(m[0]), text)
    if "://" in text:
        text = _ADDRESS.sub(lambda m: _blank(m[0]), text)
    return text


# White space for whoever strips a line, but neither a space nor a tab: blanked code does not look like indentation.
_FILL = "\x1f"
_FILLED = [_FILL * length for length in range(400)]


def _blank(text: str) -> str:
    return "\n".join([_FILLED[len(line)] if len(line) < 400 else _FILL * len(line) for line in text.split("\n")])
