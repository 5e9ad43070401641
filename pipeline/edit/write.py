"""Files written whole or not at all: new ones never over what is there, several at once all or none."""

import contextlib
import hashlib
import os
import stat
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.errors import CouldNotRun
from pipeline.whole import beside, write_whole


def write_new(path: str, text: str) -> None:
    """Write a file that must not exist yet, with its folders. Raises CouldNotRun where it does."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    written = beside(path, text.encode())
    try:
        # Unlike a rename, a link does not take the place of what another has written in the meantime.
        os.link(written, path)
    except OSError as error:
        if os.path.lexists(path):
            raise CouldNotRun(
                f"{path} is already there", "choose another name, or remove the file"
            ) from error
        # A file system without links.
        os.replace(written, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(written)


class Change(NamedTuple):
    """A file to be written over: its path, what it held when it was read, what it is to hold, its new path or ''."""

    path: str
    before: bytes
    after: bytes
    moved: str = ""


def change_all(changes: Sequence[Change]) -> None:
    """Write over files, and move some, all of them or none. Raises CouldNotRun where one is no longer as it was read.

    Each file is written beside its place first. What goes wrong on the way, an interruption included, is undone;
    only the end of the machine itself can leave some files changed and others not.
    """
    ready: list[tuple[Change, str]] = []
    done: list[Change] = []
    try:
        for change in changes:
            if _held(change.path) != change.before or (change.moved and os.path.lexists(change.moved)):
                raise CouldNotRun(f"{change.path} has changed in the meantime", "run the command again")
            mode = stat.S_IMODE(os.stat(change.path).st_mode)
            ready.append((change, beside(os.path.realpath(change.path), change.after, mode)))
        for change, written in ready:
            done.append(change)
            os.replace(written, os.path.realpath(change.path))
            if change.moved:
                os.rename(change.path, change.moved)
    except BaseException:
        for change in reversed(done):
            _undo(change)
        raise
    finally:
        for _, written in ready:
            with contextlib.suppress(FileNotFoundError):
                os.remove(written)


def _undo(change: Change) -> None:
    """Bring a file back to what it held, and to where it was."""
    if change.moved and os.path.lexists(change.moved) and not os.path.lexists(change.path):
        os.rename(change.moved, change.path)
    if _held(change.path) != change.before:
        real = os.path.realpath(change.path)
        os.replace(beside(real, change.before, stat.S_IMODE(os.stat(real).st_mode)), real)


def _held(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def append(path: str, text: str) -> None:
    """Add text to the end of a file after an empty line, or begin the file; what it holds stays byte by byte."""
    path = os.path.realpath(path)
    if not os.path.exists(path):
        write_new(path, text)
        return
    with open(path, "rb") as file:
        before = file.read()
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if not before or before.endswith(end * 2) else end if before.endswith(end) else end * 2
    os.replace(beside(path, before + gap + text.encode().replace(b"\n", end), mode), path)


def copy_new(source: str, path: str, sha256: str) -> None:
    """Copy a file to where it is not yet, with its folders; where the same is there already, nothing is written.

    Raises CouldNotRun where the source is no longer what was read, and where something else is in its place.
    """
    with open(source, "rb") as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CouldNotRun(f"{source} has changed in the meantime", "run the command again")
    if os.path.lexists(path):
        if _held(path) != content:
            raise CouldNotRun(f"{path} is already there, and differs", "move it away")
        return
    write_whole(path, content)
