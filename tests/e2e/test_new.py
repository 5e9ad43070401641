"""`new` in real repositories: IDs that other branches have, links, and what is known of the author."""

from pathlib import Path

import pytest

from tests.e2e.commands import call
from tests.e2e.projects import make_programme, make_repository, run

PARTY = """\
## PTY-00{number} {role}

```yaml {{.artifact}}
status: draft
role: {role}
name: {name}
```

Answers for the requirements.
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(make_programme(tmp_path))


def git(cwd: Path, *arguments: str) -> str:
    return run("git", *arguments, cwd=cwd).stdout


def commit(cwd: Path, branch: str) -> None:
    git(cwd, "switch", "--quiet", "--create", branch)
    git(cwd, "add", "--all")
    git(cwd, "commit", "--quiet", "--message=More")


def new(cwd: Path, *arguments: str, status: int = 0):
    return call("new", *arguments, "--today", "2026-03-01", cwd=cwd, status=status)


def test_an_id_that_another_branch_has_is_taken(repository: Path):
    new(repository, "requirement", "On a branch, in a file of its own")
    commit(repository, "one")
    new(repository, "requirement", "On a branch, as a section", "--into", "docs_src/requirements.md")
    commit(repository, "two")
    git(repository, "switch", "--quiet", "main")
    assert "REQ-001" in (repository / "docs_src/requirements.md").read_text()
    assert new(repository, "requirement", "On main").out.startswith("REQ-004 is in")
    assert new(repository, "business-need", "Another kind").out.startswith("BN-002 is in")


def test_an_id_that_a_branch_only_mentions_is_free(repository: Path):
    page = repository / "docs_src/index.md"
    page.write_text(page.read_text() + "\nThe old system had `REQ-812`.\n")
    commit(repository, "one")
    git(repository, "switch", "--quiet", "main")
    assert new(repository, "requirement", "On main").out.startswith("REQ-002 is in")


def test_an_id_of_a_branch_that_was_fetched_is_taken(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
):
    clone = tmp_path_factory.mktemp("clone") / "c"
    run("git", "clone", "--quiet", repository, clone, cwd=repository)
    new(repository, "requirement", "Pushed by a colleague")
    commit(repository, "theirs")
    git(clone, "fetch", "--quiet")
    assert new(clone, "requirement", "Ours").out.startswith("REQ-003 is in")


def test_a_detached_head_and_a_repository_without_a_commit_are_no_obstacle(repository: Path, tmp_path: Path):
    new(repository, "requirement", "On a branch")
    commit(repository, "one")
    git(repository, "switch", "--quiet", "--detach", "main")
    assert new(repository, "requirement", "Detached").out.startswith("REQ-003 is in")
    empty = make_programme(tmp_path / "empty")
    git(empty, "init", "--quiet")
    assert new(empty, "requirement", "First").out.startswith("REQ-002 is in")


def test_two_branches_that_allocated_one_id_are_a_finding_once_merged(repository: Path):
    git(repository, "switch", "--quiet", "--create", "one")
    text = "---\nid: RSK-001\n---\n\n# {}\n"
    folder = repository / "docs_src"
    for branch, name in (("one", "late"), ("two", "dear")):
        git(repository, "switch", "--quiet", "main")
        (folder / f"RSK-001-{name}.md").write_text(text.format(name))
        commit(repository, f"branch-{branch}")
    git(repository, "switch", "--quiet", "branch-one")
    git(repository, "merge", "--quiet", "branch-two")
    shown = call("check", "--no-prose", "--select", "ID-UNIQ", cwd=repository, status=1).out
    assert shown.count("ID-UNIQ RSK-001") == 1


def test_a_link_is_filled_in_and_a_pinned_one_with_the_version_that_is_there(repository: Path):
    new(repository, "requirement", "Linked", "--link", "satisfies=BN-001", "--link", "derived-from=REQ-001")
    text = (repository / "docs_src/requirements/REQ-002-linked.md").read_text()
    assert "\nsatisfies: [BN-001]\nderived_from: [REQ-001]\n" in text
    assert "# satisfies" not in text
    new(repository, "change-request", "Pinned", "--link", "modifies=REQ-001")
    assert "\nmodifies: [REQ-001@0.1]\n" in next((repository / "docs_src/changes").iterdir()).read_text()
    shown = call("check", "--no-prose", "--select", "REF,SCHEMA", cwd=repository).out
    assert shown.startswith("No findings")


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("satisfies=BN-1", "did you mean BN-001?"),
        ("satisfy=BN-001", "did you mean satisfies?"),
        ("derived_from=BN-001", "BN-001 is a business-need, and derived_from leads to requirement"),
        ("satisfies", "write the field, = and the ID"),
        ("satisfies=", "write the field, = and the ID"),
        ("release=BN-001", "BN-001 is a business-need"),
    ],
)
def test_a_link_that_cannot_be_is_refused_and_nothing_is_written(repository: Path, link: str, words: str):
    assert words in new(repository, "requirement", "Linked", "--link", link, status=2).err
    assert git(repository, "status", "--porcelain") == ""


def test_the_author_is_the_party_whose_name_git_has(repository: Path):
    parties = repository / "docs_src/parties.md"
    parties.write_text("# Parties\n\n" + PARTY.format(number=1, role="Analyst", name="A. Person"))
    new(repository, "requirement", "Mine")
    assert "\nauthors: [PTY-001]\n" in (repository / "docs_src/requirements/REQ-002-mine.md").read_text()
    # Two parties of one name: nobody can say which.
    parties.write_text(parties.read_text() + "\n" + PARTY.format(number=2, role="Tester", name="A. Person"))
    new(repository, "requirement", "Whose")
    assert "\nauthors:" not in (repository / "docs_src/requirements/REQ-003-whose.md").read_text()


def test_the_language_is_the_projects_unless_the_file_states_one(repository: Path):
    (repository / "paraph.toml").write_text('title = "Programme"\nlang = "fr"\n')
    new(repository, "requirement", "Courrier")
    assert '\nlang: "fr"\n' in (repository / "docs_src/requirements/REQ-002-courrier.md").read_text()
    page = repository / "docs_src/nl.md"
    page.write_text("---\ntitle: Brieven\ndefaults:\n  lang: nl\n---\n\n# Brieven\n")
    new(repository, "requirement", "Brief", "--into", "docs_src/nl.md")
    assert 'lang: "fr"' not in page.read_text()
