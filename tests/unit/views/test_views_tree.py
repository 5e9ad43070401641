"""Outlines of what is part of what."""

import pytest

from pipeline.views import Nothing, show
from tests.unit.views.plans import LONG, chart, marks, overflowing, planned, rows, section, words

PLAN = (
    section("BN-001", "Less paper", status="approved")
    + section("BN-002", "Less waiting", status="draft")
    + section("REQ-001", "Send by mail", status="draft", satisfies="[BN-001]")
    + section("REQ-010", "Send by post", status="draft", satisfies="[BN-001]", derived_from="[REQ-002]")
    + section("REQ-002", "Keep proof", status="approved", satisfies="[BN-001]")
    + section("WI-001", "Mailer", status="open", implements="[REQ-001]")
)
ROLES = ["satisfies", "implements"]


def test_the_outline_goes_down_from_what_is_chosen():
    shown = chart(planned(PLAN), view="tree", kind="business-need", roles=ROLES)
    assert [row[:2] for row in rows(shown)] == [
        ["1", "BN-001"],
        ["1.1", "REQ-001"],
        ["1.1.1", "WI-001"],
        ["1.2", "REQ-002"],
        ["1.3", "REQ-010"],
        ["2", "BN-002"],
    ]
    assert shown.words == "At the top: 2; below: 4, in 3 levels together. With nothing below: BN-002."
    assert "paraph:WI-001|WI-001 Mailer" in marks(shown)


def test_within_a_kind_only_what_is_below_nothing_is_at_the_top():
    shown = chart(planned(PLAN), "fr", view="tree", kind="requirement", roles=["derived_from"])
    assert [row[:2] for row in rows(shown)] == [["1", "REQ-001"], ["2", "REQ-002"], ["2.1", "REQ-010"]]
    assert shown.words.startswith("Au sommet : 2 ; en dessous : 1, sur 2 niveaux en tout.")
    assert {"projet", "approuvé"} <= set(words(shown))


def test_a_circle_ends_where_it_closes():
    text = section("WI-001", status="open", part_of="[WI-002]") + section(
        "WI-002", status="open", part_of="[WI-001]"
    )
    shown = chart(planned(text), view="tree", kind="work-item", roles=["part_of"])
    assert [row[:2] for row in rows(shown)] == [["1", "WI-001"], ["1.1", "WI-002"], ["1.1.1", "WI-001"]]
    assert "Title  ↑ 1" in words(shown)


def test_what_lies_below_two_others_is_opened_once():
    text = PLAN + section("REQ-003", "Both", status="draft", satisfies="[BN-001, BN-002]")
    text += section("WI-002", status="open", implements="[REQ-003]")
    shown = chart(planned(text), view="tree", kind="business-need", roles=ROLES)
    assert [row[0] for row in rows(shown) if row[1] in ("REQ-003", "WI-002")] == ["1.3", "1.3.1", "2.1"]
    assert "Both  ↑ 1.3" in words(shown)


def test_a_thick_web_is_no_more_than_its_links():
    names = [f"WI-{number:03}" for number in range(1, 40)]
    text = "".join(
        section(name, status="open", part_of=f"[{', '.join(names[:place])}]")
        for place, name in enumerate(names)
    )
    assert len(rows(chart(planned(text), view="tree", kind="work-item", roles=["part_of"]))) <= 80


def test_what_lies_deeper_than_there_is_room_for_is_counted():
    text = section("BN-001", "Need", status="approved")
    text += "".join(
        section(f"REQ-{number:03}", status="draft", satisfies="[BN-001]") for number in range(1, 41)
    )
    text += "".join(
        section(f"WI-{number:03}", status="open", implements=f"[REQ-{(number + 1) // 2:03}]")
        for number in range(1, 81)
    )
    shown = chart(planned(text), view="tree", kind="business-need", roles=ROLES)
    assert len(rows(shown)) == 41
    assert "Title  + 2" in words(shown)
    assert "Of 121 entries 41 are shown; + says how many lie below." in shown.words


def test_of_very_many_at_the_top_the_first_are_shown():
    text = "".join(section(f"BN-{number:04}", status="draft") for number in range(1, 2001))
    shown = chart(planned(text), view="tree", kind="business-need", roles=ROLES)
    assert len(rows(shown)) == 80
    assert "Of 2,000 entries 80 are shown" in shown.words


@pytest.mark.parametrize("text", ["", section("WI-001", status="open")])
def test_without_any_of_the_kind_there_is_nothing(text):
    assert show(planned(text), {"view": "tree", "kind": "business-need", "roles": ROLES}) == Nothing()


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
def test_long_titles_are_cut_and_stay_inside(title):
    shown = chart(
        planned(section("BN-001", title, status="draft")), view="tree", kind="business-need", roles=ROLES
    )
    assert overflowing(shown) == []
    assert any(text.endswith("…") for text in words(shown))
