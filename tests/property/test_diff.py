"""A programme does not differ from itself, and the words of a difference make both texts again."""

import hypothesis.strategies as st
import msgspec
from hypothesis import given, settings

from pipeline.history.diff import Differences, Side, differences, words
from tests.property.documents import documents
from tests.support import programme_of

texts = st.lists(documents, min_size=1, max_size=3).map(
    lambda found: {f"{number}.md": text for number, text in enumerate(found)}
)


@settings(deadline=None, max_examples=50)
@given(found=texts)
def test_a_programme_does_not_differ_from_itself(found):
    assert differences(Side(*programme_of(found)), Side(*programme_of(found))) == Differences((), (), (), ())


pieces = st.text(st.sampled_from("ab .\n-+[]{}é"), max_size=30)


@settings(deadline=None)
@given(old=pieces, new=pieces)
def test_the_runs_make_both_texts(old, new):
    runs = list(words(old, new))
    assert "".join(text for sign, text in runs if sign in "=-") == old
    assert "".join(text for sign, text in runs if sign in "=+") == new
    assert msgspec.json.encode(runs)
