"""Every shipped schema says its words in French and Dutch: a reader of either sees no English label."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.figures.measures import MEASURES
from pipeline.kinds import build_catalogue, read_schemas
from pipeline.views.states import STATES
from tests.support import ROOT

LANGUAGES = ("fr", "nl")
# `meta` is about schemas, and the fields of view blocks are shown to nobody.
FILES = sorted(
    path
    for path in Path(ROOT, "schemas").glob("*.schema.json")
    if path.name.split(".")[0] not in ("meta", "view")
)
# Codes, and the names of measures, whose words are the measures' own.
CODES = {"en", "fr", "nl", "de", "ssh", "x509", *MEASURES}
# What French and Dutch took over from English, or have in common with it.
SAME = {"capability", "document", "enabler", "epic", "feature", "interface", "story", "test"}

Node = dict[str, Any]


def nodes(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Every mapping of a schema with its place, but for what is shown as it stands."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from nodes(item, (*path, str(index)))
    elif isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            if key not in ("examples", "default", "const", "enum", "x-values"):
                yield from nodes(item, (*path, key))


def missing(schema: Node) -> list[str]:
    """The titles of fields, inverses and values without words in one of the languages, each with its place."""
    found = []
    for path, node in nodes(schema):
        place, known = "/".join(path), node.get("x-labels", {})
        if path[-2:-1] == ("properties",) and isinstance(node.get("title"), str):
            found += [f"{place}: {node['title']} ({lang})" for lang in LANGUAGES if lang not in known]
        if path[-1:] == ("x-link",):
            words = node.get("inverse_labels", {})
            found += [f"{place}: {node['inverse']} ({lang})" for lang in LANGUAGES if lang not in words]
        values = node.get("x-values", {})
        for value in node.get("enum", ()):
            if isinstance(value, str) and value not in CODES | SAME:
                words = values.get(value, {})
                found += [f"{place}: {value} ({lang})" for lang in LANGUAGES if lang not in words]
        found += [f"{place}: {value} is no value" for value in values.keys() - {*node.get("enum", ())}]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name.split(".")[0])
def test_every_field_link_and_value_has_words_in_french_and_dutch(file: Path):
    assert missing(json.loads(file.read_text(encoding="utf-8"))) == []


def test_every_state_of_a_lifecycle_has_words_in_french_and_dutch():
    kinds = build_catalogue(read_schemas([str(Path(ROOT, "schemas"))])).kinds.values()
    states = {state for kind in kinds for state in kind.states}
    assert {"draft", "taken", "occurred"} <= states
    assert [state for state in sorted(states) if not {*LANGUAGES} <= {*STATES.get(state, ())}] == []


def test_what_is_missing_is_told():
    schema = {
        "properties": {
            "level": {
                "title": "Level",
                "x-labels": {"fr": "Niveau"},
                "enum": ["high"],
                "x-values": {"hi": {}},
            },
            "about": {
                "title": "About",
                "x-labels": {"fr": "Sujet", "nl": "Over"},
                "x-link": {"inverse": "of"},
            },
        }
    }
    assert missing(schema) == [
        "properties/level: Level (nl)",
        "properties/level: high (fr)",
        "properties/level: high (nl)",
        "properties/level: hi is no value",
        "properties/about/x-link: of (fr)",
        "properties/about/x-link: of (nl)",
    ]
