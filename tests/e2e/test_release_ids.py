"""An ID of the last release is not used again for another artifact, also where the history does not tell."""

import json
from pathlib import Path

import pytest

from pipeline.history.releases import last_release
from pipeline.model.release import Listed, Manifest, Tool, write_manifest
from pipeline.publish.record import make_record, make_tag
from pipeline.settings import open_project
from tests.e2e.commands import Done, call
from tests.e2e.projects import environment, run
from tests.repositories import Repository
from tests.trees import NEED, REQUIREMENT

FILES: dict[str, str | bytes] = {
    "paraph.toml": 'title = "Mail"\nsources = "docs"\n',
    "docs/BN-001-paper.md": NEED,
    "docs/requirements.md": "# Requirements\n\n" + REQUIREMENT,
}
AGAIN = REQUIREMENT.replace("Send by mail", "Print on blue paper").replace("by mail.", "on blue paper.")

pytestmark = pytest.mark.slow


def release(repository: Repository, version: str, commit: str, *artifacts: Listed) -> None:
    """The record of a release, as the command makes it, of a manifest that lists what it is given."""
    data = write_manifest(
        Manifest(
            version=version, title="Mail", commit=commit, day="2026-01-09", audience="internal",
            engine="material", tool=Tool("paraph", "0.1.0"), tools={}, outputs=(), findings=(), waivers=(),
            ledgers={}, artifacts=artifacts,
        )
    )  # fmt: skip
    top = str(repository.folder)
    record = make_record(top, commit, f"releases/{version}", {"manifest.json": data}, f"Release {version}")
    make_tag(top, version, record, f"Release {version}", data)


def listed(identity: str, title: str) -> Listed:
    return Listed(identity, "requirement", title, "1.0", "approved")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    repository = Repository(tmp_path / "repository")
    repository.put(FILES)
    repository.commit()
    return repository


def findings(done: Done) -> list[tuple[str, str]]:
    return [(item["code"], item["message"]) for item in json.loads(done.out)["findings"]]


def check(folder: Path, base: str = "origin/main") -> list[tuple[str, str]]:
    options = ("--no-prose", "--select", "ID-UNIQ", "--format", "json", "--base", base)
    return findings(call("check", *options, cwd=folder, status=None))


def test_in_a_clone_without_history_the_last_release_says_which_ids_are_gone(
    repository: Repository, tmp_path: Path
):
    release(repository, "1.0", repository.commit(), listed("REQ-101", "Send by mail"))
    (repository.folder / "docs/requirements.md").unlink()
    repository.commit("Takes it out")
    clone = tmp_path / "clone"
    run("git", "clone", "--quiet", "--depth=1", f"file://{repository.folder}", clone, cwd=tmp_path)
    run("git", "fetch", "--quiet", "--depth=1", "origin", "tag", "1.0", cwd=clone)
    (clone / "docs/requirements.md").write_text("# Requirements\n\n" + AGAIN)
    said = "REQ-101 was in use (Send by mail) in release 1.0 of 2026-01-09, and is gone since"
    assert check(clone) == [("ID-UNIQ", said)]
    (clone / "docs/requirements.md").write_text("# Requirements\n\n" + REQUIREMENT)
    assert check(clone) == []


def test_where_history_tells_it_says_more(repository: Repository):
    release(repository, "1.0", repository.commit(), listed("REQ-101", "Send by mail"))
    (repository.folder / "docs/requirements.md").unlink()
    gone = repository.commit("Takes it out")[:10]
    (repository.folder / "docs/requirements.md").write_text("# Requirements\n\n" + AGAIN)
    said = f"REQ-101 was in use (Send by mail) until {gone} deleted it on 2026-01-03"
    assert check(repository.folder, "main") == [("ID-UNIQ", said)]


def test_the_last_release_is_the_highest_version_that_a_commit_goes_back_to(repository: Repository):
    project = open_project(cwd=str(repository.folder))

    def last(commit: str = "HEAD") -> str:
        found = last_release(project, commit)
        return found.version if found else ""

    assert last() == ""
    first = repository.commit()
    release(repository, "1.9", first)
    assert last() == "1.9"
    assert last("HEAD^") == ""
    release(repository, "1.10-rc.1", repository.commit())
    release(repository, "1.10", repository.commit())
    assert last() == "1.10"
    assert last("HEAD^") == "1.10-rc.1"
    repository.git("switch", "--quiet", "--create", "other", first)
    repository.git("tag", "--annotate", "--message=Not a release", "9.0")
    repository.git("tag", "9.1")
    assert last() == "1.9"


def test_a_record_that_cannot_be_read_ends_the_run(repository: Repository):
    commit = repository.commit()
    top = str(repository.folder)
    make_tag(top, "1.0", make_record(top, commit, "releases/1.0", {"manifest.json": b"{}"}, "R"), "R", b"{}")
    (repository.folder / "docs/requirements.md").write_text(
        "# Requirements\n\n" + AGAIN.replace("101", "102")
    )
    done = call("check", "--no-prose", "--base", "main", cwd=repository.folder, status=2)
    assert "the manifest of release 1.0 cannot be read" in done.err
    assert "git fetch --force origin tag 1.0" in done.err


def test_another_project_of_the_repository_has_releases_of_its_own(repository: Repository):
    release(repository, "1.0", repository.commit(), listed("REQ-101", "Send by mail"))
    other = repository.folder / "other"
    other.mkdir()
    (other / "paraph.toml").write_text('title = "Other"\n')
    assert last_release(open_project(cwd=str(other))) is None
