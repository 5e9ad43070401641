"""Small changes to a document: worked out on its text, put into its bytes as they stand.

Line ends, a byte order mark and all that no change touches stay as they are, byte by byte.
"""

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from pipeline.sources.text import Text

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class Edit(NamedTuple):
    """A piece of a text, from one offset to another, and what stands there instead."""

    start: int
    stop: int
    words: str


def replaced(content: str, edits: Iterable[Edit]) -> str:
    """A text with some pieces replaced; they do not overlap."""
    for edit in sorted(edits, reverse=True):
        content = content[: edit.start] + edit.words + content[edit.stop :]
    return content


def applied(data: bytes, text: Text, edits: Iterable[Edit]) -> bytes:
    """The bytes of a document, whose text is `text`, with some pieces of the text replaced."""
    raw = data.decode("utf-8")
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    raw = raw.removeprefix(mark)
    starts = [0, *accumulate(map(len, _LINES.findall(raw)))]

    def place(offset: int) -> int:
        line, column = text.place(offset)
        return starts[line - 1] + column - 1

    for edit in sorted(edits, reverse=True):
        raw = raw[: place(edit.start)] + edit.words + raw[place(edit.stop) :]
    return (mark + raw).encode("utf-8")
