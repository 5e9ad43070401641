"""The exact YAML reader: PyYAML's C parser with the core schema, every fault with its place.

It composes nodes and builds the values itself, so that a duplicate key, an alias or a tag is one fault at its
place and the rest is still read. A text that cannot be parsed is read again without the offending line,
a few times over: the fault is reported once, and what else the author wrote is not lost to the other checks.
"""

import re
from typing import Any

import yaml
from yaml.cyaml import CParser
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import BaseResolver

from pipeline.model.finding import Path
from pipeline.sources.yaml import MAX_DEPTH, Loaded, Spot, YamlFault

_ATTEMPTS = 6
_CORE = "tag:yaml.org,2002:"
_STANDARD = {_CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq")}


class _CoreLoader(CParser, BaseResolver):  # type: ignore[misc]
    """The C parser with the implicit tags of the core schema."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^(?:[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        "-+0123456789.",
    ),
):
    _CoreLoader.add_implicit_resolver(_CORE + _tag, re.compile(_pattern), list(_first))


def load(text: str) -> Loaded:
    """Read a mapping, with every fault at its place; see `pipeline.sources.yaml.load`."""
    node, fault = _compose(text)
    if fault is None:
        alias = _first_alias(text)
        built = _build(node)
        return built._replace(faults=(alias, *built.faults), partial=True) if alias else built
    lines = text.split("\n")
    for _ in range(_ATTEMPTS):
        broken = fault.line if fault else 0
        if not 1 <= broken <= len(lines):
            break
        lines[broken - 1] = ""
        node, again = _compose("\n".join(lines))
        if again is None:
            rest = _build(node)
            further = rest.faults if isinstance(node, MappingNode) else ()
            return Loaded(rest.fields, (_first_fault(text), *further), partial=True)
        fault = again
    return Loaded({}, (_first_fault(text),), partial=True)


def _first_fault(text: str) -> YamlFault:
    fault = _compose(text)[1]
    assert fault is not None
    return fault


def locate(text: str, path: Path, key: bool) -> Spot | None:
    """Where `path` is written; see `pipeline.sources.yaml.locate`."""
    node, fault = _compose(text)
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
        return None, _explain(error, text)
    except UnicodeEncodeError as error:
        return None, _at_offset(text, error.start, "a character that cannot stand in text (a lone surrogate)")


def _too_deep(text: str) -> YamlFault | None:
    """Nesting beyond MAX_DEPTH, found by events: the composer would recurse into it."""
    if text.count("[") + text.count("{") + text.count("- -") < MAX_DEPTH and not re.search(
        r"^ {%d}" % MAX_DEPTH, text, re.MULTILINE
    ):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_CoreLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return YamlFault(
                    f"nested more than {MAX_DEPTH} levels deep",
                    "flatten the structure; front matter is for a few levels of lists and mappings",
                    event.start_mark.line + 1,
                    event.start_mark.column + 1,
                )
    except (yaml.YAMLError, UnicodeEncodeError):
        return None
    return None


def _at_offset(text: str, offset: int, what: str) -> YamlFault:
    before = text[:offset]
    line = before.count("\n") + 1
    return YamlFault(what, "remove it", line, offset - (before.rfind("\n") + 1) + 1)


def _explain(error: yaml.YAMLError, text: str) -> YamlFault:
    """Word a parser's error for an author."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    if mark is None:
        offset = getattr(error, "position", 0) or 0
        return _at_offset(text, min(offset, len(text)), f"YAML cannot be read: {problem}")
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1)
    line, column = lines[number], mark.column + 1
    if mark.line > number:
        column = len(line) + 1
    return _word(problem, lines, number, column)


def _word(problem: str, lines: list[str], number: int, column: int) -> YamlFault:
    line = lines[number]
    if "\t" in line and "cannot start any token" in problem:
        return YamlFault("a tab indents this line", "indent with spaces", number + 1, line.index("\t") + 1)
    if "mapping values are not allowed" in problem:
        if ": " not in line[: column - 1] and number and ":" not in lines[number - 1]:
            return _no_key(lines, number - 1)
        hint = "put the value in quotes: a colon followed by a space begins a new key"
        return YamlFault("a second ': ' stands in one value", hint, number + 1, column)
    if "cannot start any token" in problem:
        hint = "put the value in quotes"
        return YamlFault(f"a value cannot begin with {line[column - 1 : column]!r}", hint, number + 1, column)
    if "undefined alias" in problem or "alias" in problem:
        return YamlFault("'*' begins an alias", "put the value in quotes", number + 1, column)
    if "flow sequence" in problem or "',' or ']'" in problem:
        return YamlFault(
            "a '[' is not closed", "close the list with ']'", *_opening(lines, number, "[", column)
        )
    if "',' or '}'" in problem:
        return YamlFault("a '{' is not closed", "close it with '}'", *_opening(lines, number, "{", column))
    if "expected <block end>" in problem or "did not find expected key" in problem:
        hint = "align it with the keys above, or indent it below its key"
        return YamlFault("the indentation does not fit the lines above", hint, number + 1, column)
    if "could not find expected ':'" in problem:
        # The scanner gives up on the line after the one that lacks its colon.
        at = number if line.strip() and ":" not in line else max(number - 1, 0)
        return _no_key(lines, at)
    if "unexpected end of stream" in problem:
        return YamlFault("a quote is not closed", "close the quote", *_opening(lines, number, "\"'", column))
    return YamlFault(
        f"YAML cannot be read here: {problem}", "check the quotes and the indentation", number + 1, column
    )


def _no_key(lines: list[str], number: int) -> YamlFault:
    hint = "write 'key: value', or indent the line if it continues a text"
    indent = len(lines[number]) - len(lines[number].lstrip())
    return YamlFault("this line has no 'key: value'", hint, number + 1, indent + 1)


def _opening(lines: list[str], number: int, signs: str, column: int) -> tuple[int, int]:
    """Where the bracket or quote was opened that the parser missed the end of."""
    for index in range(number, -1, -1):
        for sign in signs:
            closing = {"[": "]", "{": "}"}.get(sign, sign)
            line = lines[index]
            unbalanced = line.count(sign) % 2 if closing == sign else line.count(sign) > line.count(closing)
            if unbalanced:
                return index + 1, line.rindex(sign) + 1
    return number + 1, column


def _build(node: Node | None) -> Loaded:
    faults: list[YamlFault] = []
    if node is None:
        return Loaded({})
    if not isinstance(node, MappingNode):
        mark = node.start_mark
        what = "a list" if isinstance(node, SequenceNode) else "one value"
        fault = YamlFault(
            f"the front matter is {what}, not 'key: value' lines", "write one key a line", mark.line + 1, 1
        )
        return Loaded({}, (fault,), partial=True)
    value = _value(node, faults, set())
    return Loaded(value, tuple(faults))


def _first_alias(text: str) -> YamlFault | None:
    if "*" not in text:
        return None
    for event in yaml.parse(text, Loader=_CoreLoader):
        if isinstance(event, yaml.AliasEvent):
            mark = event.start_mark
            message = "an alias repeats a value written elsewhere"
            return YamlFault(
                message, "write the value out, or put it in quotes", mark.line + 1, mark.column + 1
            )
    return None


def _value(node: Node, faults: list[YamlFault], seen: set[int]) -> Any:
    if id(node) in seen:
        return None  # An alias: reported once for the whole text, since one anchor may be repeated a million times.
    seen.add(id(node))
    if node.tag not in _STANDARD:
        _fault(faults, node, f"the tag {node.tag.removeprefix(_CORE)!r} is not known here", "remove the tag")
        return node.value if isinstance(node, ScalarNode) else None
    if isinstance(node, SequenceNode):
        return [_value(item, faults, seen) for item in node.value]
    if isinstance(node, MappingNode):
        return _mapping(node, faults, seen)
    return _scalar(node, faults)


def _mapping(node: MappingNode, faults: list[YamlFault], seen: set[int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            _fault(faults, key, "a key must be a word, not a list or a mapping", "write 'key: value'")
            continue
        name = key.value
        if name == "<<" and key.style is None:
            _fault(faults, key, "merge keys are not part of YAML 1.2", "write the fields out")
            continue
        if name in result:
            above = key.start_mark.line - lines[name]
            message = (
                f"the key {name!r} stands twice: first {above} {'line' if above == 1 else 'lines'} above"
            )
            _fault(faults, key, message, "keep one of the two")
            continue
        result[name] = _value(value, faults, seen)
        lines[name] = key.start_mark.line
    return result


def _scalar(node: ScalarNode, faults: list[YamlFault]) -> Any:
    text: str = node.value
    kind = node.tag.removeprefix(_CORE)
    try:
        if kind == "int":
            return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
        if kind == "float":
            return float(re.sub(r"\.(?=[iInN])", "", text))
    except ValueError:
        _fault(faults, node, f"{text!r} is not a number", "put it in quotes if it is text")
        return text
    if kind == "bool":
        return text.lower() == "true"
    if kind == "null":
        return None
    return text


def _fault(faults: list[YamlFault], node: Node, message: str, hint: str) -> None:
    start, end = node.start_mark, node.end_mark
    length = end.column - start.column if end.line == start.line else 1
    faults.append(YamlFault(message, hint, start.line + 1, start.column + 1, max(length, 1)))
