"""What a mutation is: an edit of the clean PERCEPTA, and the findings that it must give.

The mutations stand in the TOML files of this folder, one file a family of rules, one table a mutation under the code of
the rule that it is about. README.md says how to write one.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

FOLDER = Path(__file__).parent
# Stands in an anchor where the finding points; without it a finding points at the anchor's first sign.
POINTER = ">>"

_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
# No comment of YAML begins so: where a block is not closed, the next of these ends it.
_WITH_ID = re.compile(r"#{1,6}[ \t]+[A-Z][A-Z0-9]*-\d")


class Misplaced(AssertionError):
    """A text that a mutation names does not stand in the programme, or stands there more than once."""


class Edit(Struct, frozen=True, forbid_unknown_fields=True, rename={"section": "in"}):
    """One piece of text put in the place of another, which stands once in the file, or in the section of an ID.

    With `until` it reaches to that text, which stays; `times` repeats what is put. `put` is written in `encoding`: any
    other than UTF-8 makes a file that is not UTF-8.
    """

    file: str
    find: str
    put: str = ""
    section: str = ""
    until: str = ""
    times: int = 1
    encoding: str = "utf-8"


class Expected(Struct, frozen=True, forbid_unknown_fields=True, rename={"section": "in"}):
    """A finding: its code, and the text in the mutated file (or in the section of an ID of it) where it points.

    Without a text it stands at the first sign of the file.
    """

    code: str
    at: str = ""
    file: str = ""
    section: str = ""


class Mutation(Struct, frozen=True, forbid_unknown_fields=True, rename={"section": "in"}):
    """A mutation of the clean programme.

    `file`, `in`, `find`, `put` and `until` are the first edit, `edits` those besides; before them files are removed,
    renamed (from, to) and added. `near` says that it is a near miss, one value away from being wrong: nothing is found.
    `boundary` says that it is the first value that is wrong, `lang` that it is in that language. It is checked on the
    day `today`, with `settings`, and where `base` says so against the clean programme. The ledgers and the policies of
    the programme count where `approvals` says so; a pattern names a file of a ledger: `../approvals/PTY-012/*.json`.
    """

    name: str
    finds: list[str | Expected] = []
    file: str = ""
    section: str = ""
    find: str = ""
    put: str = ""
    until: str = ""
    edits: list[Edit] = []
    files: dict[str, str] = {}
    renamed: dict[str, str] = {}
    removed: list[str] = []
    near: bool = False
    boundary: bool = False
    lang: str = ""
    base: bool = False
    today: str = ""
    settings: dict[str, Any] = {}
    approvals: bool = False
    code: str = ""

    @property
    def changes(self) -> list[Edit]:
        """All edits, in order."""
        first = [Edit(self.file, self.find, self.put, self.section, self.until)] if self.find else []
        return [*first, *self.edits]

    @property
    def expected(self) -> list[Expected]:
        """The findings, each with the file and the section where it stands."""
        return [self._placed(item) for item in self.finds]

    def _placed(self, item: str | Expected) -> Expected:
        if isinstance(item, str):
            code, _, at = item.partition(" @ ")
            item = Expected(code, at)
        changes = self.changes
        first = next(iter((*self.renamed.values(), *self.files)), "")
        file = item.file or self.file or (changes[0].file if changes else first)
        return Expected(item.code, item.at, file, item.section or ("" if item.file else self.section))


def read_mutations(folder: Path = FOLDER) -> list[Mutation]:
    """All mutations, in the order of the files."""
    found: list[Mutation] = []
    for path in sorted(folder.glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [{**item, "code": code} for code, items in tables.items() for item in items]
        found += [msgspec.convert(row, Mutation) for row in rows]
    return found


def span(text: str, identity: str, file: str) -> tuple[int, int]:
    """Where the section of an ID begins and ends; the whole text without an ID."""
    if not identity:
        return 0, len(text)
    begin, level, at, fenced = -1, 0, 0, False
    for line in text.splitlines(keepends=True):
        if _FENCE.match(line):
            fenced = not fenced
        elif _WITH_ID.match(line):
            fenced = False
        heading = None if fenced else _HEADING.match(line)
        if heading and begin >= 0 and len(heading[1]) <= level:
            return begin, at
        if heading and begin < 0 and re.match(rf"{re.escape(identity)}(?!\w)", heading[2]):
            begin, level = at, len(heading[1])
        at += len(line)
    if begin < 0:
        raise Misplaced(f"{file} has no section {identity}")
    return begin, len(text)


def offset_of(text: str, piece: str, identity: str, file: str) -> int:
    """Where a piece of text begins, which must stand exactly once. Raises Misplaced."""
    begin, end = span(text, identity, file)
    count = text.count(piece, begin, end)
    if count != 1:
        where = f"{file}, section {identity}" if identity else file
        raise Misplaced(f"{piece!r} stands {count or 'no'} times in {where}; it must stand there once")
    return text.index(piece, begin, end)


def place_of(text: str, expected: Expected) -> tuple[int, int]:
    """Line and column, from 1, of a finding in the text of its file. Raises Misplaced."""
    if not expected.at:
        return 1, 1
    before, pointer, after = expected.at.partition(POINTER)
    anchor, shift = (before + after, len(before)) if pointer else (expected.at, 0)
    offset = offset_of(text, anchor, expected.section, expected.file) + shift
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1
