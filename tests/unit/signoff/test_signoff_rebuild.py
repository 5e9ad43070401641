"""A PDF is built again from what it carries; what it carries is a stranger's."""

import subprocess
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pikepdf
import pytest

from pipeline.signoff import rebuild as rebuilding
from pipeline.signoff.bundle import manifest as form
from pipeline.signoff.bundle.archive import unpack
from pipeline.signoff.bundle.build import build
from pipeline.signoff.bundle.compose import compose
from pipeline.signoff.bundle.means import means
from pipeline.signoff.rebuild import attached, rebuild
from tests.support import ROOT
from tests.unit.signoff.bundles import given

PLACES = [f"{ROOT}/templates/pdf"]
FOLDERS = [f"{ROOT}/templates/pdf/standard"]
TEXT = """---
id: DLV-001
status: draft
version: "1.0"
created: "2026-01-12"
---

# DLV-001 A baseline

What it does.
"""
SECRET = "root:x:0:0"

pytestmark = pytest.mark.slow


def bundle(text: str = TEXT) -> bytes:
    return compose(given({"DLV-001.md": text}, means=means(FOLDERS)), "DLV-001", "internal")


def changed(data: bytes, files: dict[str, bytes | None] | None = None, **stated: object) -> bytes:
    """A bundle in which files are others (None: gone) and the manifest says otherwise, its digests right."""
    whole = unpack(data)
    manifest = msgspec.json.decode(whole.pop(form.MANIFEST))
    for path, content in (files or {}).items():
        whole.pop(path, None)
        if content is not None:
            whole[path] = content
    digests = {path: sha256(content).hexdigest() for path, content in whole.items()}
    manifest |= {"files": digests, **stated}
    return form.pack({**whole, form.MANIFEST: msgspec.json.encode(manifest)})


def carrying(data: bytes, packed: bool = False) -> bytes:
    """A PDF, as far as it is looked at, with an archive in it."""
    content = zlib.compress(data) if packed else data
    how = b"/Filter /FlateDecode " if packed else b""
    head = b"%%PDF-1.7\n7 0 obj\n<</Type /EmbeddedFile %s/Length %d>>\nstream\n" % (how, len(content))
    return head + content + b"\nendstream\nendobj\n%%EOF\n"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A bundle and its PDF."""
    folder, data = tmp_path_factory.mktemp("issued"), bundle()
    return data, build(data, str(folder / "work"), FOLDERS, str(folder / "a.pdf")).read_bytes()


def test_what_is_attached_is_found_as_it_is(issued: tuple[bytes, bytes]):
    data, pdf = issued
    assert attached(pdf) == data
    assert attached(carrying(data)) == data
    assert attached(carrying(data, packed=True)) == data
    assert attached(b"%PDF-1.7\n%%EOF\n") is None
    assert attached(carrying(b"no archive")) is None


def test_shut_in_the_same_is_built(issued: tuple[bytes, bytes]):
    assert rebuild(issued[1], PLACES).code == "rebuild.same"


def test_other_tools_that_make_the_same_are_no_matter(
    issued: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rebuilding, "programs", lambda: {"weasyprint": "99.0"})
    assert rebuild(issued[1], PLACES).code == "rebuild.same"


def test_what_differs_is_tampering_with_the_same_tools_and_none_with_others(
    issued: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
):
    data, pdf = issued
    other = carrying(data)
    result = rebuild(other, PLACES)
    assert (result.code, result.where) == ("rebuild.differs", f"byte {_first(pdf, other)}")
    monkeypatch.setattr(rebuilding, "programs", lambda: {**means(FOLDERS).tools, "weasyprint": "99.0"})
    result = rebuild(other, PLACES)
    assert result.code == "rebuild.not-here"
    assert result.where == "weasyprint (then 70.0, here 99.0)"
    assert "which says nothing against the file" in result.message


def _first(one: bytes, other: bytes) -> int:
    return next(number for number, (was, now) in enumerate(zip(one, other, strict=False)) if was != now)


def test_words_that_were_changed_in_the_sources_make_another_file(issued: tuple[bytes, bytes]):
    data, pdf = issued
    text = unpack(data)["docs/DLV-001.md"].replace(b"What it does.", b"What it did.")
    forged = changed(data, {"docs/DLV-001.md": text})
    at = pdf.index(data)
    result = rebuild(pdf[:at] + forged.ljust(len(data)) + pdf[at + len(data) :], PLACES)
    assert result.code in ("rebuild.differs", "rebuild.bad-bundle")
    assert rebuild(carrying(forged), PLACES).code == "rebuild.differs"


def test_fonts_and_templates_of_then_are_looked_for(issued: tuple[bytes, bytes]):
    data, _ = issued
    fonts = {**means(FOLDERS).fonts, "SourceSansPro-Regular.ttf": "0" * 64}
    result = rebuild(carrying(changed(data, fonts=fonts)), PLACES)
    assert (result.code, result.where) == ("rebuild.not-here", "font SourceSansPro-Regular.ttf")
    layers = [{"name": "house", "digest": "0" * 64}]
    result = rebuild(carrying(changed(data, templates=layers)), PLACES)
    assert result.code == "rebuild.not-here"
    assert "template house" in result.where


IMAGE = TEXT + "\n![A picture]({})\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'
HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "no form": lambda data: changed(data, form="paraph.bundle/9"),
    "an unknown field": lambda data: changed(data, run="rm"),
    "another ID": lambda data: changed(data, id="DLV-002"),
    "another version": lambda data: changed(data, version="9.9"),
    "no such audience": lambda data: changed(data, audience="everyone"),
    "no settings": lambda data: changed(data, {"settings.json": None}),
    "settings that are none": lambda data: changed(data, {"settings.json": b"[" * 100_000}),
    "a history that is none": lambda data: changed(data, {"history.json": b'{"a": 1}'}),
    "no kinds": lambda data: changed(data, {"schemas/deliverable.schema.json": None}),
    "a schema that is none": lambda data: changed(data, {"schemas/deliverable.schema.json": b"{}"}),
    "what its readers may not see": lambda data: changed(
        data, {"docs/DLV-001.md": TEXT.replace("created", "classification: limited\ncreated").encode()}
    ),
    "an image that is a file of the system": lambda data: changed(
        data, {"docs/DLV-001.md": IMAGE.format("../../../../../../etc/passwd").encode()}
    ),
    "an image from the network": lambda data: changed(
        data,
        {
            "docs/a.svg": SVG % b'<image href="http://127.0.0.1:9/"/>',
            "docs/DLV-001.md": IMAGE.format("a.svg").encode(),
        },
    ),
    "an image that reads a file": lambda data: changed(
        data,
        {
            "docs/a.svg": b'<!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            + SVG % b"<text>&e;</text>",
            "docs/DLV-001.md": IMAGE.format("a.svg").encode(),
        },
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bundle_made_to_do_harm_is_told_and_does_none(name: str, issued: tuple[bytes, bytes]):
    result = rebuild(carrying(HOSTILE[name](issued[0])), PLACES)
    # A picture that does not exist is words, so the page is another: that is told as well.
    allowed = ("rebuild.bad-bundle", "rebuild.differs") if "system" in name else ("rebuild.bad-bundle",)
    assert result.code in allowed, result
    assert SECRET not in result.message


def test_raw_html_tex_and_includes_reach_no_file(
    issued: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """Words that a reader of Markdown, TeX or HTML might take for an order are words."""
    kept: list[bytes] = []
    monkeypatch.setattr(
        rebuilding, "_compare", lambda pdf, built, others: kept.append(built) or rebuilding._not_here(["x"])
    )
    orders = (
        TEXT
        + "\n<iframe src='file:///etc/passwd'></iframe> \\input{/etc/passwd} ```{=html}\n<embed src=/etc/passwd>\n```\n"
        "\n```yaml {.view}\nview: include\npath: ../../../../etc/passwd\n```\n"
        "\n<link rel=attachment href=file:///etc/passwd>\n"
    )
    data = changed(issued[0], {"docs/DLV-001.md": orders.encode()})
    assert rebuild(carrying(data), PLACES).code == "rebuild.not-here"
    (tmp_path / "a.pdf").write_bytes(kept[0])
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert list(pdf.attachments) == ["DLV-001-1.0.sources.zip"]
    assert SECRET.encode() not in kept[0]
    text = subprocess.run(
        ["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert SECRET not in text
    assert "iframe" in text


def test_signs_that_only_weaving_puts_into_a_text_are_no_orders_either(issued: tuple[bytes, bytes]):
    text = TEXT + "\nA \ue0010\ue002 and \ue000.\n\n\ue0015\ue002\n"
    data = changed(issued[0], {"docs/DLV-001.md": text.encode()})
    assert rebuild(carrying(data), PLACES).code in ("rebuild.differs", "rebuild.bad-bundle")
