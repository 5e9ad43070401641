"""Only images of the project and files of the templates are loaded; each refusal says what and why."""

import struct
import zlib
from pathlib import Path

import pytest

from pipeline.errors import CouldNotRun
from pipeline.render.charts.kept import Charts
from pipeline.render.pdf import render_pdf
from pipeline.render.pdf.fetch import fetcher, locate, shown
from pipeline.sources import images as image
from tests.unit.render.samples import TEMPLATES, facts_of, woven_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{}</svg>'


def png(width=1, height=1):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x10\x20\x30")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.fixture
def root(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "secret.png").write_bytes(png())
    return tmp_path / "sources"


def refusal(path: Path, root: Path) -> str:
    return image.refuse(str(path), (str(root),))


def test_an_image_below_the_root_may_be_drawn(root):
    (root / "a.png").write_bytes(png())
    assert refusal(root / "a.png", root) == ""


@pytest.mark.parametrize("path", ["../secret.png", "sub/../../secret.png"])
def test_a_path_out_of_the_root_may_not(root, path):
    assert "outside" in refusal(root / path, root)


def test_a_link_out_of_the_root_may_not(root):
    (root / "a.png").symlink_to(root.parent / "secret.png")
    assert "outside" in refusal(root / "a.png", root)


def test_a_link_to_a_folder_outside_may_not(root):
    (root / "img").symlink_to(root.parent)
    assert "outside" in refusal(root / "img/secret.png", root)


def test_a_root_that_is_itself_a_link_is_followed(root):
    (root / "a.png").write_bytes(png())
    (root.parent / "alias").symlink_to(root)
    assert refusal(root.parent / "alias/a.png", root.parent / "alias") == ""


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.png", b"no picture", "not what its suffix"),
        ("a.svg", b"<html></html>", "not what its suffix"),
        ("a.txt", b"text", "no known sort"),
        ("a.png", b"", "not what its suffix"),
        ("a.png", b"\x89PNG\r\n\x1a\nrest", "no size"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "no size"),
        ("a.png", png(20000, 20000), "20000 × 20000 pixels"),
        ("a.gif", b"GIF89a" + struct.pack("<HH", 60000, 60000), "60000 × 60000 pixels"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08\xff\xff\xff\xfe", "65534 × 65535 pixels"),
        ("a.svg", b'<?xml version="1.0"?><!DOCTYPE svg><svg/>', "document type"),
        ("a.svg", b'<svg><!ENTITY x "y"></svg>', "entities"),
        ("a.svg", SVG.format("<script>1</script>").encode(), "script"),
        ("a.svg", SVG.format("<x:script>1</x:script>").encode(), "script"),
        ("a.svg", SVG.format('<image href="../secret.png"/>').encode(), "outside itself"),
        ("a.svg", SVG.format("<image xlink:href='file:///etc/passwd'/>").encode(), "outside itself"),
        ("a.svg", SVG.format('<rect fill="url(http://example.org/x)"/>').encode(), "outside itself"),
        ("a.svg", SVG.format("<style>@import 'x'</style>").encode(), "style sheet"),
        ("a.svg", b'<?xml-stylesheet href="x"?><svg/>', "style sheet"),
        ("a.svg", SVG.format("").encode("utf-16"), "suffix"),
        ("a.svg", b"<svg " + b"x" * image.MAX_SVG_BYTES, "larger than"),
    ],
)
def test_what_is_no_harmless_image_may_not_be_drawn(root, name, content, why):
    (root / name).write_bytes(content)
    assert why in refusal(root / name, root)


def test_a_missing_image_and_a_folder_are_told_from_each_other(root):
    (root / "folder.png").mkdir()
    assert refusal(root / "none.png", root) == "does not exist"
    assert refusal(root / "folder.png", root) == "does not exist"


def test_an_svg_that_refers_to_itself_may_be_drawn(root):
    drawing = '<linearGradient id="g"/><rect fill="url(#g)"/><use href="#g"/><use xlink:href=\'#g\'/>'
    (root / "a.svg").write_text(SVG.format(drawing))
    assert refusal(root / "a.svg", root) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x.png",
        "https://example.org/x.png",
        "ftp://example.org/x.png",
        "data:image/png;base64,AA",
        "file://host/x.png",
        "font:../../secret.ttf",
        "font:None.ttf",
    ],
)
def test_nothing_is_loaded_from_elsewhere(root, url):
    assert isinstance(locate(url, str(root), TEMPLATES), str)


@pytest.mark.parametrize("path", ["%2e%2e/secret.png", "../secret.png", "a/%2e%2e/%2E%2e/secret.png"])
def test_no_way_of_writing_a_path_leads_out(root, path):
    assert "outside" in str(locate(f"{root.as_uri()}/{path}", str(root), TEMPLATES))


def test_style_sheets_and_fonts_come_from_the_templates_only(root):
    (root / "evil.css").write_text("x")
    assert "templates" in str(locate((root / "evil.css").as_uri(), str(root), TEMPLATES))
    sheet = Path(TEMPLATES[0], "theme.css")
    assert locate(sheet.as_uri(), str(root), TEMPLATES) == sheet
    assert str(locate("font:SourceSansPro-Regular.ttf", str(root), TEMPLATES)).endswith(".ttf")


def test_a_refusal_names_the_path_as_the_author_wrote_it(root):
    assert shown(f"{root.as_uri()}/img/a%20b.png", str(root)) == "img/a b.png"
    assert shown("http://example.org/x.png", str(root)) == "http://example.org/x.png"


@pytest.mark.slow
def test_the_fetcher_s_refusal_ends_the_rendering(root):
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    page = HTML(
        string="<img src='http://example.org/x.png'>",
        url_fetcher=fetcher(str(root), TEMPLATES, Charts("", ())),
    )
    with pytest.raises(FatalURLFetchingError, match="nothing is loaded from elsewhere"):
        page.render()


@pytest.mark.slow
def test_all_refused_images_are_named_at_once_and_nothing_is_written(root, tmp_path):
    (root / "fake.png").write_bytes(b"no picture")
    markdown = "![a](../secret.png)\n\n![b](fake.png)\n\n![c](none.png)\n\n![d](http://example.org/x.png)\n"
    out = tmp_path / "out/x.pdf"
    with pytest.raises(CouldNotRun) as caught:
        render_pdf(woven_of(markdown, root), facts_of(), out, template_folders=TEMPLATES)
    for name in ("DLV-003", "../secret.png", "fake.png", "none.png", "http://example.org/x.png"):
        assert name in caught.value.message
    assert not out.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", png().replace(b"\x08\x02", b"\x07\x09")), ("a.svg", b"<svg><g></svg>")],
    ids=["png", "svg"],
)
def test_an_image_that_cannot_be_drawn_is_not_left_out_in_silence(root, tmp_path, name, content):
    (root / name).write_bytes(content)
    with pytest.raises(CouldNotRun, match=rf"Failed to load image at '{name}'"):
        render_pdf(
            woven_of(f"![a]({name})", root), facts_of(), tmp_path / "x.pdf", template_folders=TEMPLATES
        )
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.slow
def test_a_template_that_loads_from_a_network_is_refused(root, tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "theme.css").write_text("body { background: url(http://example.org/x.png) }")
    with pytest.raises(CouldNotRun, match="nothing is loaded from elsewhere"):
        render_pdf(
            woven_of("text", root), facts_of(), tmp_path / "x.pdf", template_folders=[str(folder), *TEMPLATES]
        )
