"""Nothing active and no address that leads astray comes out of pandoc's HTML; no text is lost."""

import os
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.pandoc import parse, read_markdown
from pipeline.render.sanitise import safe_image, safe_link, sanitise


def cleaned(html):
    return tostring(sanitise(parse(html)), encoding="unicode", method="html")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "\u200bjavascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "../secret.md",
        "other.md",
        "/etc/passwd",
        "#",
        "",
        "http://[broken",
    ],
)
def test_a_link_leads_to_the_document_the_web_or_a_mailbox_only(address):
    assert not safe_link(address)


@pytest.mark.parametrize(
    "address", ["#REQ-101", "https://example.org/a?b=c#d", "http://example.org", "mailto:a@example.org"]
)
def test_those_links_are_kept(address):
    assert safe_link(address)
    assert address.replace("&", "&amp;") in cleaned(f'<a href="{address}">x</a>')


@pytest.mark.parametrize(
    "address",
    [
        "../x.png",
        "a/../../x.png",
        "%2e%2e/x.png",
        "a/%2E%2E/x.png",
        "/x.png",
        "\\x.png",
        "a\\..\\x.png",
        "file:///x.png",
        "http://example.org/x.png",
        "data:image/png;base64,AA",
        "f\tile:x.png",
        "",
    ],
)
def test_an_image_lies_below_the_root(address):
    assert not safe_image(address)


@pytest.mark.parametrize("address", ["x.png", "img/x.png", "img/a%20b.svg", "img/..x.png", "./x.png"])
def test_those_images_are_kept(address):
    assert safe_image(address)


@given(st.text(max_size=60))
def test_a_safe_image_stays_below_the_root_however_it_is_written(address):
    if safe_image(address):
        path = os.path.normpath(os.path.join("/root/of/sources", address))
        assert path.startswith("/root/of/sources")


def test_handlers_styles_and_unknown_elements_go_and_their_text_stays():
    html = cleaned(
        '<p onclick="x()" style="background:url(file:///etc/passwd)">a <blink>b <b>c</b></blink> d'
        '<svg><script>e</script></svg></p><form action="http://x"><input type="text" name="n">f</form>'
    )
    assert "onclick" not in html
    assert "url" not in html
    for tag in ("<blink", "<svg", "<script", "<form", 'type="text"'):
        assert tag not in html
    body = parse(html)
    assert "".join(body.itertext()).split() == ["a", "b", "c", "def"]


def test_of_styles_only_widths_and_alignment_stay():
    html = cleaned(
        '<table><tr><td style="text-align: right; color: red; width: expression(1); width:20%">a</td></tr></table>'
    )
    assert 'style="text-align:right; width:20%"' in html


@pytest.mark.slow
@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)> text",
        "`<b>raw</b>`{=html}",
        "```{=html}\n<script>alert(1)</script>\n```",
        "[a](javascript:alert(1))",
        "[a]{onclick=alert(1)}",
        "![a](x.png){onerror=alert(1)}",
        "<javascript:alert(1)>",
        "\\begin{x}\\input{/etc/passwd}\\end{x}",
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_nothing_active_comes_through_pandoc(markdown):
    body = read_markdown(markdown)
    for element in body.iter():
        assert element.tag not in ("script", "iframe", "object")
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not element.get("href", "").lower().startswith("javascript")
    if "<img" in markdown or "<script" in markdown:
        assert body.find(".//img") is None


@pytest.mark.slow
def test_no_file_is_read_by_pandoc(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cr3t")
    body = read_markdown(f"``` {{include={secret}}}\n```\n\n![x]({secret})\n\n\\include{{{secret}}}\n")
    assert "s3cr3t" not in tostring(body, encoding="unicode")
