"""YAML 1.2 core, read fast where it is plain and exactly where it is not.

Two readers stand behind `load`. A Rust parser reads the plain text that nearly all front matter is; PyYAML's
C parser, with resolution rules of our own, reads what has anchors, tags, other rarities or faults, and is the
reference: a property test holds the two to the same values. Positions come from the second reader alone, and
only when something has to be shown, since it costs four times as much.

Scalars resolve by the core schema of YAML 1.2.2 (10.3.2) with two stricter points: a number with a leading
zero stays text, and so does one beyond 64 bits or not finite. Dates, times, `yes` and `no` are text.
"""

import re
from typing import Any

import oryaml

from pipeline.model.finding import Path
from pipeline.sources import yaml_reference
from pipeline.sources.yaml_values import HIGHEST, LOWEST, MAX_DEPTH, Loaded, Spot, YamlFault

# What the fast reader must not decide: anchors, aliases, tags, explicit and merge keys, tabs, document marks,
# directives, numbers in notations on which readers differ. That some texts take the slow reader without need (an
# exclamation mark) does no harm. The pattern begins with one set of characters, which a search skips to.
_RARE = re.compile(r"[&*!?%\t<0+.](?:(?<=[&*!?%\t])|(?<=<<)|(?<=[ \[,][0+.])|(?<=[ \[,][-+]\.))")
_EXOTIC = re.compile(r"[^\n -~\u00a0-\u1fff\u2010-\u2027\u2030-\ud7ff\ufdf0-\ufdff]")
# The fast reader takes time by the square of the number of brackets that are open.
_MANY_BRACKETS = 200


def load(text: str) -> Loaded:
    """Read a mapping from YAML text. Never raises: what is wrong comes back as faults."""
    if _is_common(text):
        try:
            value = oryaml.loads(text)
        except (ValueError, TypeError):
            pass
        else:
            if type(value) is dict and _is_plain(value):
                return Loaded(value)
    return yaml_reference.load(text)


def _is_common(text: str) -> bool:
    if _RARE.search(text) or "---" in text or "..." in text:
        return False
    if text.count("[") + text.count("{") > _MANY_BRACKETS:
        return False
    return text.isascii() or not _EXOTIC.search(text)


_TEXT = {str}


def _is_plain(value: dict[Any, Any], depth: int = 1) -> bool:
    """Whether all keys are text, all numbers fit 64 bits, and nothing is nested too deep."""
    if not {*map(type, value)} <= _TEXT:
        return False
    # A generator would cost more than the looking.
    return False not in [_is_plain_item(item, depth) for item in value.values() if type(item) is not str]


def _is_plain_item(item: object, depth: int) -> bool:
    if type(item) is list:
        plain = {*map(type, item)} <= _TEXT or all(_is_plain_item(part, depth + 1) for part in item)
        return plain and depth < MAX_DEPTH
    if type(item) is dict:
        return depth < MAX_DEPTH and _is_plain(item, depth + 1)
    return type(item) is not int or LOWEST <= item <= HIGHEST


def locate(text: str, path: Path, *, key: bool = False) -> Spot | None:
    """Where the value at `path` (or, with `key`, its key) is written; the nearest parent if it is not there.

    Returns None when the text cannot be read at all or `path` leads nowhere from the start.
    """
    return yaml_reference.locate(text, path, key)


__all__ = ["MAX_DEPTH", "Loaded", "Spot", "YamlFault", "load", "locate"]
