"""A process that works on a stranger's file is shut in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import tools
from tests.support import ROOT

pytestmark = pytest.mark.slow


def test_it_does_what_it_needs_and_nothing_else(tmp_path: Path):
    folder = tmp_path / "inside"
    folder.mkdir()
    done = subprocess.run(
        (sys.executable, "-m", "tests.unit.signoff.probe", folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said = [line.split(" ", 1) for line in done.stdout.splitlines()]
    assert len(said) == 23
    for outcome, name in said:
        assert outcome == ("done" if name.startswith("may ") else "refused"), f"{outcome}: {name}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inside"]


def test_where_the_system_lets_it_the_process_has_no_network_and_nothing_of_this_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("A_SECRET", "of this environment")
    done = tools.run_alone("tests.unit.signoff.surroundings", str(tmp_path), cwd=str(tmp_path), seconds=60)
    assert done.code == 0, done.err
    stated = dict(line.split("=", 1) for line in done.text.splitlines())
    assert "A_SECRET" not in stated
    assert (stated["HOME"], stated["cwd"]) == (str(tmp_path), os.path.realpath(tmp_path))
    if tools._without_network():
        assert stated["network"] == "none"


def test_one_that_takes_too_long_is_ended(tmp_path: Path):
    with pytest.raises(tools.ToolTimeout, match="took longer than 1 seconds"):
        tools.run_alone("tests.unit.signoff.surroundings", "sleep", cwd=str(tmp_path), seconds=1)
