"""Files that appear whole or not at all: written beside their place and on the disk, then put there."""

import contextlib
import os
import tempfile


def beside(path: str, content: bytes, mode: int = 0o644) -> str:
    """Write a file beside its place, in a folder that is there, and give its path: the caller puts it in its place."""
    handle, written = tempfile.mkstemp(prefix=".paraph-", dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(written, mode)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(written)
        raise
    return written


def write_whole(path: str, content: bytes) -> None:
    """Write a file, with its folders, in the place of what may be there: who looks sees the one or the other."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    written = beside(path, content)
    try:
        os.replace(written, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(written)
        raise
