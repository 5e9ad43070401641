"""A position is the line and column where a key or an item was written: in front matter and in sections, in fences
that are indented or quoted, after a byte order mark, CRLF and text beyond ASCII."""

from typing import NamedTuple

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from pipeline.sources.places import find_in
from pipeline.sources.reader import Vocabulary, read
from pipeline.sources.text import decode
from tests.support import programme_of

PROGRAMME, _ = programme_of({})
WORDS = Vocabulary(PROGRAMME.kinds, PROGRAMME.prefixes)

# What is written for a scalar, in front of whose first sign a caret stands.
WRITTEN = (
    "x",
    "'it''s'",
    '"a: b"',
    "12",
    "1.5",
    "true",
    "2026-01-02",
    "REQ-101",
    "é日本",
    '"🖋"',
    "a b c",
    "R&D",
    "why?",
)
KEYS = ("status", "a", "b-c", "d_e", "é", "key with words", "日本", "x1", "tags")
LEADS = ("", "  ", "    ", "> ", "- ", "1. ")

scalar = st.sampled_from(WRITTEN)
block = st.recursive(
    scalar,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(st.sampled_from(KEYS), inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
headers = st.dictionaries(st.sampled_from(KEYS), block, min_size=1, max_size=5)


class Written(NamedTuple):
    """A line of a header, and what begins in it: path and column, counted from 1, of keys and of values."""

    text: str
    keys: dict[tuple, int]
    values: dict[tuple, int]


def write_block(value, path=(), indent=0):
    """The lines of a mapping or a list in block style."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        lead = " " * indent + (f"{key}:" if isinstance(value, dict) else "-")
        here = (*path, key)
        column = {here: indent + 1} if isinstance(value, dict) else {}
        if isinstance(item, str):
            yield Written(f"{lead} {item}", column, {here: len(lead) + 2})
        else:
            yield Written(lead, column, {})
            yield from write_block(item, here, indent + 2)


def places(rows: list[Written], first: int, shift: int):
    """Where each key and each value stands in the file."""
    keys, values = {}, {}
    for line, row in enumerate(rows, first):
        keys |= {path: (line, column + shift) for path, column in row.keys.items()}
        values |= {path: (line, column + shift) for path, column in row.values.items()}
    return keys, values


def check(text: str, rows: list[Written], first: int, shift: int, ends: str) -> None:
    data = text.replace("\n", ends).encode()
    document = read("BN-001-x.md", data, WORDS).document
    assert [item.id for item in document.artifacts] == ["BN-001"]
    header = document.artifacts[0].header
    keys, values = places(rows, first, shift)
    source = decode("BN-001-x.md", data)
    for path, place in keys.items():
        found = find_in(header, path, source, key=True)
        assert found is not None
        assert (path, found[:2]) == (path, place)
    for path, place in values.items():
        found = find_in(header, path, source)
        assert found is not None
        assert (path, found[:2]) == (path, place)


ends = st.sampled_from(("\n", "\r\n", "\r"))
marks = st.sampled_from(("", "\ufeff"))
gaps = st.lists(st.sampled_from(("", "# note é", "  # 日本")), max_size=3)


@settings(deadline=None, max_examples=150)
@given(headers, marks, ends, gaps)
def test_positions_in_front_matter(header, mark, end, gap):
    rows = [Written(text, {}, {}) for text in gap] + list(write_block(header))
    text = f"{mark}---\n" + "\n".join(row.text for row in rows) + "\nid: BN-001\n---\n\n# Title\n"
    check(text, rows, 2, 0, end)


@settings(deadline=None, max_examples=150)
@given(
    headers,
    marks,
    ends,
    st.sampled_from(LEADS),
    st.sampled_from(("", "Ünïcödé — 日本 🖋\n\n", "---\nlang: en\n---\n\n")),
)
def test_positions_in_sections(header, mark, end, lead, before):
    rows = list(write_block(header))
    # The sign of a list item stands on its first line only.
    rest = " " * len(lead) if lead.strip() in ("-", "1.") else lead
    inside = "\n".join(rest + row.text for row in rows)
    text = f"{mark}{before}## BN-001 Title\n\n{lead}```yaml {{.artifact}}\n{inside}\n{rest}```\n\nWords.\n"
    check(text, rows, before.count("\n") + 4, len(lead), end)


@pytest.mark.parametrize(
    ("header", "path", "place"),
    [
        ("tags: [a, b]", ("tags", 1), (2, 11)),
        ("tags: [a, {b: c}]", ("tags", 1, "b"), (2, 15)),
        ("tags:\n- a\n-   b", ("tags", 1), (4, 5)),
        ("tags: [a,\n  b]", ("tags", 1), (3, 3)),
        ("a: {b: {c: d}}", ("a", "b", "c"), (2, 12)),
        ("a: >-\n  folded\n  text\nb: c", ("b",), (5, 4)),
        ("a: 'two\n  lines'\nb: c", ("b",), (4, 4)),
        ("a: x\u2028y\nb: c", ("b",), (3, 4)),
        ("a:\n  b: c", ("a", "missing"), (2, 1)),
    ],
)
def test_positions_in_flow_and_folded_text(header, path, place):
    text = f"---\n{header}\nid: BN-001\n---\n"
    document = read("BN-001-x.md", text.encode(), WORDS).document
    found = find_in(document.artifacts[0].header, path, decode("BN-001-x.md", text.encode()))
    assert found is not None
    assert found[:2] == place
