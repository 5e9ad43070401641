"""Mends of blocks of ours: the line that opens one, and YAML that cannot be read."""

import re
from collections.abc import Iterator
from typing import Any

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
_TEXT = re.compile(r"[ ]*(?:- )?([\w-]+):[ ]+([^\s\"'\[\]{}&*!|>%@`#\\-][^\"\\\t]*?)[ ]*")
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
    """Tabs that indent a header become spaces, where all widths that a tab can have say the same.

    Where none of them can be read, the tabs can only be there by mistake, and go.
    """
    return _readable(case) if case.raw[:1] == "\t" else None


@mend("SRC-YAML")
def bracket_closed(case: Case) -> Patch | None:
    """A list of IDs that ends with its line is closed."""
    return _readable(case) if _closed(case, case.finding.line) else None


@mend("SRC-YAML")
def text_in_quotes(case: Case) -> Patch | None:
    """A text with a colon and a space in it is put in quotes: `title: "Part 1: plans"`.

    Only where the schema wants text: elsewhere it may be a key that lost its line.
    """
    return _readable(case) if _quoted(case, case.finding.line) else None


def _readable(case: Case) -> Patch | None:
    """All that makes a header readable; the reader tells one fault at a time, and behind one may be another."""
    header = case.header
    if header is None:
        return None
    for widths in ((2, 4, 8), (0,)):
        tried = [_line_by_line(case, header, list(_spaces(case, header, width))) for width in widths]
        readings = [reading for reading in tried if reading is not None]
        if readings:
            fields, edits = readings[0]
            alike = all(other == fields for other, _ in readings)
            return Patch(tuple(edits), (ALL,)) if alike else None
    return None


def _spaces(case: Case, header: Header, width: int) -> Iterator[Edit]:
    for number in range(header.line, header.line + header.count):
        lead = _TABBED.match(case.text.line(number))
        if lead and not header.indent:
            start = case.text.offset(number)
            yield Edit(start, start + len(lead[0]), lead[0].expandtabs(width))


def _line_by_line(case: Case, header: Header, edits: list[Edit]) -> tuple[dict[str, Any], list[Edit]] | None:
    """The fields of a header once its lines are mended one by one, with all edits; None where one cannot be."""
    for _ in range(header.count + 1):
        loaded = case.reread(header, edits)
        if not loaded.partial:
            return loaded.fields, edits
        line = header.line + loaded.faults[0].line - 1
        edit = _closed(case, line) or _quoted(case, line)
        if edit is None or edit in edits:
            return None
        edits.append(edit)
    return None


def _closed(case: Case, line: int) -> Edit | None:
    """What closes the list of IDs that a line begins."""
    row, start = case.text.line(line), case.text.offset(line)
    match = _OPEN_LIST.fullmatch(row)
    return Edit(start + match.start(1), start + len(row), "]") if match else None


def _quoted(case: Case, line: int) -> Edit | None:
    """What puts the text of a line in quotes."""
    match, start = _TEXT.fullmatch(case.text.line(line)), case.text.offset(line)
    if match is None or ": " not in match[2] or " #" in match[2] or not _is_text(case, match[1]):
        return None
    return Edit(start + match.start(2), start + match.end(2), f'"{match[2]}"')


def _is_text(case: Case, key: str) -> bool:
    """Whether every field of that name, at the top or in a list, holds text."""
    properties = case.schema_of(()).get("properties", {})
    inner = [item.get("items", {}).get("properties", {}) for item in properties.values()]
    found = [fields[key] for fields in (properties, *inner) if key in fields]
    return bool(found) and all(item.get("type") == "string" for item in found)


MENDS = (opening_as_wanted, tabs_as_spaces, bracket_closed, text_in_quotes)
