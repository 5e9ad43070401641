"""Which files there are: one walk over the tree, with what tells an unchanged file from a changed one."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from pipeline.errors import CouldNotRun
from pipeline.model import Fault
from pipeline.sources.images import is_image, refuse_content


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


class _Folder(NamedTuple):
    """A folder being walked: where it is, its path below the root with a '/' behind, where it really is.

    `linked` says that a symbolic link led here: then no further one is followed, so that links cannot multiply.
    """

    place: str
    prefix: str
    real: str
    linked: bool = False


def walk(root: str, exclude: tuple[str, ...] = (), sidecars: tuple[str, ...] = ()) -> Tree:
    """Walk a root: Markdown files are documents, all else is only known to be there.

    Folders and files whose name begins with a dot are left out, as are paths that match a pattern of `exclude`.
    A link is followed when it stays inside the root and does not come back to a folder above it; one that
    does not is a fault. Files ending in one of `sidecars` are documents' companions and get an entry too.

    Raises CouldNotRun when the root is not a folder.
    """
    if not os.path.isdir(root):
        raise CouldNotRun(f"there is no folder {root}", "name the folder of the sources with --root")
    real = os.path.realpath(root)
    walker = _Walker(real, exclude, (".md", *sidecars))
    walker.walk(_Folder(root, "", real))
    walker.tree.documents.sort()
    walker.tree.files.sort()
    return walker.tree


class _Walker:
    """One walk: what is looked for, and what was found so far."""

    def __init__(self, root: str, exclude: tuple[str, ...], ends: tuple[str, ...]) -> None:
        self.root, self.exclude, self.ends = root, exclude, ends
        self.tree = Tree([], [], [])

    def walk(self, folder: _Folder) -> None:
        """Take in a folder and what is below it."""
        for item in self._scan(folder):
            path = folder.prefix + item.name
            left_out = self.exclude and any(fnmatchcase(path, pattern) for pattern in self.exclude)
            if left_out or item.name.startswith("."):
                continue
            if not item.name.isascii() and _shown(path) != path:
                self._note(_shown(path), "the name is not UTF-8 text", "rename it")
            elif item.is_symlink():
                self._follow(item, path, folder)
            elif item.is_dir():
                self.walk(_Folder(item.path, path + "/", f"{folder.real}/{item.name}", folder.linked))
            else:
                self._add(item, path)

    def _scan(self, folder: _Folder) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder.place) as items:
                yield from items
        except OSError as error:
            hint = "check that it exists and its permissions"
            self._note(folder.prefix.rstrip("/"), f"the folder cannot be read: {error.strerror}", hint)

    def _follow(self, item: os.DirEntry[str], path: str, folder: _Folder) -> None:
        target = os.path.realpath(item.path)
        if folder.linked and os.path.isdir(target):
            return
        hint = "remove the link, or copy the file in"
        if not os.path.exists(target):
            self._note(path, "the symbolic link leads nowhere, or to itself", hint)
        elif target != self.root and not target.startswith(self.root + os.sep):
            self._note(path, "the symbolic link leads out of the source tree", hint, "SEC-LINK")
        elif folder.real == target or folder.real.startswith(target + os.sep):
            self._note(path, "the symbolic link leads back to a folder that it is in", hint)
        elif item.is_dir():
            self.walk(_Folder(item.path, path + "/", target, linked=True))
        else:
            self._add(item, path)

    def _add(self, item: os.DirEntry[str], path: str) -> None:
        hint = "check that it exists and its permissions"
        try:
            if not item.name.endswith(self.ends):
                if item.is_file():
                    self.tree.files.append(path)
                    self._look_at(item, path)
                return
            stat = item.stat()
        except OSError as error:
            self._note(path, f"the file cannot be read: {error.strerror}", hint)
            return
        if S_ISREG(stat.st_mode):
            entry = Entry(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
            self.tree.documents.append(entry)
        else:
            self._note(path, "it is neither a file nor a folder", "remove it")

    def _look_at(self, item: os.DirEntry[str], path: str) -> None:
        """Note what is wrong with an image: whoever draws or opens it would run or load what it holds."""
        if is_image(item.name) and (why := refuse_content(Path(item.path))):
            hint = "save it anew as a plain image, or remove it"
            self._note(path, f"the image {why}", hint, "SEC-IMAGE")

    def _note(self, path: str, message: str, hint: str, code: str = "SRC-READ") -> None:
        self.tree.faults.append(Fault(path or ".", message, hint, line=1, column=1, code=code))


def _shown(path: str) -> str:
    """A path with the bytes that are not UTF-8 replaced, so that it can be written."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
