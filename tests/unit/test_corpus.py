"""Every rule on small trees: `tests/corpus/<CODE>/bad-*` with its exact findings, `good-*` with none.

A case is the folder of the sources; or, where it has a `paraph.toml`, the folder of a project. `expected.txt` beside
the documents has a line `path:line:column CODE` for each finding, in the order in which they are shown.

A case of a rule against a base holds more trees, each whole, from which a git repository is made: `base/` is the tree
that the branch was made from, `before/` one that is older than that, `ahead/` what the base has become since.
"""

import os
import shutil
from pathlib import Path

import pytest

from pipeline.checks import CHECKS
from pipeline.run import Options, check
from pipeline.settings import Project, Settings, open_project
from tests.repositories import Repository
from tests.trees import DAY

CORPUS = Path(__file__).parents[1] / "corpus"
CODES = [rule.code for rule in CHECKS]
CASES = sorted(case for code in CODES for case in (CORPUS / code).iterdir() if case.is_dir())


# What a case holds besides its own tree.
BESIDE = ("expected.txt", "before", "base", "ahead")


def project_of(case: Path, folder: Path) -> Project:
    copy = folder / "case"
    if (case / "base").is_dir():
        replay(case, copy)
    else:
        shutil.copytree(case, copy, ignore=shutil.ignore_patterns("expected.txt"))
    if (copy / "paraph.toml").exists():
        return open_project("paraph.toml", cwd=os.fspath(copy))
    return Project(os.fspath(folder), os.fspath(copy), Settings())


def replay(case: Path, folder: Path) -> None:
    """Make a repository of a case's trees: `main` as the base has it by now, `work` with the case itself."""
    repository = Repository(folder)
    for name in ("before", "base", "ahead"):
        if (case / name).is_dir():
            repository.take(case / name)
            commit = repository.commit(name)
            repository.git("branch", "--force", f"at-{name}", commit)
    repository.git("switch", "--quiet", "--create", "work", "at-base")
    repository.take(case, *BESIDE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_has_exactly_its_findings(case, tmp_path, monkeypatch):
    project = project_of(case, tmp_path)
    monkeypatch.chdir(tmp_path / "case")
    base = "main" if (case / "base").is_dir() else ""
    report = check(project, Options(day=DAY, prose=False, base=base))
    lines = [f"{item.path}:{item.line}:{item.column} {item.code}" for item in report.findings]
    file = case / "expected.txt"
    expected = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    assert lines == expected, "\n".join(
        f"{line}  {item.message}" for line, item in zip(lines, report.findings, strict=True)
    )


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_bad_and_a_good_case(code):
    names = [case.name for case in CASES if case.parent.name == code]
    bad = [CORPUS / code / name / "expected.txt" for name in names if name.startswith("bad-")]
    assert bad
    assert all(f" {code}\n" in file.read_text(encoding="utf-8") for file in bad)
    assert any(name.startswith("good-") for name in names)
    assert all(name.startswith(("bad-", "good-")) for name in names)


def test_only_bad_cases_expect_findings():
    assert [case for case in CASES if (case / "expected.txt").exists() != case.name.startswith("bad-")] == []


@pytest.mark.parametrize("rule", CHECKS, ids=CODES)
def test_every_rule_has_a_page(rule):
    title, _, rest = rule.page.strip().partition("\n\n")
    assert title.endswith(".")
    assert "\n" not in title
    what, _, why = rest.partition("**Why.**")
    assert what.strip()
    why, _, mend = why.partition("**Mend.**")
    assert why.strip()
    assert mend.strip()
    assert rule.weight in ("block", "warn", "completeness", "calendar", "issue")


def test_no_code_is_used_twice():
    assert len(set(CODES)) == len(CODES)
