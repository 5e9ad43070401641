"""Headers are written so that they are read as what they were."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.signoff.bundle.header import write_header
from pipeline.sources.yaml import load
from pipeline.sources.yaml_reference import load as load_exactly

CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00\ufffe\uffff")
TEXT = st.text(CHARACTERS, max_size=20) | st.sampled_from(
    [
        "no",
        "Yes",
        "null",
        "~",
        "1.10",
        "0o17",
        "1e3",
        "2026-01-12",
        "- a",
        "a: b",
        "a #b",
        "[x]",
        "{y}",
        "*z",
        "&z",
        "<<",
    ]
)
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9, allow_nan=False).map(
    lambda value: round(value, 3)
)
VALUES = st.recursive(
    TEXT | NUMBERS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT.filter(bool), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_what_is_written_is_read_again(fields: dict[str, object]):
    text = write_header(fields)
    for read in (load, load_exactly):
        assert read(text).faults == ()
        assert read(text).fields == fields


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"status": "in-review", "version": "1.0"}, 'status: in-review\nversion: "1.0"\n'),
        ({"links": ["REQ-001", "REQ-002@1.2"]}, "links: [REQ-001, REQ-002@1.2]\n"),
        ({"owner": "Head of collection", "title": "Été"}, 'owner: Head of collection\ntitle: "Été"\n'),
        (
            {"criteria": [{"id": "AC-1", "text": "It is so."}, {"id": "AC-2", "text": "no"}]},
            'criteria:\n  - id: AC-1\n    text: It is so.\n  - id: AC-2\n    text: "no"\n',
        ),
        (
            {"a": {"b": {"c": [1, True, None]}}, "d": [], "e": {}},
            "a:\n  b:\n    c: [1, true, null]\nd: []\ne: {}\n",
        ),
        ({"a": "one\ntwo"}, 'a: "one\\ntwo"\n'),
    ],
)
def test_it_reads_as_a_person_would_have_written_it(fields: dict[str, object], text: str):
    assert write_header(fields) == text
