"""The set-up does each step once, again when what it works from changed, and survives being cut short."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts" / "set_up"
MODULES = ("processes", "system", "prose", "validators", "steps")


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The modules of the set-up, which are no package and are imported from their own folder."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    loaded: dict[str, ModuleType] = {name: __import__(name) for name in MODULES}
    yield SimpleNamespace(**loaded)
    for name in MODULES:
        sys.modules.pop(name, None)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a lock and an environment whose Python is there."""
    (tmp_path / "lock.txt").write_text("one==1\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    return tmp_path


def test_a_step_is_done_once(scripts: SimpleNamespace, checkout: Path):
    done: list[str] = []
    step = scripts.steps.Step("packages", done.append, ("lock.txt",))
    assert scripts.steps.run_step(step, str(checkout))
    assert not scripts.steps.run_step(step, str(checkout))
    assert done == [str(checkout)]


def test_a_step_is_done_again_when_its_file_changes(scripts: SimpleNamespace, checkout: Path):
    done: list[str] = []
    step = scripts.steps.Step("packages", done.append, ("lock.txt",))
    scripts.steps.run_step(step, str(checkout))
    (checkout / "lock.txt").write_text("one==2\n")
    assert scripts.steps.run_step(step, str(checkout))


def test_a_file_that_is_written_anew_with_the_same_content_changes_nothing(
    scripts: SimpleNamespace, checkout: Path
):
    step = scripts.steps.Step("packages", lambda root: None, ("lock.txt",))
    scripts.steps.run_step(step, str(checkout))
    (checkout / "lock.txt").write_text("one==1\n")
    assert not scripts.steps.run_step(step, str(checkout))


def test_a_step_is_done_again_when_the_environment_was_moved(scripts: SimpleNamespace, checkout: Path):
    step = scripts.steps.Step("packages", lambda root: None, ("lock.txt",))
    scripts.steps.run_step(step, str(checkout))
    moved = checkout.with_name("moved")
    checkout.rename(moved)
    assert scripts.steps.run_step(step, str(moved))


def test_a_step_that_fails_leaves_no_stamp(scripts: SimpleNamespace, checkout: Path):
    def fail(root: str) -> None:
        raise scripts.processes.Failed("no network")

    with pytest.raises(scripts.processes.Failed):
        scripts.steps.run_step(scripts.steps.Step("packages", fail, ("lock.txt",)), str(checkout))
    assert scripts.steps.run_step(
        scripts.steps.Step("packages", lambda root: None, ("lock.txt",)), str(checkout)
    )


def test_a_step_that_depends_on_a_variable_is_done_again_once_it_is_set(
    scripts: SimpleNamespace, checkout: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("CI", raising=False)
    step = scripts.steps.Step("vale", lambda root: None, (), ("CI",))
    scripts.steps.run_step(step, str(checkout))
    monkeypatch.setenv("CI", "true")
    assert scripts.steps.run_step(step, str(checkout))


def test_an_installation_that_was_killed_midway_makes_everything_anew(
    scripts: SimpleNamespace, checkout: Path, monkeypatch: pytest.MonkeyPatch
):
    step = scripts.steps.Step("environment", lambda root: None)
    scripts.steps.run_step(step, str(checkout))

    def interrupt(root: str, *arguments: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scripts.steps, "pip", interrupt)
    with pytest.raises(KeyboardInterrupt):
        scripts.steps.install(str(checkout), "lock.txt")
    scripts.steps.forget_broken(str(checkout))
    assert scripts.steps.run_step(step, str(checkout))


def test_an_installation_that_pip_refused_is_not_taken_for_one_that_was_killed(
    scripts: SimpleNamespace, checkout: Path, monkeypatch: pytest.MonkeyPatch
):
    step = scripts.steps.Step("environment", lambda root: None)
    scripts.steps.run_step(step, str(checkout))

    def refuse(root: str, *arguments: str) -> None:
        raise scripts.processes.Failed("no network")

    monkeypatch.setattr(scripts.steps, "pip", refuse)
    with pytest.raises(scripts.processes.Failed):
        scripts.steps.install(str(checkout), "lock.txt")
    scripts.steps.forget_broken(str(checkout))
    assert not scripts.steps.run_step(step, str(checkout))


def test_an_environment_without_its_python_is_made_anew(scripts: SimpleNamespace, checkout: Path):
    step = scripts.steps.Step("environment", lambda root: None)
    scripts.steps.run_step(step, str(checkout))
    (checkout / ".venv/bin/python").unlink()
    scripts.steps.forget_broken(str(checkout))
    assert scripts.steps.run_step(step, str(checkout))


def test_a_program_that_takes_too_long_is_ended_with_its_children(scripts: SimpleNamespace):
    started = time.monotonic()
    with pytest.raises(scripts.processes.Failed, match="longer than 1 s"):
        scripts.processes.run(["sh", "-c", "sleep 60 & sleep 60"], 1)
    assert time.monotonic() - started < 10


def test_a_program_that_fails_shows_the_end_of_its_output(scripts: SimpleNamespace):
    with pytest.raises(scripts.processes.Failed, match=r"exit code 3(?s:.*)the reason"):
        scripts.processes.run(["sh", "-c", "echo the reason; exit 3"], 20)


def test_a_program_gets_no_input(scripts: SimpleNamespace):
    assert scripts.processes.run(["cat"], 20) == ""


@pytest.mark.parametrize(
    ("probe", "expected"),
    [
        ("module:json", True),
        ("module:there_is_no_such_module", False),
        ("program:no-such-program,sh", True),
        ("program:no-such-program", False),
        ("library:libnosuch.so.0:libnosuch.0.dylib", False),
    ],
)
def test_what_is_there_is_found(scripts: SimpleNamespace, probe: str, expected: bool):
    assert scripts.system.is_there(probe) is expected


def test_what_may_not_be_installed_is_named_with_the_command(
    scripts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(scripts.system, "administrator", lambda: None)
    monkeypatch.setattr(scripts.system, "is_there", lambda probe: "subset" not in probe)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(scripts.processes.Failed) as failure:
        scripts.system.provide(scripts.system.RUNTIME, "setup")
    text = str(failure.value)
    assert "apt-get install --no-install-recommends libharfbuzz-subset0\n" in text
    assert "make setup" in text
    assert "libpango" not in text


@pytest.mark.parametrize(("status", "expected"), [(0, ["sudo", "-n"]), (1, None)])
def test_sudo_is_used_only_where_it_asks_no_password(
    scripts: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    status: int,
    expected: list[str] | None,
):
    sudo = tmp_path / "sudo"
    sudo.write_text(f"#!/bin/sh\nexit {status}\n")
    sudo.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(scripts.system.os, "geteuid", lambda: 1000)
    assert scripts.system.administrator() == expected


def test_without_any_vale_the_set_up_goes_on_and_says_so(
    scripts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    no_vale(scripts, monkeypatch)
    monkeypatch.delenv("CI", raising=False)
    scripts.prose.provide(str(SCRIPTS.parents[1]))
    assert "WARNING: no Vale could be got" in capsys.readouterr().err


def test_without_any_vale_the_set_up_fails_in_ci(scripts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch):
    no_vale(scripts, monkeypatch)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(scripts.processes.Failed, match="no Vale could be got"):
        scripts.prose.provide(str(SCRIPTS.parents[1]))


def no_vale(scripts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(root: str, version: str = "") -> str:
        raise scripts.processes.Failed("is not to be had")

    for way in ("find", "build", "download"):
        monkeypatch.setattr(scripts.prose, way, refuse)


def test_a_file_that_arrived_is_the_one_that_was_pinned(scripts: SimpleNamespace, tmp_path: Path):
    (tmp_path / "a.jar").write_bytes(b"meant")
    sums = {"a.jar": hashlib.sha256(b"meant").hexdigest()}
    scripts.validators.compare(str(tmp_path), sums, "SHA256SUMS")
    (tmp_path / "a.jar").write_bytes(b"other")
    with pytest.raises(scripts.processes.Failed, match=r"a\.jar"):
        scripts.validators.compare(str(tmp_path), sums, "SHA256SUMS")


def test_no_file_arrives_besides_and_none_stays_away(scripts: SimpleNamespace, tmp_path: Path):
    with pytest.raises(scripts.processes.Failed, match=r"a\.jar"):
        scripts.validators.compare(str(tmp_path), {"a.jar": "0"}, "SHA256SUMS")
    (tmp_path / "b.jar").touch()
    with pytest.raises(scripts.processes.Failed, match=r"b\.jar"):
        scripts.validators.compare(str(tmp_path), {}, "SHA256SUMS")


def test_a_validator_that_is_not_the_one_pinned_is_not_put_in_place(
    scripts: SimpleNamespace, checkout: Path, monkeypatch: pytest.MonkeyPatch
):
    (checkout / "tests/verapdf").mkdir(parents=True)
    (checkout / "tests/verapdf/SHA256SUMS").write_text("0  a.jar\n")

    def fetch(command: list[str], seconds: int) -> str:
        folder = Path(command[-1].partition("=")[2])
        folder.mkdir()
        (folder / "a.jar").touch()
        return ""

    monkeypatch.setattr(scripts.validators, "run", fetch)
    with pytest.raises(scripts.processes.Failed, match=r"a\.jar"):
        scripts.validators.provide(str(checkout), "verapdf")
    assert not (checkout / ".venv/verapdf").exists()


def test_the_set_up_says_how_it_is_called():
    result = subprocess.run(
        [sys.executable, SCRIPTS, "nonsense"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert "runtime|pictures|test|lock|vale" in result.stderr
