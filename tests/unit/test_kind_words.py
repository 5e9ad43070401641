"""The shipped schemas say all their words in French and Dutch, so that no page of a site is half English."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.kinds import build_catalogue, read_schemas
from pipeline.views.states import STATES
from tests.support import ROOT

KINDS = build_catalogue(read_schemas([str(Path(ROOT, "schemas"))])).kinds
# Values that are codes, or the same word in the three languages.
SAME = {
    "en",
    "fr",
    "nl",
    "de",
    "ssh",
    "x509",
    "interface",
    "test",
    "document",
    "epic",
    "capability",
    "feature",
}
SAME |= {"enabler", "story"}
# Said elsewhere: states beside the lifecycles, the figures of a KPI where they are computed.
ELSEWHERE = ("status", "figure")
INSIDE = ("items", "additionalProperties")


def parts(schema: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A field and what is inside it, each with its path; not the examples, which are content."""
    if not isinstance(schema, dict):
        return
    yield path, schema
    inside = schema.get("properties", {}) | {key: schema[key] for key in INSIDE if key in schema}
    for name, part in inside.items():
        yield from parts(part, f"{path}.{name}")


def fields(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, schema in KINDS[kind].schema["properties"].items():
        yield from parts(schema, name)


def unsaid(words: dict[str, str] | None) -> bool:
    return not {"fr", "nl"} <= set(words or {})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_is_named(kind):
    named = [(path, part) for path, part in fields(kind) if "title" in part]
    assert named
    assert [path for path, part in named if unsaid(part.get("x-labels"))] == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_link_is_named_from_its_other_end(kind):
    assert [role for role, link in KINDS[kind].links.items() if unsaid(link.inverse_labels)] == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_value_that_is_a_word_is_said(kind):
    valued = [(path, part) for path, part in fields(kind) if "enum" in part and path not in ELSEWHERE]
    asked = [(path, value, part.get("x-values", {})) for path, part in valued for value in part["enum"]]
    assert [
        (path, value) for path, value, words in asked if value not in SAME and unsaid(words.get(value))
    ] == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_state_is_said(kind):
    assert [state for state in KINDS[kind].states if unsaid(STATES.get(state))] == []


def test_no_value_has_words_that_is_none():
    strays = [
        (kind, path, value)
        for kind in KINDS
        for path, part in fields(kind)
        for value in part.get("x-values", {})
        if value not in part.get("enum", ())
    ]
    assert strays == []
