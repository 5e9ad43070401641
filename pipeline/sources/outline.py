"""The headings of a file, and what lies between them."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from pipeline.model import Heading


class Outline(NamedTuple):
    """The headings of a file in order, the line of each, and the file's last line."""

    headings: list[Heading]
    lines: list[int]
    last: int

    def above(self, line: int) -> Heading | None:
        """The nearest heading above a line."""
        index = bisect_left(self.lines, line)
        return self.headings[index - 1] if index else None

    def top(self) -> Heading | None:
        """The first heading of level 1."""
        return next((item for item in self.headings if item.level == 1), None)

    def end(self, heading: Heading) -> int:
        """The last line of a heading's section: that above the next heading of its level or a higher one."""
        for item in self.headings[bisect_right(self.lines, heading.line) :]:
            if item.level <= heading.level:
                return item.line - 1
        return self.last

    def stop(self, first: int, end: int) -> int:
        """The last line from `first` to `end` that stands before the next heading."""
        index = bisect_left(self.lines, first)
        return min(self.lines[index] - 1, end) if index < len(self.lines) else end


def outline(headings: list[Heading], last: int) -> Outline:
    """The outline of a file's headings."""
    return Outline(headings, [item.line for item in headings], last)
