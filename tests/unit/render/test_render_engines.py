"""Both engines read the same tree: each page has the same text, the same links and the same headings."""

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

from pipeline.render import site as site_module
from pipeline.render.site import SiteSettings, build_site
from pipeline.settings import ENGINES
from pipeline.weave.site import weave_site
from pipeline.weave.tree import CopyOf
from tests.support import ROOT, programme_in
from tests.unit.render.test_render_site import sources_with
from tests.unit.weave.samples import GOLDEN, sample

TAGGED = (
    "---\ntitle: Tagged\ntags: [blue, green]\n---\n\n# Tagged\n\nThis page has tags.\n\n## Below\n\nWords.\n"
)


class Page(NamedTuple):
    """What a reader gets of a page: its words, where its links and images lead, its headings with their IDs."""

    words: str
    links: list[str]
    headings: list[tuple[str, str]]


def read_page(file: Path, address: str) -> Page:
    """Read a built page, less what the engines are known to place in other ways: permalinks and tags."""
    (article,) = html.parse(str(file)).xpath('//article[contains(@class, "md-content__inner")]')
    for other in article.xpath('.//a[@class="headerlink"] | .//*[contains(@class, "md-tags")]'):
        other.drop_tree()
    links = [item.get("href") or item.get("src") for item in article.xpath(".//a[@href] | .//img[@src]")]
    return Page(
        " ".join(article.text_content().split()),
        [resolve(address, link) for link in links],
        [(item.tag, item.get("id")) for item in article.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")],
    )


def resolve(address: str, link: str) -> str:
    """Where a link leads, seen from the top of the site: one engine writes `./` where the other writes nothing."""
    whole = unquote(urljoin(f"https://site.example/{address}", link))
    return re.sub(r"index\.html(?=#|$)", "", whole.removeprefix("https://site.example/"))


def pages_of(out: Path) -> dict[str, Page]:
    """The pages of a built site by address; those that lead on by ID alone have no article."""
    files = {file.parent.relative_to(out).as_posix(): file for file in out.rglob("index.html")}
    return {
        address: read_page(file, f"{address}/".removeprefix("./"))
        for address, file in files.items()
        if not address.startswith("id/")
    }


def constructs(folder: Path):
    """A small programme with a page for each construct of the dialect."""
    cases = [path for path in sorted(GOLDEN.glob("*.md")) if path.name.count(".") == 1]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in cases}
    programme, source = sample(**texts, tagged=TAGGED)
    tree = weave_site(programme, source, "internal", title="Constructs", day="2026-03-01")
    copied = [item.path for item in tree.files.values() if isinstance(item, CopyOf)]
    return tree, sources_with(folder, copied)


def our_own(folder: Path):
    """Our own documents."""
    programme, source = programme_in(f"{ROOT}/docs_src")
    tree = weave_site(programme, source, "internal", title="Ours", day="2026-03-01")
    return tree, f"{ROOT}/docs_src"


def test_the_settings_and_the_renderer_know_the_same_engines():
    assert site_module.ENGINES == ENGINES


@pytest.mark.slow
@pytest.mark.parametrize("make", [constructs, our_own])
def test_both_engines_show_the_same_text_links_and_headings(make, tmp_path):
    tree, sources = make(tmp_path)
    built = {}
    for engine in ENGINES:
        out = tmp_path / engine
        build_site(tree, str(tmp_path), sources, str(out), SiteSettings(engine=engine))
        built[engine] = pages_of(out)
    material, zensical = built["material"], built["zensical"]
    assert material.keys() == zensical.keys()
    assert len(material) > 20
    for address, page in material.items():
        other = zensical[address]
        assert other.words == page.words, address
        assert other.links == page.links, address
        assert other.headings == page.headings, address
    # None of it is empty, or the comparison would hold for nothing.
    assert all(page.words and page.headings for page in material.values())
    assert sum(len(page.links) for page in material.values()) > 100
