"""What pandoc writes becomes what the layout and the tags know."""

from xml.etree.ElementTree import tostring

import pytest

from pipeline.render.pandoc import parse
from pipeline.render.pdf.body import prepare
from pipeline.render.pdf.trees import classes, text_of

WORDS = {"admonition.note": "Nota"}


def prepared(html):
    return prepare(parse(html), WORDS)


def markup(element):
    return tostring(element, encoding="unicode", method="html")


def test_a_note_moves_to_its_call_without_blocks_and_without_a_way_back():
    body = prepared(
        '<p>Text<a href="#fn1" role="doc-noteref" id="fnref1"><sup>1</sup></a> goes on.</p>'
        '<section role="doc-endnotes"><hr><ol><li id="fn1"><p>First.</p><ul><li>item</li></ul>'
        '<p>Last.<a href="#fnref1" role="doc-backlink">back</a></p></li></ol></section>'
    )
    assert body.find("section") is None
    note = body.find("p/span")
    assert classes(note) == ["footnote"]
    assert note.tail == " goes on."
    assert {element.tag for element in note.iter()} == {"span"}
    assert text_of(note) == "First.itemLast."
    assert "sup" not in markup(body)


def test_a_callout_without_a_title_is_called_by_its_sort_in_the_language():
    body = prepared('<div class="admonition note"><p>a</p></div><div class="admonition odd"><p>b</p></div>')
    assert [callout[0].text for callout in body] == ["Nota", "Odd"]


def test_a_callout_s_own_title_is_kept_however_it_is_written():
    body = prepared(
        '<div class="admonition note" title="Mine"><p>a</p></div>'
        '<div class="admonition note"><div class="title"><p>Ours</p></div><p>b</p></div>'
    )
    assert [text_of(callout[0]) for callout in body] == ["Mine", "Ours"]
    assert all(len(callout) == 2 for callout in body)


def passages(*languages, between=""):
    return between.join(
        f'<div lang="{lang}"><p>{lang} {number}</p></div>' for number, lang in enumerate(languages)
    )


@pytest.mark.parametrize(
    ("languages", "pairs"),
    [
        (["fr"], []),
        (["fr", "fr"], []),
        (["fr", "nl"], [["fr", "nl"]]),
        (["fr", "nl", "de"], [["fr", "nl", "de"]]),
        (["fr", "nl", "fr", "nl"], [["fr", "nl"], ["fr", "nl"]]),
        (["fr", "nl", "fr"], [["fr", "nl"]]),
        (["fr", "fr", "nl"], [["fr", "nl"]]),
    ],
)
def test_passages_that_follow_each_other_in_different_languages_are_held_together(languages, pairs):
    body = prepared(passages(*languages, between=" \n"))
    found = [[child.get("lang") for child in element] for element in body.findall("div[@class='pair']")]
    assert found == pairs
    expected = [f"{lang} {number}" for number, lang in enumerate(languages)]
    assert [paragraph.text for paragraph in body.iter("p")] == expected


@pytest.mark.parametrize("between", ["words", "<p>a paragraph</p>", "<h2>A heading</h2>"])
def test_passages_with_something_between_them_are_not(between):
    assert prepared(passages("fr", "nl", between=between)).find("div[@class='pair']") is None


def test_text_after_passages_that_are_held_together_stays_there():
    body = prepared(passages("fr", "nl") + "after")
    assert body[0].tail == "after"
    assert text_of(body) == "fr 0nl 1after"


def test_a_division_that_begins_with_a_heading_is_no_section_and_the_heading_has_its_id():
    body = prepared(
        '<section id="objet" lang="fr"><h2>Objet</h2></section><section id="v" lang="nl"><h2>V</h2></section>'
    )
    (pair,) = body
    assert [(child.tag, child.get("lang"), child.get("id")) for child in pair] == [
        ("div", "fr", None),
        ("div", "nl", None),
    ]
    assert [heading.get("id") for heading in pair.iter("h2")] == ["objet", "v"]


def test_a_lone_image_with_a_title_is_a_figure_with_a_caption():
    body = prepared('<p><img src="a.svg" alt="A" title="Words"></p><p>x <img src="a.svg" alt="A"></p>')
    assert [child.tag for child in body] == ["figure", "p"]
    assert text_of(body.find("figure/figcaption")) == "Words"
    assert body.find("figure/img").get("title") is None


def test_a_column_of_ids_heads_its_rows():
    rows = "<tr><td><a>REQ-101</a></td><td>a</td></tr><tr><td>BN-2</td><td>b</td></tr>"
    body = prepared(f"<table><thead><tr><th>ID</th><th>T</th></tr></thead><tbody>{rows}</tbody></table>")
    assert [cell.get("scope") for cell in body.iter("th")] == ["col", "col", "row", "row"]


def test_a_column_of_words_does_not():
    body = prepared("<table><tbody><tr><td>REQ-101 and more</td><td>a</td></tr></tbody></table>")
    assert body.find(".//th") is None


@pytest.mark.parametrize(
    ("columns", "place", "wide"), [(6, "table", False), (7, "table", True), (10, "div", True)]
)
def test_a_table_of_many_columns_is_set_smaller_then_on_its_side(columns, place, wide):
    body = prepared(f"<table><tbody><tr>{'<td>a</td>' * columns}</tr></tbody></table>")
    assert body[0].tag == place
    assert ("wide" in classes(body.find(".//table") if place == "div" else body[0])) is wide


def test_a_table_that_no_page_can_hold_is_cut_into_tables_that_share_the_first_column():
    head = "".join(f"<th>c{number}</th>" for number in range(40))
    cells = "".join(f"<td>v{number}</td>" for number in range(40))
    body = prepared(
        f"<table><caption>C</caption><thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    )
    tables = body.findall("div/table")
    assert len(body.findall(".//caption")) == 1
    shown = [[cell.text for cell in table.find("tbody/tr")] for table in tables]
    assert [row[0] for row in shown] == ["v0"] * 3
    assert [cell for row in shown for cell in row[1:]] == [f"v{number}" for number in range(1, 40)]
    assert max(map(len, shown)) == 16


def test_an_id_stands_once_and_a_link_to_nowhere_is_text():
    body = prepared('<div id="a"></div><p id="a"><a href="#a">x</a> <a href="#b">y</a> <a>z</a></p>')
    assert [element.get("id") for element in body] == ["a", None]
    assert [element.tag for element in body[1]] == ["a", "span", "span"]


def test_boxes_to_tick_are_characters():
    body = prepared(
        '<ul><li><label><input type="checkbox">a</label></li>'
        '<li><label><input type="checkbox" checked>b</label></li></ul>'
    )
    assert [text_of(item) for item in body.iter("li")] == ["☐ a", "☑ b"]
    assert body.find(".//input") is None


def test_what_a_card_states_is_marked():
    body = prepared(
        '<div class="card" id="REQ-1"><h3>T</h3><p><span class="badge">must</span> <span class="badge">x</span></p>'
        '<p>The system shall.</p><p>More.</p><div class="facts"><ul><li><strong>Owner:</strong> A</li>'
        "<li><strong>Criteria:</strong><ul><li>one</li></ul></li></ul></div></div>"
    )
    card = body[0]
    assert card.tag == "article"
    assert [classes(child) for child in card] == [[], ["badges"], ["lead"], [], ["facts"]]
