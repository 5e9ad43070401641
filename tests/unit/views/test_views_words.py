"""The words of the views: whole in English, French and Dutch, with the same values in each."""

import re

from pipeline.views.words import WORDS


def test_all_words_are_there_in_three_languages_with_the_same_values():
    for key, words in WORDS.items():
        assert {"en", "fr", "nl"} <= words.keys(), key
        values = {lang: sorted(re.findall(r"\{(\w+)\}", text)) for lang, text in words.items()}
        assert len({tuple(names) for names in values.values()}) == 1, (key, values)


def test_french_signs_of_two_parts_have_a_gap_before_them():
    wrong = {key: words["fr"] for key, words in WORDS.items() if re.search(r"\w[:;!?»]", words["fr"])}
    assert wrong == {}
