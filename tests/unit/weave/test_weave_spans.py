"""Pieces of a text: attributes, links, references, code and comments."""

import pytest

from pipeline.weave.attributes import read_attributes
from pipeline.weave.inline import spoken
from pipeline.weave.spans import find_spans, inline_references, safe, scheme
from pipeline.weave.tokens import Edit, masked_text, read_tokens, replace


@pytest.mark.parametrize(
    ("written", "braces"),
    [
        (".wide #top", "{#top .wide}"),
        (": .a .b width=40% ", '{.a .b width="40%"}'),
        ('title="two words" lang=fr', '{title="two words" lang="fr"}'),
        ('onclick="alert(1)" style="x" .a', "{.a}"),
        ("", ""),
    ],
)
def test_attributes_are_kept_when_they_can_do_no_harm(written, braces):
    assert read_attributes(written).braces() == braces


def test_attributes_cannot_break_out_of_html():
    assert read_attributes("title='a<b>&\"'").html() == ' title="a&lt;b&gt;&amp;"'


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://example.org", True),
        ("mailto:a@example.org", True),
        ("page.md#x", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("javascript&colon;alert(1)", True),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("//example.org/x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_a_link_leads_to_the_web_a_mailbox_or_to_us(target, expected):
    assert safe(target) == expected


def test_an_entity_in_an_address_is_no_scheme_but_no_document_either():
    """It is then a relative address, and what is no document of ours is not linked."""
    assert scheme("javascript&colon;alert(1)") == ""


def spans_of(text):
    return [
        (span.target, text[span.text_start : span.text_end], span.image)
        for span in find_spans(text, masked_text(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", [("b.md", "a", False)]),
        ('[a](b.md "t")', [("b.md", "a", False)]),
        ("[a](<b c.md>)", [("b c.md", "a", False)]),
        ("![a](b.png)", [("b.png", "a", True)]),
        ("[![a](b.png)](c.md)", [("c.md", "![a](b.png)", False), ("b.png", "a", True)]),
        ("[a](https://e.org/x_(y)?z=1)", [("https://e.org/x_(y)?z=1", "a", False)]),
        ("[a `]` b](c.md)", [("c.md", "a `]` b", False)]),
        ("`[a](b.md)`", []),
        ("<!-- [a](b.md) -->", []),
        ("[a]", []),
    ],
)
def test_links_are_found_with_their_parts(text, expected):
    assert spans_of(text) == expected


def test_reference_links_become_inline_ones():
    text = '[Words][r], [r], [r][] and [other].\n\n[r]: a.md "T"\n[other]: <b.md>\n'
    woven = inline_references(text, masked_text(text))
    assert woven == '[Words](a.md "T"), [r](a.md "T"), [r](a.md "T") and [other](<b.md>).\n\n\n\n'


def test_a_reference_in_code_stays():
    text = "`[r]` and\n\n```\n[r]: b.md\n```\n\n[r]: a.md\n"
    assert inline_references(text, masked_text(text)).startswith("`[r]` and\n\n```\n[r]: b.md\n```\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b> c", "a &lt;b> c"),
        ("`<b>`", "`<b>`"),
        ("``a ` <b>``", "``a ` <b>``"),
        ("\\`<b>\\`", "\\`&lt;b>\\`"),
        ("<https://example.org>", "<https://example.org>"),
        ("<javascript:x>", "&lt;javascript:x>"),
        ("a <!-- b\nc --> d", "a  d"),
        ("a <!-- never closed", "a "),
        ("`<!-- x` [a](b) -->", "`<!-- x` [a](b) -->"),
        ("- `a\n- <b>`", "- &#96;a\n- &lt;b>&#96;"),
        ("`a\n\n<b>`", "&#96;a\n\n&lt;b>&#96;"),
        ("`a\n<b>`", "`a <b>`"),
        ("<!--\n```\n<b>\n```\n--> x", " x"),
        ("```\n<!-- <b>\n```\n<c>", "```\n<!-- <b>\n```\n&lt;c>"),
    ],
)
def test_html_becomes_words_and_comments_go_but_code_stays(text, expected):
    assert replace(text, read_tokens(text).edits) == expected


def test_an_edit_that_overlaps_an_earlier_one_is_left_out():
    assert replace("abcdef", [Edit(2, 4, "X"), Edit(0, 3, "Y")]) == "Ydef"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bold** and *it*", "Bold and it"),
        ("snake_case_name", "snake_case_name"),
        ("[words](a.md) here", "words here"),
        ("a `code` b", "a code b"),
        ("[mot]{lang=fr}", "mot"),
        ("a note[^1]", "a note"),
        ("\\[plain\\]", "[plain]"),
    ],
)
def test_markdown_spoken_is_plain_words(text, expected):
    assert spoken(text, "en") == expected
