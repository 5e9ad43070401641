"""Putting a finished folder in its place: whole or not at all."""

import os
import shutil


def beside(out: str) -> str:
    """Where a folder is built that is to become `out`: beside it, so that a rename is enough; nothing is there yet."""
    recover(out)
    new = _hidden(out, "new")
    shutil.rmtree(new, ignore_errors=True)
    os.makedirs(os.path.dirname(new), exist_ok=True)
    return new


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
