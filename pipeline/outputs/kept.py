"""Which deliverables were made of what, so that those of which nothing changed are not made again.

One file in `.paraph/` says for each PDF the key of all that it was made of and what its bytes were, and for each run
that made all it was asked for, from which sources it did. It is a saving and never the truth: a PDF that is gone or was
altered is made again, and a file that is missing or corrupt equals none.
"""

import contextlib
import os

import msgspec
from msgspec import Struct

from pipeline.cache import FOLDER, digest
from pipeline.outputs.made import Made

_NAME = "deliverables"


class Run(Struct, array_like=True, frozen=True):
    """A run that made all it was asked for: the digest of what it read, of the images it drew, and what it made."""

    inputs: bytes
    images: dict[str, bytes]
    made: tuple[Made, ...]


class Kept(Struct, array_like=True):
    """What is known of PDFs by their path, as pairs of the key and the digest of the content, and of runs by wish."""

    pdfs: dict[str, tuple[bytes, bytes]] = {}
    runs: dict[str, Run] = {}

    def holds(self, path: str, key: bytes = b"") -> bool:
        """Whether a PDF is there as it was made, and, where a key is given, of what that key stands for."""
        known = self.pdfs.get(os.path.abspath(path))
        return known is not None and key in (b"", known[0]) and digest_of(path) == known[1]

    def note(self, path: str, key: bytes) -> None:
        """Note that a PDF was made."""
        self.pdfs[os.path.abspath(path)] = (key, digest_of(path))

    def answer(self, wish: str, inputs: bytes) -> tuple[Made, ...] | None:
        """What a wish came to, if nothing has changed since in what is read or in what was made."""
        run = self.runs.get(wish)
        if run is None or run.inputs != inputs:
            return None
        if any(digest_of(path) != was for path, was in run.images.items()):
            return None
        if not all(self.holds(item.path) for item in run.made):
            return None
        return tuple(msgspec.structs.replace(item, unchanged=True) for item in run.made)


def read(project: str) -> Kept:
    """What is kept in the folder of a project."""
    try:
        with open(os.path.join(project, FOLDER, _NAME), "rb") as file:
            return msgspec.msgpack.decode(file.read(), type=Kept)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Kept()


def write(project: str, kept: Kept) -> None:
    """Keep it, but for what is said of PDFs that are gone; where nothing can be written, the next run starts afresh."""
    pdfs = {path: known for path, known in kept.pdfs.items() if os.path.exists(path)}
    runs = {
        wish: run for wish, run in kept.runs.items() if all(os.path.exists(item.path) for item in run.made)
    }
    target = os.path.join(project, FOLDER, _NAME)
    beside = f"{target}.{os.getpid()}"
    with contextlib.suppress(OSError):
        try:
            with open(beside, "wb") as file:
                file.write(msgspec.msgpack.encode(Kept(pdfs, runs)))
            os.replace(beside, target)
        finally:
            with contextlib.suppress(OSError):
                os.remove(beside)


def digest_of(path: str) -> bytes:
    """The digest of a file's content; b'' where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return digest(file.read())
    except OSError:
        return b""
