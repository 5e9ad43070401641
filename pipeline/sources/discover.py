"""Which files there are: one walk over the tree, with what tells an unchanged file from a changed one."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from pipeline.errors import CouldNotRun
from pipeline.model import Fault


class Entry(NamedTuple):
    """A file: path relative to the root with '/', and the stat values that change when it does."""

    path: str
    size: int
    mtime: int
    ctime: int
    inode: int


class Tree(NamedTuple):
    """The documents below a root in the order of their paths, all other files, and what could not be walked."""

    documents: list[Entry]
    files: list[str]
    faults: list[Fault]


def walk(root: str, exclude: tuple[str, ...] = (), sidecars: tuple[str, ...] = ()) -> Tree:
    """Walk a root: Markdown files are documents, all else is only known to be there.

    Folders and files whose name begins with a dot are left out, as are paths that match a pattern of `exclude`.
    A link is followed when it stays inside the root and does not come back to a folder above it; one that
    does not is a fault. Files ending in one of `sidecars` are documents' companions and get an entry too.

    Raises CouldNotRun when the root is not a folder.
    """
    if not os.path.isdir(root):
        raise CouldNotRun(f"there is no folder {root}", "name the folder of the sources with --root")
    tree = Tree([], [], [])
    real = os.path.realpath(root)
    _walk(root, "", real, (real,), exclude, (".md", *sidecars), tree)
    tree.documents.sort()
    tree.files.sort()
    return tree


def _walk(
    folder: str,
    prefix: str,
    real: str,
    above: tuple[str, ...],
    exclude: tuple[str, ...],
    ends: tuple[str, ...],
    tree: Tree,
) -> None:
    for item in _scan(folder, prefix, tree):
        path = prefix + item.name
        if item.name.startswith(".") or (exclude and any(fnmatchcase(path, pattern) for pattern in exclude)):
            continue
        trail = above
        if item.is_symlink():
            target = os.path.realpath(item.path)
            fault = _link_fault(path, target, real, above)
            if fault is not None:
                tree.faults.append(fault)
                continue
            trail = (*above, target)
        if item.is_dir():
            _walk(item.path, path + "/", real, trail, exclude, ends, tree)
        elif item.name.endswith(ends):
            _add(item, path, tree)
        else:
            tree.files.append(path)


def _scan(folder: str, prefix: str, tree: Tree) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as items:
            yield from items
    except OSError as error:
        tree.faults.append(_fault(prefix.rstrip("/"), f"the folder cannot be read: {error.strerror}"))


def _add(item: os.DirEntry[str], path: str, tree: Tree) -> None:
    try:
        stat = item.stat()
    except OSError as error:
        tree.faults.append(_fault(path, f"the file cannot be read: {error.strerror}"))
        return
    tree.documents.append(Entry(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino))


def _link_fault(path: str, target: str, real: str, above: tuple[str, ...]) -> Fault | None:
    if not os.path.exists(target):
        return _fault(path, "the symbolic link leads nowhere, or to itself")
    if target != real and not target.startswith(real + os.sep):
        return _fault(path, "the symbolic link leads out of the source tree", "SEC-LINK")
    if any(parent == target or parent.startswith(target + os.sep) for parent in above):
        return _fault(path, "the symbolic link leads back to a folder that it is in")
    return None


def _fault(path: str, message: str, code: str = "SRC-READ") -> Fault:
    hint = (
        "remove the link, or copy the file in"
        if "link" in message
        else "check that it exists and its permissions"
    )
    return Fault(path, message, hint, line=1, column=1, code=code)
