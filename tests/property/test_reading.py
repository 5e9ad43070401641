"""Whatever stands in a file: nothing raises, places lie in the text, and the order of files does not matter."""

import hypothesis.strategies as st
from hypothesis import given, settings

from pipeline.sources.fences import mask
from pipeline.sources.front import read_front
from pipeline.sources.text import decode
from tests.property.documents import GOOD, documents, findings

NAMES = ("BN-001-paper.md", "a.md", "b/c.md")


def in_text(files: dict[str, bytes]) -> None:
    """Check files, and that each finding stands in its file."""
    rows = {path: decode(path, data).content.split("\n") for path, data in files.items()}
    for item in findings(files):
        assert item.message
        assert 1 <= item.line <= len(rows[item.path])
        assert 1 <= item.column <= len(rows[item.path][item.line - 1]) + 1


@settings(deadline=None, max_examples=150)
@given(st.lists(documents, min_size=1, max_size=3))
def test_no_text_makes_a_check_raise(texts):
    in_text({name: text.encode("utf-8", "replace") for name, text in zip(NAMES, texts, strict=False)})


@settings(deadline=None, max_examples=100)
@given(st.one_of(st.binary(max_size=60), documents.map(lambda text: text.encode("utf-16", "replace"))))
def test_no_bytes_make_a_check_raise(data):
    in_text({"a.md": data})


@settings(deadline=None, max_examples=300)
@given(documents)
def test_masked_text_has_the_same_length_and_lines(text):
    whole = decode("a.md", text.encode("utf-8", "replace"))
    masked = mask("a.md", whole, read_front("a.md", whole).body)
    assert len(masked.content) == len(whole.content)
    assert [len(row) for row in masked.content.split("\n")] == [len(row) for row in whole.content.split("\n")]
    for fence in masked.fences:
        assert 1 <= fence.line <= fence.end <= len(whole.starts)
        assert fence.rows >= 0


@settings(deadline=None, max_examples=300)
@given(documents)
def test_what_is_not_masked_is_as_written(text):
    whole = decode("a.md", text.encode("utf-8", "replace"))
    masked = mask("a.md", whole, read_front("a.md", whole).body).content
    assert all(sign == other or sign == "\x1f" for sign, other in zip(masked, whole.content, strict=True))


@settings(deadline=None, max_examples=60)
@given(st.lists(documents, min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(texts, chance):
    files = {name: text.encode("utf-8", "replace") for name, text in zip(NAMES, texts, strict=False)}
    shuffled = list(files.items())
    chance.shuffle(shuffled)
    assert findings(dict(shuffled)) == findings(files)


def test_the_good_documents_have_few_findings():
    """So that what is mutated begins inside what is right."""
    files = {name: text.encode() for name, text in zip(NAMES, GOOD, strict=True)}
    codes = {item.code for item in findings(files)}
    assert codes <= {"SCHEMA", "RQ-AC", "RQ-VERIF", "DIALECT", "LINK-DEAD"}
