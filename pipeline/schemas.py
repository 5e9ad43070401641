"""The files that declare kinds, read and judged: those that come with Paraph first, a project's own after them.

A file of the same name replaces. One that cannot be used is one fault: where all kinds rest on it the shipped file
stands in for it, so that nothing else falls.
"""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from pipeline.model import Fault

COMMON, PAGE, VIEW, META = "urn:paraph:common", "urn:paraph:page", "urn:paraph:view", "urn:paraph:meta"
_SUFFIX = ".schema.json"
_META_FILE = f"meta{_SUFFIX}"

Schema = dict[str, Any]


class SchemaFile(NamedTuple):
    """A schema as it was read: its file, its bytes, and the file of the same name that it replaces."""

    path: str
    data: bytes
    under: "SchemaFile | None" = None


class Parsed(NamedTuple):
    """The usable schemas by `$id`, each with its file; the files that are none, and what is wrong with them."""

    schemas: dict[str, tuple[SchemaFile, Schema]]
    fallen: list[SchemaFile]
    faults: list[Fault]


def read_schemas(folders: Iterable[str]) -> dict[str, SchemaFile]:
    """The schema files of some folders by name, in the order of the folders."""
    found: dict[str, SchemaFile] = {}
    for folder in folders:
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            path = os.path.join(folder, name)
            if name.endswith(_SUFFIX) and not os.path.isdir(path):
                with open(path, "rb") as file:
                    found[name] = SchemaFile(path, file.read(), found.pop(name, None))
    return found


def fingerprint(schemas: dict[str, SchemaFile]) -> bytes:
    """What identifies the content of a set of schema files."""
    digest = blake2b(digest_size=16)
    for name in sorted(schemas):
        digest.update(name.encode() + b"\0" + schemas[name].data + b"\0")
    return digest.digest()


def parse_schemas(files: dict[str, SchemaFile], *, trusted: bool = False) -> Parsed:
    """What schema files hold. With `trusted`, files that were valid before are not validated again."""
    parsed = Parsed({}, [], [])
    # What a schema of a kind must be is needed to judge the others.
    for name in sorted(files, key=lambda name: name != _META_FILE):
        file = files[name]
        schema, fault = _judge(file, parsed, trusted)
        if fault is not None:
            parsed.faults.append(fault)
            parsed.fallen.append(file)
            schema = _substitute(file)
        if schema is not None:
            parsed.schemas[str(schema.get("$id", name))] = (file, schema)
    return parsed


def _judge(file: SchemaFile, parsed: Parsed, trusted: bool) -> tuple[Schema | None, Fault | None]:
    """The schema of a file, or what is wrong with it."""
    try:
        value = msgspec.json.decode(file.data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return None, _unreadable(file, str(error))
    except RecursionError:
        return None, _unreadable(file, "it is nested too deeply")
    if not isinstance(value, dict):
        return None, fault_in(file, "a schema is a JSON object", "begin with '{'")
    fault = _displaced(file, value, parsed) or (None if trusted else _invalid(file, value, parsed))
    return (None, fault) if fault else (value, None)


def _displaced(file: SchemaFile, schema: Schema, parsed: Parsed) -> Fault | None:
    """The fault of a schema that takes the place of another, or does not fill its own."""
    identity, replaced = str(schema.get("$id", "")), _decoded(file.under)
    if identity in parsed.schemas:
        other = parsed.schemas[identity][0].path
        hint = f"give it another $id; the other file is {other}"
        return fault_in(file, f"{identity} is the $id of two files", hint)
    if "x-kind" in replaced and "x-kind" not in schema:
        kind = replaced["x-kind"]["name"]
        hint = "add x-kind, or give the file another name"
        return fault_in(file, f"this replaces the schema of {kind}, and declares no kind", hint)
    if replaced.get("$id") in (COMMON, PAGE, VIEW, META) and identity != replaced["$id"]:
        message = f"this replaces {replaced['$id']}, and its $id is another"
        return fault_in(file, message, f'write "$id": "{replaced["$id"]}", or give the file another name')
    return None


def _substitute(file: SchemaFile) -> Schema | None:
    """The shipped schema in the place of one that all kinds rest on."""
    replaced = _decoded(file.under)
    return replaced if replaced and "x-kind" not in replaced else None


def _decoded(file: SchemaFile | None) -> Schema:
    return dict(msgspec.json.decode(file.data)) if file else {}


def _invalid(file: SchemaFile, schema: Schema, parsed: Parsed) -> Fault | None:
    """The fault of a schema that is not valid, or that calls itself a kind and is not as kinds are."""
    import jsonschema_rs

    meta = parsed.schemas[META][1] if META in parsed.schemas and "x-kind" in schema else None
    valid = jsonschema_rs.meta.is_valid(schema)
    if valid and (meta is None or _validator(msgspec.json.encode(meta)).is_valid(schema)):
        return _bad_pattern(file, schema)
    return fault_in(
        file, f"this is no schema of a kind: {_why(schema, meta)}", "see the handbook's page on kinds"
    )


@cache
def _validator(schema: bytes) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(msgspec.json.decode(schema))


def _bad_pattern(file: SchemaFile, schema: Schema) -> Fault | None:
    for place, pattern in _patterns(schema, ()):
        problem = _problem(pattern)
        if problem:
            words = f"at {'/'.join(place)}, {pattern!r} is no regular expression"
            return fault_in(file, f"this is no schema of a kind: {words}", problem)
    return None


@cache
def _problem(pattern: str) -> str:
    """What one of the two engines that read patterns has against one, or ''."""
    import jsonschema_rs

    try:
        re.compile(pattern)
        jsonschema_rs.validator_for({"pattern": pattern})
    except (re.error, ValueError) as error:
        return str(error).split("\n")[0]
    return ""


def _patterns(node: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The regular expressions of a schema with their places; examples hold none."""
    if isinstance(node, list):
        for number, item in enumerate(node):
            yield from _patterns(item, (*place, str(number)))
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "pattern" and isinstance(value, str):
                yield (*place, key), value
            elif key not in ("examples", "const", "enum", "default"):
                yield from _patterns(value, (*place, key))


def _why(schema: Schema, meta: Schema | None) -> str:
    """What jsonschema says of a schema that is not valid."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    for judge in (Draft202012Validator(Draft202012Validator.META_SCHEMA), Draft202012Validator(meta or True)):
        error = best_match(judge.iter_errors(schema))
        if error is not None:
            place = "/".join(str(step) for step in error.absolute_path) or "the top"
            return f"at {place}, {error.message}"
    return "a validator refuses it"


def _unreadable(file: SchemaFile, problem: str) -> Fault:
    position = re.search(r"\(byte (\d+)\)", problem)
    before = file.data[: int(position[1])].decode("utf-8", "replace") if position else ""
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    message = f"this is not JSON: {problem.split(' (byte')[0]}"
    return fault_in(file, message, "check the commas and brackets near this place", line, column)


def fault_in(file: SchemaFile, message: str, hint: str, line: int = 1, column: int = 1) -> Fault:
    """A fault of a schema file."""
    return Fault(file.path, message, hint, line=line, column=column, code="KIND-FILE")
