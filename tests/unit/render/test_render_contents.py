"""Headings get levels without a gap and numbers; the contents and the index are made of them."""

from itertools import pairwise
from xml.etree.ElementTree import Element

from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.pandoc import parse
from pipeline.render.pdf.contents import list_cards, number_headings
from pipeline.render.pdf.trees import text_of


def test_chapters_are_numbered_below_the_title_and_sections_below_them():
    body = parse(
        '<h1 id="a">One</h1><h2 id="b">Two <em>and</em></h2><h2 id="c">Three</h2><h1 id="d">Four</h1>'
    )
    entries = number_headings(body, 3)
    assert [text_of(heading) for heading in body] == ["1 One", "1.1 Two and", "1.2 Three", "2 Four"]
    assert [heading.tag for heading in body] == ["h2", "h3", "h3", "h2"]
    assert [(entry.number, entry.text, entry.anchor) for entry in entries] == [
        ("1", "One", "a"),
        ("2", "Four", "d"),
    ]
    assert [(entry.number, entry.depth) for entry in entries[0].below] == [("1.1", 2), ("1.2", 2)]
    assert body[1].get("data-label") == "1.1 Two and"


def test_headings_that_say_the_same_in_two_languages_share_their_number():
    passage = '<div lang="{0}"><h2 id="{0}1">{0} one</h2><h3 id="{0}2">{0} two</h3></div>'
    pair = f'<div class="pair">{passage.format("fr")}{passage.format("nl")}</div>'
    body = parse(f'<h2 id="a">First</h2>{pair}<h2 id="z">Last</h2>')
    entries = number_headings(body, 3)
    shown = [text_of(heading) for heading in body.iter() if heading.tag in ("h2", "h3")]
    assert shown == ["1 First", "2 fr one", "2.1 fr two", "2 nl one", "2.1 nl two", "3 Last"]
    assert [(entry.number, entry.lang) for entry in entries] == [
        ("1", ""),
        ("2", "fr"),
        ("2", "nl"),
        ("3", ""),
    ]


def test_a_second_language_with_more_headings_than_the_first_counts_on():
    pair = (
        '<div class="pair"><div lang="fr"><h2 id="a">Un</h2></div>'
        '<div lang="nl"><h3 id="b">Een</h3><h2 id="c">Twee</h2></div></div>'
    )
    body = parse(pair)
    number_headings(body, 3)
    shown = [(heading.tag, text_of(heading)) for heading in body.iter() if heading.tag in ("h2", "h3")]
    assert shown == [("h2", "1 Un"), ("h2", "1 Een"), ("h2", "2 Twee")]


def test_the_contents_go_as_deep_as_asked():
    body = parse('<h2 id="a">A</h2><h3 id="b">B</h3><h4 id="c">C</h4>')
    (entry,) = number_headings(body, 2)
    assert [below.below for below in entry.below] == [()]


def test_the_title_of_a_card_and_an_unnumbered_heading_have_no_number():
    body = parse(
        '<h2 id="a" class="unnumbered">Preface</h2><h2 id="b">One</h2>'
        '<article class="card" id="REQ-1"><h3 id="c"><span class="id">REQ-1</span> Title</h3></article>'
    )
    entries = number_headings(body, 3)
    assert [(entry.number, entry.text) for entry in entries] == [("", "Preface"), ("1", "One")]
    assert [(card.number, card.text, card.anchor) for card in list_cards(body)] == [
        ("REQ-1", "Title", "REQ-1")
    ]


def test_the_call_of_a_note_is_no_part_of_the_label():
    body = parse('<h2 id="a">One<span class="footnote">a note</span> more</h2>')
    (entry,) = number_headings(body, 1)
    assert entry.text == "One more"


@given(st.lists(st.integers(min_value=1, max_value=6), min_size=1, max_size=20))
def test_no_level_is_skipped_and_no_number_comes_twice(levels):
    body = Element("body")
    for level in levels:
        heading = Element(f"h{level}")
        heading.text = "Words"
        body.append(heading)
    number_headings(body, 6)
    found = [1, *(int(heading.tag[1]) for heading in body)]
    assert all(after - before <= 1 for before, after in pairwise(found))
    assert min(found[1:]) == 2
    numbers = [heading[0].text for heading in body]
    assert len(set(numbers)) == len(numbers)
    # Who stood below another still does.
    for first, second, before, after in zip(levels, levels[1:], found[1:], found[2:], strict=False):
        assert not first < second or before < after or before == 6
