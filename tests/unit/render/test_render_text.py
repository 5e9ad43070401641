"""Nothing that an author wrote is lost on the way to the page."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pypdf
import pytest

from pipeline import tools
from pipeline.render.pandoc import FORMAT
from tests.unit.render.samples import all_constructs

pytestmark = pytest.mark.slow

WORD = re.compile(r"[^\W_]+")


def words_of_markdown(markdown: str) -> Counter[str]:
    """The visible words, as pandoc itself writes them in plain text: by another way than the PDF's."""
    arguments = [f"--from={FORMAT}", "--to=plain", "--wrap=none", "--columns=1000000", "--sandbox"]
    # The alternative text of an image is not on the page, its caption is.
    markdown = re.sub(r"!\[[^\]]*\]\([^\s)]+(?: \"([^\"]*)\")?\)(?:\{[^}]*\})?", r"\1", markdown)
    plain = tools.run("pandoc", arguments, input=markdown).text
    # What the plain writer adds: the call and the number of a note.
    plain = re.sub(r"\[\d+\]", " ", plain)
    return Counter(WORD.findall(unicodedata.normalize("NFKC", plain)))


@pytest.fixture(scope="module")
def text(everything: Path) -> str:
    """The text of all pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(everything).pages)


def words_of_pages(text: str) -> Counter[str]:
    """The words of the pages; a word that is cut at the end of a line counts whole as well as in its parts."""
    text = unicodedata.normalize("NFKC", text)
    cut = Counter(WORD.findall(text))
    whole = Counter(WORD.findall(re.sub(r"-\n", "", text)))
    return cut | whole


def test_every_visible_word_is_in_the_pdf_as_often_as_it_was_written(text):
    written = words_of_markdown(all_constructs())
    assert sum(written.values()) > 600
    assert written - words_of_pages(text) == Counter()


def test_the_comparison_notices_a_word_that_is_not_there(text):
    written = words_of_markdown(all_constructs() + "\nZanzibar\n")
    assert written - words_of_pages(text) == Counter({"Zanzibar": 1})


def test_every_id_and_every_figure_is_in_the_pdf_in_one_piece(text):
    written = set(re.findall(r"\b[A-Z]+-\d+\b", all_constructs()))
    assert len(written) > 70
    assert {each for each in written if each not in text} == set()


def test_words_are_cut_by_the_rules_of_their_language(text):
    cut = re.findall(r"(\w+)-\n(\w+)", text)
    assert cut
    dutch = {"".join(pair) for pair in cut} & {
        "wijzigingsprocedure",
        "verantwoordelijkheidsverdeling",
        "aansprakelijkheidsverzekeringen",
    }
    assert dutch


def test_what_looks_like_html_or_mathematics_is_shown_as_it_was_written(text):
    assert "$5 to $10" in text
    assert "H~2~O" in text
    assert "<b>not bold</b>" in text
    assert '"quotation" --' in text
