"""Putting a finished folder in its place: whole or not at all, and one run at a time."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import CouldNotRun


@contextmanager
def alone(folder: str, doing: str = "building this site") -> Iterator[None]:
    """Be the only run that works in a folder. Raises CouldNotRun where another does; one that was killed does not.

    `doing` says what the other is doing.
    """
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, ".lock"), "w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CouldNotRun(f"another run is {doing}", "wait until it has ended") from error
        yield


def beside(out: str) -> str:
    """Where a folder is built that is to become `out`: beside it, so that a rename is enough; nothing is there yet.

    Its name is this run's own: the engine of a run that was killed may still be writing what it began.
    """
    recover(out)
    folder, name = os.path.split(os.path.abspath(out))
    os.makedirs(folder, exist_ok=True)
    for left in os.listdir(folder):
        if left.startswith(f".{name}.new"):
            shutil.rmtree(os.path.join(folder, left), ignore_errors=True)
    return _hidden(out, f"new-{os.getpid()}")


def replace_folder(new: str, out: str) -> None:
    """Put the folder `new` in the place of `out`; the folder that was there is gone only when the new one is there."""
    old = _hidden(out, "old")
    shutil.rmtree(old, ignore_errors=True)
    if os.path.lexists(out):
        os.rename(out, old)
    os.rename(new, out)
    shutil.rmtree(old, ignore_errors=True)


def recover(out: str) -> None:
    """Put back the last good folder where a run ended between the two renames."""
    old = _hidden(out, "old")
    if os.path.isdir(old) and not os.path.lexists(out):
        os.rename(old, out)


def _hidden(out: str, word: str) -> str:
    folder, name = os.path.split(os.path.abspath(out))
    return os.path.join(folder, f".{name}.{word}")


def lives(process: str) -> bool:
    """Whether another process of that number runs."""
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return int(process) != os.getpid()
