"""Files written whole or not at all, and never over what is there."""

import contextlib
import os
import stat
import tempfile

from pipeline.errors import CouldNotRun


def write_new(path: str, text: str) -> None:
    """Write a file that must not exist yet, with its folders. Raises CouldNotRun where it does."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    beside = _beside(path, text.encode(), 0o644)
    try:
        # Unlike a rename, a link does not take the place of what another has written in the meantime.
        os.link(beside, path)
    except OSError as error:
        if os.path.lexists(path):
            raise CouldNotRun(
                f"{path} is already there", "choose another name, or remove the file"
            ) from error
        # A file system without links.
        os.replace(beside, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(beside)


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
    beside = _beside(path, before + gap + text.encode().replace(b"\n", end), mode)
    os.replace(beside, path)


def _beside(path: str, content: bytes, mode: int) -> str:
    """Write a file beside its place, whole and on the disk, and give its path."""
    handle, beside = tempfile.mkstemp(prefix=".paraph-", dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(beside)
        raise
    return beside
