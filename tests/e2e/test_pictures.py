"""The pictures that README shows: they are there, `make build` draws them, and only what looks different is written."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[2]
SHOWN = ["docs_src/handbook/img/site.png", "docs_src/handbook/img/pdf.png"]


@pytest.fixture(scope="module")
def pictures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "scripts/pictures.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["pictures"] = module
    spec.loader.exec_module(module)
    return module


def test_the_first_screen_of_the_readme_shows_both():
    first = (ROOT / "README.md").read_text(encoding="utf-8").split("## ")[0]
    assert re.findall(r"\((docs_src/[^)]*\.png)\)", first) == SHOWN
    for name in SHOWN:
        with Image.open(ROOT / name) as picture:
            assert picture.width >= 600
            assert len(picture.convert("RGB").getcolors(1000) or ()) > 20, f"{name} is blank"


def test_every_picture_of_the_gallery_is_shown_and_small():
    shown = set(
        re.findall(
            r"\]\(gallery/([^)]*)\)", (ROOT / "docs_src/handbook/gallery.md").read_text(encoding="utf-8")
        )
    )
    there = list((ROOT / "docs_src/handbook/gallery").iterdir())
    assert {file.name for file in there} == shown
    assert sum(file.stat().st_size for file in there) < 4_000_000


def test_a_picture_is_written_only_where_it_looks_different(pictures: ModuleType, tmp_path: Path):
    drawn = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(drawn).text((20, 20), "REQ-102 approved", fill="#16294d")
    target = tmp_path / "a.png"
    assert pictures.keep(drawn, target)
    first = target.read_bytes()
    softer = Image.blend(drawn, Image.new("RGB", drawn.size, "#eeeeee"), 0.2)
    assert not pictures.keep(softer, target)
    assert target.read_bytes() == first
    ImageDraw.Draw(drawn).rectangle((100, 100, 200, 130), fill="#b04a12")
    assert pictures.keep(drawn, target)


@pytest.mark.parametrize(("setting", "status"), [("", 0), ("true", 2)])
def test_a_program_that_is_missing_is_a_warning_and_an_error_in_ci(
    setting: str, status: int, pictures: ModuleType, tmp_path: Path, monkeypatch, capsys
):
    (tmp_path / "index.html").write_text("x")
    monkeypatch.setattr(pictures, "draw_readme", lambda: pictures.program("no-such-browser"))
    monkeypatch.setenv("CI", setting)
    assert pictures.main(["readme"]) == status
    assert "WARNING: the pictures were not drawn: there is no no-such-browser" in capsys.readouterr().err


@pytest.mark.slow
def test_both_are_drawn_from_a_site_and_a_pdf(pictures: ModuleType, tmp_path: Path):
    from weasyprint import HTML

    page = tmp_path / "site" / pictures.README_PAGE
    page.mkdir(parents=True)
    for place in (page, tmp_path / "site"):
        (place / "index.html").write_text("<body style='background: #16294d; color: white'>A page</body>")
    body = "".join(f"<h1 style='break-before: page'>Page {number}</h1>" for number in range(1, 10))
    HTML(string=body).write_pdf(tmp_path / "a.pdf")
    pictures.draw_readme(tmp_path / "site", tmp_path / "a.pdf", tmp_path / "drawn")
    with Image.open(tmp_path / "drawn/site.png") as drawn:
        assert drawn.size == (1280, 860)
        assert drawn.convert("RGB").getpixel((640, 430)) == (0x16, 0x29, 0x4D)
    with Image.open(tmp_path / "drawn/pdf.png") as drawn:
        assert drawn.size == (662, 936)
