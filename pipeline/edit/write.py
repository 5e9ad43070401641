"""Files written whole or not at all, and never over what is there."""

import contextlib
import os
import tempfile

from pipeline.errors import CouldNotRun


def write_new(path: str, text: str) -> None:
    """Write a file that must not exist yet, with its folders. Raises CouldNotRun where it does."""
    if os.path.exists(path):
        raise CouldNotRun(f"{path} is already there", "choose another name, or remove the file")
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    write(path, text)


def write(path: str, text: str) -> None:
    """Write a file beside its place and move it there."""
    handle, beside = tempfile.mkstemp(prefix=".paraph-", dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(beside)
        raise
