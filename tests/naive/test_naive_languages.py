"""What the pages on the state of the programme say is the same in French, Dutch and English, and in both dialects."""

import re

import pytest
from msgspec import structs

from pipeline.model import Programme, Thresholds
from pipeline.views import show
from pipeline.weave.body import weave_lines
from pipeline.weave.dashboards import PAGES
from pipeline.weave.deliverable import _Inside
from pipeline.weave.dialect import DIALECTS
from pipeline.weave.loom import Gathered, Loom, Place
from pipeline.weave.present import present
from tests.naive.reading import figures_in
from tests.naive.test_naive_measures import SOURCES, THRESHOLDS
from tests.support import Texts, programme_in

SECTIONS = [(page.path, number) for page in PAGES for number in range(len(page.sections))]


@pytest.fixture(scope="module")
def percepta() -> tuple[Programme, Texts]:
    programme, source = programme_in(str(SOURCES))
    thresholds = Thresholds(high_risk=THRESHOLDS["high_risk"], closed=tuple(THRESHOLDS["closed"]))
    return structs.replace(programme, day="2026-11-27", thresholds=thresholds), source


def shown(percepta: tuple[Programme, Texts], path: str, number: int, dialect: str, lang: str) -> list[str]:
    """The figures of the tables and sentences of a section, in their order."""
    programme, source = percepta
    section = next(page for page in PAGES if page.path == path).sections[number]
    loom = Loom(programme, source, DIALECTS[dialect], _Inside(Gathered()))
    text = present(
        loom, Place("index.md", "index.md", lang), show(programme, section.view, lang), 3, weave_lines
    )
    # What stands in attributes and addresses is not read.
    text = re.sub(r"<svg.*?</svg>|<[^>]*>|\]\([^)]*\)(\{[^}]*\})?|\{[^}]*\}|chart:[\w=-]+", " ", text)
    return figures_in(text)


@pytest.mark.parametrize(("path", "number"), SECTIONS)
def test_the_same_figures_in_every_language(percepta, path: str, number: int):
    # In which order they come may depend on the words.
    english = sorted(shown(percepta, path, number, "material", "en"))
    for lang in ("fr", "nl"):
        assert sorted(shown(percepta, path, number, "material", lang)) == english


@pytest.mark.parametrize(("path", "number"), SECTIONS)
def test_the_same_figures_on_the_site_and_on_paper(percepta, path: str, number: int):
    site, paper = (sorted(shown(percepta, path, number, dialect, "fr")) for dialect in ("material", "pandoc"))
    assert set(site) == set(paper)


def test_figures_are_read_in_each_language():
    assert figures_in("1 March 2026, EUR\u00a01,234.50, −3 of 12") == [
        "20260301d",
        "1234.50",
        "-3",
        "12",
    ]
    assert figures_in("1er mars 2026, EUR\u00a01.234,50, −3 sur 12") == [
        "20260301d",
        "1234.50",
        "-3",
        "12",
    ]
    assert figures_in("1 maart 2026, EUR\u00a01.234,50, −3 van 12") == [
        "20260301d",
        "1234.50",
        "-3",
        "12",
    ]
