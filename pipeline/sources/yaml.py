"""YAML 1.2 core, read fast where it is plain and exactly where it is not.

Two readers stand behind `load`. A Rust parser reads the plain text that nearly all front matter is; PyYAML's
C parser, with resolution rules of our own, reads what has anchors, tags, other rarities or faults, and is the
reference: a property test holds the two to the same values. Positions come from the second reader alone, and
only when something has to be shown, since it costs four times as much.

Scalars resolve by the core schema of YAML 1.2.2 (10.3.2) with two stricter points: a number with a leading
zero stays text, and so does one beyond 64 bits or not finite. Dates, times, `yes` and `no` are text.
"""

import re
from collections.abc import Collection
from functools import cache
from typing import Any

import oryaml

from pipeline.model.finding import Path
from pipeline.sources.yaml_values import HIGHEST, LOWEST, MAX_DEPTH, Loaded, Spot, YamlFault

# What the fast reader must not decide: anchors, aliases, tags, explicit and merge keys, tabs and directives. Looking
# for one character is the fastest of all searches; that some texts take the slow reader without need (an exclamation
# mark) does no harm.
_RARE = "&*!?%\t<"
# A mapping falls into parts before each line that is neither indented nor an item nor a comment.
_PARTS = re.compile(r"\n(?=[^\s#-])")
# A key, with an ID or a list of IDs; and what is no text although it is written like such a key.
_IDS = re.compile(
    r"([a-z_]+): (?:([A-Z][A-Z0-9]*-[0-9]+)|\[([A-Z][A-Z0-9]*-[0-9]+(?:, [A-Z][A-Z0-9]*-[0-9]+)*)\])"
)
_CONSTANTS = frozenset(("true", "false", "null"))
# Numbers in notations on which readers differ, looked for only where a number was read.
_NOTATION = re.compile(r"(?<=[\s\[,])(?:[-+]?0\w|\+|[-+]?\.)")
# The fast reader takes time by the square of the number of brackets that are open.
_MANY_BRACKETS = 200


# The same line, such as a status or an owner, stands in hundreds of headers and is read once: parts that were read,
# with their key and value.
_kept: dict[str, tuple[str, Any]] = {}
_MOST_KEPT = 4096
_LONGEST_KEPT = 200


def load(text: str) -> Loaded:
    """Read a mapping from YAML text. Never raises: what is wrong comes back as faults.

    The values may be shared with those of other texts: they are not to be changed.
    """
    fields = _read_parts(text)
    if fields:
        return Loaded(fields)
    from pipeline.sources import yaml_reference

    return yaml_reference.load(text)


def _read_parts(text: str) -> dict[str, Any] | None:
    """What the fast reader makes of a mapping, part by part; None where it must not decide.

    What one part says does not depend on the others, unless it leaves something open: then the parts that are read
    together do not give a key each.
    """
    ends = text[-1:] == "\n"
    if not ends and ("|" in text or ">" in text):
        return None
    parts = _PARTS.split(text[:-1] if ends else text)
    if parts[0][:1] == "#" and all(line[:1] == "#" for line in parts[0].split("\n")):
        del parts[0]
    pairs = [_kept.get(part) or _links(part) for part in parts]
    if None in pairs:
        missing = [part for part, pair in zip(parts, pairs, strict=True) if pair is None]
        value = _read("\n".join(missing) + "\n")
        if value is None or len(value) != len(missing):
            return None
        fresh = iter(value.items())
        pairs = [pair or next(fresh) for pair in pairs]
        for part, pair in zip(missing, value.items(), strict=True):
            if not part.startswith(pair[0] + ":"):
                return None
            if len(part) <= _LONGEST_KEPT:
                if len(_kept) >= _MOST_KEPT:
                    # Most of it is what stands in one header only; what recurs is soon there again.
                    _kept.clear()
                _kept[part] = pair
    fields = dict(pairs)  # type: ignore[arg-type]
    return fields if len(fields) == len(pairs) else None


def _links(part: str) -> tuple[str, Any] | None:
    """The key and the IDs of a line such as `satisfies: [BN-001, BN-002]`: the most frequent that is read only once.

    An ID can be nothing but text, so that no other reading is possible.
    """
    match = _IDS.fullmatch(part)
    if match is None or match[1] in _CONSTANTS:
        return None
    return match[1], match[2] or match[3].split(", ")


def _read(text: str) -> dict[str, Any] | None:
    """What the fast reader makes of a text; None where it must not decide."""
    if not _is_common(text):
        return None
    try:
        value = oryaml.loads(text)
    except (ValueError, TypeError):
        return None
    types: set[type] = set()
    return value if type(value) is dict and _look(value, types) and _is_alike(text, types) else None


def _is_common(text: str) -> bool:
    for sign in _RARE:
        if sign in text:
            return False
    if "\n---" in text or "\n..." in text or text[:3] in ("---", "..."):
        return False
    if len(text) > _MANY_BRACKETS and text.count("[") + text.count("{") > _MANY_BRACKETS:
        return False
    return text.isascii() or not _exotic().search(text)


@cache
def _exotic() -> re.Pattern[str]:
    """Characters beyond letters and signs in common use; compiled when first needed, since that takes its time."""
    return re.compile(r"[^\n -~\u00a0-\u1fff\u2010-\u2027\u2030-\ud7ff\ufdf0-\ufdff]")


_TEXT = {str}
_NUMBERS = {int, float}
_NESTED = {list, dict}


def _look(value: dict[Any, Any] | list[Any], types: set[type], depth: int = 1) -> bool:
    """Note the types of all values; whether all keys are text, all numbers fit 64 bits, and nothing is too deep."""
    items: Collection[Any] = value
    if type(value) is dict:
        if {*map(type, value)} != _TEXT:
            return not value
        items = value.values()
    found = {*map(type, items)}
    types |= found
    if found <= _TEXT:
        return True
    if int in found and not all(LOWEST <= item <= HIGHEST for item in items if type(item) is int):
        return False
    if found.isdisjoint(_NESTED):
        return True
    return depth < MAX_DEPTH and all(_look(item, types, depth + 1) for item in items if type(item) in _NESTED)


def _is_alike(text: str, types: set[type]) -> bool:
    """Whether both readers see the same numbers."""
    return types.isdisjoint(_NUMBERS) or not _NOTATION.search(text)


def locate(text: str, path: Path, *, key: bool = False) -> Spot | None:
    """Where the value at `path` (or, with `key`, its key) is written; the nearest parent if it is not there.

    Returns None when the text cannot be read at all or `path` leads nowhere from the start.
    """
    from pipeline.sources import yaml_reference

    return yaml_reference.locate(text, path, key)


__all__ = ["MAX_DEPTH", "Loaded", "Spot", "YamlFault", "load", "locate"]
