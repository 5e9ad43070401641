"""A change judged against its base, and two revisions side by side, in real repositories."""

import json
from pathlib import Path

import pytest

from tests.e2e.commands import call, difference
from tests.e2e.projects import make_programme, run
from tests.repositories import Repository
from tests.trees import NEED, REQUIREMENT

SETTINGS = 'title = "Mail"\nsources = "docs"\n'
FILES: dict[str, str | bytes] = {
    "paraph.toml": SETTINGS,
    "docs/BN-001-paper.md": NEED,
    "docs/requirements.md": "# Requirements\n\n" + REQUIREMENT,
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A programme on `main`, with the branch `work` made from it."""
    repository = Repository(tmp_path / "repository")
    repository.put(FILES)
    repository.commit()
    repository.git("switch", "--quiet", "--create", "work")
    return repository


def codes(repository: Repository, *options: str, base: str = "main", status: int | None = None) -> list[str]:
    done = call(
        "check",
        "--no-prose",
        "--base",
        base,
        "--format",
        "json",
        *options,
        cwd=repository.folder,
        status=status,
    )
    return [item["code"] for item in json.loads(done.out)["findings"]]


def edit(repository: Repository, name: str, old: str, new: str) -> None:
    path = repository.folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_settings_of_a_base_are_read_from_pyproject_as_well(repository: Repository):
    stated = f"[tool.paraph]\n{SETTINGS}\n[build-system]\nrequires = []\n"
    (repository.folder / "paraph.toml").unlink()
    (repository.folder / "pyproject.toml").write_text(stated)
    repository.commit()
    edit(repository, "docs/requirements.md", "by mail.", "by post.")
    assert codes(repository, base="HEAD", status=1) == ["LC-CR"]


def test_what_the_branch_does_is_judged_committed_or_not(repository: Repository):
    assert codes(repository, status=0) == []
    edit(repository, "docs/requirements.md", "by mail.", "by post.")
    assert codes(repository, status=1) == ["LC-CR"]
    repository.commit()
    assert codes(repository, status=1) == ["LC-CR"]
    assert "LC-CR" not in call("check", "--no-prose", cwd=repository.folder).out


def test_what_others_do_on_the_base_is_not_the_branchs_doing(repository: Repository):
    edit(repository, "docs/BN-001-paper.md", "# Less paper", "# Less paper\n\nA page.")
    repository.git("switch", "--quiet", "main")
    repository.put({**FILES, "docs/BN-001-paper.md": NEED.replace("fewer letters", "no letters")})
    repository.commit()
    repository.git("switch", "--quiet", "work")
    assert codes(repository, status=0) == []
    repository.git("merge", "--quiet", "--no-edit", "main")
    assert codes(repository, status=0) == []


def test_a_merge_commit_is_a_head_and_a_base_as_any(repository: Repository):
    edit(repository, "docs/requirements.md", "by mail.", "by post.")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.put({**FILES, "docs/page.md": "# Page\n"})
    repository.commit()
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "work")
    assert codes(repository, base="main~1", status=1) == ["LC-CR"]
    assert codes(repository, base="main", status=0) == []


def test_an_artifact_is_followed_to_another_file_and_a_file_to_another_folder(repository: Repository):
    repository.git("mv", "docs/requirements.md", "docs/mail.md")
    edit(repository, "docs/mail.md", "by mail.", "by post.")
    done = call("check", "--no-prose", "--base", "main", cwd=repository.folder, status=1)
    assert "docs/mail.md:18:1: error LC-CR" in done.out
    repository.put(
        {name.replace("docs/", "texts/"): text for name, text in FILES.items()}
        | {"paraph.toml": SETTINGS.replace("docs", "texts")}
    )
    assert codes(repository, status=0) == []


def test_a_file_that_is_gone_takes_no_approved_artifact_with_it(repository: Repository):
    (repository.folder / "docs/requirements.md").unlink()
    done = call("check", "--no-prose", "--base", "main", "--select", "LC", cwd=repository.folder, status=1)
    assert "docs/requirements.md:1:1: error LC-JUMP REQ-101 was approved on main and is gone" in done.out
    assert "withdrawn" in done.out


def test_what_cannot_be_read_is_not_said_to_be_gone(repository: Repository):
    (repository.folder / "docs/requirements.md").write_bytes(
        b"# R\n\n" + REQUIREMENT.replace("```\n\n", "").encode()
    )
    assert "LC-JUMP" not in codes(repository)


def test_the_settings_of_the_base_judge(repository: Repository):
    edit(repository, "docs/requirements.md", "by mail.", "by post.")
    path = repository.folder / "paraph.toml"
    path.write_text(SETTINGS + '[severity]\nLC-CR = "off"\n')
    done = call("check", "--no-prose", "--base", "main", cwd=repository.folder, status=1)
    assert "error LC-CR" in done.out
    assert "the setting severity.LC-CR differs from main, which judges this change" in done.out
    repository.git("stash", "--quiet")
    repository.git("switch", "--quiet", "main")
    path.write_text(SETTINGS + '[severity]\nLC-CR = "off"\n')
    repository.commit()
    repository.git("switch", "--quiet", "work")
    repository.git("stash", "pop", "--quiet")
    assert codes(repository, status=0) == []


ASKED = """
[[coverage]]
code = "RQ-RUN"
kind = "requirement"
needs = "verified_by"
to = "test-case"
severity = "error"
"""


@pytest.mark.parametrize(
    "new", ["", ASKED.replace('"error"', '"warning"'), ASKED.replace("RQ-RUN", "RQ-TRY")]
)
def test_a_change_cannot_take_back_what_the_coverage_of_the_base_asks(repository: Repository, new: str):
    repository.git("switch", "--quiet", "main")
    repository.put(FILES | {"paraph.toml": SETTINGS + ASKED})
    repository.commit()
    repository.git("switch", "--quiet", "--create", "loose")
    (repository.folder / "paraph.toml").write_text(SETTINGS + new)
    done = call("check", "--no-prose", "--base", "main", cwd=repository.folder, status=1)
    assert done.out.count("RQ-RUN REQ-101 has no test-case (verified by)") == 1
    assert "error RQ-RUN" in done.out
    assert "RQ-TRY" not in done.out
    assert "the setting coverage differs from main, which judges this change" in done.out


def test_what_a_change_newly_asks_of_coverage_counts_once_it_is_on_the_base(repository: Repository):
    (repository.folder / "paraph.toml").write_text(SETTINGS + ASKED)
    assert codes(repository, status=0) == []
    repository.commit()
    repository.git("branch", "--force", "main", "work")
    assert codes(repository) == ["RQ-RUN"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("sources = [", "main:paraph.toml cannot be read"),
        ("tilte = 'x'\n", "main:paraph.toml:1: there is no setting"),
    ],
)
def test_a_base_whose_settings_cannot_be_read_ends_the_run(repository: Repository, settings: str, words: str):
    repository.git("switch", "--quiet", "main")
    (repository.folder / "paraph.toml").write_text(settings)
    repository.commit()
    (repository.folder / "paraph.toml").write_text(SETTINGS)
    done = call("check", "--no-prose", "--base", "main", cwd=repository.folder, status=2)
    assert words in done.err


def test_a_base_whose_schema_cannot_be_read_is_told(repository: Repository):
    schema = repository.folder / "schemas/lesson.schema.json"
    schema.parent.mkdir()
    schema.write_text("{")
    repository.commit()
    repository.git("branch", "--force", "main", "work")
    schema.unlink()
    done = call("check", "--no-prose", "--base", "main", cwd=repository.folder, status=0)
    assert "main:schemas/lesson.schema.json" in done.out


def test_a_base_without_documents_or_settings_is_told(tmp_path: Path):
    repository = Repository(tmp_path)
    repository.put({"README.txt": "Nothing yet.\n"})
    repository.commit()
    repository.put(FILES)
    done = call("check", "--no-prose", "--base", "main", cwd=tmp_path, status=0)
    assert "there was nothing to compare with" in done.out
    assert "main has no settings of Paraph" in done.out


BAD = [("mian", "did you mean main?"), ("--all", "there is no revision"), ("", "--base names no revision")]


@pytest.mark.parametrize(("base", "words"), BAD)
def test_a_base_that_does_not_exist_ends_the_run(repository: Repository, base: str, words: str):
    done = call("check", "--no-prose", f"--base={base}", cwd=repository.folder, status=2)
    assert words in done.err
    if base:
        assert words in call("diff", "--", base, cwd=repository.folder, status=2).err


def test_a_base_outside_a_repository_ends_the_run(tmp_path: Path):
    make_programme(tmp_path)
    done = call("check", "--no-prose", "--base", "main", cwd=tmp_path, status=2)
    assert "is in no git repository" in done.err


def test_without_git_there_is_no_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from pipeline import tools

    make_programme(tmp_path)
    monkeypatch.setattr(tools, "find", lambda name: None)
    done = call("check", "--no-prose", "--base", "main", cwd=tmp_path, status=2)
    assert "to get git" in done.err


def test_a_base_with_nothing_in_common_ends_the_run(repository: Repository):
    repository.git("switch", "--quiet", "--orphan", "other")
    repository.put(FILES)
    repository.commit()
    done = call("check", "--no-prose", "--base", "main", cwd=repository.folder, status=2)
    assert "have no commit in common" in done.err


def test_a_shallow_clone_is_told_how_to_deepen(repository: Repository, tmp_path: Path):
    edit(repository, "docs/requirements.md", "by mail.", "by post.")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.put({**FILES, "docs/page.md": "# Page\n"})
    repository.commit()
    clone = tmp_path / "clone"
    run("git", "clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=work",
        f"file://{repository.folder}", clone, cwd=tmp_path)  # fmt: skip
    done = call("check", "--no-prose", "--base", "origin/main", cwd=clone, status=2)
    assert "the clone is shallow" in done.err
    assert "git fetch --unshallow" in done.err
    run("git", "fetch", "--quiet", "--unshallow", cwd=clone)
    assert "LC-CR" in call("check", "--no-prose", "--base", "origin/main", cwd=clone, status=1).out


def test_findings_against_a_base_are_the_same_with_a_cache(repository: Repository):
    edit(repository, "docs/requirements.md", "by mail.", "by post.")
    first = codes(repository)
    assert codes(repository) == first == ["LC-CR"]
    call("check", "--no-prose", cwd=repository.folder)
    assert codes(repository) == first
    edit(repository, "docs/requirements.md", "by post.", "by mail.")
    assert codes(repository) == []


def test_a_check_changes_nothing_in_the_repository(repository: Repository):
    edit(repository, "docs/requirements.md", "by mail.", "by post.")
    before = repository.git("status", "--porcelain"), repository.git("stash", "list")
    codes(repository)
    assert (repository.git("status", "--porcelain"), repository.git("stash", "list")) == before


def test_a_diff_tells_all_that_a_change_does(repository: Repository):
    later = REQUIREMENT.replace("REQ-101", "REQ-102").replace("Send by mail", "Send by ship")
    text = REQUIREMENT.replace("by mail.", "by mail at once.").replace(
        "status: approved", "status: withdrawn"
    )
    repository.put(
        {
            "paraph.toml": SETTINGS,
            "docs/needs/BN-001-paper.md": NEED,
            "docs/other.md": "# Other\n\n" + text.replace("a day", "an hour"),
            "docs/requirements.md": "# Requirements\n\n" + later,
        }
    )
    done = call("diff", "main", cwd=repository.folder)
    assert done.out.splitlines() == [
        "Added",
        "  REQ-102 Send by ship (approved, requirements.md:3)",
        "",
        "Ended",
        "  REQ-101 Send by mail (other.md:3)",
        "    moved here from requirements.md",
        "    status: approved -> withdrawn",
        "    acceptance_criteria[AC-1].text: The letter arrives within [-a day-]{+an hour+}.",
        "    statement: The system shall send a letter by mail{+ at once+}.",
        "",
        "Renamed files",
        "  BN-001-paper.md -> needs/BN-001-paper.md",
        "",
        "1 added, 1 changed between main and the working tree",
    ]
    told = difference(repository.folder, "main")
    assert told["renamed"] == [["BN-001-paper.md", "needs/BN-001-paper.md"]]


def test_a_diff_follows_the_change_of_a_need_to_its_requirement(repository: Repository):
    edit(repository, "docs/BN-001-paper.md", "fewer", "no")
    repository.commit()
    value = difference(repository.folder, "main", "work")
    assert [item["id"] for item in value["changed"]] == ["BN-001"]
    (touched,) = value["touched"]
    assert (touched["id"], touched["steps"], touched["over"], touched["role"]) == (
        "REQ-101",
        1,
        "BN-001",
        "satisfies",
    )
    back = difference(repository.folder, "work", "main")
    assert (back["base"], back["head"]) == ("work", "main")
    assert [item["id"] for item in back["changed"]] == ["BN-001"]


@pytest.mark.parametrize(
    ("new", "touched"),
    [
        ('status: approved\nupdated: "2026-02-01"\ntags: [mail]', []),
        ("status: withdrawn", ["REQ-101"]),
    ],
)
def test_what_is_no_content_touches_nothing_but_a_status_does(
    repository: Repository, new: str, touched: list[str]
):
    edit(repository, "docs/BN-001-paper.md", "status: approved", new)
    value = difference(repository.folder, "main")
    assert [item["id"] for item in value["changed"]] == ["BN-001"]
    assert [item["id"] for item in value["touched"]] == touched


def test_a_revision_does_not_differ_from_itself(repository: Repository):
    assert (
        call("diff", "main", "work", cwd=repository.folder).out == "Nothing differs between main and work\n"
    )
    assert (
        call("diff", "main", cwd=repository.folder).out
        == "Nothing differs between main and the working tree\n"
    )
