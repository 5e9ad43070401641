"""What editors are given: a schema that tells kinds apart, and snippets that hold each field."""

import json
import re

import pytest
from jsonschema import Draft7Validator

from pipeline.exchange.editor import editor_schema, snippets
from pipeline.sources.yaml import load
from tests.support import shipped_kinds

KINDS = shipped_kinds().kinds
SCHEMA = editor_schema(KINDS.values())
JUDGE = Draft7Validator(SCHEMA)
SNIPPETS = snippets(KINDS.values())


def messages(fields: dict[str, object]) -> list[str]:
    return [error.message for error in JUDGE.iter_errors(fields)]


def test_the_schema_is_one_and_holds_no_keyword_of_ours():
    Draft7Validator.check_schema(SCHEMA)
    assert '"x-' not in json.dumps(SCHEMA)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id": "REQ-101", "priority": "must", "lang": "fr"}, ""),
        ({"id": "REQ-101", "priority": "most"}, "'most' is not one of"),
        ({"id": "REQ-101", "severity": "high"}, "'severity' was unexpected"),
        ({"id": "DEF-001", "severity": "high"}, ""),
        ({"kind": "gate", "type": "go-live"}, ""),
        ({"kind": "gate", "type": "functional"}, "'functional' is not one of"),
        ({"type": "functional", "severity": "high"}, ""),
    ],
)
def test_the_id_or_the_kind_decides_which_fields_there_are(fields: dict[str, object], words: str):
    found = messages(fields)
    assert [words in message for message in found] == ([True] if words else [])


def filled(body: list[str]) -> str:
    """A snippet with each place filled in: the first of its values, or its example."""
    text = re.sub(r"\$\{\d+\|((?:\\.|[^|,\\])*)(?:\\.|[^|])*\|\}", r"\1", "\n".join(body))
    text = re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}", r"\1", text).replace("$0", "")
    return re.sub(r"\\(.)", r"\1", text)


def test_each_field_of_each_kind_has_a_snippet_that_the_schema_accepts():
    found: dict[str, list[dict[str, object]]] = {}
    for item in SNIPPETS.values():
        found.setdefault(item["prefix"], []).append(item)
    for kind in KINDS.values():
        for name in kind.schema["properties"].keys() - {"kind"}:
            assert name in found, (kind.name, name)
    fields = [item for key, item in SNIPPETS.items() if not key.endswith(": section")]
    assert len(fields) > 250
    for item in fields:
        loaded = load(filled(item["body"]))
        assert not loaded.faults, item
        ((name, value),) = loaded.fields.items()
        wanted = [kind.schema["properties"].get(name) for kind in KINDS.values()]
        assert any(not list(Draft7Validator(field).iter_errors(value)) for field in wanted if field), item


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_section_of_each_kind_can_be_filled_in(name: str):
    heading, text = filled(SNIPPETS[f"{name}: section"]["body"]).split("```yaml {.artifact}\n")
    assert heading.startswith(f"## {KINDS[name].prefix}-001 ")
    loaded = load(text.split("```")[0])
    assert not loaded.faults
    assert messages({**loaded.fields, "kind": name}) == []
