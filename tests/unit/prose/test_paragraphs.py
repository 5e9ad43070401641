"""Plain paragraphs hold the prose, nothing but the prose, and know where each character stood."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.prose.paragraphs import exempt, read

NOTHING = exempt(())


def texts(passage: str, *terms: str) -> list[str]:
    return [paragraph.text.strip() for paragraph in read(passage, exempt(terms))]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("Plain words.", ["Plain words."]),
        ("Over two\nlines.", ["Over two lines."]),
        ("Over two  \r\n   lines.", ["Over two lines."]),
        ("One.\n\nTwo.\n \t\nThree.", ["One.", "Two.", "Three."]),
        ("One.  \n\nTwo.", ["One.", "Two."]),
        ("wide\u00a0\u202f  space", ["wide space"]),
        ("- one\n- two\n  more\n1. three\n2) four", ["one", "two more", "three", "four"]),
        ("    - nested\n* star\n+ plus", ["nested", "star", "plus"]),
        ("# One\n\n###### Six", ["One", "Six"]),
        ("| a | b c |\n|---|:--|\n| d | e |", ["a", "b c", "d", "e"]),
        ("a *b* **c** ***d*** _e_ __f__ ~~g~~", ["a b c d e f g"]),
        ("snake_case_name and __init__", ["snake_case_name and init"]),
        ("an \\*escaped\\* \\`mark\\`", ["an *escaped* `mark`"]),
        ("some `code` here", ["some # here"]),
        ("some ``co`de`` here", ["some # here"]),
        ("an `unclosed tick", ["an `unclosed tick"]),
        ("a `tick\n\nthat` ends", ["a `tick", "that` ends"]),
        ("before\n\n```yaml\nsome: code\n```\n\nafter", ["before", "after"]),
        ("before\n~~~\nsome code", ["before"]),
        ('[words](https://some.example/where_(possible) "some title").', ["words."]),
        ("[words][some-ref], ![alt](some.png){.wide}", ["words, alt"]),
        ("<https://some.example/> or https://some.example/x_y.", ["# or #"]),
        ("a[^some] b\n\n[^some]: the note", ["a b", "the note"]),
        ("# Title {#some-id .etc}", ["Title"]),
        ("a [texte si possible]{lang=fr} b", ["a # b"]),
        ("a <!-- some\ncomment --> b <br/> c </b> d", ["a b c d"]),
        ("::: {lang=nl}\ndoor\n:::", ["door"]),
        ('!!! note "Some title"\n    within', ["within"]),
        ("> some quoted law\n> etc.\n\nafter", ["after"]),
        ("5 &lt; 6 &amp; l&rsquo;&eacute;t&#233;&nbsp;&unknown;", ["5 < 6 & l'été &unknown;"]),
        ("l’été cafe\u0301 soft\u00adened zero\u200bwidth", ["l'été café softened zerowidth"]),
        ("3 < 4 * 5 {x} [y", ["3 < 4 5 {x} y"]),
        ("a * ** _ __b_ * c", ["a _ b c"]),
        ("12 %", []),
        ("", []),
    ],
)
def test_what_is_no_prose_is_taken_out(passage, expected):
    assert texts(passage) == expected


@pytest.mark.parametrize(
    "quoted",
    [
        "“one two three four five”",
        "« un deux trois quatre cinq »",
        "«un deux trois quatre cinq»",
        "„eins zwei drei vier fünf“",
        '"one two three four five six"',
        '("one two three four five")',
    ],
)
def test_a_quotation_of_five_words_or_more_is_blanked(quoted):
    (text,) = texts(f"He says {quoted}, and goes.")
    assert text.startswith("He says ")
    assert text.endswith(", and goes.")
    assert set(text[8:-11]) <= set("#()")
    assert len(text) == len(f"He says {quoted}, and goes.")


@pytest.mark.parametrize(
    "text",
    [
        "the “user-friendly” screen, “one two three four” words",
        'the "one" screen that has many words between "two" quotations',
        "the “quotation that is never closed has many words",
        'a 12" screen of five words or more, and a 14" one',
    ],
)
def test_shorter_and_unclosed_quotations_are_prose(text):
    assert texts(text) == [text]


@pytest.mark.parametrize(
    "quoted", ["“All teams”", "« Tous les dossiers »", "„Beste mevrouw”", '"Never sent"', "‘Some debts’"]
)
def test_a_quotation_that_begins_with_a_capital_is_a_name(quoted):
    (text,) = texts(f"The status {quoted} is shown.")
    assert text == f"The status {'#' * len(quoted)} is shown."


@pytest.mark.parametrize(
    "text",
    [
        "the words “in due time” of Article 6",
        "les mots « en temps utile » de l'article 17",
        "de woorden “enz.” van het koninklijk besluit",
        "the measures 'as appropriate' of Regulation (EU) 2016/679",
    ],
)
def test_where_a_law_is_named_short_quotations_are_its_words(text):
    assert "#" in texts(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "next to the words “as soon as possible”",
        "the code “never destroy”",
        "avec la mention « s'il y a lieu »",
        "het citaat „indien nodig onder dwangsom”",
        "the Status 'as required'",
    ],
)
def test_what_a_noun_calls_words_is_spoken_of(text):
    (plain,) = texts(text)
    noun, *_ = re.split("[“«„']", text)
    assert plain.startswith(noun)
    assert set(plain[len(noun) :]) == {"#"}


@pytest.mark.parametrize("text", ["the swords “as sharp” here", "the screen “as required” here"])
def test_only_a_noun_for_words_makes_a_short_quotation_spoken_of(text):
    assert texts(text) == [text]


@pytest.mark.parametrize(
    "text", ["l'un d'eux et l'autre", "'s avonds en 's ochtends", "the clerks' and debtors' files"]
)
def test_an_apostrophe_is_no_quotation(text):
    assert texts(text) == [text]


def test_a_quotation_may_hold_markup_and_line_ends():
    assert texts("As “the *controller*\nshall, where `x`, notify” says.") == [f"As {'#' * 39} says."]


def test_terms_are_blanked_as_whole_words_in_either_case_and_number_the_longest_first():
    terms = ("Significant deviation", "deviation", "C++", " ", "some  term")
    assert texts("A significant deviation, deviations; Some\nTerm, C++.", *terms) == [
        f"A {'#' * 21}, {'#' * 10}; {'#' * 9}, ###."
    ]


def test_every_character_knows_where_it_stood():
    passage = "When **some** [text](http://x.y) `c`,\n  is &amp; cafe\u0301 “été” \\* l’x\n\n- two"
    for paragraph in read(passage, NOTHING):
        for offset, character in enumerate(paragraph.text):
            source = passage[paragraph.source(offset)]
            assert source == character or (character, source) in {
                (" ", "\n"), ("#", "`"), ("&", "&"), ("é", "e"), ("*", "\\"), ("'", "’")
            }  # fmt: skip


@given(st.text(alphabet=st.sampled_from('ab é\n\t`*_[](){}<>!#|\\"“”&;:-.1~’\u0301\u00a0^=/'), max_size=60))
def test_any_text_is_read_and_every_character_stands_in_the_passage_in_order(passage):
    last = -1
    for paragraph in read(passage, NOTHING):
        assert "\n" not in paragraph.text
        for offset, character in enumerate(paragraph.text):
            place = paragraph.source(offset)
            assert last <= place < len(passage)
            if character.isalpha() and character.isascii():
                assert passage[place] in (character, "&")
            last = place


@given(st.lists(st.sampled_from(["words", "été", "naïve", "日本", "etc.", "a,"]), max_size=20))
def test_prose_without_markup_stays_as_it_is(words):
    passage = " ".join(words)
    assert texts(passage) == ([passage] if words else [])


MARKS = [
    "`",
    "[",
    "<!--",
    "“",
    "[a](",
    "{.a",
    "_",
    "&a",
    "<a",
    "é",
    "\\",
    "<a:",
    "http://",
    "[a]{lang=",
    "https://a",
    "**",
    "&#",
    "|",
]


@pytest.mark.parametrize(
    "part", [*MARKS, " ", "\n", "> ", "- ", '"a ', "``` ", "~~~\n", "a“b c d e f ", "e\u0301"]
)
def test_no_text_takes_long(part):
    passage = part * (100_000 // len(part))
    started = time.process_time()
    list(read(passage, NOTHING))
    assert time.process_time() - started < 2
