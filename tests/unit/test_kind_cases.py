"""The schemas of the kinds: what each accepts and refuses, and that each says to authors what they need to know.

`tests/corpus/kinds/README.md` describes the cases.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.checks.validator import reference
from pipeline.sources.yaml import load
from tests.support import ROOT, shipped_kinds

KINDS = shipped_kinds().kinds
CASES = Path(ROOT, "tests/corpus/kinds")
GOOD = sorted(CASES.glob("*/good-*.yaml"))
BAD = sorted(CASES.glob("*/bad-*.yaml"))


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.stem}"


def faults(case: Path) -> list[tuple[str, str]]:
    """The places of what the schema of a case's kind refuses, each with the keyword that refuses it."""
    loaded = load(case.read_text(encoding="utf-8"))
    assert not loaded.faults
    errors = reference(KINDS[case.parent.name].schema).iter_errors(loaded.fields)
    return sorted({("/" + "/".join(map(str, item.absolute_path)), str(item.validator)) for item in errors})


@pytest.mark.parametrize("case", GOOD, ids=name_of)
def test_good_front_matter_is_accepted(case: Path):
    assert faults(case) == []


@pytest.mark.parametrize("case", BAD, ids=name_of)
def test_bad_front_matter_is_refused_at_its_place(case: Path):
    first = case.read_text(encoding="utf-8").splitlines()[0]
    place, keyword = first.removeprefix("# expect: ").split()
    found = faults(case)
    assert (place, keyword) in found
    assert {where for where, _ in found} == {place}


def test_every_kind_has_cases_and_every_case_a_kind():
    assert {case.parent.name for case in GOOD} == set(KINDS)
    assert all(sum(case.parent.name == name for case in BAD) >= 2 for name in KINDS)


def described(schema: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a schema, inner ones too, with its place."""
    for key, field in schema.get("properties", {}).items():
        yield f"{place}/{key}", field
        yield from described(field, f"{place}/{key}")
        yield from described(field.get("items", {}), f"{place}/{key}[]")


FIELDS = [item for name, kind in KINDS.items() for item in described(kind.schema, name)]


def test_every_field_has_a_title_a_description_and_valid_examples():
    for place, field in FIELDS:
        if place.endswith("/kind") and place.count("/") == 1:
            continue  # Its only value is the name of the kind.
        assert field.get("title"), place
        assert field.get("description", "").endswith("."), place
        assert field.get("examples"), place
        for example in field["examples"]:
            errors = [error.message for error in reference(field).iter_errors(example)]
            assert errors == [], place


def test_links_lead_to_kinds_and_examples_of_links_are_of_those_kinds():
    by_prefix = {kind.prefix: kind.name for kind in KINDS.values()}
    for kind in KINDS.values():
        for role, rule in kind.links.items():
            assert set(rule.to) - {"*"} <= set(KINDS), (kind.name, role)
            (examples, *_) = kind.schema["properties"][role]["examples"]
            named = {by_prefix[item.split("-")[0]] for item in examples}
            assert "*" in rule.to or named <= set(rule.to), (kind.name, role)


def test_badges_are_fields_and_labels_are_in_three_languages():
    for kind in KINDS.values():
        assert set(kind.badges) <= set(kind.schema["properties"]), kind.name
        assert {"en", "fr", "nl"} <= set(kind.labels), kind.name
        assert all(len(words) == 2 for words in kind.labels.values()), kind.name


# The links that the catalogue asks for, but for those that have a rule of their own: RQ-NEED, TC-ORPH and DC-META.
NEEDED = {
    ("acceptance", "accepts"),
    ("change-request", "modifies"),
    ("meeting", "held_by"),
    ("test-run", "executes"),
    ("validation", "validates"),
    ("work-item", "implements"),
}


def test_links_that_must_be_there_are_marked_and_are_not_required_by_the_schema_too():
    marked = {
        (name, role) for name, kind in KINDS.items() for role, rule in kind.links.items() if rule.needed
    }
    assert marked == NEEDED
    assert not any(role in KINDS[name].schema.get("required", ()) for name, role in marked)


def test_no_amount_of_money_is_a_number():
    names = {
        "bac",
        "commitment",
        "liquidation",
        "invoiced",
        "paid",
        "pv",
        "ev",
        "ac",
        "etc",
        "amount",
        "value",
    }
    money = [(place, field) for place, field in FIELDS if place.split("/")[0] in ("budget", "budget-line")]
    money = [(place, field) for place, field in money if place.split("/")[-1] in names]
    assert len(money) >= 18
    assert [place for place, field in money if field["type"] != "string" or "pattern" not in field] == []
