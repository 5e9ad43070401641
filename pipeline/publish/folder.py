"""A version placed in a folder, with the layout that a branch has.

What is new is made in a folder of its own inside, then moved in by renames; the list of versions comes last. A run
that ends before that is undone by itself or, where it was killed, by the next one.
"""

import filecmp
import os
import shutil
from collections.abc import Iterable

from jinja2 import Template

from pipeline.publish.release import (
    FRONT,
    LIST,
    OURS,
    PLAIN,
    Plan,
    Release,
    lists,
    plan,
    redirect_template,
    refuse,
)
from pipeline.render.place import alone

_WORK = ".paraph-publishing"
_NEW, _OLD, _NAMES = "new", "old", "names"


def place_in_folder(site: str, release: Release, folder: str) -> tuple[tuple[str, ...], bool]:
    """Place the site in the folder `site` beside the versions in a folder.

    Gives its aliases, and whether anything changed.
    Raises CouldNotRun: a version that is there with another content, a name that is taken, another run at work.
    """
    work = os.path.join(folder, _WORK)
    with alone(work):
        undo(folder)
        try:
            return _place(site, release, folder, work)
        finally:
            undo(folder)
            shutil.rmtree(work, ignore_errors=True)


def planned(folder: str, release: Release) -> Plan:
    """What placing a release in a folder would change. Raises CouldNotRun where it cannot be placed there."""
    standing = set(os.listdir(folder)) - {_WORK} if os.path.isdir(folder) else set()
    return plan(_text(os.path.join(folder, LIST)), standing, release)


def published(folder: str, version: str, path: str) -> bytes | None:
    """A file of a version in a folder; None where it is not there."""
    file = os.path.join(folder, version, path)
    if not lists(_text(os.path.join(folder, LIST)), version) or not os.path.isfile(file):
        return None
    with open(file, "rb") as handle:
        return handle.read()


def undo(folder: str) -> None:
    """Put back what a run that was cut short has moved; when its list of versions is in place, it was not.

    May itself be cut short at any point and done again.
    """
    new, old = (os.path.join(folder, _WORK, name) for name in (_NEW, _OLD))
    names = _text(os.path.join(folder, _WORK, _NAMES)).split("\n")
    if os.path.lexists(os.path.join(new, LIST)):
        for name in filter(None, names):
            stands, made, kept = (os.path.join(where, name) for where in (folder, new, old))
            if os.path.lexists(stands) and not os.path.lexists(made):
                os.rename(stands, made)
            if os.path.lexists(kept):
                os.rename(kept, stands)
    _remove(os.path.join(folder, _WORK, _NAMES))
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def _place(site: str, release: Release, folder: str, work: str) -> tuple[tuple[str, ...], bool]:
    listed = _text(os.path.join(folder, LIST))
    will = planned(folder, release)
    stands = os.path.join(folder, release.version)
    same = os.path.isdir(stands) and _same(site, stands)
    if os.path.isdir(stands) and not same and will.before != release.commit:
        raise refuse(release, will.before or "")
    if same and will.versions == listed:
        return will.aliases, False
    new = os.path.join(work, _NEW)
    if not same:
        shutil.copytree(site, os.path.join(new, release.version))
    _write_rest(site, release.version, will, folder, new)
    _move_in(folder, work, [name for name in sorted(os.listdir(new)) if name != LIST])
    return will.aliases, True


def _write_rest(site: str, version: str, planned: Plan, folder: str, new: str) -> None:
    """Write the pages of the alias, the front page unless it is somebody's own, and the list of versions."""
    page = Template(_text(redirect_template()), autoescape=True, keep_trailing_newline=True)
    pages = [path for path in _files(site) if path.endswith(".html")]
    for alias in planned.aliases:
        for path in pages:
            source, target = os.path.join(alias, path), os.path.join(version, path)
            href = os.path.relpath(target, os.path.dirname(source)).replace(os.sep, "/")
            index = os.path.basename(path) == "index.html"
            _write(
                os.path.join(new, source), page.render(href=href.removesuffix("index.html" if index else ""))
            )
    front = _text(os.path.join(folder, FRONT))
    if not front or OURS in front:
        _write(os.path.join(new, FRONT), page.render(href=f"{planned.front}/"))
    _write(os.path.join(new, PLAIN), "")
    _write(os.path.join(new, LIST), planned.versions)


def _move_in(folder: str, work: str, names: Iterable[str]) -> None:
    new, old = os.path.join(work, _NEW), os.path.join(work, _OLD)
    os.makedirs(old)
    # Whole or not at all: half a name could be that of something else.
    _write(os.path.join(work, f"{_NAMES}.new"), "\n".join(names))
    os.rename(os.path.join(work, f"{_NAMES}.new"), os.path.join(work, _NAMES))
    for name in names:
        if os.path.lexists(os.path.join(folder, name)):
            os.rename(os.path.join(folder, name), os.path.join(old, name))
        os.rename(os.path.join(new, name), os.path.join(folder, name))
    os.replace(os.path.join(new, LIST), os.path.join(folder, LIST))


def _same(one: str, other: str) -> bool:
    paths = _files(one)
    if paths != _files(other):
        return False
    return all(
        filecmp.cmp(os.path.join(one, path), os.path.join(other, path), shallow=False) for path in paths
    )


def _files(folder: str) -> list[str]:
    return sorted(
        os.path.relpath(os.path.join(inside, name), folder)
        for inside, _, names in os.walk(folder)
        for name in names
    )


def _text(path: str) -> str:
    """What a file holds; '' without one."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _remove(path: str) -> None:
    if os.path.lexists(path):
        os.remove(path)
