"""Tools are found in versions that fit, run without a shell or terminal, and never outlive us."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import tools
from pipeline.errors import CouldNotRun, ToolFailed, ToolMissing, ToolTimeout
from pipeline.tools import Tool, finding, process

ROOT = Path(__file__).parents[2]
INTERPRETER = sys.executable


@pytest.fixture(autouse=True)
def _look_afresh():
    tools.look.cache_clear()
    yield
    tools.look.cache_clear()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of programs that alone is on PATH; the interpreter stands in an empty one."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "python").mkdir()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python" / "python"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin"


def put(folder: Path, name: str, *lines: str) -> Path:
    program = folder / name
    program.write_text("\n".join(["#!/bin/sh", "PATH=/usr/bin:/bin", *lines]) + "\n")
    program.chmod(0o755)
    return program


def put_git(folder: Path, *lines: str, version: str = "2.40.1") -> Path:
    answer = f"if [ \"$1\" = --version ]; then echo 'git version {version}'; exit; fi"
    return put(folder, "git", answer, *lines)


def in_a_new_interpreter(code: str) -> str:
    command = [INTERPRETER, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def wait_until_gone(pid: int, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat")
            if state.exists() and ") Z " in state.read_text():
                return True
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_a_tool_on_path_is_found_with_its_version(folder):
    program = put_git(folder)
    assert tools.find("git") == tools.Found((str(program),), "2.40.1")
    assert tools.lack("git") == ""


def test_a_tool_beside_the_interpreter_goes_before_the_one_on_path(folder):
    put_git(folder)
    beside = put_git(folder.parent / "python", version="2.50.0")
    assert tools.find("git") == tools.Found((str(beside),), "2.50.0")


def test_a_tool_beside_the_interpreter_that_does_not_fit_gives_way_to_path(folder):
    put_git(folder.parent / "python", version="1.8")
    assert tools.find("git") is None
    tools.look.cache_clear()
    program = put_git(folder)
    assert tools.find("git") == tools.Found((str(program),), "2.40.1")


def test_a_version_out_of_range_counts_as_missing_and_says_so(folder):
    program = put_git(folder, version="2.9.5")
    assert tools.find("git") is None
    assert tools.lack("git") == f"is 2.9.5 ({program}), but >=2.30 is needed"
    with pytest.raises(ToolMissing, match=r"git is 2\.9\.5"):
        tools.run("git", [])


def test_a_tool_that_does_not_tell_its_version_counts_as_missing(folder):
    put(folder, "git", "echo oops; exit 3")
    assert "is of an unknown version" in tools.lack("git")


def test_a_program_that_cannot_be_started_counts_as_missing(folder):
    program = folder / "git"
    program.write_text("#!/no/such/interpreter\n")
    program.chmod(0o755)
    assert "is of an unknown version" in tools.lack("git")


@pytest.mark.parametrize("name", sorted(tools.TOOLS))
def test_a_missing_tool_says_what_was_not_done_and_how_to_get_it(name, folder, monkeypatch):
    monkeypatch.setattr(finding, "_package_folder", lambda _: "")
    with pytest.raises(ToolMissing) as raised:
        tools.run(name, ["--help"])
    assert raised.value.message == f"{name} is not installed: {tools.TOOLS[name].unchecked}"
    assert raised.value.hint == f"to get {name}: {tools.TOOLS[name].get}"
    assert isinstance(raised.value, CouldNotRun)
    assert not list(folder.iterdir())


def test_a_tool_is_looked_for_once(folder):
    program = put_git(folder)
    tools.find("git")
    program.unlink()
    assert tools.find("git") is not None


def test_the_version_of_ssh_keygen_is_asked_of_the_ssh_beside_it(folder):
    put(folder, "ssh-keygen", "exit 1")
    put(folder, "ssh", "echo 'OpenSSH_9.6p1 Ubuntu-3, OpenSSL 3.0.13 30 Jan 2024' >&2")
    assert tools.find("ssh-keygen") == tools.Found((str(folder / "ssh-keygen"),), "9.6")


def test_a_vale_built_by_go_is_known_by_what_go_noted_in_it(folder):
    program = put(folder, "vale", "echo vale version master; exit")
    with program.open("ab") as file:
        file.write(
            b"\0path\tgithub.com/vale-cli/vale/v3/cmd/vale\nmod\tgithub.com/vale-cli/vale/v3\tv3.21.1\th1:x=\n"
        )
    assert tools.find("vale") == tools.Found((str(program),), "3.21.1")


def test_a_vale_without_such_a_note_is_asked(folder):
    program = put(folder, "vale", "echo vale version 3.22.0")
    assert tools.find("vale") == tools.Found((str(program),), "3.22.0")


def test_the_pandoc_that_is_brought_along_goes_before_the_one_on_path(folder):
    put(folder, "pandoc", "echo pandoc 3.1.1")
    found = tools.find("pandoc")
    assert found is not None
    assert Path(found.command[0]).parts[-3:] == ("pypandoc", "files", "pandoc")


def test_looking_for_pandoc_does_not_import_its_package():
    code = "import sys; from pipeline.tools import find; find('pandoc'); print('pypandoc' in sys.modules)"
    assert in_a_new_interpreter(code) == "False"


def test_mkdocs_is_run_by_the_interpreter_itself():
    found = tools.find("mkdocs")
    assert found is not None
    assert found.command == (sys.executable, "-P", "-m", "mkdocs")


def test_importing_tools_starts_and_loads_nothing_heavy():
    code = "import sys, pipeline.tools; print({'subprocess', 'importlib.metadata'} & set(sys.modules))"
    assert in_a_new_interpreter(code) == "set()"


@pytest.mark.parametrize(
    ("version", "wanted", "fits"),
    [
        ("3.15.0", ">=3.15,<4", True),
        ("3.15", ">=3.15,<4", True),
        ("3.9.9", ">=3.15,<4", False),
        ("4.0.0", ">=3.15,<4", False),
        ("3.100.2", ">=3.15,<4", True),
        ("2.30", ">=2.30", True),
        ("2.9", ">=2.30", False),
        ("", ">=2.30", False),
    ],
)
def test_versions_are_compared_by_number(version, wanted, fits):
    assert finding._fits(version, wanted) is fits


def test_run_gives_status_output_and_complaints(folder):
    put_git(folder, "printf 'caf\\303\\251\\0'; echo careful >&2")
    completed = tools.run("git", [])
    assert completed == tools.Completed(0, b"caf\xc3\xa9\0", "careful\n")
    assert completed.text == "café\0"


def test_arguments_reach_the_tool_as_they_are(folder):
    put_git(folder, "printf '%s|' \"$@\"")
    assert tools.run("git", ["a b", "$HOME", "; exit 3", "*"]).text == "a b|$HOME|; exit 3|*|"


def test_a_failure_shows_the_end_of_what_the_tool_said(folder):
    put_git(folder, "for i in $(seq 100); do echo line $i >&2; done; exit 7")
    with pytest.raises(ToolFailed, match=r"git failed \(exit status 7\)") as raised:
        tools.run("git", [])
    assert raised.value.code == 7
    assert raised.value.said.splitlines() == [f"line {i}" for i in range(89, 101)]
    assert raised.value.message.endswith("line 99\nline 100")


def test_a_failure_that_is_expected_is_given_back(folder):
    put_git(folder, "exit 1")
    assert tools.run("git", [], check=False).code == 1


def test_a_tool_that_was_killed_names_the_signal(folder):
    put_git(folder, "kill -SEGV $$")
    with pytest.raises(ToolFailed, match=r"signal 11"):
        tools.run("git", [])


@pytest.mark.parametrize("given", ["été", "été".encode()])
def test_input_is_given_to_the_tool(folder, given):
    put_git(folder, "cat")
    assert tools.run("git", [], input=given).text == "été"


def test_without_input_a_tool_that_reads_gets_nothing(folder):
    put_git(folder, "cat; echo done")
    assert tools.run("git", [], timeout=5).text == "done\n"


def test_a_tool_that_does_not_read_its_input_is_no_fault(folder):
    put_git(folder, "exec <&-; echo done")
    assert tools.run("git", [], input="x" * 1_000_000).text == "done\n"


def test_a_tool_has_no_terminal_to_ask_questions_on(folder):
    put_git(folder, "(: </dev/tty) 2>/dev/null && echo terminal || echo none")
    assert tools.run("git", []).text == "none\n"


def test_the_environment_is_the_same_everywhere(folder, monkeypatch):
    for name in ("LC_ALL", "TZ", "GIT_DIR", "GIT_INDEX_FILE"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("SSH_AUTH_SOCK", "kept")
    put_git(folder, 'echo "$LC_ALL $TZ $GIT_DIR $GIT_INDEX_FILE $GIT_OPTIONAL_LOCKS $SSH_AUTH_SOCK $OWN"')
    assert tools.run("git", [], env={"OWN": "given"}).text == "C.UTF-8 UTC   0 kept given\n"


def test_the_folder_to_run_in_is_given(folder, tmp_path):
    put_git(folder, "pwd -P")
    assert tools.run("git", [], cwd=tmp_path).text.strip() == str(tmp_path.resolve())


def test_a_folder_that_is_not_there_is_said(folder, tmp_path):
    put_git(folder)
    with pytest.raises(ToolFailed, match="git could not be started"):
        tools.run("git", [], cwd=tmp_path / "nowhere")


def test_a_tool_that_takes_too_long_is_ended_with_its_children(folder, tmp_path):
    put_git(folder, f"sleep 60 & echo $! >{tmp_path}/child; wait")
    started = time.monotonic()
    with pytest.raises(ToolTimeout, match=r"git took longer than 0\.5 seconds and was ended"):
        tools.run("git", [], timeout=0.5)
    assert time.monotonic() - started < 5
    assert wait_until_gone(int((tmp_path / "child").read_text()))


def test_a_child_that_ignores_the_request_is_killed(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(process, "_GRACE_SECONDS", 0.2)
    put_git(folder, f"trap '' TERM; (trap '' TERM; sleep 60) & echo $! >{tmp_path}/child; wait")
    with pytest.raises(ToolTimeout):
        tools.run("git", [], timeout=0.5)
    assert wait_until_gone(int((tmp_path / "child").read_text()))


def test_an_interrupt_ends_the_tool_and_its_children(folder, tmp_path):
    put_git(folder, f"sleep 60 & echo $! >{tmp_path}/new; mv {tmp_path}/new {tmp_path}/child; wait")
    code = "from pipeline import tools; tools.run('git', [])"
    parent = subprocess.Popen([INTERPRETER, "-c", code], cwd=ROOT, stderr=subprocess.PIPE)
    while not (tmp_path / "child").exists():
        assert parent.poll() is None
        time.sleep(0.02)
    parent.send_signal(signal.SIGINT)
    _, said = parent.communicate(timeout=10)
    assert b"KeyboardInterrupt" in said
    assert wait_until_gone(int((tmp_path / "child").read_text()))


def test_every_tool_says_what_it_is_for():
    for name, tool in tools.TOOLS.items():
        assert isinstance(tool, Tool)
        assert tool.name == name
        assert tool.unchecked
        assert tool.get


@pytest.mark.parametrize("name", ["vale", "pandoc", "git", "ssh-keygen", "mkdocs"])
def test_the_tools_of_this_checkout_are_found(name):
    assert tools.lack(name) == ""


@pytest.mark.slow
def test_a_tool_that_keeps_running_is_ended_with_its_children_when_its_block_ends(folder, tmp_path):
    put_git(folder, f"sleep 60 & echo $! > {tmp_path}/child", "echo said", "wait")
    with (tmp_path / "said").open("wb") as said, tools.running("git", ["x"], said) as status:
        child = tmp_path / "child"
        while not (child.exists() and child.read_text().strip()):
            assert status() is None
        pid = int(child.read_text())
    assert wait_until_gone(pid)
    assert status() is not None
    assert (tmp_path / "said").read_text() == "said\n"


def test_a_tool_that_is_missing_is_not_kept_running(folder, tmp_path):
    with (
        (tmp_path / "said").open("wb") as said,
        pytest.raises(ToolMissing),
        tools.running("git", ["x"], said),
    ):
        pytest.fail("it runs")
