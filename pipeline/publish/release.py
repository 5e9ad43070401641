"""What is published under which name, and whether it may take its place beside what is there.

The list of versions is mike's `versions.json`, which the selector of Material for MkDocs and Zensical reads.
"""

import os
import re
from collections.abc import Collection

from mike.versions import Versions
from msgspec import Struct

from pipeline import shipped
from pipeline.errors import CouldNotRun

LIST = "versions.json"
LATEST = "latest"
FRONT = "index.html"
PLAIN = ".nojekyll"
OURS = '<meta name="generator" content="Paraph">'

_VERSION = re.compile(r"v?\d+(\.\d+){0,3}(-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?")
_ALIAS = re.compile(r"[A-Za-z][0-9A-Za-z]*(-[0-9A-Za-z]+)*")


class Release(Struct, frozen=True):
    """A version with the commit and the audience that it is made of and for.

    Without an `alias` stated, the newest version is the one called `latest`; with '' none is given.
    """

    version: str
    commit: str
    audience: str
    alias: str | None = None


class Plan(Struct, frozen=True):
    """What a release changes: the aliases that lead to it, where the front page leads, and the new list of versions.

    `before` is the commit of the version of this name that is there, '' where that is not known, None without any.
    """

    aliases: tuple[str, ...]
    front: str
    versions: str
    before: str | None


def check_names(version: str, alias: str | None) -> None:
    """Raise CouldNotRun for a version or an alias that is none by its form."""
    if not _VERSION.fullmatch(version):
        raise CouldNotRun(f"{version!r} is no version", "write it as 1.0, 2.1.3 or 3.0-rc.1")
    if alias and not _ALIAS.fullmatch(alias):
        raise CouldNotRun(f"{alias!r} is no alias", f"write it in letters and figures, such as {LATEST}")


def plan(listed: str, standing: Collection[str], release: Release) -> Plan:
    """How a release joins what is there: the text of its list of versions ('' for none), and all names at its top.

    Raises CouldNotRun where a name is taken by something else.
    """
    versions = _read(listed)
    known = {str(info.version): info for info in versions}
    _check_taken(release, set(known), {alias for info in versions for alias in info.aliases}, set(standing))
    before = known.get(release.version)
    commit = None if before is None else str((before.properties or {}).get("commit", ""))
    info = versions.add(release.version)
    newest = str(next(iter(versions)).version)
    alias = (LATEST if release.version == newest else "") if release.alias is None else release.alias
    versions.add(release.version, aliases=[alias] if alias else [], update_aliases=True)
    for name, value in properties(release):
        info.set_property(name, value)
    front = LATEST if any(LATEST in each.aliases for each in versions) else newest
    return Plan(tuple(sorted(info.aliases)), front, versions.dumps() + "\n", commit)


def lists(listed: str, version: str) -> bool:
    """Whether the text of a list of versions names one."""
    return any(str(info.version) == version for info in _read(listed))


def properties(release: Release) -> list[tuple[str, str]]:
    """What the list says of a version besides its name."""
    return [("commit", release.commit), ("audience", release.audience)]


def _read(listed: str) -> Versions:
    try:
        return Versions.loads(listed) if listed else Versions()
    except (ValueError, KeyError, TypeError) as error:
        hint = "put back the file as it was; nothing was changed"
        raise CouldNotRun(f"{LIST} cannot be read: {error}", hint) from error


def _check_taken(release: Release, versions: set[str], aliases: set[str], standing: set[str]) -> None:
    version, alias = release.version, LATEST if release.alias is None else release.alias
    if version in aliases:
        raise CouldNotRun(f"{version} is an alias already", "publish under another version")
    if alias in versions or alias == version:
        raise CouldNotRun(f"{alias} is a version, so it can be no alias", "name another with --alias")
    strange = [name for name in (version, alias) if name in standing - versions - aliases]
    if strange:
        hint = "move it away, or publish elsewhere"
        raise CouldNotRun(f"{strange[0]} is there, but {LIST} does not name it", hint)


def refuse(release: Release, before: str) -> CouldNotRun:
    """What is said of a version that is there with another content."""
    of = f" of commit {before}" if before else ""
    return CouldNotRun(
        f"{release.version} is published already{of}, with another content",
        "what is published stays as it is: publish under a new version",
    )


def redirect_template() -> str:
    """The file of the page that leads from an alias to its version."""
    return os.path.join(shipped.folder("templates"), "publish", "redirect.html")
