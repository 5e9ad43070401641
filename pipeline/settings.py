"""The project's settings: `[tool.paraph]` of pyproject.toml, or a paraph.toml of its own.

Every key is known: one that is not is an error that names the nearest valid one, since a misspelt setting that
is silently ignored changes what the gate lets through.
"""

import os
import re
import tomllib
from difflib import get_close_matches
from typing import Any, Literal

import msgspec
from msgspec import Struct

from pipeline.errors import CouldNotRun
from pipeline.model import Adoption

NAMES = ("paraph.toml", "pyproject.toml")

Level = Literal["error", "warning", "off"]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What is too large to be read: bytes of a file, characters of a header."""

    file: int = 10_000_000
    header: int = 1_000_000


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """The site: its address (for canonical links), and where a reader may edit a page ('{path}' is filled in)."""

    url: str = ""
    edit: str = ""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings with their defaults. Paths are relative to the file that the settings stand in.

    `severity` maps a rule's code to `error`, `warning` or `off`, or to a table with those for gates (`merge`,
    `issue`, `release`) and statuses.
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
    limits: Limits = Limits()
    site: Site = Site()
    severity: dict[str, Level | dict[str, Level]] = {}
    adopt: tuple[Adoption, ...] = ()


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
    return Project(folder, base, settings, file, _prefix(base, here))


def _prefix(base: str, here: str) -> str:
    if base == here:
        return ""
    if base.startswith(here + os.sep):
        return os.path.relpath(base, here).replace(os.sep, "/") + "/"
    return base.replace(os.sep, "/") + "/"


def _nearest(folder: str) -> str:
    while True:
        for name in NAMES:
            file = os.path.join(folder, name)
            if os.path.isfile(file) and (name == "paraph.toml" or _has_table(file)):
                return file
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent


def _has_table(file: str) -> bool:
    with open(file, "rb") as handle:
        return b"[tool.paraph" in handle.read()


def read_settings(file: str) -> Settings:
    """The settings of a file. Raises CouldNotRun with the line of what is wrong."""
    try:
        with open(file, encoding="utf-8") as handle:
            text = handle.read()
        table: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CouldNotRun(f"{file} cannot be read: {error}", "mend the file; it is TOML") from error
    if os.path.basename(file) == "pyproject.toml":
        table = table.get("tool", {}).get("paraph", {})
    try:
        return msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise _explain(file, text, str(error)) from error


def _explain(file: str, text: str, problem: str) -> CouldNotRun:
    """A settings error in the words of someone who has the file before them."""
    where = re.search(r" - at `\$\.?(.*?)`", problem)
    path = where[1] if where else ""
    unknown = re.search(r"unknown field `([^`]+)`", problem)
    key = unknown[1] if unknown else path.split(".")[-1].split("[")[0]
    line = next(
        (
            number
            for number, row in enumerate(text.split("\n"), 1)
            if re.match(rf"\s*\[*\"?{re.escape(key)}\b|\[.*\b{re.escape(key)}\]", row)
        ),
        1,
    )
    place = f"{file}:{line}"
    if unknown:
        owner: Any = (
            {"limits": Limits, "site": Site}.get(path, Settings) if not path.startswith("adopt") else Adoption
        )
        names = owner.__struct_fields__
        near = get_close_matches(key, names, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"the settings are: {', '.join(names)}"
        return CouldNotRun(f"{place}: there is no setting {key!r}" + (f" in {path}" if path else ""), hint)
    words = problem.split(" - at ")[0]
    return CouldNotRun(
        f"{place}: the setting {path or key!r} is wrong: {words[0].lower()}{words[1:]}",
        "see the handbook's page on settings",
    )
