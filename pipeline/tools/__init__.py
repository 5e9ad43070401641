"""Other programs: which ones, in which versions, where they are, and how they are run.

Nothing else starts a process. A tool is looked for beside the Python that runs, then on PATH. It runs without
a shell, without a terminal, in a process group of its own that ends with it, and in an environment whose
language, time zone and switches of the tool are fixed, so that the same input gives the same output.
"""

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import IO

from pipeline.errors import ToolFailed, ToolMissing, ToolTimeout
from pipeline.tools.finding import LOOK_SECONDS, SAME_EVERYWHERE, Found, environment, look
from pipeline.tools.known import TOOLS, Tool
from pipeline.tools.process import Completed, finish, kept_running

__all__ = [
    "TOOLS",
    "Completed",
    "Found",
    "Tool",
    "find",
    "lack",
    "missing",
    "run",
    "run_alone",
    "running",
    "running_own",
]

_TAIL_LINES = 12


def find(name: str) -> Found | None:
    """Give the tool's place and version, or None where it is missing or its version does not fit."""
    looked = look(name)
    return looked if isinstance(looked, Found) else None


def lack(name: str) -> str:
    """Say why `find` gives None, as the rest of a sentence that begins with the name; '' when it is there."""
    looked = look(name)
    return "" if isinstance(looked, Found) else looked


def missing(name: str) -> ToolMissing:
    """Give the exception that says that the tool is missing, what was not done, and how to get it."""
    tool = TOOLS[name]
    return ToolMissing(f"{name} {lack(name)}: {tool.unchecked}", f"to get {name}: {tool.get}")


def run(
    name: str,
    args: Sequence[str],
    *,
    cwd: str | os.PathLike[str] | None = None,
    input: bytes | str | None = None,
    timeout: float = 60,
    env: Mapping[str, str] | None = None,
    check: bool = True,
) -> Completed:
    """Run a tool to its end and give what it left.

    `env` adds to the environment. Raises ToolMissing, ToolTimeout after `timeout` seconds, and ToolFailed for
    an exit status other than 0 unless `check` is off. Interrupted, it ends the tool with all its children.
    """
    found = find(name)
    if found is None:
        raise missing(name)
    completed = finish(name, [*found.command, *args], cwd, input, timeout, environment(TOOLS[name], env))
    if check and completed.code:
        said = "\n".join((completed.err.strip() or completed.text.strip()).splitlines()[-_TAIL_LINES:])
        how = f"exit status {completed.code}" if completed.code > 0 else f"signal {-completed.code}"
        raise ToolFailed(f"{name} failed ({how}):\n{said}", code=completed.code, said=said)
    return completed


@contextlib.contextmanager
def running(
    name: str, args: Sequence[str], said: IO[bytes], *, cwd: str | os.PathLike[str] | None = None
) -> Iterator[Callable[[], int | None]]:
    """Keep a tool running for as long as the block lasts; then it is ended with all its children.

    What it prints goes to the file `said`. Gives a function whose answer is its exit status, None while it runs.
    Raises ToolMissing and ToolFailed.
    """
    found = find(name)
    if found is None:
        raise missing(name)
    env = environment(TOOLS[name], None)
    with kept_running(name, [*found.command, *args], cwd, env, (None, said, said)) as status:
        yield status


@contextlib.contextmanager
def running_own(
    module: str, given: IO[bytes], out: IO[bytes], said: IO[bytes]
) -> Iterator[Callable[[], int | None]]:
    """Keep a module of this program running for as long as the block lasts, as `running` does a tool.

    It reads the file `given` from where that stands, and writes to `out` and, what it complains of, to `said`.
    """
    # Not from the working folder, where a project may have files of any name.
    command = [sys.executable, "-P", "-m", module]
    with kept_running(
        "python", command, None, {**os.environ, **SAME_EVERYWHERE}, (given, out, said)
    ) as status:
        yield status


def run_alone(module: str, argument: str, *, cwd: str, seconds: float) -> Completed:
    """Run a module of this program, with one argument, in the folder `cwd`, and give what it left.

    It gets nothing of this environment, and no network where the system lets a process do without. Raises ToolTimeout.
    """
    command = [*_without_network(), sys.executable, "-P", "-m", module, argument]
    env = {**SAME_EVERYWHERE, "PATH": os.defpath, "HOME": cwd, "TMPDIR": cwd, "PYTHONDONTWRITEBYTECODE": "1"}
    return finish("python", command, cwd, None, seconds, env | _sources())


def _sources() -> dict[str, str]:
    """Where a process of its own finds this program, where that was not installed into its Python."""
    from importlib.util import find_spec

    spec = find_spec("pipeline")
    folder = os.path.dirname(os.path.dirname(spec.origin)) if spec and spec.origin else ""
    return {"PYTHONPATH": folder} if folder else {}


@cache
def _without_network() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the system does not let us."""
    found = shutil.which("unshare")
    command = (found or "", "--user", "--net", "--")
    try:
        works = (
            found
            and finish("unshare", [*command, found, "--version"], None, None, LOOK_SECONDS, {}).code == 0
        )
    except (OSError, ToolFailed, ToolTimeout):
        works = False
    return command if works else ()
