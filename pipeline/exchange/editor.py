"""What an editor needs to complete front matter and to explain it: a JSON Schema, and snippets, made from the kinds.

Neither judges: a field that is missing may stand in the heading or in the file's defaults, and `check` says so.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

from pipeline.model import Kind

# The newest dialect that the language servers of editors know whole.
_DIALECT = "http://json-schema.org/draft-07/schema#"
# What need not hold of front matter alone, since the rest may stand in the heading or in the defaults of the file.
_NOT_HERE = ("required", "dependentRequired", "allOf", "$comment")

Schema = dict[str, Any]


def editor_schema(kinds: Iterable[Kind]) -> Schema:
    """One JSON Schema (draft-07) for front matter of all kinds: the ID, or `kind`, decides which fields there are."""
    kinds = sorted(kinds, key=lambda kind: kind.name)
    known: Schema = {}
    for kind in kinds:
        for name, field in kind.schema.get("properties", {}).items():
            words = {"title": field.get("title", name), "description": field.get("description", "")}
            # What a field means depends on the kind where kinds differ.
            known[name] = words if known.get(name, words) == words else {"title": words["title"]}
    return {
        "$schema": _DIALECT,
        "title": "Front matter",
        "description": "The fields of an artifact of Paraph.",
        "type": "object",
        "allOf": [{"if": _is_of(kind), "then": _plain(kind.schema)} for kind in kinds],
        # The block of a section has no ID; its fields may be those of any kind.
        "if": {"anyOf": [{"required": ["id"]}, {"required": ["kind"]}]},
        "else": {"properties": known},
    }


def _is_of(kind: Kind) -> Schema:
    """The condition under which front matter is of a kind."""
    by_id = {"properties": {"id": {"type": "string", "pattern": f"^{kind.prefix}-"}}, "required": ["id"]}
    return {"anyOf": [by_id, {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]}]}


def _plain(schema: Schema) -> Schema:
    """A schema of a kind without what other programs do not know and what need not stand in the front matter."""
    plain: Schema = _without_own({key: value for key, value in schema.items() if key not in _NOT_HERE})
    return plain


def _without_own(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_own(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _without_own(value) for key, value in node.items() if not key.startswith("x-")}


def snippets(kinds: Iterable[Kind]) -> Schema:
    """Snippets for Markdown in the form of VS Code: an artifact of each kind as a section, and each field."""
    kinds = sorted(kinds, key=lambda kind: kind.name)
    found: Schema = {}
    for kind in kinds:
        found[f"{kind.name}: section"] = {
            "scope": "markdown",
            "prefix": kind.name,
            "body": list(_section(kind)),
            "description": f"{kind.title}: {_first(kind.description)}",
        }
    for (name, _), (field, owners) in _fields(kinds).items():
        few = f" ({', '.join(owners)})" if len(owners) < len(kinds) else ""
        found[f"{name}{few}"] = {
            "scope": "markdown",
            "prefix": name,
            "body": [f"{name}: {_value(field, 1)}"],
            "description": _first(field.get("description", "")) + few,
        }
    return found


def _fields(kinds: list[Kind]) -> dict[tuple[str, str], tuple[Schema, list[str]]]:
    """The fields by name and meaning, each with the kinds that have it."""
    found: dict[tuple[str, str], tuple[Schema, list[str]]] = {}
    for kind in kinds:
        for name, field in kind.schema.get("properties", {}).items():
            if name != "kind":
                meaning = json.dumps([field.get("description"), field.get("enum")])
                found.setdefault((name, meaning), (field, []))[1].append(kind.name)
    return found


def _section(kind: Kind) -> Iterator[str]:
    properties = kind.schema["properties"]
    yield f"## {kind.prefix}-${{1:001}} ${{2:Title}}"
    yield ""
    yield "```yaml {.artifact}"
    wanted = [name for name in kind.schema.get("required", ()) if name not in ("id", "title", *kind.supplied)]
    for number, name in enumerate(wanted, 3):
        yield f"{name}: {_value(properties[name], number)}"
    yield "```"
    yield ""
    yield "$0"


def _value(field: Schema, number: int) -> str:
    """A place to fill in: the values that are allowed to choose from, or the first example to write over."""
    allowed = [str(item) for item in field.get("enum", ())]
    if allowed:
        return f"${{{number}|{','.join(_escaped(item, ',|') for item in allowed)}|}}"
    example = (field.get("examples") or [""])[0]
    text = example if _bare(example) else json.dumps(example, ensure_ascii=False)
    return f"${{{number}:{_escaped(text, '')}}}"


def _bare(value: object) -> TypeGuard[str]:
    """Whether YAML reads a text as it is without quotes: words and IDs, but no figures and no signs of YAML."""
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w ,.()/-]*", value) is not None


def _escaped(text: str, more: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\$}" + more else sign for sign in text)


def _first(words: str) -> str:
    return words.split(". ")[0].rstrip(".") + "."
