"""The versions of a file are read from real repositories: over renames, in order, and not where history is cut off."""

import os
from pathlib import Path

import pytest

from pipeline import tools
from pipeline.history.repository import is_shallow
from pipeline.history.versions import versions
from pipeline.model.woven import Revision
from tests.e2e.projects import environment, run


def version_in(content: bytes) -> str:
    return next((line[9:].decode() for line in content.split(b"\n") if line.startswith(b"version: ")), "")


class Repository:
    """A repository whose every commit is a day later and by whoever is named."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.day = folder, 0
        run("git", "init", "--quiet", "--initial-branch=main", ".", cwd=folder)

    def commit(self, words: str, author: str = "Sofie Janssens", **files: str) -> None:
        for name, text in files.items():
            (self.folder / f"{name}.md").write_text(text)
        self.day += 1
        day = f"2026-03-{self.day:02}T23:30:00+0100"
        dated = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "GIT_AUTHOR_NAME": author}
        run("git", "add", "--all", cwd=self.folder)
        run("git", "commit", "--quiet", f"--message={words}", cwd=self.folder, env=environment(**dated))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def found(folder: Path, path: str = "a.md") -> tuple[Revision, ...]:
    return versions(str(folder), path, version_in)


def test_each_version_has_the_day_the_author_and_the_words_of_the_commit_that_brought_it(
    repository: Repository,
):
    repository.commit("Begins the report", a="version: 0.1\n")
    repository.commit("Corrects a figure", a="version: 0.1\nmore\n")
    repository.commit("Approves the report", "Émile Dubois", a="version: 1.0\nmore\n")
    repository.commit("Adds another", b="version: 7\n")
    assert found(repository.folder) == (
        Revision("0.1", "2026-03-01", "Sofie Janssens", "Begins the report"),
        Revision("1.0", "2026-03-03", "Émile Dubois", "Approves the report"),
    )


def test_a_file_keeps_its_versions_when_it_is_renamed(repository: Repository):
    text = "version: 0.1\n" + "A line of the report.\n" * 20
    repository.commit("Begins", old=text)
    (repository.folder / "old.md").rename(repository.folder / "a.md")
    repository.commit("Renames")
    repository.commit("Approves", a=text.replace("0.1", "1.0"))
    assert [entry.version for entry in found(repository.folder)] == ["0.1", "1.0"]


def test_a_version_that_stands_in_no_commit_is_no_part_of_the_history(repository: Repository):
    repository.commit("Begins", a="version: 0.1\n")
    (repository.folder / "a.md").write_text("version: 2.0\n")
    assert [entry.version for entry in found(repository.folder)] == ["0.1"]
    assert found(repository.folder, "new.md") == ()


def test_a_file_that_was_away_for_a_while_has_all_its_versions(repository: Repository):
    repository.commit("Begins", a="version: 0.1\n")
    (repository.folder / "a.md").unlink()
    repository.commit("Removes")
    repository.commit("Brings back", a="version: 0.2\n")
    assert [entry.version for entry in found(repository.folder)] == ["0.1", "0.2"]


def test_names_with_spaces_and_letters_of_other_languages_are_found_below_a_folder(repository: Repository):
    (repository.folder / "docs_src/réunions et notes").mkdir(parents=True)
    repository.commit("Begins", **{"docs_src/réunions et notes/a b": "version: 0.1\n"})
    assert len(found(repository.folder / "docs_src", "réunions et notes/a b.md")) == 1


def test_signs_that_no_font_has_are_left_out(repository: Repository):
    repository.commit("🎉 Begins\u200b the report ✨", "Sofie 🙂 Janssens", a="version: 0.1\n")
    assert found(repository.folder) == (Revision("0.1", "2026-03-01", "Sofie Janssens", "Begins the report"),)


def test_settings_of_a_person_change_nothing(repository: Repository, monkeypatch: pytest.MonkeyPatch):
    repository.commit("Begins — enfin", a="version: 0.1\n")
    before = found(repository.folder)
    for key, value in (
        ("log.showSignature", "true"),
        ("i18n.logOutputEncoding", "latin1"),
        ("diff.external", "false"),
        ("color.ui", "always"),
        ("log.date", "relative"),
    ):
        run("git", "config", key, value, cwd=repository.folder)
    assert found(repository.folder) == before != ()


def test_a_clone_without_its_history_says_nothing_rather_than_something_wrong(
    repository: Repository, tmp_path
):
    repository.commit("Begins", a="version: 0.1\n")
    repository.commit("Touches", a="version: 0.1\nmore\n")
    shallow = tmp_path / "shallow"
    run("git", "clone", "--quiet", "--depth=1", f"file://{repository.folder}", shallow, cwd=tmp_path)
    assert is_shallow(str(shallow))
    assert found(shallow) == ()
    assert not is_shallow(str(repository.folder))


def test_without_a_repository_there_is_no_history(tmp_path: Path):
    (tmp_path / "a.md").write_text("version: 1\n")
    assert found(tmp_path) == ()
    assert not is_shallow(str(tmp_path))


def test_without_git_there_is_no_history(repository: Repository, monkeypatch: pytest.MonkeyPatch):
    repository.commit("Begins", a="version: 0.1\n")
    monkeypatch.setattr(tools, "find", lambda name: None)
    assert found(repository.folder) == ()
    assert not is_shallow(os.fspath(repository.folder))
