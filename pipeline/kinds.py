"""Schemas to kinds: every kind is declared by one JSON Schema file, and by nothing else.

References are resolved and the shared fields merged in, so that each kind has one flat, effective schema: with
references left in, one wrong value makes every field of the artifact 'unevaluated'.
"""

import re
from typing import Any, NamedTuple

from pipeline.model import Fault, Kind, LinkRule, State
from pipeline.schemas import (
    COMMON,
    PAGE,
    VIEW,
    Parsed,
    Schema,
    SchemaFile,
    fault_in,
    fingerprint,
    parse_schemas,
    read_schemas,
)

__all__ = ["Catalogue", "Schema", "build_catalogue", "fingerprint", "read_schemas"]

_MAX_DEPTH = 30
_HINT = "name a schema's $id and a path that exists in it"


class Catalogue(NamedTuple):
    """The kinds by name and by prefix, the effective schemas of pages and views, and what was wrong with the files."""

    kinds: dict[str, Kind]
    prefixes: dict[str, Kind]
    page: Schema
    view: Schema
    faults: tuple[Fault, ...]


def build_catalogue(schemas: dict[str, SchemaFile], *, trusted: bool = False) -> Catalogue:
    """The kinds that schema files declare. With `trusted`, files that were valid before are not validated again.

    A file that is no schema of a kind is a fault; its prefix, where it can be made out, stays known, so that the
    artifacts of that kind do not fall with it.
    """
    parsed = parse_schemas(schemas, trusted=trusted)
    kinds: dict[str, Kind] = {}
    library = _Library({identity: schema for identity, (_, schema) in parsed.schemas.items()}, {})
    for file, schema in parsed.schemas.values():
        if "x-kind" in schema and (kind := _declared(file, schema, kinds, parsed, library)):
            kinds[kind.name] = kind
    for file in parsed.fallen:
        for data in (file.data, file.under.data if file.under else b""):
            for kind in _rescue(data):
                if _twin(kind, kinds) is None:
                    kinds[kind.name] = kind
    kinds = dict(sorted(kinds.items()))
    page, view = _effective(PAGE, parsed, library), _effective(VIEW, parsed, library)
    return Catalogue(kinds, {kind.prefix: kind for kind in kinds.values()}, page, view, tuple(parsed.faults))


def _declared(
    file: SchemaFile, schema: Schema, kinds: dict[str, Kind], parsed: Parsed, library: "_Library"
) -> Kind | None:
    """The kind of a schema; None, and a fault, where it leads nowhere or takes what another has."""
    try:
        kind = _kind(schema, library)
    except _BadReference as error:
        parsed.faults.append(fault_in(file, str(error), _HINT))
        parsed.fallen.append(file)
        return None
    twin = _twin(kind, kinds)
    if twin is None:
        return kind
    message = f"the kind {kind.name!r} or its prefix {kind.prefix!r} is declared twice"
    hint = f"give each kind a name and a prefix of its own; {twin.name} has {twin.prefix}"
    parsed.faults.append(fault_in(file, message, hint))
    parsed.fallen.append(file)
    return None


def _twin(kind: Kind, kinds: dict[str, Kind]) -> Kind | None:
    """The kind that has the name or the prefix of another."""
    return next(
        (item for item in kinds.values() if kind.name == item.name or kind.prefix == item.prefix), None
    )


def _effective(identity: str, parsed: Parsed, library: "_Library") -> Schema:
    if identity not in parsed.schemas:
        return {}
    file, schema = parsed.schemas[identity]
    try:
        return _flatten(schema, library)
    except _BadReference as error:
        parsed.faults.append(fault_in(file, str(error), _HINT))
        return {}


def _kind(schema: Schema, library: "_Library") -> Kind:
    about = schema["x-kind"]
    flat = _flatten(schema, library)
    lifecycle = about.get("lifecycle", "")
    name = lifecycle if isinstance(lifecycle, str) else str(lifecycle.get("name", "own"))
    declared = (
        library.by_id.get(COMMON, {}).get("x-lifecycles", {}).get(lifecycle, {})
        if isinstance(lifecycle, str)
        else lifecycle
    )
    if name and not declared:
        raise _BadReference(f"there is no lifecycle {name!r}")
    states = {key: State(key, **value) for key, value in declared.get("states", {}).items()}
    properties = flat["properties"] = dict(flat.get("properties", {}))
    properties.setdefault("id", {"type": "string", "title": "ID"})
    properties["kind"] = {**properties.get("kind", {"title": "Kind"}), "const": about["name"]}
    if states and "status" in properties:
        properties["status"] = {
            **properties["status"],
            "enum": list(states),
            "examples": [next(iter(states))],
        }
    labels = {lang: tuple(words) for lang, words in about.get("labels", {}).items()}
    return Kind(
        name=about["name"],
        prefix=about["prefix"],
        title=flat.get("title", about["name"]),
        description=flat.get("description", ""),
        group=about.get("group", ""),
        folder=about.get("folder", about["name"]),
        labels=labels,
        badges=tuple(about.get("badges", ())),
        lifecycle=name,
        states=states,
        moves={key: tuple(value) for key, value in declared.get("moves", {}).items()},
        links={
            key: _link_rule(key, value["x-link"]) for key, value in properties.items() if "x-link" in value
        },
        supplied={key: value["x-from"] for key, value in properties.items() if "x-from" in value},
        prose=tuple(key for key, value in properties.items() if _has_prose(value)),
        compared=next((key for key, value in properties.items() if value.get("x-compared")), ""),
        descriptive=frozenset(key for key, value in properties.items() if value.get("x-normative") is False),
        schema=flat,
        per_file=about.get("per_file", "section"),
        body=about.get("body", ""),
    )


def _link_rule(role: str, rule: Schema) -> LinkRule:
    words = rule.get("inverse", f"{role.replace('_', ' ')} (inverse)")
    return LinkRule(
        role,
        tuple(rule["to"]),
        words,
        rule.get("rests", False),
        rule.get("acyclic", False),
        rule.get("written", "id"),
        rule.get("needed", False),
        rule.get("inverse_labels", {}),
    )


def _has_prose(schema: Schema) -> bool:
    if schema.get("x-prose"):
        return True
    inner = schema.get("items")
    parts = [*schema.get("properties", {}).values(), *([inner] if isinstance(inner, dict) else [])]
    return any(_has_prose(part) for part in parts if isinstance(part, dict))


class _BadReference(Exception):
    """A `$ref` or a lifecycle's name leads nowhere."""


class _Library(NamedTuple):
    """All schemas by their ID, and what their references lead to, inlined once for all that refer to it."""

    by_id: dict[str, Schema]
    inlined: dict[int, Any]


def _flatten(schema: Schema, library: _Library) -> Schema:
    """The schema with references inlined and merged, closed by `additionalProperties: false`; conditions stay."""
    flat: Schema = _inline(
        {key: value for key, value in schema.items() if key not in ("allOf", "$defs")}, schema, library, 0
    )
    parts = [_inline(part, schema, library, 0) for part in schema.get("allOf", ())]
    conditions = [part for part in parts if "if" in part]
    for part in parts:
        if "if" not in part:
            flat["properties"] = {**part.get("properties", {}), **flat.get("properties", {})}
            flat["required"] = [*part.get("required", ()), *flat.get("required", ())]
    if conditions:
        flat["allOf"] = [_exemplify(condition, flat.get("properties", {})) for condition in conditions]
    if flat.pop("unevaluatedProperties", None) is False:
        flat["additionalProperties"] = False
    flat.setdefault("type", "object")
    return flat


def _exemplify(condition: Schema, properties: Schema) -> Schema:
    """A condition that repeats the examples of the fields it calls for, which messages show from there."""
    shown = dict(condition)
    for branch in condition.keys() & {"then", "else"}:
        part = condition[branch]
        wanted = [key for key in part.get("required", ()) if "examples" in properties.get(key, {})]
        stated = dict(part.get("properties", {}))
        for key in wanted:
            stated[key] = {"examples": properties[key]["examples"], **stated.get(key, {})}
        shown[branch] = {**part, "properties": stated} if stated else part
    return shown


def _inline(node: Any, own: Schema, library: _Library, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise _BadReference("references that come back to themselves cannot be resolved")
    if isinstance(node, list):
        return [_inline(item, own, library, depth + 1) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        target, home = _resolve(node["$ref"], own, library.by_id)
        if id(target) not in library.inlined:
            library.inlined[id(target)] = _inline(target, home, library, depth + 1)
        rest = {key: value for key, value in node.items() if key != "$ref"}
        named = library.inlined[id(target)]
        if "title" in rest:
            # The words of the other languages are those of the title that this one replaces.
            named = {key: value for key, value in named.items() if key != "x-labels"}
        return {**named, **_inline(rest, own, library, depth + 1)}
    return {
        key: _inline(value, own, library, depth + 1) if isinstance(value, dict | list) else value
        for key, value in node.items()
    }


def _resolve(reference: str, own: Schema, by_id: dict[str, Schema]) -> tuple[Schema, Schema]:
    identity, _, pointer = reference.partition("#")
    home = by_id.get(identity) if identity else own
    node: Any = home
    for step in pointer.strip("/").split("/") if pointer else ():
        node = node.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(node, dict) else None
    if not isinstance(node, dict) or home is None:
        raise _BadReference(f"the reference {reference!r} leads nowhere")
    return node, home


def _rescue(data: bytes) -> list[Kind]:
    """A kind that accepts everything, for a file that at least says its name and its prefix."""
    text = data.decode("utf-8", "replace")
    name = re.search(r'"name"\s*:\s*"([a-z][a-z0-9-]*)"', text)
    prefix = re.search(r'"prefix"\s*:\s*"([A-Z][A-Z0-9]*)"', text)
    if not name or not prefix:
        return []
    open_schema: Schema = {"type": "object", "properties": {}}
    return [
        Kind(
            name[1],
            prefix[1],
            name[1],
            "",
            "",
            name[1],
            {},
            (),
            "",
            {},
            {},
            {},
            {},
            (),
            frozenset(),
            open_schema,
        )
    ]
