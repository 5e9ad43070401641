"""The files for continuous integration are valid, and their lines run as they stand."""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.e2e.projects import BIN, ROOT, break_link, environment, make_programme, make_repository, run

GITHUB = tuple(ROOT / name for name in (".github/workflows/check.yml", "templates/ci/github.yml"))
GITLAB = tuple(ROOT / name for name in (".gitlab-ci.yml", "templates/ci/gitlab.yml"))
# What is not run here: installations, and the tests, which would come to this one again.
INSTALLS = ("sudo apt-get ", "apt-get ", "pip install ", "make setup", "vale --version")
TESTS = "make test"


def shown(file: Path) -> str:
    """How a file is called in the name of a test."""
    return file.relative_to(ROOT).as_posix()


class Line(NamedTuple):
    """A command of a CI file: the job it is in, and the text that a shell is given."""

    job: str
    text: str


def lines_of(file: Path) -> list[Line]:
    """All commands of a CI file, in their order."""
    content = yaml.safe_load(file.read_text())
    if "jobs" in content:
        steps = [(name, step) for name, job in content["jobs"].items() for step in job["steps"]]
        return [Line(name, step["run"]) for name, step in steps if "run" in step]
    jobs = {name: job for name, job in content.items() if isinstance(job, dict) and "script" in job}
    return [
        Line(name, text)
        for name, job in jobs.items()
        for part in ("before_script", "script", "after_script")
        for text in job.get(part, ())
    ]


def runs_here(line: Line) -> bool:
    rows = line.text.strip().splitlines()
    return line.text != TESTS and not all(row.startswith(INSTALLS) for row in rows)


def run_job(file: Path, folder: Path) -> list[int]:
    """Run the commands of a file's job `documents` as a runner does, up to the first that fails; gives statuses."""
    statuses: list[int] = []
    for line in filter(runs_here, lines_of(file)):
        if not any(statuses):
            done = run("bash", "-eo", "pipefail", "-c", line.text, cwd=folder, env=CI, status=None)
            statuses.append(done.returncode)
    return statuses


CI = environment(CI="true")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with a small programme, and the environment that `make setup` would have made."""
    folder = make_repository(make_programme(tmp_path))
    (folder / ".venv").mkdir()
    (folder / ".venv/bin").symlink_to(BIN)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("file", GITHUB, ids=shown)
def test_workflows_are_valid_by_the_schema_of_github(file: Path):
    validate("vendor.github-workflows", file)


@pytest.mark.slow
@pytest.mark.parametrize("file", GITLAB, ids=shown)
def test_pipelines_are_valid_by_the_schema_of_gitlab(file: Path):
    validate("vendor.gitlab-ci", file, "--data-transform=gitlab-ci")


def validate(schema: str, file: Path, *options: str) -> None:
    run(sys.executable, "-m", "check_jsonschema", f"--builtin-schema={schema}", *options, file, cwd=ROOT)


@pytest.mark.parametrize("file", [GITHUB[0], GITLAB[0]], ids=shown)
def test_the_repositorys_own_files_run_all_tests(file: Path):
    assert Line("tests", TESTS) in lines_of(file)


@pytest.mark.parametrize("file", [*GITHUB, *GITLAB], ids=shown)
def test_only_installations_and_the_tests_are_not_run_here(file: Path):
    left_out = [line.text for line in lines_of(file) if not runs_here(line) and line.text != TESTS]
    assert left_out
    assert "paraph check" not in " ".join(left_out)
    assert "paraph build" not in " ".join(left_out)


@pytest.mark.slow
@pytest.mark.parametrize("file", [*GITHUB, *GITLAB], ids=shown)
def test_a_clean_programme_passes_and_its_artefacts_are_there(file: Path, checkout: Path):
    statuses = run_job(file, checkout)
    assert len(statuses) >= 3
    assert not any(statuses)
    assert (checkout / "dist/site/index.html").stat().st_size > 0
    for name in kept_files(file):
        assert (checkout / name).exists(), name


@pytest.mark.slow
@pytest.mark.parametrize("file", [*GITHUB, *GITLAB], ids=shown)
def test_a_broken_link_fails_the_job_before_anything_is_built(file: Path, checkout: Path):
    break_link(checkout)
    statuses = run_job(file, checkout)
    assert statuses[-1] == 1
    assert not (checkout / "dist").exists()


@pytest.mark.slow
@pytest.mark.parametrize("file", [*GITHUB, *GITLAB], ids=shown)
def test_a_merge_request_is_judged_as_a_change_of_its_target(
    file: Path, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    origin = tmp_path / "origin.git"
    run("git", "clone", "--quiet", "--bare", checkout, origin, cwd=tmp_path)
    run("git", "remote", "add", "origin", origin, cwd=checkout)
    if file in GITHUB:
        # The action that checks out fetches all branches.
        run("git", "fetch", "--quiet", "origin", cwd=checkout)
    needs = checkout / "docs_src/needs.md"
    needs.write_text(needs.read_text().replace("status: draft", "status: approved"))
    assert not any(status for status in run_job(file, checkout) if status)
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        monkeypatch.setitem(CI, name, "main")
    assert run_job(file, checkout)[-1] == 1


@pytest.mark.slow
@pytest.mark.parametrize("file", GITLAB, ids=shown)
def test_the_reports_of_a_job_that_failed_hold_the_finding(file: Path, checkout: Path):
    break_link(checkout)
    run_job(file, checkout)
    (entry,) = json.loads((checkout / "gl-code-quality-report.json").read_text())
    assert entry["check_name"] == "REF-DEAD"
    assert entry["location"] == {"path": "docs_src/requirements.md", "lines": {"begin": 16}}
    assert "REF-DEAD" in (checkout / "paraph-junit.xml").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("file", GITHUB, ids=shown)
def test_findings_are_uploaded_although_the_check_failed(file: Path, checkout: Path):
    break_link(checkout)
    (line,) = [line for line in lines_of(file) if "sarif" in line.text]
    run("bash", "-eo", "pipefail", "-c", line.text, cwd=checkout, env=CI)
    (result,) = json.loads((checkout / "paraph.sarif").read_text())["runs"][0]["results"]
    assert result["ruleId"] == "REF-DEAD"


@pytest.mark.slow
@pytest.mark.parametrize("file", [*GITHUB, *GITLAB], ids=shown)
def test_a_check_that_could_not_run_is_not_taken_for_a_clean_one(file: Path, checkout: Path):
    (checkout / "paraph.toml").write_text("tilte = 'Misspelt'\n")
    assert run_job(file, checkout)[-1] != 0


def kept_files(file: Path) -> list[str]:
    """The files and folders that the runner keeps of the job `documents`."""
    content: dict[str, Any] = yaml.safe_load(file.read_text())
    if "jobs" in content:
        steps = [step.get("with", {}) for step in content["jobs"]["documents"]["steps"]]
        return [step[key] for step in steps for key in ("path", "sarif_file") if key in step]
    artefacts = content["documents"]["artifacts"]
    return [*artefacts["paths"], *artefacts["reports"].values()]
