"""Hostile sources, for the site and for the PDF: each is told by a finding, and nothing of it comes out.

All cases stand in one programme, each in a deliverable of its own, which is built once.
"""

import json
import os
import re
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from tests.e2e.commands import call
from tests.e2e.projects import make_programme
from tests.e2e.test_build import PNG

SECRET = b"S3CR3T-OUTSIDE"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
HUGE = PNG[:16] + struct.pack(">II", 20_000, 20_000) + PNG[24:29] + b"\0\0\0\0" + PNG[33:]


class Case(NamedTuple):
    """What an author writes, the codes that tell of it, and whether the PDF is refused; the files that it comes with.

    A file of the case is named by the text, and an image that may not be drawn is told where it lies.
    """

    text: str
    code: str
    refused: bool = False
    file: str = ""
    content: str | bytes = ""


def image(name: str, content: str | bytes) -> Case:
    return Case(f"![a picture]({name})", "SEC-IMAGE", True, name, content)


def drawing(name: str, inner: str) -> Case:
    return image(f"{name}.svg", SVG.format(inner))


CASES = {
    "attachment": Case("<link rel=attachment href=../secret.txt>", "SEC-HTML"),
    "image above the root": Case("![x](../../secret.svg)", "SEC-LINK"),
    "image above, encoded": Case("![x](%2e%2e/%2E%2e/secret.svg)", "SEC-LINK"),
    "image by http": Case("![x](http://evil.example/x.png)", "SEC-LINK"),
    "image without scheme": Case("![x](//evil.example/x.png)", "SEC-LINK"),
    "image by file:": Case("![x](file:///etc/hostname)", "SEC-LINK"),
    "image in a data: address": Case("![x](data:image/svg+xml;base64,PHN2Zy8+)", "SEC-LINK"),
    "image over a symbolic link": Case("![x](out.svg)", "SEC-LINK", False, "out.svg", "-> ../../secret.svg"),
    "drawing with a document type": image("type.svg", "<!DOCTYPE svg>" + SVG.format("")),
    "drawing with an entity": image(
        "entity.svg", '<?xml version="1.0"?><!ENTITY x SYSTEM "../../secret.txt">' + SVG.format("")
    ),
    "drawing with a file": drawing("a", '<image href="file:../../secret.svg" width="9" height="9"/>'),
    "drawing with a relative file": drawing("b", '<image xlink:href="../../secret.svg"/>'),
    "drawing that uses another": drawing("c", '<use href="http://evil.example/x.svg#a"/>'),
    "drawing with a script": drawing("d", "<script>alert(1)</script>"),
    "drawing with foreign content": drawing("e", "<foreignObject><p>x</p></foreignObject>"),
    "drawing with a handler": drawing("f", '<rect width="9" height="9" onclick="alert(1)"/>'),
    "drawing with a style that asks": drawing("g", "<style>rect{fill:url(http://evil.example/x)}</style>"),
    "image of another sort": image("words.png", "no picture"),
    "image of 20,000 squared pixels": image("huge.png", HUGE),
    "script": Case("<script>alert(1)</script>", "SEC-HTML"),
    "handler in HTML": Case("Words <b onclick=alert(1)>here</b>.", "SEC-HTML"),
    "style in HTML": Case('<p style="background:url(http://evil.example/x)">x</p>', "DIALECT"),
    "style sheet": Case("<style>@import url(http://evil.example/x);</style>", "SEC-HTML"),
    "javascript: in a link": Case("[x](javascript:alert(1))", "SEC-LINK"),
    "javascript: with an entity": Case("[x](java&#115;cript:alert(1))", "SEC-LINK"),
    "javascript: with a tab": Case("[x](java&Tab;script:alert(1))", "SEC-LINK"),
    "javascript: percent-encoded": Case("[x](java%73cript:alert(1))", "SEC-LINK"),
    "javascript: as an autolink": Case("<javascript:alert(1)>", "SEC-LINK"),
    "javascript: in a reference": Case("[x]\n\n[x]: javascript:alert(1)", "SEC-LINK"),
    "raw attribute on code": Case("`<b onclick=alert(1)>x</b>`{=html}", ""),
    "raw attribute on a block": Case("```{=html}\n<script>alert(1)</script>\n```", ""),
    "TeX that reads a file": Case("\\input{../../secret.txt}", ""),
    "a filter of one's own": Case(
        '```{.lua filter="../../secret.txt"}\nio.open("../../secret.txt")\n```', ""
    ),
    "a file to include": Case('``` {include="../../secret.txt"}\nx\n```', ""),
    "handler in an attribute list": Case("Words.\n{: onclick=alert(1) }", "SEC-HTML"),
    "style in an attribute list": Case(
        "Words.\n{: style=background:url(http://evil.example/x) }", "SEC-HTML"
    ),
}
IDS = {name: f"DLV-{number:03}" for number, name in enumerate(CASES, 1)}


class Built(NamedTuple):
    """What was made of all cases: the codes by path, what the PDFs' making said, and where all is."""

    codes: dict[str, set[str]]
    said: str
    folder: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = make_programme(tmp_path_factory.mktemp("hostile"))
    (folder / "secret.txt").write_bytes(SECRET)
    (folder / "secret.svg").write_text(SVG.format(f"<text>{SECRET.decode()}</text>"))
    below = folder / "docs_src/hostile"
    below.mkdir()
    for name, case in CASES.items():
        head = f'---\nid: {IDS[name]}\nstatus: draft\nversion: "0.1"\ncreated: 2026-01-12\n---\n\n'
        head += f"# {IDS[name]} Case\n\n"
        (below / f"{IDS[name]}.md").write_text(f"{head}Before.\n\n{case.text}\n\nAfter.\n")
        if isinstance(case.content, str) and case.content.startswith("-> "):
            os.symlink(case.content.removeprefix("-> "), below / case.file)
        elif case.file:
            content = case.content
            (below / case.file).write_bytes(content.encode() if isinstance(content, str) else content)
    report = json.loads(call("check", "--format", "json", cwd=folder, status=1).out)
    codes: dict[str, set[str]] = {}
    for item in report["findings"]:
        codes.setdefault(Path(item["path"]).name, set()).add(item["code"])
    call("site", cwd=folder)
    return Built(codes, call("pdf", cwd=folder, status=2).err, folder)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_it_is_told_and_stopped(built: Built, name: str):
    case = CASES[name]
    told = built.codes.get(f"{IDS[name]}.md", set()) | built.codes.get(case.file, set())
    # What is code or words to both readers is nobody's fault, and comes out as these.
    assert told == set(case.code.split())
    pdf = built.folder / f"dist/pdf/{IDS[name]}.pdf"
    assert pdf.exists() is not case.refused
    assert (f"{IDS[name]}: no PDF" in built.said) is case.refused
    page = (built.folder / f"dist/site/hostile/{IDS[name]}/index.html").read_text()
    article = page.partition("<article")[2].partition("</article>")[0]
    assert "Before." in article
    assert "After." in article
    assert not re.search(
        r"<[^>]*(\son\w+=|javascript:|evil\.example|url\(|src=.?(file|data):)|<script|<style", article
    )
    if case.file:
        assert not (built.folder / "dist/site/hostile" / case.file).exists()


@pytest.mark.slow
def test_nothing_from_outside_the_tree_is_in_any_output(built: Built):
    files = [path for path in (built.folder / "dist").rglob("*") if path.is_file()]
    assert len(files) > len(CASES)
    for path in files:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = zlib.decompress(data, 31)
        assert SECRET not in data, path
        if path.suffix == ".pdf":
            for held in everything(path):
                assert SECRET not in held, path
                assert b"javascript" not in held.lower(), path
                assert b"/EmbeddedFile" not in held, path


def everything(path: Path) -> list[bytes]:
    """All objects of a PDF as bytes, what is compressed in them taken apart; the words of its pages are left out."""
    with pikepdf.open(path) as pdf:
        pages = {page.Contents.objgen for page in pdf.pages}
        found = []
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.objgen not in pages:
                found.append(item.read_bytes())
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/URI":
                found.append(bytes(item.URI))
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Filespec":
                found.append(b"/EmbeddedFile")
        return found
