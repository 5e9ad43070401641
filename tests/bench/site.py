"""What the site costs beside bare MkDocs on the same woven tree, and how much a page weighs."""

import gzip
import os
import re
import shutil
import sys
from pathlib import Path

from pipeline.outputs.site import site_settings, woven_site
from pipeline.render import site
from pipeline.run import Options, load
from pipeline.settings import open_project
from tests.bench.generate import generate
from tests.bench.measure import PARAPH, Figures, cpu, median

DAY = "2026-11-23"
RUNS = 2
# What a page loads by itself: style sheets, scripts, images; the search's index is only loaded when one searches.
_LOADED = re.compile(r"""<(?:link|script|img)\b[^>]*?\b(?:href|src)=["']?([^"'\s>]+)""")
_ASSETS = (".css", ".js", ".svg", ".png", ".ico")


def bench_site(figures: Figures, folder: str, size: int = 1750) -> None:
    """Build the site with `paraph site`, and its tree with MkDocs and nothing else, in turns."""
    print(f"site, {size:,} artifacts")
    generate(os.path.join(folder, "docs_src"), size)
    Path(folder, "paraph.toml").write_text('title = "Bench"\n')
    pages = write_tree(folder)
    print(f"  {pages} pages")
    bare = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", site.CONFIG]
    ours = [*PARAPH, "site", "--today", DAY]
    kept = Path(folder, site.CONFIG).read_bytes()

    def alone() -> float:
        # `paraph site` takes its own configuration away again.
        Path(folder, site.CONFIG).write_bytes(kept)
        shutil.rmtree(os.path.join(folder, "bare"), ignore_errors=True)
        return cpu(bare, folder)[0]

    cpu([*PARAPH, "check", "--no-prose", "--today", DAY], folder)
    lowest, whole = median(RUNS, alone, lambda: cpu(ours, folder)[0])
    figures.show("mkdocs build alone", lowest, "s")
    figures.show("paraph site", whole, "s")
    figures.show("paraph site / mkdocs build", whole / lowest, "x", 1.3)
    bench_weight(figures, Path(folder, "dist/site"))


def write_tree(folder: str) -> int:
    """Write the woven tree and its configuration, as `paraph site` does, to be built into `bare`; give its pages."""
    project = open_project(None, None, folder)
    tree = woven_site(project, load(project, Options(day=DAY, prose=False)), "internal", DAY)
    settings = site_settings(project)
    work = os.path.join(folder, settings.work)
    styles = site.write_sources(tree, folder, project.root, work, settings)
    new = os.path.join(folder, "bare")
    config = site.configuration(tree, folder, work, new, styles, settings)
    Path(folder, site.CONFIG).write_text(site.config_text(config))
    return sum(path.endswith(".md") for path in tree.files)


def bench_weight(figures: Figures, built: Path) -> None:
    """Find the page that weighs most with all that it loads, compressed as a server would."""
    weights: dict[Path, int] = {}

    def weight(file: Path) -> int:
        if file not in weights:
            weights[file] = len(gzip.compress(file.read_bytes(), mtime=0))
        return weights[file]

    heaviest = max(
        (sum(map(weight, {page, *loaded(page)})), str(page.relative_to(built)))
        for page in built.rglob("*.html")
    )
    figures.show("the heaviest page with what it loads, but fonts", heaviest[0] / 1000, "KB", 120)
    print(f"  it is {heaviest[1]}")
    # Fetched once for the whole site, when one begins to search.
    figures.show("the index of the search", weight(built / "search/search_index.json") / 1000, "KB")


def loaded(page: Path) -> set[Path]:
    """The files that a page loads by itself."""
    addresses = _LOADED.findall(page.read_text(encoding="utf-8"))
    files = {(page.parent / address.partition("?")[0]).resolve() for address in addresses}
    return {file for file in files if file.suffix in _ASSETS and file.is_file()}
