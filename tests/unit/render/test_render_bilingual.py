"""The bilingual template: two languages side by side on every page, each marked as what it is."""

import re

import pikepdf
import pypdf
import pytest

from pipeline.render.pdf import render_pdf
from pipeline.render.pdf.page import Parts, compose
from tests.unit.render.samples import GOLDEN, ROOT, TEMPLATES, facts_of, structures, woven_of

FOLDERS = (str(ROOT / "templates/pdf/bilingual"), *TEMPLATES)
PAIR = """::: {lang="fr"}

## Objet {#objet}

Une phrase en français. FRANCE

:::

::: {lang="nl"}

## Voorwerp {#voorwerp}

Een zin in het Nederlands. VLAANDEREN

:::
"""
LONG = PAIR.replace("FRANCE", "Phrase FRANCE suivante. " * 400).replace(
    "VLAANDEREN", "Zin VLAANDEREN volgt. " * 400
)
BOTH = {"titles": (("nl", "Omzendbrief"),), "title": "Circulaire"}


@pytest.fixture
def rendered(tmp_path):
    def render(markdown, **changes):
        out = tmp_path / "out.pdf"
        facts = facts_of(**{**BOTH, **changes})
        return render_pdf(woven_of(markdown, GOLDEN, "fr"), facts, out, template_folders=FOLDERS)

    return render


def composed(folders=FOLDERS, **changes):
    return compose(Parts("<p>Body</p>"), facts_of(**{**BOTH, **changes}), "fr", folders)


def starts(page, word):
    """Where on a page, in points from its left edge, lines with a word begin."""
    found = []

    def note(text, shift, matrix, *_):
        if word in text:
            found.append(matrix[4] * shift[0] + matrix[5] * shift[2] + shift[4])

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.slow
def test_both_columns_begin_on_one_page_and_go_over_to_the_next_together(rendered):
    pages = [page for page in pypdf.PdfReader(rendered(LONG)).pages if "FRANCE" in page.extract_text()]
    assert len(pages) > 3
    middle = float(pages[0].mediabox.width) / 2
    # The last page may hold the end of the longer one alone.
    for page in pages[:-1]:
        french, dutch = starts(page, "FRANCE"), starts(page, "VLAANDEREN")
        assert french
        assert dutch
        assert max(french) < middle < min(dutch)


@pytest.mark.slow
def test_each_passage_is_tagged_with_its_language_and_read_whole(rendered):
    with pikepdf.open(rendered(PAIR)) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        told = [
            (str(structure.S), str(structure.get("/Lang", "")))
            for structure in structures(pdf)
            if structure.S in ("/Div", "/H2")
        ]
    begin = told.index(("/H2", "")) - 1
    assert told[begin : begin + 4] == [("/Div", "fr"), ("/H2", ""), ("/Div", "nl"), ("/H2", "")]


@pytest.mark.slow
def test_a_letter_has_one_bookmark_for_its_title_and_one_for_each_heading(rendered):
    with pikepdf.open(rendered(PAIR)) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Circulaire"
        assert [item.title for item in title.children][:2] == ["1 Objet", "1 Voorwerp"]


def test_labels_stand_in_both_languages_each_marked_with_its_own():
    html = composed()
    assert '<span lang="fr">Contrôle du document</span> / <span lang="nl">Documentbeheer</span>' in html
    assert '<span lang="fr">20 novembre 2026</span> / <span lang="nl">20 november 2026</span>' in html
    assert 'data-label="Contrôle du document / Documentbeheer"' in html
    assert re.findall("<h1[^>]*>([^<]+)<", html) == ["Circulaire", "Omzendbrief"]


def test_labels_alike_stand_once():
    assert '<th scope="row">Document</th>' in composed()


def test_a_letter_in_one_language_alone_is_possible():
    html = composed(titles=())
    assert re.findall("<h1[^>]*>([^<]+)<", html) == ["Circulaire"]
    assert "<caption>Identification</caption>" in html


def test_markup_in_titles_and_words_stays_text(tmp_path):
    (tmp_path / "words.toml").write_text('[nl]\nstatus = "<b>Status"\norganisation = "A & B"\n')
    html = composed((str(tmp_path), *FOLDERS), titles=(("nl", "<i>Omzendbrief"),))
    assert "<i>" not in html
    assert "<b>" not in html
    assert "A &amp; B" in html


@pytest.mark.parametrize("status", ["approved", "made-up-by-us"])
def test_a_status_of_any_name_is_shown(status):
    assert ("Goedgekeurd" if status == "approved" else "Made up by us") in composed(
        status=status, settled=True
    )
