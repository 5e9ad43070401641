"""The page on the budget: it asks for figures that there are, in each language, and is not made of nothing."""

import pytest

from pipeline.figures.measures import FROM_HEADERS
from pipeline.weave.dashboards import PAGES, said, shows, views_of
from pipeline.weave.dashboards.budget import PAGE
from tests.registers import register, section

BUDGET = section("BUD-1", status="approved", currency="EUR", vat="excl", bac="5.00")


def test_it_is_one_of_the_pages_on_the_state():
    assert PAGE in PAGES
    assert PAGE.path == "state/budget.md"


@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_all_its_words_are_there_in_each_language(lang):
    words = [PAGE.titles, PAGE.intro, *(section.titles for section in PAGE.sections)]
    assert all(lang in each and said(each, lang) for each in words)


def test_its_figures_are_figures():
    named = [name for part in PAGE.sections for name in part.view.get("figures", ())]
    assert named
    assert set(named) <= set(FROM_HEADERS)


def test_it_is_made_where_there_is_a_budget():
    for sections, made in (([BUDGET], True), ([], False), ([section("REQ-1")], False)):
        views = views_of(register(*sections), PAGE, "fr")
        assert shows(PAGE, views, told=True) is made
