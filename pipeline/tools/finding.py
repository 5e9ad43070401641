"""Looking for a tool: beside the Python that runs, then on PATH, in a version that fits."""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from pipeline.errors import ToolFailed, ToolTimeout
from pipeline.tools.known import TOOLS, Tool
from pipeline.tools.process import finish

LOOK_SECONDS = 30
SAME_EVERYWHERE = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC"}
_VERSION = re.compile(r"(\d+(?:\.\d+)+)")
_VALE_MODULE = re.compile(rb"\nmod\tgithub\.com/(?:errata-ai|vale-cli)/vale/v3\tv(\d+(?:\.\d+)+)\t")


class Found(Struct, frozen=True):
    """Where a tool is: the command that starts it, and its version."""

    command: tuple[str, ...]
    version: str


@cache
def look(name: str) -> Found | str:
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
        answer = finish(tool.name, question, None, None, LOOK_SECONDS, environment(tool, None))
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


def environment(tool: Tool, more: Mapping[str, str] | None) -> dict[str, str]:
    """What a tool runs in: language, time zone and switches fixed, `more` added."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(tool.drops)}
    return {**kept, **SAME_EVERYWHERE, **tool.env, **(more or {})}
