"""The exact YAML reader: PyYAML's C parser with the core schema, every fault with its place.

It composes nodes and builds the values itself, so that a duplicate key, an alias or a tag is one fault at its
place and the rest is still read. A text that cannot be parsed is read again without the offending line,
a few times over: the fault is reported once, and what else the author wrote is not lost to the other checks.
"""

import re
from math import isfinite
from typing import Any

import yaml
from msgspec import structs
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pipeline.model.finding import Path
from pipeline.sources.yaml_values import HIGHEST, LOWEST, MAX_DEPTH, Loaded, Spot, YamlFault
from pipeline.sources.yaml_wording import at_offset, explain

_ATTEMPTS = 6
_CORE = "tag:yaml.org,2002:"
_STANDARD = {_CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq")}
# Nesting shows in brackets, in indentation, or in indicators one behind the other: below these it is harmless.
_SIGNS = MAX_DEPTH // 3
_NESTED = re.compile(rf"^ {{{_SIGNS}}}|(?:[-?:][ \t]+){{{_SIGNS}}}", re.MULTILINE)
# YAML 1.1 and the parser end a line at these, 1.2 and an editor do not; private signs stand in for them.
_BREAKS = {0x85: "\ue085", 0x2028: "\ue028", 0x2029: "\ue029"}
_BACK = {ord(sign): chr(code) for code, sign in _BREAKS.items()}
# Stands for a value that is left out.
_NOTHING = object()


class _CoreLoader(yaml.CBaseLoader):
    """The C parser with the implicit tags of the core schema."""


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^(?:[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$",
        list("-+0123456789."),
    ),
):
    _CoreLoader.add_implicit_resolver(_CORE + _tag, re.compile(_pattern), _first)


def load(text: str) -> Loaded:
    """Read a mapping, with every fault at its place; see `pipeline.sources.yaml.load`."""
    plain = text.translate(_BREAKS)
    if plain == text:
        return _load(text)
    loaded = _load(plain)
    return structs.replace(loaded, fields=_with_breaks(loaded.fields))


def _with_breaks(value: Any) -> Any:
    """A value with the signs that `_BREAKS` stood in for."""
    if isinstance(value, str):
        return value.translate(_BACK)
    if isinstance(value, dict):
        return {_with_breaks(key): _with_breaks(item) for key, item in value.items()}
    return [_with_breaks(item) for item in value] if isinstance(value, list) else value


def _load(text: str) -> Loaded:
    node, first = _compose(text)
    if first is None:
        alias = _first_alias(text)
        built = _build(node)
        return structs.replace(built, faults=(alias, *built.faults), partial=True) if alias else built
    lines = text.split("\n")
    fault = first
    for _ in range(_ATTEMPTS):
        if not 1 <= fault.line <= len(lines):
            break
        lines[fault.line - 1] = ""
        node, again = _compose("\n".join(lines))
        if again is None:
            rest = _build(node)
            further = rest.faults if isinstance(node, MappingNode) else ()
            return Loaded(_without_gaps(rest.fields), (first, *further), partial=True)
        fault = again
    return Loaded({}, (first,), partial=True)


def locate(text: str, path: Path, key: bool) -> Spot | None:
    """Where `path` is written; see `pipeline.sources.yaml.locate`."""
    node, fault = _compose(text.translate(_BREAKS))
    if fault is not None:
        return None
    found: Node | None = None
    for step in path:
        children = _children(node) if node is not None else {}
        if step not in children:
            break
        key_node, node = children[step]
        # A scalar is shown itself, what holds more by its key: the caret then stands below one word.
        found = key_node if key or not isinstance(node, ScalarNode) or node.value == "" else node
    return _spot(text, found) if found is not None else None


def _children(node: Node) -> dict[str | int, tuple[Node, Node]]:
    if isinstance(node, MappingNode):
        # The first of duplicate keys counts, as in the values.
        return {key.value: (key, value) for key, value in reversed(node.value) if isinstance(key, ScalarNode)}
    if isinstance(node, SequenceNode):
        return {index: (item, item) for index, item in enumerate(node.value)}
    return {}


def _spot(text: str, node: Node) -> Spot:
    start, end = node.start_mark, node.end_mark
    raw = text[start.index : end.index]
    length = len(raw.split("\n", 1)[0].rstrip()) or 1
    return Spot(start.line + 1, start.column + 1, length, raw, "\n" in raw.rstrip())


def _compose(text: str) -> tuple[Node | None, YamlFault | None]:
    """The root node, or what stops the parser."""
    deep = _too_deep(text)
    if deep is not None:
        return None, deep
    try:
        loader = _CoreLoader(text)
        try:
            return loader.get_single_node(), None
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        return None, explain(error, text)
    except UnicodeEncodeError as error:
        return None, at_offset(text, error.start, "a character that cannot stand in text (a lone surrogate)")


def _too_deep(text: str) -> YamlFault | None:
    """Nesting beyond MAX_DEPTH, found by events: the composer would recurse into it."""
    if text.count("[") + text.count("{") < _SIGNS and not _NESTED.search(text):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_CoreLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                hint = "flatten the structure; front matter is for a few levels of lists and mappings"
                return _at(event, f"nested more than {MAX_DEPTH} levels deep", hint)
    except (yaml.YAMLError, UnicodeEncodeError):
        return None
    return None


def _at(place: Any, message: str, hint: str, length: int = 1) -> YamlFault:
    """A fault where a node or an event begins."""
    mark = place.start_mark
    return YamlFault(message, hint, mark.line + 1, mark.column + 1, length)


def _first_alias(text: str) -> YamlFault | None:
    """The first alias; where there is none, the first anchor, whose name would be lost from the text."""
    if "*" not in text and "&" not in text:
        return None
    anchor = None
    for event in yaml.parse(text, Loader=_CoreLoader):
        if isinstance(event, yaml.AliasEvent):
            message = "an alias repeats a value written elsewhere"
            return _at(event, message, "write the value out, or put it in quotes")
        name = getattr(event, "anchor", None)
        if anchor is None and name:
            anchor = _at(event, f"'&{name}' names a value", "remove it, or put the value in quotes")
    return anchor


def _build(node: Node | None) -> Loaded:
    faults: list[YamlFault] = []
    if node is None or _is_empty(node):
        return Loaded({})
    if not isinstance(node, MappingNode):
        what = "a list" if isinstance(node, SequenceNode) else "one value"
        fault = _at(node, f"the front matter is {what}, not 'key: value' lines", "write one key a line")
        return Loaded({}, (fault,), partial=True)
    return Loaded(_mapping(node, faults, {id(node)}), tuple(faults))


def _is_empty(node: Node) -> bool:
    """Whether nothing follows `---`, or but a comment: PyYAML then has a value that begins below the last line."""
    return isinstance(node, ScalarNode) and not node.style and node.value == "" and node.tag == f"{_CORE}null"


def _value(node: Node, faults: list[YamlFault], seen: set[int]) -> Any:
    if isinstance(node, ScalarNode):
        return _scalar(node, faults)
    if id(node) in seen:
        return _NOTHING  # An alias: told once for the whole text, since an anchor may be repeated a million times.
    seen.add(id(node))
    _check_tag(node, faults)
    if isinstance(node, SequenceNode):
        items = [_value(item, faults, seen) for item in node.value]
        return [item for item in items if item is not _NOTHING]
    assert isinstance(node, MappingNode)
    return _mapping(node, faults, seen)


def _check_tag(node: Node, faults: list[YamlFault]) -> None:
    if node.tag not in _STANDARD:
        message = f"the tag {node.tag.removeprefix(_CORE)!r} is not known here"
        faults.append(_at(node, message, "remove the tag", _length(node)))


def _mapping(node: MappingNode, faults: list[YamlFault], seen: set[int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            faults.append(_at(key, "a key must be a word, not a list or a mapping", "write 'key: value'"))
            continue
        name = key.value
        if name == "<<" and not key.style:
            message = "merge keys are not part of YAML 1.2"
            faults.append(_at(key, message, "write the fields out", _length(key)))
        elif name in result:
            message = (
                f"the key {_short(name)!r} stands twice: first {_above(key.start_mark.line - lines[name])}"
            )
            faults.append(_at(key, message, "keep one of the two", _length(key)))
        else:
            built = _value(value, faults, seen)
            if built is not _NOTHING:
                result[name] = built
                lines[name] = key.start_mark.line
    return result


def _above(lines: int) -> str:
    if not lines:
        return "on this line"
    return f"{lines} {'line' if lines == 1 else 'lines'} above"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


def _scalar(node: ScalarNode, faults: list[YamlFault]) -> Any:
    text: str = node.value
    kind = node.tag.removeprefix(_CORE)
    _check_tag(node, faults)
    if kind in ("int", "float"):
        return _number(node, text, kind, faults)
    if kind == "bool":
        return text.lower() == "true"
    return None if kind == "null" else text


def _number(node: ScalarNode, text: str, kind: str, faults: list[YamlFault]) -> Any:
    """The number of a text; the text itself where no reader of the values could hold the number."""
    if len(text) > 400:
        return text
    try:
        number = (int(text, 0) if text[:2] in ("0x", "0o") else int(text)) if kind == "int" else float(text)
    except ValueError:
        message = f"{_short(text)!r} is not a number"
        faults.append(_at(node, message, "put it in quotes if it is text", _length(node)))
        return text
    return number if (LOWEST <= number <= HIGHEST if kind == "int" else isfinite(number)) else text


def _length(node: Node) -> int:
    start, end = node.start_mark, node.end_mark
    return max(end.column - start.column, 1) if end.line == start.line else 1


def _without_gaps(value: Any) -> Any:
    """A value without what is empty: in a text with lines left out, emptiness is not the author's."""
    if isinstance(value, dict):
        parts = {key: _without_gaps(item) for key, item in value.items()}
        return {key: item for key, item in parts.items() if item not in (None, [], {})}
    if isinstance(value, list):
        return [item for item in map(_without_gaps, value) if item not in (None, [], {})]
    return value
