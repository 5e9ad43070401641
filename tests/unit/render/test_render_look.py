"""How a PDF looks: what its style sheets say of cards, badges and contents, and the order of its index."""

import re
from pathlib import Path

from pipeline.render.pdf.contents import Entry
from pipeline.render.pdf.page import Parts, compose
from tests.unit.render.samples import TEMPLATES, facts_of

FOLDER = Path(__file__).parents[3] / "templates/pdf/standard"


def rules(sheet: str) -> list[tuple[list[str], str]]:
    """The rules of a style sheet: selectors, and what is declared."""
    text = re.sub(r"/\*.*?\*/", "", (FOLDER / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    return [
        ([each.strip() for each in names.split(",")], said)
        for names, said in re.findall(r"([^{}]+)\{([^{}]*)\}", text)
    ]


def said_of(sheet: str, selector: str) -> str:
    return " ".join(said for names, said in rules(sheet) if selector in names)


def test_a_priority_has_no_colour_of_alarm():
    for word in ("must", "should"):
        said = said_of("cards.css", f".badge.{word}")
        assert "var(--brand)" in said
        assert not re.search(r"var\(--(bad|fair)", said)


def test_the_frame_of_a_broken_card_stays_open():
    assert "clone" not in said_of("cards.css", ".card")


def test_no_padding_at_the_foot_moves_a_whole_card():
    padding = re.search(r"padding: (.*?);", said_of("cards.css", ".card"))
    assert padding
    assert padding[1].split()[2] == "0"


def test_the_values_of_facts_stand_below_each_other():
    label = said_of("cards.css", ".facts > ul > li > strong:first-child")
    assert "float: left" in label
    assert "margin-left: -34mm" in label
    assert "padding-left: 34mm" in said_of("cards.css", ".facts > ul > li")


def test_titles_in_the_contents_are_in_line():
    assert "min-width: 6mm" in said_of("front.css", ".contents .number")


def test_the_index_is_in_the_order_of_ids():
    cards = tuple(Entry(1, f"REQ-{number}", "Title", f"REQ-{number}") for number in (102, 112, 101, 105, 103))
    page = compose(Parts("", (), cards), facts_of(), "en", TEMPLATES)
    index = page.split('class="index"')[1]
    assert re.findall(r'<th scope="row">(REQ-\d+)', index) == [
        "REQ-101",
        "REQ-102",
        "REQ-103",
        "REQ-105",
        "REQ-112",
    ]
