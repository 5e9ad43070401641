"""The files that artifacts name as evidence, each with its digest."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from pipeline.model import Artifact

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def evidence_files(artifact: Artifact) -> Iterator[tuple[int, str | None, Any]]:
    """The pieces of evidence of an artifact: index in the list, path below the root, digest as stated.

    The path counts from the artifact's document, or from the root where it begins with '/'. It begins with '..' where
    it leads out of the root, and is None for an address elsewhere.
    """
    pieces = artifact.fields.get("evidence")
    for index, piece in enumerate(pieces if isinstance(pieces, list) else ()):
        name = piece.get("file") if isinstance(piece, dict) else None
        if isinstance(name, str) and name:
            yield index, _below_root(artifact.path, name), piece.get("sha256")


def _below_root(path: str, name: str) -> str | None:
    if _SCHEME.match(name):
        return None
    base = "" if name.startswith("/") else posixpath.dirname(path)
    return posixpath.normpath(posixpath.join(base, name.lstrip("/")))
