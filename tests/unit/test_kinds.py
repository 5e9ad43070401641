"""Schemas of kinds: what a project's own files may do, and that no file there can be makes a run fall over."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.kinds import Catalogue, build_catalogue, read_schemas
from pipeline.schemas import COMMON, META, PAGE, VIEW
from tests.support import ROOT
from tests.trees import GOOD, found, write

SHIPPED = Path(ROOT, "schemas")
REQUIREMENT = json.loads((SHIPPED / "requirement.schema.json").read_text())
ALL = build_catalogue(read_schemas([str(SHIPPED)]))


def catalogue(tmp_path: Path, name: str, content: bytes | dict[str, Any]) -> Catalogue:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    write(tmp_path / "schemas", {f"{name}.schema.json": data})
    return build_catalogue(read_schemas([str(SHIPPED), str(tmp_path / "schemas")]))


def changed(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(REQUIREMENT) | changes


def field(**schema: Any) -> dict[str, Any]:
    stated = {"title": "Own", "description": "A field.", "examples": ["x"]}
    return changed(properties=REQUIREMENT["properties"] | {"own": stated | schema})


def test_the_shipped_schemas_are_without_fault():
    assert ALL.faults == ()
    assert len(ALL.kinds) == len(list(SHIPPED.glob("*.schema.json"))) - 4
    assert ALL.page["properties"]
    assert ALL.view["properties"]


def test_a_schema_says_its_words_in_other_languages(tmp_path: Path):
    words = {"x-labels": {"fr": "Propre"}, "enum": ["x"], "x-values": {"x": {"fr": "propre", "nl": "eigen"}}}
    link = {"to": ["risk"], "inverse": "owned by", "inverse_labels": {"nl": "bezeten door"}}
    read = catalogue(tmp_path, "requirement", field(**words, **{"x-link": link}))
    kind = read.kinds["requirement"]
    assert read.faults == ()
    assert kind.schema["properties"]["own"]["x-labels"] == {"fr": "Propre"}
    assert kind.schema["properties"]["own"]["x-values"] == {"x": {"fr": "propre", "nl": "eigen"}}
    assert kind.links["own"].inverse_labels == {"nl": "bezeten door"}


def test_a_title_of_its_own_does_not_keep_the_words_of_the_one_it_replaces(tmp_path: Path):
    common = json.loads((SHIPPED / "common.schema.json").read_text())
    common["$defs"]["named"] = {"type": "string", "title": "Name", "x-labels": {"fr": "Nom"}}
    write(tmp_path / "schemas", {"common.schema.json": json.dumps(common)})
    named = {"$ref": "urn:paraph:common#/$defs/named"}
    own = {"plain": named, "other": named | {"title": "Nickname"}}
    read = catalogue(tmp_path, "requirement", changed(properties=REQUIREMENT["properties"] | own))
    fields = read.kinds["requirement"].schema["properties"]
    assert fields["plain"]["x-labels"] == {"fr": "Nom"}
    assert fields["other"]["title"] == "Nickname"
    assert "x-labels" not in fields["other"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "this is not JSON"),
        (b"{", "this is not JSON"),
        (b"\xff\xfe{", "this is not JSON"),
        (b'{"a": 1e999}', "this is not JSON"),
        (b"[" * 100_000, "this is not JSON: it is nested too deeply"),
        (b'{"a":' * 100_000, "this is not JSON: it is nested too deeply"),
        (b"null", "a schema is a JSON object"),
        (b"[]", "a schema is a JSON object"),
        (b'"requirement"', "a schema is a JSON object"),
        (b"{}", "this replaces the schema of requirement, and declares no kind"),
        (changed(**{"x-kind": "requirement"}), "at x-kind, 'requirement' is not of type 'object'"),
        (changed(**{"$id": 3}), "at $id, 3 is not of type 'string'"),
        (changed(**{"$id": "urn:paraph:kind:risk"}), "urn:paraph:kind:risk is the $id of two files"),
        (changed(**{"$id": COMMON}), "urn:paraph:common is the $id of two files"),
        (changed(allOf=[True]), "at allOf/0, True is not of type 'object'"),
        (changed(allOf=[{"$ref": "urn:paraph:common#/$defs/nope"}]), "at allOf/0"),
        (changed(properties={"own": True}), "at properties/own, True is not of type 'object'"),
        (changed(required="level"), "at required, 'level' is not of type 'array'"),
        (field(type="sting"), "at properties/own/type"),
        (field(**{"$ref": "urn:paraph:common#/$defs/nope"}), "the reference"),
        (field(**{"$ref": 3}), "at properties/own/$ref, 3 is not of type 'string'"),
        (field(**{"x-link": {"to": ["risk"]}}), "'inverse' is a required property"),
        (field(**{"x-labels": {"it": "Proprio"}}), "at properties/own/x-labels, 'it' is not one of"),
        (field(**{"x-labels": "Propre"}), "at properties/own/x-labels, 'Propre' is not of type 'object'"),
        (field(**{"x-values": {"x": "propre"}}), "at properties/own/x-values/x, 'propre' is not of type"),
        (
            field(**{"x-link": {"to": ["risk"], "inverse": "owned by", "inverse_labels": {"fr": ""}}}),
            "at properties/own/x-link/inverse_labels/fr, '' ",
        ),
        (field(type="string", pattern="("), "at properties/own/pattern, '(' is no regular expression"),
        (
            changed(**{"x-kind": REQUIREMENT["x-kind"] | {"lifecycle": "nope"}}),
            "there is no lifecycle 'nope'",
        ),
        (
            changed(**{"x-kind": REQUIREMENT["x-kind"] | {"prefix": "BN"}}),
            "its prefix 'BN' is declared twice",
        ),
        (
            changed(**{"x-kind": REQUIREMENT["x-kind"] | {"name": "risk", "prefix": "R"}}),
            "the kind 'risk' or its prefix 'R' is declared twice",
        ),
    ],
)
def test_a_faulty_schema_is_one_fault_and_the_other_kinds_stay(
    tmp_path: Path, content: bytes | dict[str, Any], words: str
):
    result = catalogue(tmp_path, "requirement", content)
    (fault,) = result.faults
    assert words in fault.message
    assert fault.code == "KIND-FILE"
    assert fault.path.endswith("schemas/requirement.schema.json")
    # The prefix of the faulty one stays known, so that its artifacts do not fall with it.
    assert result.prefixes.keys() == ALL.prefixes.keys()
    others = {name: kind for name, kind in result.kinds.items() if name != "requirement"}
    assert others == {name: kind for name, kind in ALL.kinds.items() if name != "requirement"}


@pytest.mark.parametrize(
    ("name", "identity"), [("common", COMMON), ("page", PAGE), ("view", VIEW), ("meta", META)]
)
@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"$id": "ID", "type": 3}', b'{"$id": "other"}'])
def test_a_faulty_schema_that_others_rest_on_is_one_fault_and_the_shipped_one_stands_in(
    tmp_path: Path, name: str, identity: str, content: bytes
):
    result = catalogue(tmp_path, name, content.replace(b"ID", identity.encode()))
    (fault,) = result.faults
    assert fault.path.endswith(f"schemas/{name}.schema.json")
    assert result._replace(faults=()) == ALL


def test_schemas_of_other_tools_in_the_same_folder_are_let_be(tmp_path: Path):
    foreign = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}
    assert catalogue(tmp_path, "api", foreign) == ALL
    assert catalogue(tmp_path, "api", foreign | {"$id": "https://example.org/api"}) == ALL


def test_a_faulty_schema_is_one_finding_and_its_artifacts_have_none(tmp_path: Path):
    write(tmp_path / "docs", GOOD)
    assert found(tmp_path) == []
    for content in (
        b'{"x-kind": {"name": "requirement", "prefix": "REQ"},',
        json.dumps(changed(allOf=[True])),
    ):
        write(tmp_path / "schemas", {"requirement.schema.json": content})
        (line,) = found(tmp_path)
        assert line.endswith("KIND-FILE")


def test_a_folder_in_the_place_of_a_schema_is_let_be(tmp_path: Path):
    (tmp_path / "schemas/requirement.schema.json").mkdir(parents=True)
    assert build_catalogue(read_schemas([str(SHIPPED), str(tmp_path / "schemas")])) == ALL
