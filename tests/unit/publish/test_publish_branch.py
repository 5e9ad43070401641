"""Versions in a branch: one commit each, nothing else touched, and as before whenever a run is cut short."""

import json
import os

import pytest
from mike.git_utils import Commit

from pipeline.errors import CouldNotRun
from pipeline.publish import branch as module
from pipeline.publish.branch import place_in_branch
from pipeline.publish.folder import place_in_folder
from tests.e2e.projects import environment, make_repository, run
from tests.unit.publish.sites import release, site

pytestmark = pytest.mark.slow


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with one commit, and the names of a person for git."""
    for name, value in environment().items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "file").write_text("a document")
    return make_repository(folder)


@pytest.fixture
def place(repository, tmp_path):
    """Publishes a version whose pages say some words."""

    def publish(version, words="one", commit="c1", alias=None, branch="gh-pages"):
        built = site(tmp_path / f"built-{version}-{words}", words)
        return place_in_branch(str(repository), built, release(version, commit, alias), branch)

    return publish


def git(repository, *arguments, status=0):
    return run("git", *arguments, cwd=repository, status=status).stdout.strip()


def refs(repository):
    return git(repository, "for-each-ref", "--format=%(refname) %(objectname)")


def test_each_version_is_one_commit_that_leaves_the_older_ones_alone(place, repository):
    assert place("1.0") == (("latest",), True)
    first = git(repository, "rev-parse", "gh-pages:1.0")
    assert place("2.0", "two") == (("latest",), True)
    assert git(repository, "rev-parse", "gh-pages:1.0") == first
    names = git(repository, "ls-tree", "--name-only", "gh-pages").splitlines()
    assert names == [".nojekyll", "1.0", "2.0", "index.html", "latest", "versions.json"]
    assert git(repository, "log", "--format=%s", "gh-pages").splitlines() == [
        "Publishes 2.0 of c1 for internal readers.",
        "Publishes 1.0 of c1 for internal readers.",
    ]
    assert git(repository, "show", "gh-pages:2.0/page/index.html") == "<p>two"
    assert git(repository, "status", "--porcelain") == ""
    assert "paraph" not in refs(repository)


def test_a_folder_has_the_same_layout(place, repository, tmp_path):
    for version, words in (("1.0", "one"), ("2.0", "two")):
        place(version, words)
        place_in_folder(str(tmp_path / f"built-{version}-{words}"), release(version), str(tmp_path / "www"))
    git(repository, "worktree", "add", "--quiet", "--detach", "../branch", "gh-pages")
    assert run("diff", "-r", "--exclude=.git", "branch", "www", cwd=tmp_path).stdout == ""


def test_the_same_again_makes_no_commit(place, repository):
    place("1.0")
    before = refs(repository)
    assert place("1.0") == (("latest",), False)
    assert refs(repository) == before


def test_a_published_version_is_replaced_by_none_of_another_commit(place, repository):
    place("1.0")
    before = refs(repository)
    with pytest.raises(CouldNotRun, match=r"1\.0 is published already of commit c1, with another content"):
        place("1.0", "other", commit="c2")
    assert refs(repository) == before
    assert place("1.0", "mended") == (("latest",), True)
    assert git(repository, "show", "gh-pages:1.0/index.html") == "<p>mended"


def test_what_no_version_is_stays(place, repository):
    place("1.0")
    git(repository, "switch", "--quiet", "gh-pages")
    (repository / "CNAME").write_text("example.org")
    (repository / "index.html").write_text("welcome")
    git(repository, "add", "CNAME", "index.html")
    git(repository, "commit", "--quiet", "--message=Ours")
    git(repository, "switch", "--quiet", "main")
    place("2.0")
    assert git(repository, "show", "gh-pages:CNAME") == "example.org"
    assert git(repository, "show", "gh-pages:index.html") == "welcome"


def test_a_branch_that_is_no_place_for_versions_is_refused(place, repository):
    git(repository, "branch", "other")
    before = refs(repository)
    for branch, words in (("main", "is checked out"), ("other", "something else"), ("a..b", "is no name")):
        with pytest.raises(CouldNotRun, match=words):
            place("1.0", branch=branch)
    assert refs(repository) == before


def test_a_branch_that_somebody_else_moved_meanwhile_stays_as_they_left_it(place, repository, monkeypatch):
    place("1.0")
    real = module._commit
    theirs = git(repository, "commit-tree", "-p", "gh-pages", "-m", "Theirs", "gh-pages^{tree}")

    def commit(*arguments):
        git(repository, "update-ref", "refs/heads/gh-pages", theirs)
        return real(*arguments)

    monkeypatch.setattr(module, "_commit", commit)
    with pytest.raises(CouldNotRun, match="moved meanwhile"):
        place("2.0")
    assert git(repository, "rev-parse", "gh-pages") == theirs
    assert "paraph" not in refs(repository)


def test_the_next_version_stands_on_what_was_fetched(place, repository, tmp_path):
    place("1.0")
    run("git", "clone", "--quiet", repository, "clone", cwd=tmp_path)
    clone = tmp_path / "clone"
    built = site(tmp_path / "two", "two")
    place_in_branch(str(clone), built, release("2.0"), "gh-pages")
    assert git(clone, "rev-parse", "gh-pages^") == git(repository, "rev-parse", "gh-pages")
    place("1.1")
    git(clone, "fetch", "--quiet", "origin")
    with pytest.raises(CouldNotRun, match="have gone apart"):
        place_in_branch(str(clone), built, release("3.0"), "gh-pages")


def test_a_hook_of_another_repository_does_not_lead_astray(place, repository, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (other / "file").write_text("another")
    make_repository(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    place("1.0")
    assert os.environ["GIT_DIR"] == str(other / ".git")
    monkeypatch.delenv("GIT_DIR")
    assert "gh-pages" in refs(repository)
    assert "gh-pages" not in refs(other)


def test_without_the_name_of_a_person_nothing_is_published(place, repository, monkeypatch):
    for name in ("AUTHOR", "COMMITTER"):
        for what in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_{name}_{what}")
    before = refs(repository)
    with pytest.raises(CouldNotRun) as refused:
        place("1.0")
    assert "git config user.name" in refused.value.hint
    assert refs(repository) == before


class Cut(BaseException):
    """What ends a run."""


def cut_at(patched, step):
    """End the run instead of its step of this number; give what says which steps were taken."""
    steps = []

    def counted(real):
        def instead(*arguments, **more):
            steps.append(arguments)
            if len(steps) == step:
                raise Cut
            return real(*arguments, **more)

        return instead

    patched.setattr(module.tools, "run", counted(module.tools.run))
    for name in ("add_file", "finish", "delete_files"):
        patched.setattr(Commit, name, counted(getattr(Commit, name)))
    return steps


def test_a_run_that_is_ended_at_any_step_leaves_the_branch_as_it_was(place, repository):
    place("1.0")
    before, step, done = git(repository, "rev-parse", "gh-pages"), 0, False
    while not done:
        step += 1
        with pytest.MonkeyPatch.context() as patched:
            steps = cut_at(patched, step)
            try:
                place("2.0", "two")
                done = True
            except Cut:
                assert git(repository, "rev-parse", "gh-pages") == before, steps[-1]
    assert step > 20
    assert git(repository, "rev-parse", "gh-pages^") == before


def test_what_a_killed_run_left_is_cleared_away_by_the_next(place, repository):
    place("1.0")
    git(repository, "update-ref", "refs/heads/paraph-publishing/999999999", "gh-pages")
    git(repository, "update-ref", f"refs/heads/paraph-publishing/{os.getppid()}", "gh-pages")
    place("2.0")
    left = [line for line in refs(repository).splitlines() if "paraph-publishing" in line]
    assert [line.split()[0].rpartition("/")[2] for line in left] == [str(os.getppid())]
    listed = json.loads(git(repository, "show", "gh-pages:versions.json"))
    assert [item["version"] for item in listed] == ["2.0", "1.0"]
