"""The PDF as a whole: the same bytes everywhere, whole or not at all, and clear words when it cannot be made."""

import hashlib
import os
import pickle
import subprocess
import sys
import unicodedata
from pathlib import Path

import pypdf
import pytest

from pipeline.errors import CouldNotRun
from pipeline.render.pdf import render, render_pdf
from tests.unit.render.samples import GOLDEN, ROOT, TEMPLATES, all_constructs, facts_of, woven_of

pytestmark = pytest.mark.slow

ELSEWHERE = {
    "here": {},
    "another time zone, hash seed and locale": {
        "TZ": "Asia/Tokyo",
        "PYTHONHASHSEED": "4711",
        "LC_ALL": "nl_BE.UTF-8",
        "LANGUAGE": "ar",
    },
    "no fonts and no settings of the system": {
        "FONTCONFIG_FILE": "/nonexistent/fonts.conf",
        "HOME": "/nonexistent",
    },
}
SCRIPT = """
import sys
from pipeline.render.pdf import render_pdf
from tests.unit.render.samples import TEMPLATES, all_constructs, facts_of, woven_of
render_pdf(woven_of(all_constructs()), facts_of(), sys.argv[1], template_folders=TEMPLATES)
"""


def rendered(markdown, out, root=GOLDEN, folders=TEMPLATES, **changes):
    return render_pdf(woven_of(markdown, root), facts_of(**changes), out, template_folders=folders)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_the_same_input_gives_the_same_bytes(place, everything, tmp_path):
    out = tmp_path / "deep/er/again.pdf"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1", **ELSEWHERE[place]}
    subprocess.run([sys.executable, "-c", SCRIPT, str(out)], cwd=tmp_path, env=environment, check=True)
    assert digest(out) == digest(everything)


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_another_day_gives_another_file(everything, tmp_path):
    assert digest(rendered(all_constructs(), tmp_path / "x.pdf", day="2026-11-21")) != digest(everything)


def test_the_file_has_the_bytes_of_a_pdf_and_nothing_is_left_beside_it(tmp_path):
    out = rendered("## One {#one}\n\ntext\n", tmp_path / "out/x.pdf")
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert out.stat().st_mode & 0o777 == 0o644
    assert os.listdir(out.parent) == ["x.pdf"]


def test_the_last_good_file_stays_when_writing_fails(tmp_path, monkeypatch):
    out = tmp_path / "x.pdf"
    out.write_bytes(b"the last good one")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(render.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        rendered("text", out)
    assert out.read_bytes() == b"the last good one"
    assert os.listdir(tmp_path) == ["x.pdf"]


def test_the_engine_has_nothing_to_complain_of(tmp_path, caplog):
    rendered(all_constructs(), tmp_path / "x.pdf")
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def test_what_is_given_can_be_sent_to_another_process():
    for value in (woven_of("text"), facts_of()):
        assert pickle.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("text", ["Smile 🙂", "العربية", "漢字", "Music 𝄞"])
def test_a_character_that_no_font_has_is_named(text, tmp_path):
    with pytest.raises(CouldNotRun, match=r"no font of the template has .*U\+") as caught:
        rendered(text, tmp_path / "x.pdf")
    assert any(character in caught.value.message for character in text if ord(character) > 255)
    assert "fonts.css" in caught.value.hint
    assert not (tmp_path / "x.pdf").exists()


def test_characters_that_look_like_ones_that_are_there_are_replaced(tmp_path):
    out = rendered("non‑breaking ‐ ✔ → ≥ ☐ € œ ﬁ", tmp_path / "x.pdf", title="Non‑breaking")
    text = pypdf.PdfReader(out).pages[-1].extract_text()
    assert "non-breaking - ✓ → ≥ ☐ € œ fi" in unicodedata.normalize("NFKC", text)


def test_a_missing_font_is_named(tmp_path):
    (tmp_path / "fonts.css").write_text('@font-face { font-family: "Source Sans"; src: url(our-own.ttf) }')
    with pytest.raises(CouldNotRun, match=r"our-own\.ttf is no file of the templates"):
        rendered("text", tmp_path / "x.pdf", folders=[str(tmp_path), *TEMPLATES])


def test_an_organisation_s_own_font_is_used(tmp_path):
    from pipeline.render.pdf.fonts import font_file

    (tmp_path / "our-own.ttf").write_bytes(font_file("IBMPlexMono-Bold.ttf").read_bytes())
    (tmp_path / "fonts.css").write_text('@font-face { font-family: "Ours"; src: url(our-own.ttf) }')
    (tmp_path / "theme.css").write_text('* { --sans: "Ours"; --serif: "Ours"; --mono: "Ours" }')
    out = rendered("text", tmp_path / "x.pdf", folders=[str(tmp_path), *TEMPLATES])
    fonts = pypdf.PdfReader(out).pages[0]["/Resources"]["/Font"]
    assert {font.get_object()["/BaseFont"].split("+")[1].split("-")[0] for font in fonts.values()} == {"Ours"}


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("", []),
        ("## " + "Word " * 80 + "{#a}\n\ntext\n", ["Word"] * 80),
        ("x" * 400, []),
        ("| " + "x" * 300 + " | " + "y" * 300 + " |\n|---|---|\n| a | b |\n", ["a", "b"]),
        ("|" + " head |" * 200 + "\n|" + "---|" * 200 + "\n|" + " cell |" * 200, ["cell"] * 200),
        ("## One[^1] {#a}\n\ntext\n\n[^1]: Note.\n", ["One", "Note"]),
        ("| A[^1] |\n|---|\n| b[^2] |\n\n[^1]: One.\n\n[^2]: Two.\n", ["One", "Two"]),
        ("".join(" " * 4 * depth + "- item\n" for depth in range(8)), ["item"] * 8),
        ("::: {.card #REQ-1}\n### [REQ-1]{.id} T {#t}\n\n" + "Words. " * 900 + "\n:::\n", ["Words"] * 900),
        ("```\n" + "code " * 100 + "\n```\n", ["code"] * 100),
    ],
    ids=[
        "nothing",
        "long heading",
        "long word",
        "long words in a table",
        "200 columns",
        "note in a heading",
        "notes in a table",
        "deep list",
        "long card",
        "long line of code",
    ],
)
def test_unusual_input_is_laid_out_within_the_page(markdown, words, tmp_path):
    out = rendered(markdown, tmp_path / "x.pdf", title="T" * 400)
    text = ""
    for page in pypdf.PdfReader(out).pages:
        starts: list[float] = []

        def note(part, shift, matrix, *_, to=starts):
            if part.strip():
                to.append(matrix[4] * shift[0] + matrix[5] * shift[2] + shift[4])

        text += page.extract_text(visitor_text=note)
        width = float(page.mediabox.width)
        assert [start for start in starts if not 0 < start < width - 20] == []
    assert "T" * 10 in text
    assert {word: text.count(word) >= words.count(word) for word in words} == dict.fromkeys(words, True)


def test_no_day_of_the_machine_and_no_path_of_it_is_in_the_file(everything):
    content = everything.read_bytes()
    assert str(ROOT).encode() not in content
    text = "".join(page.extract_text() for page in pypdf.PdfReader(everything).pages)
    assert str(ROOT) not in text
    assert "file:" not in text


@pytest.mark.slow
def test_a_table_of_two_thousand_rows_is_printed_whole(tmp_path):
    rows = "".join(f"| R{row} | Words of row {row} |\n" for row in range(2000))
    out = rendered("| Row | Words |\n|---|---|\n" + rows, tmp_path / "x.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    printed = " ".join(pages)
    assert [row for row in range(2000) if f"Words of row {row}" not in printed] == []
    # The head stands again on each page that the table goes over to.
    assert sum("Row Words" in " ".join(text.split()) for text in pages) > 20
