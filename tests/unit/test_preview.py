"""The parts of a preview: what changed on disk, what the browser is told, which files are written."""

import os
import threading
from pathlib import Path

import pytest

from pipeline.preview.board import Board, News
from pipeline.preview.watch import Site, changed, stats_of
from pipeline.render.live import Place, workplace, write_pages, write_tree
from pipeline.render.site import SiteSettings
from pipeline.weave.tree import CopyOf, SiteTree
from tests.trees import write


def test_what_came_went_or_changed_is_seen_and_nothing_else(tmp_path):
    write(tmp_path, {"a.md": "a", "b/c.md": "c", "d.md": "d", ".hidden/x.md": "x", "dist/site.html": "s"})
    places, out = [str(tmp_path)], [str(tmp_path / "dist")]
    before = stats_of(places, but=out)
    assert {os.path.relpath(path, tmp_path) for path in before} == {"a.md", "b/c.md", "d.md"}
    write(tmp_path, {"a.md": "longer", "new.md": "n", "dist/site.html": "other", ".hidden/x.md": "other"})
    (tmp_path / "d.md").unlink()
    now = stats_of(places, but=out)
    assert {os.path.relpath(path, tmp_path) for path in changed(before, now)} == {"a.md", "new.md", "d.md"}
    assert changed(now, stats_of(places, but=out)) == set()


def test_a_link_that_leads_back_is_not_followed_for_ever(tmp_path):
    write(tmp_path, {"a.md": "a"})
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(stats_of([str(tmp_path)])) == 1


def test_a_place_that_is_gone_is_no_failure(tmp_path):
    assert stats_of([str(tmp_path / "none")]) == {}


def test_a_page_is_told_once_it_stays_as_it_is_and_only_if_it_says_something_new(tmp_path):
    site = Site(str(tmp_path))
    write(tmp_path, {"index.html": "home", "a/index.html": "a", "404.html": "none", "x.css": "c"})
    assert site.look() == set()
    assert site.look() == {"/", "/a/", "/404.html"}
    assert site.look() == set()
    os.utime(tmp_path / "index.html", ns=(1, 1))
    write(tmp_path, {"a/index.html": "longer"})
    assert site.look() == set()
    assert site.look() == {"/a/"}


def test_the_board_counts_how_often_a_page_was_built_and_wakes_who_waits():
    board = Board()
    number, state = board.read("/a/")
    assert state == {"built": 0, "findings": [], "error": "", "notes": []}
    assert not board.wait(number, 0)
    threading.Timer(0.05, board.note_built, [["/a/", "/b/"]]).start()
    assert board.wait(number, 30)
    board.wait_built("/a/", 0, 30)
    assert (board.built("/a/"), board.built("/c/")) == (1, 0)
    number, _ = board.read("/a/")
    board.tell(News(error="x"))
    assert board.wait(number, 0)
    number, state = board.read("/a/")
    assert state["error"] == "x"
    board.tell(News(error="x"))
    assert not board.wait(number, 0)


PAGE = '---\ntitle: "{}"\n---\n\n# {}\n'


def tree_of(nav, **pages):
    files = {f"{name}.md": text for name, text in pages.items()}
    return SiteTree({**files, "img/a.svg": CopyOf("img/a.svg")}, nav, "T", "", "2026-03-01", "internal", "en")


@pytest.fixture
def place(tmp_path):
    write(tmp_path, {"docs/img/a.svg": "<svg/>"})
    place = Place(str(tmp_path), str(tmp_path / "docs"))
    with workplace(place):
        yield place
    assert not os.path.exists(place.config)


def stamps(place):
    return {path: stat[::2] for path, stat in stats_of([f"{place.work}/docs"]).items()}


def test_only_files_whose_content_changed_are_written(place):
    nav = [{"One": "index.md"}, {"Folder": [{"Two": "two.md"}]}]
    first = tree_of(nav, index=PAGE.format("One", "One"), two=PAGE.format("Two", "Two"))
    assert write_tree(place, first, SiteSettings()) == (True, True)
    before = stamps(place)
    assert len(before) > 5
    assert write_tree(place, first, SiteSettings()) == (False, False)
    assert stamps(place) == before
    second = tree_of(nav, index=PAGE.format("One", "One"), two=PAGE.format("Two", "New words"))
    assert write_tree(place, second, SiteSettings()) == (True, False)
    assert {os.path.basename(path) for path in changed(before, stamps(place))} == {"two.md"}


def test_a_new_title_is_a_change_of_its_page_alone(place):
    first = tree_of([{"One": "index.md"}], index=PAGE.format("One", "One"))
    second = tree_of([{"Other": "index.md"}], index=PAGE.format("Other", "One"))
    write_tree(place, first, SiteSettings())
    assert write_tree(place, second, SiteSettings()) == (True, False)


def test_a_title_that_the_page_does_not_state_itself_stays_in_the_navigation(place):
    first = tree_of([{"Short": "index.md"}], index=PAGE.format("Long title", "One"))
    write_tree(place, first, SiteSettings())
    with open(place.config, encoding="utf-8") as file:
        assert "- Short: index.md" in file.read()


def test_pages_and_files_that_come_and_go_and_images_that_change_concern_all(place):
    nav = [{"One": "index.md"}]
    one = PAGE.format("One", "One")
    write_tree(place, tree_of(nav, index=one), SiteSettings())
    assert write_tree(place, tree_of(nav, index=one, two=one), SiteSettings()) == (True, True)
    assert write_tree(place, tree_of(nav, index=one), SiteSettings()) == (True, True)
    assert not os.path.exists(f"{place.work}/docs/two.md")
    write(Path(place.sources), {"img/a.svg": "<svg></svg>"})
    assert write_tree(place, tree_of(nav, index=one), SiteSettings()) == (True, True)


def test_single_pages_are_written_where_the_tree_has_them_and_they_differ(place):
    one = PAGE.format("One", "One")
    write_tree(place, tree_of([{"One": "index.md"}], index=one), SiteSettings())
    assert write_pages(place, {"index.md": one, "new.md": one, "img/a.svg": CopyOf("x")}) == []
    assert write_pages(place, {"index.md": one + "more\n"}) == ["index.md"]
    with open(f"{place.work}/docs/index.md", encoding="utf-8") as file:
        assert file.read() == one + "more\n"
