"""The files that artifacts rest on: evidence, each with its digest, and the registers of which a report was made."""

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


def registers_path(report: Artifact) -> str:
    """Where the registers of which a report was made lie below the root: in a folder of its ID, beside its document."""
    return posixpath.join(posixpath.dirname(report.path), report.id, "registers.json")


def rests_on_registers(artifact: Artifact) -> bool:
    """Whether an artifact is a report that states figures, or the digest of the registers that it was made of."""
    return artifact.kind == "report" and (
        "snapshot_digest" in artifact.fields or "figures" in artifact.fields
    )
