"""Mends of what a header states: keys, numbers, lists, words of a choice, days."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any

from pipeline.edit.mend import Case, Patch, mend, plain_word, rewritten, value_at
from pipeline.edit.patch import Edit
from pipeline.sources.front import read_block

_NUMBER = re.compile(r"[-+]?[\w.][\w.+-]*")
_ID = r"[A-Z][A-Z0-9]*-[0-9]+(?:@[0-9]+(?:\.[0-9]+)*)?"
_IDS = re.compile(rf"{_ID}(?:[ \t]*,[ \t]*{_ID})*")
# What means something else inside brackets than outside.
_SIGNS = re.compile(r"[\[\]{},]|^[\"'&*!|>%@`-]|: |\s#")
_DAY = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})")


@mend("SCHEMA")
def number_in_quotes(case: Case) -> Patch | None:
    """A number where text is wanted is put in quotes, as it is written.

    `version: 1.10` becomes `version: "1.10"`: what the author wrote is kept, not what a reader of numbers makes of it.
    """
    number = type(case.value) in (int, float)
    if number and case.schema.get("type") == "string" and _NUMBER.fullmatch(case.raw):
        return case.here(f'"{case.raw}"')
    return None


@mend("SCHEMA")
def key_as_meant(case: Case) -> Patch | None:
    """A misspelt key is written as the schema has it.

    Only where exactly one key is near, by one letter or by how its words are joined, and is not there already.
    """
    field = case.fault.field
    if not case.fault.key or not field or case.raw != field[-1]:
        return None
    stated, known = _stated(case), _known(case)
    meant = _meant_key(case.raw, known)
    if not meant or meant in value_at(stated, field[:-1]):
        return None
    return case.here(meant, str(field[0]), case.raw, meant)


def _stated(case: Case) -> dict[str, Any]:
    """What the header itself states; what it is taken for besides is left out."""
    header = case.header
    return read_block(case.text, header)[0].fields if header else {}


def _known(case: Case) -> set[str]:
    """The keys that may stand beside the one at fault."""
    field = case.fault.field or ()
    if field[0] == "defaults":
        kinds = case.programme.kinds.values()
        return {key for kind in kinds for key in kind.schema["properties"]} if len(field) == 2 else set()
    return set(case.schema_of(field[:-1]).get("properties", {}))


def _meant_key(key: str, known: Iterable[str]) -> str:
    """The one key that a misspelt one can only be; '' where there is none or more than one."""
    alike = [name for name in known if plain_word(name) == plain_word(key)]
    if len(alike) == 1:
        return alike[0]
    near = get_close_matches(plain_word(key), sorted(known), n=2, cutoff=0.75)
    return near[0] if len(near) == 1 and len(key) > 3 and _is_one_slip(plain_word(key), near[0]) else ""


def _is_one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is wrong, missing or too many, or by two that changed places."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == 2 and one == other[::-1])


@mend("SCHEMA")
def word_of_choice(case: Case) -> Patch | None:
    """A word of a choice is written as the schema has it, where only its case or how its words are joined differ.

    `Approved` becomes `approved`, `in review` becomes `in-review`. A word that is spelt otherwise stays: what it was
    to be is for its author to say.
    """
    value, options = case.value, case.schema.get("enum", ())
    if not isinstance(value, str):
        return None
    alike = [item for item in options if isinstance(item, str) and plain_word(item) == plain_word(value)]
    return case.here(rewritten(case.raw, alike[0])) if len(alike) == 1 and alike[0] != value else None


@mend("SCHEMA")
def value_in_brackets(case: Case) -> Patch | None:
    """A single value where a list is wanted becomes a list; so do IDs with commas between them.

    `satisfies: BN-001` becomes `satisfies: [BN-001]`. Other text with a comma stays: it may be one item or two.
    """
    value = case.value
    if case.schema.get("type") != "array" or not isinstance(value, str) or not value.strip():
        return None
    if "properties" in case.schema.get("items", {}):
        return None
    bare = value.strip().removeprefix("[").removesuffix("]").strip()
    if _IDS.fullmatch(bare) and ("," not in bare or _is_link(case)):
        return case.here(f"[{bare}]")
    quoted = case.raw[:1] in ("'", '"')
    return (
        case.here(f"[{case.raw}]") if "," not in value and (quoted or not _SIGNS.search(case.raw)) else None
    )


def _is_link(case: Case) -> bool:
    return case.kind is not None and case.fault.field is not None and case.fault.field[0] in case.kind.links


@mend("SCHEMA")
def day_as_wanted(case: Case) -> Patch | None:
    """A day that begins with its year is written with two digits and hyphens.

    `2026/3/1` becomes `2026-03-01`. A day that ends with its year stays: nobody can say which of its numbers
    is the month.
    """
    value = case.value
    match = _DAY.fullmatch(value) if isinstance(value, str) and case.schema.get("format") == "date" else None
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    except ValueError:
        return None
    return case.here(rewritten(case.raw, day)) if day != value else None


@mend("ID-KIND")
def kind_left_out(case: Case) -> Patch | None:
    """A `kind` that is the name of none is left out: the kind follows from the ID.

    One that names another kind stays: either it or the ID is wrong, and only the author knows which.
    """
    if case.fault.field != ("kind",) or case.value in (None, *case.programme.kinds):
        return None
    header, line = case.header, case.finding.line
    if header is None or case.artifact is None or header != case.artifact.header:
        return None
    if not re.fullmatch(r"[ \t>]*kind:[ \t]*[\w\"' -]+", case.row):
        return None
    return Patch((Edit(case.text.offset(line), case.text.offset(line + 1), ""),), ("kind",))


MENDS = (number_in_quotes, key_as_meant, word_of_choice, value_in_brackets, day_as_wanted, kind_left_out)
