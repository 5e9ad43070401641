"""The hooks run at real commits, and see the whole programme whatever was changed."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.projects import BIN, ROOT, break_link, environment, make_programme, make_repository, run

CONFIG, MANIFEST = ROOT / ".pre-commit-config.yaml", ROOT / ".pre-commit-hooks.yaml"
PRE_COMMIT = (sys.executable, "-m", "pre_commit")
# Above 130,000 characters pre-commit splits names into batches, whatever the number of processors.
MANY, LONG = 900, "with-a-long-name-" * 10


def own_hooks() -> dict[str, dict[str, Any]]:
    return {
        hook["id"]: hook for repo in yaml.safe_load(CONFIG.read_text())["repos"] for hook in repo["hooks"]
    }


@pytest.mark.parametrize(("command", "file"), [("validate-config", CONFIG), ("validate-manifest", MANIFEST)])
def test_the_files_are_valid(command: str, file: Path):
    run(*PRE_COMMIT, command, file, cwd=ROOT)


def test_the_repositorys_own_hooks_download_nothing():
    repos = yaml.safe_load(CONFIG.read_text())["repos"]
    assert {repo["repo"] for repo in repos} == {"local"}
    assert {hook["language"] for hook in own_hooks().values()} == {"system"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in own_hooks().values())


def test_the_own_hook_is_the_one_that_others_get():
    (offered,) = yaml.safe_load(MANIFEST.read_text())
    own = own_hooks()["paraph-check"]
    where_it_runs = {"entry", "language", "description", "minimum_pre_commit_version"}
    kept = {key: value for key, value in offered.items() if key not in where_it_runs}
    assert kept == {key: value for key, value in own.items() if key not in where_it_runs}
    assert own["entry"] == f".venv/bin/{offered['entry']}"


class Repository:
    """A git repository with a programme, the hooks of this one, and a note of every call of `paraph`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.calls = folder / "repository", folder / "calls"
        make_programme(self.folder)
        for file in (CONFIG, ROOT / "pyproject.toml"):
            shutil.copy(file, self.folder)
        self._provide_programs()
        make_repository(self.folder)
        self.env = environment(PRE_COMMIT_HOME=str(folder / "store"), CALLS=str(self.calls))
        run(*PRE_COMMIT, "install", cwd=self.folder, env=self.env)

    def _provide_programs(self) -> None:
        programs = self.folder / ".venv/bin"
        programs.mkdir(parents=True)
        for name in ("ruff", "mypy"):
            (programs / name).symlink_to(BIN / name)
        paraph = programs / "paraph"
        paraph.write_text(f'#!/bin/sh\necho "$*" >>"$CALLS"\nexec {shlex.quote(str(BIN / "paraph"))} "$@"\n')
        paraph.chmod(0o755)

    def commit(self, *, status: int) -> str:
        """Try to commit what is staged; gives what was shown."""
        done = run("git", "commit", "--message=Change", cwd=self.folder, env=self.env, status=status)
        return done.stdout + done.stderr

    def git(self, *arguments: str) -> str:
        return run("git", *arguments, cwd=self.folder, env=self.env).stdout

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "HEAD"))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


@pytest.mark.slow
def test_a_clean_change_is_committed_and_the_result_is_shown(repository: Repository):
    page = repository.folder / "docs_src/index.md"
    page.write_text(page.read_text() + "\nAnother sentence on REQ-001.\n")
    repository.git("add", "--all")
    assert "No findings in 3 documents" in repository.commit(status=0)
    assert repository.commits() == 2


@pytest.mark.slow
def test_a_change_that_breaks_a_link_of_an_unchanged_file_is_blocked(repository: Repository):
    break_link(repository.folder)
    repository.git("add", "docs_src/needs.md")
    assert "docs_src/requirements.md:16:13: error REF-DEAD" in repository.commit(status=1)
    assert repository.commits() == 1


@pytest.mark.slow
def test_deleting_a_file_that_others_link_to_is_blocked(repository: Repository):
    repository.git("rm", "--quiet", "docs_src/needs.md")
    assert "REF-DEAD" in repository.commit(status=1)
    assert repository.commits() == 1


@pytest.mark.slow
def test_what_is_staged_counts_and_not_what_was_mended_since(repository: Repository):
    needs = repository.folder / "docs_src/needs.md"
    sound = needs.read_text()
    break_link(repository.folder)
    repository.git("add", "docs_src/needs.md")
    needs.write_text(sound)
    assert "REF-DEAD" in repository.commit(status=1)
    assert needs.read_text() == sound


@pytest.mark.slow
def test_many_changed_files_make_one_run_without_their_names(repository: Repository):
    for number in range(MANY):
        path = repository.folder / f"docs_src/pages/{LONG}{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ntitle: Page {number}\n---\n\n# Page {number}\n\nSee REQ-001.\n")
    assert MANY * len(LONG) > 1 << 17
    repository.git("add", "--all")
    repository.commit(status=0)
    assert repository.calls.read_text() == "check\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "hook"),
    [("import os\n", "ruff-check"), ("x = {  'a':1 }\n", "ruff-format")],
    ids=lambda each: each,
)
def test_code_that_lint_would_refuse_is_blocked(repository: Repository, code: str, hook: str):
    (repository.folder / "module.py").write_text('"""A module."""\n\n' + code)
    repository.git("add", "--all")
    assert f"- hook id: {hook}\n" in repository.commit(status=1)


@pytest.mark.slow
def test_a_fault_of_types_is_found_before_a_push(repository: Repository):
    for name, code in (("pipeline/wrong.py", 'x: int = "text"\n'), ("scripts/sound.py", "x = 1\n")):
        path = repository.folder / name
        path.parent.mkdir()
        path.write_text('"""A module."""\n\n' + code)
    repository.git("add", "--all")
    stage = ("run", "--all-files", "--hook-stage=pre-push")
    done = run(*PRE_COMMIT, *stage, cwd=repository.folder, env=repository.env, status=1)
    assert "- hook id: mypy\n" in done.stdout
    assert "Incompatible types in assignment" in done.stdout


@pytest.mark.slow
def test_another_repository_gets_the_hook_and_is_blocked_by_it(
    tmp_path: Path, wheels: Path, vale_alone: Path
):
    user = make_programme(tmp_path / "user")
    source = copy_source(tmp_path / "source")
    revision = run("git", "rev-parse", "HEAD", cwd=source).stdout.strip()
    hooks = [{"repo": str(source), "rev": revision, "hooks": [{"id": "paraph-check"}]}]
    (user / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": hooks}))
    make_repository(user)
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    env = environment(path=vale_alone, PRE_COMMIT_HOME=str(tmp_path / "store"), **offline)
    run(*PRE_COMMIT, "install", cwd=user, env=env)

    (user / "docs_src/index.md").write_text("---\ntitle: Home\n---\n\n# Home\n\nREQ-001 alone.\n")
    run("git", "add", "--all", cwd=user)
    done = run("git", "commit", "--message=Sound", cwd=user, env=env)
    assert "No findings in 3 documents" in done.stdout + done.stderr

    break_link(user)
    run("git", "add", "--all", cwd=user)
    done = run("git", "commit", "--message=Broken", cwd=user, env=env, status=1)
    assert "REF-DEAD" in done.stdout + done.stderr


def copy_source(folder: Path) -> Path:
    """Make a repository of the files that the package is built from, as they are now."""
    folder.mkdir()
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("pipeline", "schemas", "styles", "templates", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in (".vale.ini", ".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return make_repository(folder)
