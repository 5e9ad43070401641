"""The bill of materials fits the schema that CycloneDX published, and names what is installed."""

import importlib.metadata
import importlib.resources
import json
from typing import Any

import jsonschema_rs
import pytest
from cyclonedx.model.bom import Bom

from pipeline import tools
from pipeline.publish.bill import bill

MOMENT = "2026-03-31T09:15:00Z"


def published(name: str) -> Any:
    folder = importlib.resources.files("cyclonedx.schema") / "_res"
    return json.loads((folder / f"{name}.SNAPSHOT.schema.json").read_text())


@pytest.fixture(scope="module")
def value() -> dict[str, Any]:
    return json.loads(bill("Small programme", "1.0", "c" * 40, MOMENT))


@pytest.fixture(scope="module")
def schema() -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(
        published("bom-1.6"),
        retriever=lambda address: published(address.split("/")[-1].split(".SNAPSHOT")[0]),
    )


def test_it_fits_the_published_schema(value: dict[str, Any], schema: jsonschema_rs.Draft7Validator):
    assert [error.message for error in schema.iter_errors(value)] == []


def test_the_schema_would_find_a_fault(value: dict[str, Any], schema: jsonschema_rs.Draft7Validator):
    assert not schema.is_valid(value | {"specVersion": 1.6})
    assert not schema.is_valid(value | {"components": [{"type": "library"}]})


def test_another_reader_finds_the_same_components_with_their_urls(value: dict[str, Any]):
    read = Bom.from_json(value)
    urls = {component.name: component.purl.to_string() for component in read.components if component.purl}
    assert len(urls) == len(value["components"])
    for name in ("paraph", "mkdocs-material", "jinja2", "weasyprint"):
        assert urls[name] == f"pkg:pypi/{name}@{importlib.metadata.version(name)}"
    git = tools.find("git")
    assert git is not None
    assert urls["git"] == f"pkg:generic/git@{git.version}"


def test_it_has_what_is_required_in_turn_and_nothing_that_only_tests_use(value: dict[str, Any]):
    names = {item["name"] for item in value["components"]}
    assert {"pathspec", "tinycss2"} <= names
    assert names & {"pytest", "hypothesis", "ruff", "zensical"} == set()
    other = json.loads(bill("Small programme", "1.0", "c" * 40, MOMENT, ["zensical"]))
    assert {item["name"] for item in other["components"]} - names >= {"zensical"}


def test_every_dependency_is_a_component(value: dict[str, Any]):
    refs = {item["bom-ref"] for item in value["components"]} | {value["metadata"]["component"]["bom-ref"]}
    assert {item["ref"] for item in value["dependencies"]} <= refs
    assert {ref for item in value["dependencies"] for ref in item["dependsOn"]} <= refs


def test_the_same_release_has_the_same_bytes_and_another_has_another_number():
    first = bill("Small programme", "1.0", "c" * 40, MOMENT)
    assert bill("Small programme", "1.0", "c" * 40, MOMENT) == first
    other = json.loads(bill("Small programme", "1.1", "c" * 40, MOMENT))
    assert other["serialNumber"] != json.loads(first)["serialNumber"]
