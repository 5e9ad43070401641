"""Other programs: which ones, in which versions, where they are, and how they are run.

Nothing else starts a process. A tool is looked for beside the Python that runs, then on PATH. It runs without
a shell, without a terminal, in a process group of its own that ends with it, and in an environment whose
language, time zone and switches of the tool are fixed, so that the same input gives the same output.
"""

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import IO

from msgspec import Struct

from pipeline.errors import ToolFailed, ToolMissing, ToolTimeout
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

_LOOK_SECONDS = 30
_TAIL_LINES = 12
_VERSION = re.compile(r"(\d+(?:\.\d+)+)")
_VALE_MODULE = re.compile(rb"\nmod\tgithub\.com/(?:errata-ai|vale-cli)/vale/v3\tv(\d+(?:\.\d+)+)\t")
_SAME_EVERYWHERE = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC"}


class Tool(Struct, frozen=True):
    """A program of others.

    `wanted` is a range such as `>=3.21,<4`; `unchecked` says what is left undone without the tool, `get` how
    to come by it. `asks` is the command that states its version, where that is not its own `--version`;
    `module` marks what Python runs. `env` is set for it, and variables that begin with one of `drops` are
    taken out.
    """

    name: str
    wanted: str
    unchecked: str
    get: str
    asks: tuple[str, ...] = ()
    module: bool = False
    env: dict[str, str] = {}
    drops: tuple[str, ...] = ()


class Found(Struct, frozen=True):
    """Where a tool is: the command that starts it, and its version."""

    command: tuple[str, ...]
    version: str


_PYTHON_PACKAGE = "it is one of Paraph's own requirements: install Paraph again"

TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "vale",
            ">=3.21,<4",
            "the wording of the documents was not checked",
            "`make vale` in a checkout of Paraph, elsewhere `pip install paraph[vale]` or what"
            " https://vale.sh/docs/install says",
            drops=("VALE_",),
        ),
        Tool("pandoc", ">=3.1,<4", "no PDF was made", _PYTHON_PACKAGE),
        Tool(
            "git",
            ">=2.30",
            "nothing that needs the history was done: dates, versions, comparisons",
            "install git with the system's package manager, or see https://git-scm.com/downloads",
            # Hooks are run with variables that would point every git at the repository of the hook.
            drops=("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"),
            # Without the first, even `git status` writes to the repository.
            env={"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat"},
        ),
        Tool(
            "ssh-keygen",
            ">=8.2",
            "signatures were neither made nor verified",
            "install OpenSSH with the system's package manager (openssh-client on Debian)",
            asks=("ssh", "-V"),
        ),
        Tool("mkdocs", ">=1.6,<2", "no site was made", _PYTHON_PACKAGE, module=True),
        Tool(
            "zensical",
            ">=0.0.73,<0.2",
            "no site was made with Zensical",
            "`pip install paraph[zensical]`, or leave the site's engine at Material for MkDocs",
        ),
    )
}


def find(name: str) -> Found | None:
    """Give the tool's place and version, or None where it is missing or its version does not fit."""
    looked = _look(name)
    return looked if isinstance(looked, Found) else None


def lack(name: str) -> str:
    """Say why `find` gives None, as the rest of a sentence that begins with the name; '' when it is there."""
    looked = _look(name)
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
    completed = finish(name, [*found.command, *args], cwd, input, timeout, _environment(TOOLS[name], env))
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
    env = _environment(TOOLS[name], None)
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
        "python", command, None, {**os.environ, **_SAME_EVERYWHERE}, (given, out, said)
    ) as status:
        yield status


def run_alone(module: str, argument: str, *, cwd: str, seconds: float) -> Completed:
    """Run a module of this program, with one argument, in the folder `cwd`, and give what it left.

    It gets nothing of this environment, and no network where the system lets a process do without. Raises ToolTimeout.
    """
    command = [*_without_network(), sys.executable, "-P", "-m", module, argument]
    env = {**_SAME_EVERYWHERE, "PATH": os.defpath, "HOME": cwd, "TMPDIR": cwd, "PYTHONDONTWRITEBYTECODE": "1"}
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
            and finish("unshare", [*command, found, "--version"], None, None, _LOOK_SECONDS, {}).code == 0
        )
    except (OSError, ToolFailed, ToolTimeout):
        works = False
    return command if works else ()


@cache
def _look(name: str) -> Found | str:
    """Give where a tool is, or why it is not. Looked up once: tools do not move while we run."""
    tool = TOOLS[name]
    refused = []
    for command in _candidates(tool):
        version = _version(tool, command)
        if _fits(version, tool.wanted):
            return Found(command, version)
        refused.append(f"{version or 'of an unknown version'} ({command[0]})")
    return f"is {', '.join(refused)}, but {tool.wanted} is needed" if refused else "is not installed"


def _candidates(tool: Tool) -> Iterator[tuple[str, ...]]:
    if tool.module:
        if _package_folder(tool.name):
            # Not from the working folder, where a project may have files of any name.
            yield (sys.executable, "-P", "-m", tool.name)
        return
    seen = set()
    for path in _paths(tool.name):
        if path and path not in seen:
            seen.add(path)
            yield (path,)


def _paths(name: str) -> Iterator[str | None]:
    if name == "pandoc":
        # The package that brings pandoc along takes 190 ms to import, only to say this.
        yield shutil.which(name, path=os.path.join(_package_folder("pypandoc"), "files"))
    yield shutil.which(name, path=os.path.dirname(sys.executable))
    yield shutil.which(name)


def _package_folder(package: str) -> str:
    from importlib.util import find_spec

    spec = find_spec(package)
    return os.path.dirname(spec.origin) if spec and spec.origin else ""


def _version(tool: Tool, command: tuple[str, ...]) -> str:
    """Ask a tool for its version; '' where it does not say."""
    if tool.name == "vale" and (built := _built_by_go(command[0])):
        return built
    question = [*command, "--version"]
    if tool.asks:
        beside = shutil.which(tool.asks[0], path=os.path.dirname(command[0])) or tool.asks[0]
        question = [beside, *tool.asks[1:]]
    try:
        answer = finish(tool.name, question, None, None, _LOOK_SECONDS, _environment(tool, None))
    except (OSError, ToolFailed, ToolTimeout):
        return ""
    stated = _VERSION.search(answer.text) or _VERSION.search(answer.err)
    return stated[1] if stated and answer.code == 0 else ""


def _built_by_go(path: str) -> str:
    """Read the version that Go noted in a program; '' where there is none.

    A Vale from `go install` calls itself `master`; and starting it takes 150 ms, this three.
    """
    import mmap

    try:
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            stated = _VALE_MODULE.search(content)
            return stated[1].decode() if stated else ""
    except (OSError, ValueError):
        return ""


def _fits(version: str, wanted: str) -> bool:
    return bool(version) and all(_holds(_numbers(version), condition) for condition in wanted.split(","))


def _holds(version: tuple[int, ...], condition: str) -> bool:
    if condition.startswith(">="):
        return version >= _numbers(condition[2:])
    return version < _numbers(condition.removeprefix("<"))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.strip(".").split("."))


def _environment(tool: Tool, more: Mapping[str, str] | None) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(tool.drops)}
    return {**kept, **_SAME_EVERYWHERE, **tool.env, **(more or {})}
