"""The site as built: whole or not at all, from its own host alone, and silent on what is hidden."""

import gzip
import json
import os
import re
from pathlib import Path

import pytest

from pipeline import tools
from pipeline.errors import CouldNotRun, ToolFailed
from pipeline.render import site as site_module
from pipeline.render.fonts import FONTS, font_faces, font_file
from pipeline.render.overrides import write_overrides
from pipeline.render.place import beside, recover, replace_folder
from pipeline.render.site import CONFIG, SiteSettings, build_site, configuration, stated
from pipeline.weave.site import weave_site
from pipeline.weave.tree import CopyOf, SiteTree
from tests.support import ROOT, programme_in
from tests.unit.weave.test_weave_audience import HIDDEN, TEXTS, woven_site


def tree_of(**files):
    pages = {name.replace("__", "/") + ".md": text for name, text in files.items()}
    return SiteTree(
        {**pages}, [{"Home": "index.md"}], "A <site>", "An agency", "2026-03-01", "internal", "fr"
    )


SMALL = tree_of(index="---\ntitle: Home\n---\n\n# Home\n\nWords.\n")


def test_a_folder_takes_the_place_of_another(tmp_path):
    out = tmp_path / "dist/site"
    out.mkdir(parents=True)
    (out / "old.html").write_text("old")
    new = beside(str(out))
    os.mkdir(new)
    Path(new, "new.html").write_text("new")
    replace_folder(new, str(out))
    assert os.listdir(out) == ["new.html"]
    assert os.listdir(tmp_path / "dist") == ["site"]


def test_what_a_run_left_between_two_renames_is_put_back(tmp_path):
    out = tmp_path / "site"
    os.mkdir(tmp_path / ".site.old")
    (tmp_path / ".site.old/page.html").write_text("last good")
    recover(str(out))
    assert (out / "page.html").read_text() == "last good"


def test_the_fonts_are_those_of_the_pinned_packages():
    assert [font.file for font in FONTS if not font_file(font)] == []
    assert font_faces().count("@font-face") == len(FONTS)
    assert "//" not in font_faces()


def config_of(tree, project, **settings):
    return configuration(
        tree, str(project), f"{project}/build/site", f"{project}/dist/.site.new", [], SiteSettings(**settings)
    )


def test_a_project_without_a_configuration_gets_ours(tmp_path):
    assert config_of(SMALL, tmp_path)["INHERIT"] == f"{ROOT}/templates/site/mkdocs.yml"
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    assert config_of(SMALL, tmp_path)["INHERIT"] == "mkdocs.yml"


def test_only_a_site_with_versions_looks_for_others(tmp_path):
    assert "extra" not in config_of(SMALL, tmp_path)
    assert config_of(SMALL, tmp_path, versions=True)["extra"] == {"version": {"provider": "mike"}}


def test_a_project_replaces_templates_of_the_theme(tmp_path):
    folder = tmp_path / "templates/site/overrides/partials"
    folder.mkdir(parents=True)
    (folder / "copyright.html").write_text("ours")
    for _ in range(2):
        write_overrides(str(tmp_path), "templates", str(tmp_path / "work"))
    written = tmp_path / "work/overrides"
    assert (written / "partials/copyright.html").read_text() == "ours"
    assert "outdated" in (written / "main.html").read_text()
    (folder.parent / "main.html").write_text("ours too")
    write_overrides(str(tmp_path), "templates", str(tmp_path / "work"))
    assert (written / "main.html").read_text() == "ours too"


def test_a_folder_of_templates_that_the_project_names_itself_stays(tmp_path):
    assert config_of(SMALL, tmp_path)["theme"]["custom_dir"] == "build/site/overrides"
    (tmp_path / "mkdocs.yml").write_text("theme:\n  name: material\n  custom_dir: own\n")
    assert "custom_dir" not in config_of(SMALL, tmp_path)["theme"]


def test_the_configuration_says_what_weave_knows(tmp_path):
    config = config_of(SMALL, tmp_path, url="https://example.org/")
    assert config["site_name"] == "A <site>"
    assert config["site_url"] == "https://example.org/"
    assert config["docs_dir"] == "build/site/docs"
    assert config["theme"]["language"] == "fr"
    assert config["nav"] == SMALL.nav
    assert stated(SMALL) == "An agency · Situation au 2026-03-01 · interne"


def test_what_stands_at_the_foot_holds_no_html():
    tree = SiteTree({}, [], "t", "A & <b>", "2026-03-01", "public", "en")
    assert stated(tree) == "A &amp; &lt;b&gt; · State of 2026-03-01 · public"


def test_an_engine_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(CouldNotRun, match="no site engine"):
        build_site(SMALL, str(tmp_path), str(tmp_path), str(tmp_path / "out"), SiteSettings(engine="jekyll"))


def last_good(tmp_path):
    out = tmp_path / "dist/site"
    out.mkdir(parents=True)
    (out / "index.html").write_text("last good")
    return out


def test_an_engine_that_fails_leaves_the_last_good_site(tmp_path, monkeypatch):
    out = last_good(tmp_path)

    def fail(*_args, **_options):
        raise ToolFailed("mkdocs failed", code=1)

    monkeypatch.setattr(tools, "run", fail)
    with pytest.raises(ToolFailed):
        build_site(SMALL, str(tmp_path), str(tmp_path), str(out))
    assert (out / "index.html").read_text() == "last good"


def test_a_full_disk_leaves_the_last_good_site(tmp_path, monkeypatch):
    out = last_good(tmp_path)

    def full(path, _content):
        raise OSError(28, "No space left on device", path)

    monkeypatch.setattr(site_module, "_write", full)
    with pytest.raises(CouldNotRun, match="No space left on device"):
        build_site(SMALL, str(tmp_path), str(tmp_path), str(out))
    assert (out / "index.html").read_text() == "last good"


@pytest.mark.parametrize("path", ["../secret.txt", "link.txt", "gone.png"])
def test_a_file_outside_the_sources_or_gone_is_not_copied(tmp_path, path):
    sources = tmp_path / "docs"
    sources.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (sources / "link.txt").symlink_to(tmp_path / "secret.txt")
    tree = SiteTree(
        {**SMALL.files, "copied": CopyOf(path)}, SMALL.nav, "t", "", "2026-03-01", "internal", "en"
    )
    with pytest.raises(CouldNotRun):
        build_site(tree, str(tmp_path), str(sources), str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


# What follows runs the engine.


def build(tree, folder, sources="", **settings):
    out = folder / "dist/site"
    warnings = build_site(
        tree, str(folder), sources or str(folder), str(out), SiteSettings(strict=True, **settings)
    )
    return out, warnings


def sources_with(folder, names):
    for name in names:
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return str(folder / "docs")


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """The site of our own documents, built once."""
    programme, source = programme_in(f"{ROOT}/docs_src")
    tree = weave_site(
        programme, source, "internal", title="Ours", day="2026-03-01", edit_url="https://forge.example/{path}"
    )
    folder = tmp_path_factory.mktemp("ours")
    return build(tree, folder, f"{ROOT}/docs_src"), tree, folder


def texts_of(out):
    for path in sorted(out.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            yield path.relative_to(out).as_posix(), data.decode("utf-8", "replace")


@pytest.mark.slow
def test_our_own_site_is_built_without_a_warning(ours):
    (out, warnings), tree, _ = ours
    assert warnings == ()
    pages = [path for path in tree.files if path.endswith((".md", ".html"))]
    assert len(list(out.rglob("index.html"))) == len(pages)


@pytest.mark.slow
def test_a_page_asks_nothing_of_another_host(ours):
    (out, _), _, _ = ours
    asking = re.compile(
        r"""<(?:script|img|iframe|source|audio|video|embed|object|link)\b[^>]*?(?:src|href|data)=["']?(?:https?:)?//[^"'>\s]*"""
        r"""|url\(\s*["']?(?:https?:)?//[^)]*|@import[^;]*//[^;]*""",
        re.IGNORECASE,
    )
    found = {
        f"{name}: {match[0][:100]}"
        for name, text in texts_of(out)
        if name.endswith((".html", ".css"))
        for match in asking.finditer(text)
    }
    assert found == set()
    assert asking.search('<script async src="https://cdn.example/x.js">')


@pytest.mark.slow
def test_every_link_of_a_page_leads_to_a_file_and_an_anchor_that_are_there(ours):
    (out, _), _, _ = ours
    anchors = {}
    for page in out.rglob("*.html"):
        anchors[page] = set(re.findall(r'\bid="([^"]*)"', page.read_text(encoding="utf-8")))
    dead, looked_at = [], 0
    for page, own in anchors.items():
        content = (
            page.read_text(encoding="utf-8")
            .split('<article class="md-content__inner')[-1]
            .split("</article>")[0]
        )
        for href in re.findall(r'<a[^>]*\bhref="([^"]*)"', content):
            if re.match(r"[a-z]+:", href):
                continue
            looked_at += 1
            path, _, fragment = href.partition("#")
            target = (page.parent / path).resolve() if path else page
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (fragment and fragment not in anchors.get(target, own)):
                dead.append(f"{page.relative_to(out)}: {href}")
    assert dead == []
    assert looked_at > 1000


@pytest.mark.slow
def test_the_search_finds_ids_and_leaves_registers_out(ours):
    (out, _), tree, _ = ours
    index = json.loads((out / "search/search_index.json").read_text(encoding="utf-8"))
    places = {item["location"] for item in index["docs"]}
    sections = [path.removesuffix(".md") + "/" for path in tree.files if path.startswith("requirements/")]
    assert any(place.startswith(sections[0]) and "#REQ-" in place for place in places)
    assert not any(place.startswith("kinds/") for place in places)


@pytest.mark.slow
def test_the_same_tree_gives_the_same_bytes(tmp_path):
    tree = woven_site("internal")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        build(
            tree,
            folder,
            sources_with(folder, [item.path for item in tree.files.values() if isinstance(item, CopyOf)]),
        )
    for name, text in texts_of(first / "dist/site"):
        assert (second / "dist/site" / name).exists()
        assert text == dict(texts_of(second / "dist/site"))[name], name


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["public", "internal"])
def test_nothing_above_the_audience_is_in_the_built_site(tmp_path, audience):
    tree = woven_site(audience)
    sources = sources_with(tmp_path, [item.path for item in tree.files.values() if isinstance(item, CopyOf)])
    out, _ = build(tree, tmp_path, sources)
    # The engine's own files have such letters too, so what is looked for is what was planted.
    planted = set(re.findall(r"\bz[qi][a-z]+", "\n".join([*TEXTS, *TEXTS.values()]).lower()))
    wanted = {word for word in planted if any(word.startswith(start) for start in HIDDEN[audience])}
    wanted |= {
        f"{kind}{word}"
        for kind in ("req", "mtg", "dec", "pty", "bn")
        for word in HIDDEN[audience]
        if word[0] == "-"
    }
    assert len(wanted) > 40
    for name, text in texts_of(out):
        if not name.startswith("assets/"):
            lower = f"{name}\n{text}".lower()
            assert [word for word in wanted if word in lower] == [], name


@pytest.mark.slow
def test_a_projects_own_style_sheet_is_added_or_replaces_ours(tmp_path):
    own = tmp_path / "templates/site"
    own.mkdir(parents=True)
    (own / "extra.css").write_text("body { color: red }")
    (own / "paraph.css").write_text("/* none */")
    out, _ = build(SMALL, tmp_path)
    html = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="assets/paraph/extra.css"' in html
    assert (out / "assets/paraph/paraph.css").read_text() == "/* none */"
    assert not (tmp_path / CONFIG).exists()


@pytest.mark.slow
def test_the_page_says_whose_it_is_of_which_day_and_for_whom(tmp_path):
    out, _ = build(SMALL, tmp_path)
    html = (out / "index.html").read_text(encoding="utf-8")
    assert "An agency · Situation au 2026-03-01 · interne" in html
    assert '<html lang="fr"' in html
