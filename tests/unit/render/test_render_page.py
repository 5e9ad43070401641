"""Templates: an organisation replaces files and words by name, and needs no code for it."""

import tomllib
from pathlib import Path

import pytest

from pipeline.errors import CouldNotRun
from pipeline.render.pdf.page import Parts, compose, long_day, read_words, size, tie, watermark, words_in
from tests.unit.render.samples import TEMPLATES, facts_of


@pytest.fixture
def ours(tmp_path):
    return tmp_path


def composed(ours, lang="en", **changes):
    return compose(Parts("<p>Body</p>"), facts_of(**changes), lang, (str(ours), *TEMPLATES))


def test_the_facts_are_on_the_pages(ours):
    html = composed(ours)
    for words in ("DLV-003", "Requirements and risks of lot 1", "20 November 2026", "In review", "4f1c2ab9"):
        assert words in html
    for words in ("Sofie Janssens", "Programme director", "2026-11-19", "Steering committee; Process owners"):
        assert words in html
    assert "with changes that no revision holds" in html
    assert "<p>Body</p>" in html


def test_what_is_not_known_leaves_no_gap(ours):
    html = composed(
        ours,
        version="",
        organisation="",
        programme="",
        owner="",
        revision="",
        history=(),
        approvals=(),
        distribution=(),
    )
    assert 'data-running="DLV-003 · In review"' in html
    assert 'data-foot="Internal"' in html
    for words in (
        "cover-organisation",
        ">Version<",
        "Owner",
        "Source revision",
        "Version history",
        "Approvals",
    ):
        assert words not in html


def test_markup_in_facts_stays_text(ours):
    html = composed(ours, title="<script>alert(1)</script>", organisation="A & B")
    assert "<script" not in html
    assert "A &amp; B" in html


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Contrôle du document", "20 novembre 2026", "En relecture", "Diffusion")),
        ("nl", ("Documentbeheer", "20 november 2026", "In nazicht", "Verspreiding")),
        ("de", ("Dokumentenlenkung", "20 November 2026", "In Prüfung", "Verteiler")),
    ],
)
def test_the_templates_speak_the_language_of_the_document(ours, lang, words):
    html = composed(ours, lang)
    assert f'<html lang="{lang}">' in html
    for word in words:
        assert word in html


def test_a_settled_document_has_no_watermark(ours):
    assert "watermark" in composed(ours)
    assert "watermark" not in composed(ours, status="approved", settled=True)


def test_the_watermark_is_trilingual_and_begins_with_the_document_s_language():
    words = read_words(TEMPLATES)
    assert watermark(words, "en", "draft") == ["DRAFT", "PROJET", "ONTWERP"]
    assert watermark(words, "nl", "in-review") == ["ONTWERP", "DRAFT", "PROJET"]
    assert watermark(words, "de", "draft") == ["ENTWURF", "DRAFT", "PROJET", "ONTWERP"]
    assert watermark(words, "fr", "superseded") == ["REMPLACÉ", "SUPERSEDED", "VERVANGEN"]


def test_a_file_of_ours_stands_in_for_the_shipped_one(ours):
    (ours / "cover.html").write_text("<header>Our own cover of {{ facts.id }}</header>")
    html = composed(ours)
    assert "Our own cover of DLV-003" in html
    assert "cover-title" not in html
    assert "Document control" in html


def test_a_style_sheet_of_ours_stands_in_for_the_shipped_one(ours):
    (ours / "theme.css").write_text("")
    assert f'href="{ours.as_uri()}/theme.css"' in composed(ours)
    assert f'href="{Path(TEMPLATES[0]).as_uri()}/text.css"' in composed(ours)


def test_words_of_ours_are_laid_over_the_shipped_ones(ours):
    (ours / "words.toml").write_text('[en]\ncontrol = "Fiche"\n[wa]\ncontrol = "Tchîpotaedje"\n')
    words = read_words((str(ours), *TEMPLATES))
    assert words_in(words, "en")["control"] == "Fiche"
    assert words_in(words, "en")["version"] == "Version"
    assert words_in(words, "wa")["control"] == "Tchîpotaedje"
    assert words_in(words, "wa")["version"] == "Version"


def test_a_status_without_a_word_stands_for_itself(ours):
    assert "Waiting for godot" in composed(ours, status="waiting-for-godot")


def test_every_language_has_every_word():
    words = tomllib.loads(Path(TEMPLATES[0], "words.toml").read_text(encoding="utf-8"))
    assert set(words) == {"en", "fr", "nl", "de"}
    for lang in words:
        assert set(words[lang]) == set(words["en"]), lang
        assert len(words[lang]["months"].split()) == 12


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("cover.html", "{% if %}", "faulty"),
        ("cover.html", "{{ nonsense.x }}", "undefined"),
        ("cover.html", "{{ facts.__class__.__mro__ }}", "unsafe"),
        ("words.toml", "= broken", "cannot be read"),
        ("document.html", '{{ asset("none.css") }}', "none.css"),
        ("document.html", '{% include "none.html" %}', "none.html"),
    ],
)
def test_a_faulty_template_could_not_run(ours, name, text, why):
    (ours / name).write_text(text)
    with pytest.raises(CouldNotRun, match=why):
        composed(ours)


def test_no_template_at_all_could_not_run():
    with pytest.raises(CouldNotRun, match=r"document\.html"):
        compose(Parts(""), facts_of(), "en", ())


def test_days_are_written_in_words_and_anything_else_as_it_is():
    months = read_words(TEMPLATES)["fr"]["months"]
    assert long_day("2026-03-05", months) == "5 mars 2026"
    for strange in ("", "2026-13-01", "soon", "2026-03", "2026-xx-01"):
        assert long_day(strange, months) == strange


def test_a_short_last_word_is_tied_to_the_one_before():
    assert tie("Requirements of lot 1") == "Requirements of lot\u00a01"
    assert tie("Requirements") == "Requirements"
    assert tie("A circular") == "A circular"
    assert [size("x" * length) for length in (60, 61, 130, 131, 400)] == [
        "short",
        "medium",
        "medium",
        "long",
        "long",
    ]
