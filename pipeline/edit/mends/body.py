"""Mends of the Markdown of a body: headings and lists that the site and the PDF do not read alike."""

import re
from collections.abc import Iterator

from pipeline.edit.mend import Case, Patch, mend
from pipeline.edit.patch import Edit
from pipeline.sources.text import Text, starts_of

_UNDERLINE = re.compile(r"(=+|-{2,})[ \t]*")
_ITEM = re.compile(r"( *)(?:[-*+]|\d{1,9}[.)])[ \t]+")


@mend("DIALECT")
def heading_with_signs(case: Case) -> Patch | None:
    """A heading of one line that is underlined is written with `#` or `##`, where no section ends there."""
    line, underline = case.finding.line, _UNDERLINE.fullmatch(case.row)
    title, masked = case.text.line(line - 1), Text(case.masked, starts_of(case.masked))
    if underline is None or masked.line(line - 2).strip(" \t\x1f") or title.rstrip().endswith("#"):
        return None
    level = 1 if underline[1][0] == "=" else 2
    artifact = case.artifact
    if artifact is not None and artifact.section and level <= artifact.level:
        return None
    start = case.text.offset(line - 1)
    lead = len(title) - len(title.lstrip())
    end = case.text.offset(line) + len(case.row)
    edits = (
        Edit(start, start + lead, "#" * level + " "),
        Edit(start + len(title.rstrip()), end, ""),
    )
    return Patch(edits, tuple(case.kind.supplied) if case.kind else ())


@mend("DIALECT")
def list_by_four(case: Case) -> Patch | None:
    """Lists that are nested by two or three spaces are nested by four, all of a document at once.

    Only where every line of the lists has its place by that step, and none of them is code.
    """
    if not re.match(r" {2,3}(?:[-*+]|\d{1,9}[.)])[ \t]", case.row):
        return None
    text = Text(case.masked, starts_of(case.masked))
    edits: list[Edit] = []
    for first, last in _lists(text, case.text):
        found = _by_four(text, first, last)
        if found is None:
            return None
        edits += found
    return Patch(tuple(edits), tuple(case.kind.supplied) if case.kind else ()) if edits else None


def _lists(text: Text, written: Text) -> Iterator[tuple[int, int]]:
    """The first and last line of each list; code that is indented is in it."""
    first = last = 0
    for number in range(1, len(text.starts) + 1):
        row = text.line(number)
        item = _ITEM.match(row)
        if first and row.strip(" \t") and not item and not written.line(number).startswith(" "):
            yield first, last
            first = 0
        if item and not item[1] and not first:
            first = number
        if first and row.strip(" \t"):
            last = number
    if first:
        yield first, last


def _by_four(text: Text, first: int, last: int) -> list[Edit] | None:
    """What moves the lines of a list to steps of four spaces; None where a line stands between two steps."""
    rows = [(number, text.line(number)) for number in range(first, last + 1)]
    indents = [len(row) - len(row.lstrip(" ")) for _, row in rows if _ITEM.match(row)]
    step = next((indent for indent in indents if indent), 4)
    if step >= 4:
        return []
    # A line that goes on at the margin would no longer belong to the item above it.
    if any("\t" in row or row.startswith("\x1f") for _, row in rows) or text.line(last + 1).strip():
        return None
    edits, level = [], 0
    for number, row in rows:
        indent = len(row) - len(row.lstrip(" "))
        if not row.strip(" "):
            continue
        if indent % step or indent // step > level + 1:
            return None
        if _ITEM.match(row):
            level = indent // step
        start = text.offset(number)
        if indent:
            edits.append(Edit(start, start + indent, " " * (indent // step * 4)))
    return edits


MENDS = (heading_with_signs, list_by_four)
