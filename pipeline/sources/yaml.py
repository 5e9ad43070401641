"""YAML 1.2 core, read fast where it is plain and exactly where it is not.

Two readers stand behind `load`. A Rust parser reads the plain text that nearly all front matter is; PyYAML's C
parser, with resolution rules of our own, reads what has anchors, tags, other rarities or faults, and is the
reference: a property test holds the two to the same values. Positions come from the second reader alone, and
only when something has to be shown, since it costs four times as much.

Scalars resolve by the core schema of YAML 1.2.2 (10.3.2) with one stricter point: a number with a leading zero
stays text. Dates, times, `yes` and `no` are text.
"""

import re
from typing import Any, NamedTuple

import oryaml

from pipeline.model.finding import Path

MAX_DEPTH = 40

# What the fast reader must not decide: anchors, aliases, tags, explicit and merge keys, tabs, document marks,
# directives, numbers in notations on which readers differ, deep nesting. Looking for literals costs a
# hundredth of reading; that some texts take the slow reader without need (an exclamation mark) does no harm.
_RARE = (
    "&",
    "*",
    "!",
    "?",
    "<<",
    "\t",
    "%",
    " 0",
    "[0",
    ",0",
    " +",
    "[+",
    ",+",
    " -.",
    " .",
    "[.",
    "---",
    "...",
    "[[[",
    "{{{",
)
_EXOTIC = re.compile(r"[^\n -~\u00a0-\u1fff\u2010-\u2027\u2030-\ud7ff\ufdf0-\ufdff]")


class YamlFault(NamedTuple):
    """Something wrong in a YAML text: message, how to mend it, line and column (both from 1), length."""

    message: str
    hint: str
    line: int
    column: int
    length: int = 1


class Loaded(NamedTuple):
    """What a text holds: a mapping ({} when there is none), and what was wrong with it.

    `partial` says that lines had to be left out to read the rest, so that what is missing proves nothing.
    """

    fields: dict[str, Any]
    faults: tuple[YamlFault, ...] = ()
    partial: bool = False


class Spot(NamedTuple):
    """Where a key or an item stands: line and column from 1, length in characters, the text as written."""

    line: int
    column: int
    length: int
    raw: str
    multiline: bool = False


def load(text: str) -> Loaded:
    """Read a mapping from YAML text. Never raises: what is wrong comes back as faults."""
    if not any(sign in text for sign in _RARE) and (text.isascii() or not _EXOTIC.search(text)):
        try:
            value = oryaml.loads(text)
        except ValueError:
            pass
        else:
            if type(value) is dict and all(type(key) is str for key in value):
                return Loaded(value)
    from pipeline.sources import yaml_reference

    return yaml_reference.load(text)


def locate(text: str, path: Path, *, key: bool = False) -> Spot | None:
    """Where the value at `path` (or, with `key`, its key) is written; the nearest parent that exists if it is not.

    Returns None when the text cannot be read at all or `path` leads nowhere from the start.
    """
    from pipeline.sources import yaml_reference

    return yaml_reference.locate(text, path, key)
