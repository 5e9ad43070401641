"""The two validators agree on every kind: the same verdict, and errors at the same places."""

from typing import Any

import hypothesis.strategies as st
import jsonschema_rs
import pytest
from hypothesis import given, settings

from pipeline.checks.validator import reference
from tests.support import shipped_kinds

CATALOGUE = shipped_kinds()
SCHEMAS = {
    **{name: kind.schema for name, kind in CATALOGUE.kinds.items()},
    "page": CATALOGUE.page,
    "view": CATALOGUE.view,
}
RUST = {
    name: jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    for name, schema in SCHEMAS.items()
}
REFERENCE = {name: reference(schema) for name, schema in SCHEMAS.items()}

DAYS = (
    "2026-02-29",
    "2024-02-29",
    "2023-14-05",
    "0000-01-01",
    "2026-1-1",
    "20260101",
    "2026-W01-1",
    "2026-01-01\n",
)
TEXTS = (
    "", " ", "x", "approved", "REQ-101", "REQ-101\n", "REQ-١٠١", "BN-001@1.2", "1.2", "1.2\n", "1.٢", "a-b", "A B", "é",
    "\ud7ff", "🖋", "12.50", "-3", "table", "en", *DAYS,
)  # fmt: skip
numbers = st.sampled_from((0, 1, -1, 1.0, 1.5, -0.0, 3, 5, 6, 100, 2**63 - 1, -(2**63), 1e300))
scalars = st.one_of(st.none(), st.booleans(), numbers, st.sampled_from(TEXTS), st.text(max_size=5))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(("id", "text", "status", "x", "to", "from")), inner, max_size=3),
    ),
    max_leaves=6,
)


def examples(schema: dict[str, Any]) -> dict[str, Any]:
    """A value for every field: its first example, else what its schema allows first."""
    found = {}
    for key, field in schema["properties"].items():
        options = (
            field.get("examples") or field.get("enum") or ([field["const"]] if "const" in field else ["x"])
        )
        found[key] = options[0]
    return found


@st.composite
def instances(draw: st.DrawFn, schema: dict[str, Any]) -> dict[str, Any]:
    """Something near to a valid artifact: some fields as in the examples, some left out, some changed, some unknown."""
    full = examples(schema)
    kept = draw(st.sets(st.sampled_from(sorted(full)))) | set(schema.get("required", ()))
    found = {key: full[key] for key in sorted(kept)}
    for key in draw(st.lists(st.sampled_from(sorted(full)), max_size=3)):
        found[key] = draw(st.one_of(values, _bent(full[key])))
    for key in draw(st.lists(st.sampled_from(sorted(schema.get("required", ())) or ["x"]), max_size=1)):
        found.pop(key, None)
    if draw(st.booleans()):
        found[draw(st.sampled_from(("x", "statsu", "", "é")))] = draw(values)
    return found


def _bent(value: Any) -> st.SearchStrategy[Any]:
    """A value like another, with one part changed."""
    if isinstance(value, list) and value:
        return st.one_of(
            _bent(value[0]).map(lambda item: [item, *value]), st.just([value[0], value[0]]), st.just([])
        )
    if isinstance(value, dict) and value:
        keys = st.sampled_from(sorted(value))
        changed = st.builds(lambda key, item: {**value, key: item}, keys, values)
        return st.one_of(changed, keys.map(lambda key: {k: v for k, v in value.items() if k != key}))
    return values


def places(errors: Any, attribute: str) -> list[tuple[str | int, ...]]:
    return sorted({tuple(getattr(error, attribute)) for error in errors}, key=repr)


def agree(name: str, instance: dict[str, Any]) -> None:
    told = places(REFERENCE[name].iter_errors(instance), "absolute_path")
    assert told == places(RUST[name].iter_errors(instance), "instance_path")
    assert RUST[name].is_valid(instance) == (not told)


@pytest.mark.parametrize("name", SCHEMAS)
@settings(deadline=None, max_examples=10)
@given(data=st.data())
def test_the_validators_agree(name, data):
    agree(name, data.draw(instances(SCHEMAS[name])))


@pytest.mark.slow
@pytest.mark.parametrize("name", SCHEMAS)
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_the_validators_agree_on_more(name, data):
    agree(name, data.draw(instances(SCHEMAS[name])))


@pytest.mark.parametrize("day", DAYS)
def test_the_validators_agree_on_days(day):
    agree("assumption", {**examples(SCHEMAS["assumption"]), "created": day})


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_examples_of_a_kind_are_nearly_valid(name):
    """So that what is generated lies on both sides of the border."""
    schema = SCHEMAS[name]
    full = examples(schema)
    required = {key: full[key] for key in schema.get("required", ()) if key in full}
    wrong = {error.absolute_path[0] for error in REFERENCE[name].iter_errors(full) if error.absolute_path}
    assert len(wrong) <= 2 + len(full) // 3
    assert required or name == "page"


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        (r"^a$", "a\n", False), (r"^a$", "a", True), (r"^[$]$", "$", True), (r"^\$$", "$", True), (r"^\d$", "١", False),
        (r"^(a$|b$)", "b", True), (r"a", "xay", True),
    ],
)  # fmt: skip
def test_patterns_mean_what_json_schema_says(pattern, text, fits):
    schema = {"type": "string", "pattern": pattern}
    assert reference(schema).is_valid(text) is fits
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(text) is fits
