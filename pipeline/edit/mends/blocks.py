"""Mends of blocks of ours: the line that opens one, and YAML that cannot be read."""

import re
from collections.abc import Iterator

from pipeline.edit.mend import ALL, Case, Patch, mend
from pipeline.edit.patch import Edit
from pipeline.model import Header
from pipeline.sources.fences import block_of

_OPENING = re.compile(r"(?:`{3,}|~{3,})[ \t]*([^`]*?)[ \t]*$")
# An info string without anything of its own: a class or an ID besides is not ours to drop.
_BARE = re.compile(r"(?:ya?ml)?[ \t]*\{?[ \t]*(?:\.?ya?ml[ \t]+)?[.#]?\w*[ \t]*\}?", re.IGNORECASE)
_ID = r"[A-Z][A-Z0-9]*-[0-9]+(?:@[0-9]+(?:\.[0-9]+)*)?"
_OPEN_LIST = re.compile(rf"[ ]*[\w-]+:[ ]*\[[ ]*{_ID}(?:[ ]*,[ ]*{_ID})*()[ ]*,?[ ]*")
# A key and a text that nothing of YAML but the colon disturbs.
_TEXT = re.compile(r"[ ]*(?:- )?[\w-]+:[ ]+([^\s\"'\[\]{}&*!|>%@`#\\-][^\"\\\t]*?)[ ]*")
_TABBED = re.compile(r"[ \t]*\t[ \t]*(?=\S)")


@mend("SRC-BLOCK")
def opening_as_wanted(case: Case) -> Patch | None:
    """The line that opens a block of ours is written `yaml {.artifact}` or `yaml {.view}`."""
    match = _OPENING.search(case.row)
    if match is None or not _BARE.fullmatch(match[1]):
        return None
    word, exact = block_of(match[1])
    if word and exact:
        return None  # It is the place that is wrong.
    start = case.text.offset(case.finding.line)
    return Patch((Edit(start + match.start(1), start + match.end(1), f"yaml {{.{word or 'artifact'}}}"),))


@mend("SRC-YAML")
def tabs_as_spaces(case: Case) -> Patch | None:
    """Tabs that indent a header become spaces, where all widths that a tab can have say the same."""
    header = case.header
    if header is None or header.indent or case.raw[:1] != "\t":
        return None
    readings = []
    for width in (2, 4, 8):
        edits = tuple(_spaces(case, header, width))
        loaded = case.reread(header, edits)
        if not loaded.faults:
            readings.append((loaded.fields, edits))
    if not readings or any(fields != readings[0][0] for fields, _ in readings):
        return None
    return Patch(readings[0][1], (ALL,))


def _spaces(case: Case, header: Header, width: int) -> Iterator[Edit]:
    for number in range(header.line, header.line + header.count):
        lead = _TABBED.match(case.text.line(number))
        if lead:
            start = case.text.offset(number)
            yield Edit(start, start + len(lead[0]), lead[0].expandtabs(width))


@mend("SRC-YAML")
def bracket_closed(case: Case) -> Patch | None:
    """A list of IDs that ends with its line is closed."""
    match, start = _OPEN_LIST.fullmatch(case.row), case.text.offset(case.finding.line)
    return _if_read(case, Edit(start + match.start(1), start + len(case.row), "]")) if match else None


@mend("SRC-YAML")
def text_in_quotes(case: Case) -> Patch | None:
    """A text with a colon and a space in it is put in quotes: `title: Part 1: plans`."""
    match, start = _TEXT.fullmatch(case.row), case.text.offset(case.finding.line)
    if match is None or ": " not in match[1] or " #" in match[1]:
        return None
    return _if_read(case, Edit(start + match.start(1), start + match.end(1), f'"{match[1]}"'))


def _if_read(case: Case, edit: Edit) -> Patch | None:
    """A patch of one line, if the whole header can be read after it."""
    header = case.header
    if header is None or case.reread(header, [edit]).faults:
        return None
    return Patch((edit,), (ALL,))


MENDS = (opening_as_wanted, tabs_as_spaces, bracket_closed, text_in_quotes)
