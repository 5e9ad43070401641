"""Texts that are alike: the quick way finds what comparing each with each finds."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.likeness import alike as alike_sketches
from pipeline.sources.sketch import runs_in, sketch_of

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=12).map(" ".join)


def alike(texts: list[str], share: float, least: int = 1):
    return alike_sketches([sketch_of(text) for text in texts], share, least)


def runs_of(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + 3]) for at in range(max(len(words) - 2, 1))} if words else set()


def likeness(one: str, other: str) -> float:
    first, second = runs_of(one), runs_of(other)
    return len(first & second) / len(first | second) if first and second else 0


def naive(texts: list[str], share: float) -> list[tuple[int, int]]:
    """Each text with the first one before it that is like it and was not itself found like another."""
    found, left = [], []
    for at, text in enumerate(texts):
        first = next((other for other in left if likeness(text, texts[other]) >= share), None)
        if first is None:
            left.append(at)
        else:
            found.append((first, at))
    return found


@given(st.lists(WORDS, max_size=12), st.sampled_from([0.2, 0.5, 0.6, 0.75, 1.0]))
def test_it_finds_what_comparing_each_with_each_finds(texts: list[str], share: float):
    assert list(alike(texts, share)) == naive(texts, share)


def test_the_share_counts_at_its_boundary():
    # 14 words have 12 runs; a word changed in the middle leaves 9 of them, and both together have 15.
    words = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
    ]
    other = [*words[:6], "other", *words[7:]]
    texts = [" ".join(words), " ".join(other)]
    assert list(alike(texts, 9 / 15)) == [(0, 1)]
    assert list(alike(texts, 0.61)) == []


def test_case_signs_and_accents_of_capitals_are_nothing():
    assert list(alike(["Élever l'enfant à Liège.", "élever l'enfant, à LIÈGE"], 1.0)) == [(0, 1)]


def test_texts_with_fewer_runs_are_left_out():
    assert list(alike(["a b c d", "a b c d"], 0.6, least=3)) == []
    assert list(alike(["a b c d e", "a b c d e"], 0.6, least=3)) == [(0, 1)]


def test_a_sketch_has_each_run_once_and_is_the_same_in_every_process():
    assert len(runs_in(sketch_of("a b c a b c"))) == 3
    assert sketch_of("") == b""
    assert list(runs_in(sketch_of("the same run"))) == [zlib.crc32(b"the same run")]
