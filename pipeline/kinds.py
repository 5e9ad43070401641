"""Schemas to kinds: every kind is declared by one JSON Schema file, and by nothing else.

The schemas that come with Paraph are read first, a project's own after them; a file of the same name replaces.
References are resolved and the shared fields merged in, so that each kind has one flat, effective schema: with
references left in, one wrong value makes every field of the artifact 'unevaluated'.
"""

import os
import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from pipeline.model import Fault, Kind, LinkRule, State

COMMON, PAGE, VIEW, META = "urn:paraph:common", "urn:paraph:page", "urn:paraph:view", "urn:paraph:meta"
_SUFFIX = ".schema.json"
_MAX_DEPTH = 30

Schema = dict[str, Any]


class SchemaFile(NamedTuple):
    """A schema as it was read: its file and its bytes."""

    path: str
    data: bytes


class Catalogue(NamedTuple):
    """The kinds by name and by prefix, the effective schemas of pages and views, and what was wrong with the files."""

    kinds: dict[str, Kind]
    prefixes: dict[str, Kind]
    page: Schema
    view: Schema
    faults: tuple[Fault, ...]


def read_schemas(folders: Iterable[str]) -> dict[str, SchemaFile]:
    """The schema files of some folders by name; a later folder's file replaces an earlier one's."""
    found: dict[str, SchemaFile] = {}
    for folder in folders:
        if not os.path.isdir(folder):
            continue
        for name in sorted(os.listdir(folder)):
            if name.endswith(_SUFFIX):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[name] = SchemaFile(path, file.read())
    return found


def fingerprint(schemas: dict[str, SchemaFile]) -> bytes:
    """What identifies the content of a set of schema files."""
    digest = blake2b(digest_size=16)
    for name in sorted(schemas):
        digest.update(name.encode() + b"\0" + schemas[name].data + b"\0")
    return digest.digest()


def build_catalogue(schemas: dict[str, SchemaFile], *, trusted: bool = False) -> Catalogue:
    """The kinds that schema files declare. With `trusted`, files that were valid before are not validated again.

    A file that is no schema of a kind is a fault; its prefix, where it can be made out, stays known, so that the
    artifacts of that kind do not fall with it.
    """
    faults: list[Fault] = []
    parsed: dict[str, tuple[str, Schema]] = {}
    rescued: list[Kind] = []
    for name, file in schemas.items():
        try:
            value = msgspec.json.decode(file.data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            faults.append(_unreadable(file, str(error)))
            rescued += _rescue(file.data)
            continue
        if not isinstance(value, dict):
            faults.append(_fault(file, "a schema is a JSON object", "begin with '{'"))
            continue
        parsed[str(value.get("$id", name))] = (name, value)
    if not trusted:
        bad = _invalid(parsed, schemas, faults)
        for identity in bad:
            rescued += _rescue(schemas[parsed.pop(identity)[0]].data)
    return _assemble(parsed, schemas, rescued, faults)


def _assemble(
    parsed: dict[str, tuple[str, Schema]],
    schemas: dict[str, SchemaFile],
    rescued: list[Kind],
    faults: list[Fault],
) -> Catalogue:
    by_id = {identity: schema for identity, (_, schema) in parsed.items()}
    kinds: dict[str, Kind] = {}
    prefixes: dict[str, Kind] = {}
    for identity, (name, schema) in sorted(parsed.items()):
        if "x-kind" not in schema:
            continue
        try:
            kind = _kind(schema, by_id)
        except _BadReference as error:
            faults.append(
                _fault(schemas[name], str(error), "name a schema's $id and a path that exists in it")
            )
            rescued += _rescue(schemas[name].data)
            continue
        twin = kinds.get(kind.name) or prefixes.get(kind.prefix)
        if twin:
            twice = f"the kind {kind.name!r} or its prefix {kind.prefix!r} is declared twice"
            message = f"{twice} ({identity}, {twin.name})"
            faults.append(_fault(schemas[name], message, "give each kind a name and a prefix of its own"))
            continue
        kinds[kind.name] = prefixes[kind.prefix] = kind
    for kind in rescued:
        if kind.name not in kinds and kind.prefix not in prefixes:
            kinds[kind.name] = prefixes[kind.prefix] = kind
    page = _flatten(by_id[PAGE], by_id) if PAGE in by_id else {}
    view = _flatten(by_id[VIEW], by_id) if VIEW in by_id else {}
    return Catalogue(kinds, prefixes, page, view, tuple(faults))


def _kind(schema: Schema, by_id: dict[str, Schema]) -> Kind:
    about = schema["x-kind"]
    flat = _flatten(schema, by_id)
    lifecycle = about.get("lifecycle", "")
    name = lifecycle if isinstance(lifecycle, str) else str(lifecycle.get("name", "own"))
    declared = (
        by_id.get(COMMON, {}).get("x-lifecycles", {}).get(lifecycle, {})
        if isinstance(lifecycle, str)
        else lifecycle
    )
    if name and not declared:
        raise _BadReference(f"there is no lifecycle {name!r}")
    states = {key: State(key, **value) for key, value in declared.get("states", {}).items()}
    properties = flat.setdefault("properties", {})
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
        descriptive=frozenset(key for key, value in properties.items() if value.get("x-normative") is False),
        schema=flat,
        per_file=about.get("per_file", "section"),
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
    )


def _has_prose(schema: Schema) -> bool:
    if schema.get("x-prose"):
        return True
    inner = schema.get("items")
    parts = [*schema.get("properties", {}).values(), *([inner] if isinstance(inner, dict) else [])]
    return any(_has_prose(part) for part in parts if isinstance(part, dict))


class _BadReference(Exception):
    """A `$ref` or a lifecycle's name leads nowhere."""


def _flatten(schema: Schema, by_id: dict[str, Schema]) -> Schema:
    """The schema with references inlined and merged, closed by `additionalProperties: false`; conditions stay."""
    flat: Schema = _inline(
        {key: value for key, value in schema.items() if key not in ("allOf", "$defs")}, schema, by_id, 0
    )
    parts = [_inline(part, schema, by_id, 0) for part in schema.get("allOf", ())]
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


def _inline(node: Any, own: Schema, by_id: dict[str, Schema], depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise _BadReference("references that come back to themselves cannot be resolved")
    if isinstance(node, list):
        return [_inline(item, own, by_id, depth + 1) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        target, home = _resolve(node["$ref"], own, by_id)
        rest = {key: value for key, value in node.items() if key != "$ref"}
        return {**_inline(target, home, by_id, depth + 1), **_inline(rest, own, by_id, depth + 1)}
    return {key: _inline(value, own, by_id, depth + 1) for key, value in node.items()}


def _resolve(reference: str, own: Schema, by_id: dict[str, Schema]) -> tuple[Schema, Schema]:
    identity, _, pointer = reference.partition("#")
    home = by_id.get(identity) if identity else own
    node: Any = home
    for step in pointer.strip("/").split("/") if pointer else ():
        node = node.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(node, dict) else None
    if not isinstance(node, dict) or home is None:
        raise _BadReference(f"the reference {reference!r} leads nowhere")
    return node, home


def _invalid(
    parsed: dict[str, tuple[str, Schema]], schemas: dict[str, SchemaFile], faults: list[Fault]
) -> list[str]:
    """The IDs of the schemas that are not valid, a fault for each."""
    import jsonschema_rs

    meta = parsed[META][1] if META in parsed else None
    check = jsonschema_rs.validator_for(meta) if meta else None
    bad = []
    for identity, (name, schema) in parsed.items():
        ours = "x-kind" in schema
        if jsonschema_rs.meta.is_valid(schema) and not (ours and check and not check.is_valid(schema)):
            continue
        message, hint = _why(schema, meta if ours else None)
        faults.append(_fault(schemas[name], message, hint))
        bad.append(identity)
    return bad


def _why(schema: Schema, meta: Schema | None) -> tuple[str, str]:
    """What jsonschema says of a schema that is not valid."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    for judge in (Draft202012Validator(Draft202012Validator.META_SCHEMA), Draft202012Validator(meta or True)):
        error = best_match(judge.iter_errors(schema))
        if error is not None:
            place = "/".join(str(step) for step in error.absolute_path) or "the top"
            return (
                f"this is no schema of a kind: at {place}, {error.message}",
                "see the handbook's page on kinds",
            )
    return "this is no schema of a kind", "see the handbook's page on kinds"


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


def _unreadable(file: SchemaFile, problem: str) -> Fault:
    position = re.search(r"\(byte (\d+)\)", problem)
    before = file.data[: int(position[1])].decode("utf-8", "replace") if position else ""
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    message = f"this is not JSON: {problem.split(' (byte')[0]}"
    return Fault(
        file.path,
        message,
        "check the commas and brackets near this place",
        line=line,
        column=column,
        code="KIND-FILE",
    )


def _fault(file: SchemaFile, message: str, hint: str) -> Fault:
    return Fault(file.path, message, hint, line=1, column=1, code="KIND-FILE")
