"""The project's settings: `[tool.paraph]` of pyproject.toml, or a paraph.toml of its own.

Every key is known: one that is not is an error that names the nearest valid one, since a misspelt setting that
is silently ignored changes what the gate lets through.
"""

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from pipeline.errors import CouldNotRun
from pipeline.model import Adoption, Coverage, Policy, Thresholds
from pipeline.model.thresholds import Rag

NAMES = ("paraph.toml", "pyproject.toml")

LEVELS = ("error", "warning", "off")
ENGINES = ("material", "zensical")
Severities = dict[str, str | dict[str, str]]
# The settings that judge a change: with a base they come from there, and not from what is judged.
JUDGING = ("severity", "coverage", "policies")

_STEP = re.compile(r"[^\s.\[\]\"']+")
_TABLE = re.compile(r"\s*(\[\[?)([^\]]+)\]")
_KEY = re.compile(r"\s*([^\s=#\[][^=]*?)\s*=")
_Size = Annotated[int, Meta(ge=1)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What is too large to be read: bytes of a file, characters of a header."""

    file: _Size = 10_000_000
    header: _Size = 1_000_000


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """The site: its address (for canonical links), where a page is edited ('{path}' is filled in), its engine."""

    url: str = ""
    edit: str = ""
    engine: str = "material"


class Glossary(Struct, frozen=True, forbid_unknown_fields=True):
    """The glossary: the abbreviations that any reader of the programme knows, and no term need define."""

    known: tuple[str, ...] = ()


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings with their defaults. Paths are relative to the file that the settings stand in.

    `severity` maps a rule's code to `error`, `warning` or `off`, or to a table with those for gates (`merge`,
    `issue`, `release`) and statuses. `policies` says by kind who approves.
    """

    title: str = "Programme"
    organisation: str = ""
    lang: str = "en"
    sources: str = "docs_src"
    exclude: tuple[str, ...] = ()
    schemas: str = "schemas"
    styles: str = "styles"
    templates: str = "templates"
    output: str = "dist"
    approvals: str = "approvals"
    limits: Limits = Limits()
    site: Site = Site()
    severity: Severities = {}
    thresholds: Thresholds = Thresholds()
    fictional: tuple[str, ...] = ()
    glossary: Glossary = Glossary()
    adopt: tuple[Adoption, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    policies: dict[str, Policy] = {}


_TABLES: dict[str, Any] = {
    "limits": Limits,
    "site": Site,
    "thresholds": Thresholds,
    "thresholds.rag": Rag,
    "adopt": Adoption,
    "coverage": Coverage,
    "policies": Policy,
}


class Project(Struct, frozen=True):
    """Where a run happens: the folder of the settings, the root of the sources, and the settings themselves.

    `prefix` stands before the path of each document in what is shown, so that it can be clicked.
    """

    folder: str
    root: str
    settings: Settings
    file: str = ""
    prefix: str = ""

    def path(self, *parts: str) -> str:
        """A path below the project's folder."""
        return os.path.join(self.folder, *parts)


def open_project(config: str | None = None, root: str | None = None, cwd: str | None = None) -> Project:
    """The project of a settings file, or of the nearest one above the working folder.

    Without any settings file the working folder is the project and every setting has its default.
    Raises CouldNotRun for a settings file that is missing, is no TOML, or holds a key or a value that is not known.
    """
    here = os.path.abspath(cwd or os.getcwd())
    if config is not None:
        file = os.path.join(here, config)
        if not os.path.isfile(file):
            raise CouldNotRun(f"there is no settings file {config}", "name an existing file with --config")
    else:
        file = _nearest(here)
    folder = os.path.dirname(os.path.abspath(file)) if file else here
    settings = read_settings(file) if file else Settings()
    base = (
        os.path.abspath(os.path.join(here, root))
        if root
        else os.path.normpath(os.path.join(folder, settings.sources))
    )
    return Project(folder, base, settings, file, _prefix(base, here, folder))


def _prefix(base: str, here: str, folder: str) -> str:
    if base == here:
        return ""
    shown = os.path.relpath(base, here) if _together(base, here, folder) else base
    return shown.replace(os.sep, "/") + "/"


def _together(base: str, here: str, folder: str) -> bool:
    """Whether the sources lie below the working folder, or both in the project: then a short path leads there."""
    return base.startswith(here + os.sep) or all(
        f"{path}{os.sep}".startswith(folder + os.sep) for path in (base, here)
    )


def _nearest(folder: str) -> str:
    while True:
        for name in NAMES:
            file = os.path.join(folder, name)
            if os.path.isfile(file) and has_settings(file):
                return file
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent


def has_settings(file: str) -> bool:
    """Whether a file holds settings of Paraph: a paraph.toml does, a pyproject.toml where it has our table."""
    if os.path.basename(file) == "paraph.toml":
        return True
    with open(file, "rb") as handle:
        return holds_settings(handle.read())


def holds_settings(content: bytes) -> bool:
    """Whether what a pyproject.toml holds has our table."""
    if b"paraph" not in content:
        return False
    try:
        return "paraph" in tomllib.loads(content.decode("utf-8-sig")).get("tool", {})
    except ValueError:
        # Perhaps ours: it is for the one who reads it to say what is wrong with it.
        return True


def read_settings(file: str) -> Settings:
    """The settings of a file. Raises CouldNotRun with the line of what is wrong."""
    try:
        with open(file, "rb") as handle:
            data = handle.read()
    except OSError as error:
        raise CouldNotRun(f"{file} cannot be read: {error}", "mend the file; it is TOML") from error
    return parse_settings(file, data)


def parse_settings(file: str, data: bytes) -> Settings:
    """The settings that the bytes of a file hold, which errors call `file`. Raises CouldNotRun as `read_settings`."""
    try:
        text = data.decode("utf-8-sig")
        table: dict[str, Any] = tomllib.loads(text)
    except ValueError as error:
        raise CouldNotRun(f"{file} cannot be read: {error}", "mend the file; it is TOML") from error
    for key in _above(file):
        table = table.get(key, {})
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise _explain(file, text, str(error)) from error
    _check_levels(file, text, settings.severity)
    if settings.site.engine not in ENGINES:
        words = f"there is no site engine {settings.site.engine!r}"
        raise wrong_value(file, ("site", "engine"), words, nearest(settings.site.engine, ENGINES), text)
    return settings


def _above(file: str) -> tuple[str, ...]:
    """The tables in which the settings stand; a file of a revision is named `REVISION:PATH`, as git does."""
    return ("tool", "paraph") if os.path.basename(file.rpartition(":")[2]) == "pyproject.toml" else ()


def _check_levels(file: str, text: str, severities: Severities) -> None:
    for code, setting in severities.items():
        stated = setting.items() if isinstance(setting, dict) else [("", setting)]
        for where, level in stated:
            if level not in LEVELS:
                path = ("severity", code, *([where] if where else []))
                raise wrong_value(file, path, f"{level!r} is no severity", nearest(level, LEVELS), text)


def wrong_value(
    file: str, path: Sequence[str], words: str, hint: str, text: str | None = None
) -> CouldNotRun:
    """The error for a setting whose value cannot be, with the line where it stands. `text` is what the file holds."""
    return CouldNotRun(f"{_place(file, path, text)}: the setting {'.'.join(path)!r} is wrong: {words}", hint)


def unknown_key(
    file: str, path: Sequence[str], words: str, names: Iterable[str], text: str | None = None
) -> CouldNotRun:
    """The error for a key that is none, with the line where it stands and the nearest name or all of them."""
    return CouldNotRun(f"{_place(file, path, text)}: {words}", nearest(path[-1], names))


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint that names what is nearest to a name, or all that there is."""
    known = list(names)
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"


def _explain(file: str, text: str, problem: str) -> CouldNotRun:
    """A settings error in the words of someone who has the file before them."""
    where = re.search(r" - at `\$\.?(.*?)`", problem)
    path = where[1] if where else ""
    steps = _STEP.findall(path)
    unknown = re.search(r"unknown field `([^`]+)`", problem)
    if unknown:
        owner: Any = _TABLES.get(path) or _TABLES.get(steps[0] if steps else "", Settings)
        words = f"there is no setting {unknown[1]!r}" + (f" in {path}" if path else "")
        return unknown_key(file, [*steps, unknown[1]], words, owner.__struct_encode_fields__, text)
    words = problem.split(" - at ")[0]
    place = _place(file, steps, text)
    return CouldNotRun(
        f"{place}: the setting {path!r} is wrong: {words[0].lower()}{words[1:]}",
        "see the handbook's page on settings",
    )


def _place(file: str, steps: Sequence[str], text: str | None) -> str:
    """The file and the line at which a setting, or else the nearest table around it, stands."""
    wanted = [*_above(file), *steps]
    if text is None:
        with open(file, encoding="utf-8-sig") as handle:
            text = handle.read()
    paths = list(_paths(text))
    for depth in range(len(wanted), 0, -1):
        for number, path in paths:
            if path[:depth] == wanted[:depth]:
                return f"{file}:{number}"
    return f"{file}:1"


def _paths(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that begin a table or a key, each with the path of what it begins."""
    table: list[str] = []
    counts: Counter[str] = Counter()
    for number, row in enumerate(text.split("\n"), 1):
        if head := _TABLE.match(row):
            table = _STEP.findall(head[2])
            if head[1] == "[[":
                table.append(str(counts[head[2]]))
                counts[head[2]] += 1
            yield number, table
        elif key := _KEY.match(row):
            yield number, [*table, *_STEP.findall(key[1])]
