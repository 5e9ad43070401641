"""Small changes to a document: worked out on its text, put into its bytes as they stand.

Line ends, a byte order mark and all that no change touches stay as they are, byte by byte.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
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


# Lines that agree behind one that is gone, for it to be taken as gone.
_AGREE = 2
Opcode = tuple[str, int, int, int, int]


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """A unified diff of a file, line by line without their ends; nothing where it is the same.

    The matcher of the library loses its way in headers, whose lines are alike; mends change lines or take them out, so
    that walking down both sides finds the way.
    """
    old, new = _lines(before), _lines(after)
    groups = list(_Walked(old, new).get_grouped_opcodes())
    if groups:
        yield from (f"--- {name}", f"+++ {name}")
    for group in groups:
        yield f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@"
        for tag, first, last, start, stop in group:
            sides = (
                ((" ", old[first:last]),)
                if tag == "equal"
                else (("-", old[first:last]), ("+", new[start:stop]))
            )
            for sign, lines in sides:
                for line in lines:
                    yield sign + line.removesuffix("\n")
                    if not line.endswith("\n"):
                        yield "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends, LF alone."""
    lines = [f"{line}\n" for line in text.split("\n")]
    return [*lines[:-1], lines[-1][:-1]] if lines[-1] != "\n" else lines[:-1]


def _range(first: int, last: int) -> str:
    """Lines as a diff counts them."""
    return f"{first + 1}" if last - first == 1 else f"{first + (last > first)},{last - first}"


class _Walked(SequenceMatcher[str]):
    """A matcher whose opcodes come from a walk down both sides."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(autojunk=False)
        self.old, self.new = old, new

    def get_opcodes(self) -> list[Opcode]:  # type: ignore[override]
        """What becomes of the lines: equal, replaced, deleted, inserted."""
        found: list[Opcode] = []
        at = to = 0
        while at < len(self.old) or to < len(self.new):
            tag = self._tag(at, to)
            one, two = at + (tag != "insert"), to + (tag != "delete")
            if found and (found[-1][0] == "equal") == (tag == "equal"):
                known = found.pop()
                same = "equal" if tag == "equal" else "replace"
                found.append((same, known[1], one, known[3], two))
            else:
                found.append((tag, at, one, to, two))
            at, to = one, two
        return found

    def _tag(self, at: int, to: int) -> str:
        old, new = self.old, self.new
        if at == len(old):
            return "insert"
        if to == len(new):
            return "delete"
        if old[at] == new[to]:
            return "equal"
        spare = len(old) - at > len(new) - to
        return "delete" if spare and old[at + 1 : at + 1 + _AGREE] == new[to : to + _AGREE] else "replace"
