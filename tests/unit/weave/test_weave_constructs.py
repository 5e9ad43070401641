"""Each construct of the dialect: what it is woven into, and that both engines then read the same."""

import os
import re
from html.parser import HTMLParser

import markdown
import pytest
import yaml

from pipeline import tools
from pipeline.render.pandoc import FORMAT
from tests.support import ROOT
from tests.unit.weave.samples import GOLDEN, weave

CASES = sorted(path.name.removesuffix(".md") for path in GOLDEN.glob("*.md") if path.name.count(".") == 1)
# Set to write the golden files anew; look at the difference before you commit it.
WRITE = bool(os.environ.get("PARAPH_GOLDEN"))


def source_of(case: str) -> str:
    return (GOLDEN / f"{case}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("dialect", ["material", "pandoc"])
@pytest.mark.parametrize("case", CASES)
def test_a_construct_is_woven_as_agreed(case, dialect):
    woven = weave(dialect, source_of(case))
    golden = GOLDEN / f"{case}.{dialect}.md"
    if WRITE:
        golden.write_text(woven, encoding="utf-8")
    assert woven == golden.read_text(encoding="utf-8")


def test_there_is_a_case_for_each_construct():
    wanted = """admonitions attributes code comments fields footnotes headings html images languages links lists
    mentions
    tables view-cards view-include view-index view-matrix view-table"""
    assert set(wanted.split()) <= set(CASES)


MEANING = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "th",
    "td",
    "pre",
    "code",
    "em",
    "strong",
    "a",
    "img",
}
EMPTY = {"img", "br", "hr", "input", "col"}


ASIDE = {"table-caption", "admonition-title", "footnote", "footnotes", "headerlink", "footnote-ref"}


class Reading(HTMLParser):
    """The text of a page, each piece with the elements that give it its meaning; captions and notes left out."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool]] = []
        self.pieces: list[tuple[tuple[str, ...], str]] = []

    def add(self, text: str, tags: tuple[str, ...]) -> None:
        """Put a text to what stands before it, if it means the same: an element without meaning cuts no word."""
        before = self.pieces.pop()[1] if self.pieces and self.pieces[-1][0] == tags else ""
        self.pieces.append((tags, before + text))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        apart = tag == "caption" or bool(ASIDE & set((given.get("class") or "").split()))
        apart = apart or any(part for _, part in self.stack)
        if tag == "img":
            self.add(f"{given.get('alt')} {given.get('src')}", ("img",))
        if tag == "a" and not apart:
            self.add(str(given.get("href")), ("address",))
        if tag not in EMPTY:
            self.stack.append((tag, apart))

    def handle_endtag(self, tag):
        while tag not in EMPTY and self.stack:
            if self.stack.pop()[0] == tag:
                break

    def handle_data(self, data):
        if not (self.stack and self.stack[-1][1]):
            self.add(data, tuple(tag for tag, _ in self.stack if tag in MEANING))

    @property
    def words(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(word, tags) for tags, text in self.pieces for word in text.split()]


def read(html: str) -> Reading:
    reading = Reading()
    reading.feed(html)
    return reading


def extensions() -> tuple[list[str], dict]:
    """What the site's own configuration says."""
    with open(f"{ROOT}/templates/site/mkdocs.yml", encoding="utf-8") as file:
        listed = yaml.safe_load(file)["markdown_extensions"]
    names = [item if isinstance(item, str) else next(iter(item)) for item in listed]
    return names, {
        name: item[name] for name, item in zip(names, listed, strict=True) if isinstance(item, dict)
    }


def by_python_markdown(text: str) -> str:
    names, configs = extensions()
    configs = {**configs, "toc": {}}
    return markdown.markdown(text, extensions=names, extension_configs=configs)


def by_pandoc(text: str) -> str:
    arguments = [
        f"--from={FORMAT}",
        "--to=html5",
        "--wrap=none",
        "--columns=1000000",
        "--syntax-highlighting=none",
    ]
    return tools.run("pandoc", arguments, input=text).text


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_both_engines_read_the_same(case):
    site = read(by_python_markdown(weave("material", source_of(case))))
    paper = read(by_pandoc(weave("pandoc", source_of(case))))
    assert site.words == paper.words
    assert len(site.words) > 3


def test_the_comparison_sees_a_difference():
    nested = read("<ul><li>one<ul><li>two</li></ul></li></ul>")
    flat = read("<ul><li>one</li><li>two</li></ul>")
    assert nested.words != flat.words
    assert read("<a href='#x'>a</a>").words != read("<a href='#y'>a</a>").words


@pytest.mark.slow
def test_pandoc_knows_titles_of_callouts_and_captions():
    html = by_pandoc(weave("pandoc", source_of("admonitions")))
    assert re.search(r'class="admonition warning"[^>]*title="Take care"', html)
    assert (
        "Requirements in force" in by_pandoc(weave("pandoc", source_of("view-table"))).split("<caption>")[1]
    )
