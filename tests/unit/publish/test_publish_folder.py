"""Versions in a folder: beside each other, never touched again, and as before whenever a run is cut short."""

import json
import os

import pytest

from pipeline.errors import CouldNotRun
from pipeline.publish import folder as module
from pipeline.publish.folder import place_in_folder, undo
from tests.e2e.commands import contents
from tests.unit.publish.sites import release, site


@pytest.fixture
def place(tmp_path):
    """Publishes a version whose pages say some words."""

    def publish(version, words="one", commit="c1", alias=None):
        built = site(tmp_path / f"built-{version}-{words}", words)
        return place_in_folder(built, release(version, commit, alias), str(tmp_path / "www"))

    return publish


def test_versions_lie_beside_each_other(place, tmp_path):
    assert place("1.0") == (("latest",), True)
    first = contents(tmp_path / "www/1.0")
    assert place("2.0", "two") == (("latest",), True)
    www = tmp_path / "www"
    assert sorted(os.listdir(www)) == [".nojekyll", "1.0", "2.0", "index.html", "latest", "versions.json"]
    assert contents(www / "1.0") == first
    assert (www / "2.0/page/index.html").read_text() == "<p>two"
    assert [item["version"] for item in json.loads((www / "versions.json").read_text())] == ["2.0", "1.0"]


def test_an_alias_leads_from_each_page_to_that_of_its_version(place, tmp_path):
    place("1.0")
    assert 'href="../../1.0/page/"' in (tmp_path / "www/latest/page/index.html").read_text()
    assert 'href="../1.0/"' in (tmp_path / "www/latest/index.html").read_text()
    assert 'href="latest/"' in (tmp_path / "www/index.html").read_text()
    assert not (tmp_path / "www/latest/assets").exists()


def test_a_front_page_of_somebody_else_stays(place, tmp_path):
    (tmp_path / "www").mkdir()
    (tmp_path / "www/index.html").write_text("welcome")
    place("1.0")
    assert (tmp_path / "www/index.html").read_text() == "welcome"


def test_the_same_again_changes_nothing(place, tmp_path):
    place("1.0")
    before = contents(tmp_path / "www")
    assert place("1.0") == (("latest",), False)
    assert contents(tmp_path / "www") == before


def test_a_published_version_is_replaced_by_none_of_another_commit(place, tmp_path):
    place("1.0")
    before = contents(tmp_path / "www")
    with pytest.raises(CouldNotRun, match=r"1\.0 is published already of commit c1, with another content"):
        place("1.0", "other", commit="c2")
    assert contents(tmp_path / "www") == before


def test_the_same_commit_may_replace_its_own_version(place, tmp_path):
    place("1.0")
    assert place("1.0", "mended") == (("latest",), True)
    assert (tmp_path / "www/1.0/index.html").read_text() == "<p>mended"


def test_only_one_run_works_in_a_folder(place, tmp_path):
    with (
        module.alone(str(tmp_path / "www/.paraph-publishing")),
        pytest.raises(CouldNotRun, match="another run"),
    ):
        place("1.0")


class Cut(BaseException):
    """What ends a run."""


def cut_at(monkeypatch, step):
    """End the run instead of its step of this number; give what says how many steps were taken."""
    steps = []
    for name in ("rename", "replace"):
        real = getattr(os, name)

        def instead(*arguments, real=real):
            steps.append(arguments)
            if len(steps) == step:
                raise Cut
            return real(*arguments)

        monkeypatch.setattr(module.os, name, instead)
    return steps


def test_a_run_that_is_ended_at_any_step_leaves_the_folder_as_it_was(place, tmp_path):
    place("1.0")
    before, step = contents(tmp_path / "www"), 0
    while True:
        step += 1
        with pytest.MonkeyPatch.context() as patched:
            steps = cut_at(patched, step)
            try:
                place("2.0", "two")
            except Cut:
                assert contents(tmp_path / "www") == before, step
                continue
        assert len(steps) == step - 1 > 6
        break
    assert contents(tmp_path / "www").keys() > before.keys()


def test_a_run_that_is_killed_at_any_step_is_undone_by_the_next_however_often_that_is_killed(place, tmp_path):
    www = tmp_path / "www"
    place("1.0")
    before = contents(www)
    for step in range(1, 10):
        with pytest.MonkeyPatch.context() as patched:
            cut_at(patched, step)
            # Whoever is killed clears nothing away.
            patched.setattr(module, "undo", lambda _folder: None)
            patched.setattr(module.shutil, "rmtree", lambda *_args, **_more: None)
            with pytest.raises(Cut):
                place("2.0", "two")
        for again in range(1, 4):
            with pytest.MonkeyPatch.context() as patched:
                cut_at(patched, again)
                try:
                    undo(str(www))
                except Cut:
                    continue
        undo(str(www))
        kept = {path: content for path, content in contents(www).items() if "paraph-publishing" not in path}
        assert kept == before, step


def test_a_run_that_is_killed_after_its_last_step_has_published(place, tmp_path):
    place("1.0")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "undo", lambda _folder: None)
        patched.setattr(module.shutil, "rmtree", lambda *_args, **_more: None)
        place("2.0", "two")
    undo(str(tmp_path / "www"))
    assert (tmp_path / "www/2.0/index.html").read_text() == "<p>two"
    assert "1.0" not in (tmp_path / "www/latest/index.html").read_text()
