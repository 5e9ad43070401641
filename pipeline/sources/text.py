"""Bytes to text: encoding, line ends, and offsets to lines and columns.

Line ends become LF and a byte order mark goes, so that lines and columns are what an editor shows. What cannot
be decoded is replaced, reported at its place, and the rest of the file is read.
"""

from bisect import bisect_right
from io import StringIO
from itertools import accumulate
from typing import NamedTuple

from pipeline.model import Fault


class Text(NamedTuple):
    """The text of a file, the offset at which each line begins, and what was wrong with the bytes."""

    content: str
    starts: list[int]
    faults: tuple[Fault, ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset into the content."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """A line by its number from 1, without its end; '' beyond the last."""
        if not 1 <= number <= len(self.starts):
            return ""
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.content)
        return self.content[self.starts[number - 1] : end]

    def offset(self, line: int) -> int:
        """Where a line begins, by its number from 1; the end of the text for one beyond the last."""
        return self.starts[line - 1] if line <= len(self.starts) else len(self.content)

    def lines(self, first: int, count: int) -> str:
        """`count` lines from line `first`, with their ends."""
        return self.content[self.offset(first) : self.offset(first + count)]


def decode(path: str, data: bytes) -> Text:
    """The text of a file's bytes; never raises."""
    faults: list[Fault] = []
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _plain(data[: error.start].decode("utf-8", "replace"))
        faults.append(
            _at(path, before, f"byte 0x{data[error.start]:02X} is not UTF-8", "save the file as UTF-8")
        )
        content = data.decode("utf-8", "replace")
    content = _plain(content)
    if "\0" in content:
        before = content[: content.index("\0")]
        faults.append(_at(path, before, "a NUL character stands in the text", "remove it"))
        content = content.replace("\0", "")
    return Text(content, starts_of(content), tuple(faults))


def _plain(content: str) -> str:
    """A text with LF as its line ends, and without a byte order mark."""
    content = content.removeprefix("\ufeff")
    return content.replace("\r\n", "\n").replace("\r", "\n") if "\r" in content else content


def starts_of(content: str) -> list[int]:
    """The offset at which each line of a text begins."""
    # Lines by LF alone, which str.splitlines does not do, and without a step of Python for each of them.
    starts = [0, *accumulate(map(len, StringIO(content, newline="\n")))]
    if len(starts) > 1 and not content.endswith("\n"):
        starts.pop()
    return starts


def _at(path: str, before: str, message: str, hint: str) -> Fault:
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Fault(path, message, hint, line=line, column=column, code="SRC-READ")
