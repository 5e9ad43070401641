"""The two YAML readers agree: what the fast one accepts, the exact one reads as the same values, without a fault."""

import msgspec
import pytest
from hypothesis import given, settings

from pipeline.sources import yaml, yaml_reference
from tests.property.yaml_texts import SCALARS, pairs, texts


def same(text: str) -> None:
    fast, exact = yaml.load(text), yaml_reference.load(text)
    # As written, so that 1, 1.0 and true are three things.
    assert repr(fast) == repr(exact)


@settings(deadline=None, max_examples=600)
@given(texts)
def test_the_readers_agree(text):
    same(text)


@settings(deadline=None, max_examples=300)
@given(pairs)
def test_the_readers_agree_on_plain_pairs(text):
    same(text)


@pytest.mark.parametrize("scalar", SCALARS)
def test_the_readers_agree_on_every_scalar_everywhere(scalar):
    for form in (
        "a: {}",
        "a:\n  {}",
        "a: [{}]",
        "a: [x,{}]",
        "a: {{b: {}}}",
        "a: {{b: x,{}: y}}",
        "a:\n  - {}",
        "{}: a",
    ):
        same(form.format(scalar))
        same(form.format(scalar) + "\n")


@settings(deadline=None, max_examples=400)
@given(texts)
def test_values_can_be_kept_and_are_of_the_core_schema(text):
    fields = yaml.load(text).fields
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(fields)) == fields
    assert all(type(key) is str for key in fields)


@settings(deadline=None, max_examples=400)
@given(texts)
def test_every_fault_has_a_place_in_the_text(text):
    rows = text.split("\n")
    for fault in yaml.load(text).faults:
        assert fault.message
        assert fault.hint
        assert 1 <= fault.line <= len(rows)
        assert 1 <= fault.column <= len(rows[fault.line - 1]) + 1
        assert fault.length >= 1


@pytest.mark.parametrize("text", ["---", "---\n", "--- ", "---\n# A comment\n"])
def test_a_document_that_only_begins_holds_nothing(text):
    assert (yaml.load(text).fields, yaml.load(text).faults) == ({}, ())


def test_an_ordinary_header_takes_the_fast_reader(monkeypatch):
    monkeypatch.setattr(yaml_reference, "load", lambda text: pytest.fail("the exact reader was used"))
    text = 'id: REQ-101\nstatus: approved\nversion: "1.2"\nsatisfies: [BN-003, BN-004@1.0]\ncreated: 2026-01-12\n'
    text += "acceptance_criteria:\n  - id: AC-1\n    text: The plan is shown.\neffort: 2.5\ntitle: Élève\n"
    assert yaml.load(text).fields["effort"] == 2.5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.10", 1.1), ('"1.10"', "1.10"), ("2026-01-02", "2026-01-02"), ("no", "no"), ("12:30", "12:30"),
        ("012", "012"),
        ("0x1F", 31), ("0o17", 15), ("~", None), ("TRUE", True), ("1e3", 1000.0), (".inf", ".inf"), ("1e999", "1e999"),
        ("9223372036854775807", 2**63 - 1), ("9223372036854775808", "9223372036854775808"),
    ],
)  # fmt: skip
def test_scalars_are_those_of_yaml_1_2(text, value):
    for form in ("a: {}", "a: [{}]", "a: {{b: {}}}"):
        found = yaml.load(form.format(text)).fields["a"]
        found = found[0] if isinstance(found, list) else found["b"] if isinstance(found, dict) else found
        assert (type(found), found) == (type(value), value)
