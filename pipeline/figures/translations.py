"""Translations: what each is a translation of, and the text that it was made from."""

import json
from hashlib import sha256

from pipeline.model import Artifact, Document, Programme


def original_of(artifact: Artifact, programme: Programme) -> Artifact | None:
    """What an artifact is a translation of, where it is one."""
    if "translation_of" not in artifact.fields:
        return None
    return next(
        (programme.artifacts.get(x.target) for x in artifact.links if x.role == "translation_of"), None
    )


def digests(artifact: Artifact, programme: Programme) -> dict[str, str]:
    """The digest of each heading of an artifact, by anchor; that of its own heading, by its ID, comes first."""
    document = programme.documents[artifact.path]
    kind = programme.kind_of(artifact)
    names = {*kind.prose, *kind.supplied} - {"title"} if kind else set()
    statements = {name: artifact.fields[name] for name in names if name in artifact.fields}
    found = {artifact.id: b""}
    for index, heading in enumerate(document.headings):
        if not artifact.line <= heading.line <= artifact.end or _is_anothers(
            heading.line, artifact, document
        ):
            continue
        own = heading.line == artifact.line if artifact.section else index == 0
        found[artifact.id if own else heading.anchor] = heading.digest
    text = json.dumps(statements, sort_keys=True, ensure_ascii=False).encode()
    found[artifact.id] = sha256(found[artifact.id] + text).digest()
    return {name: f"sha256:{digest.hex()}" for name, digest in found.items()}


def _is_anothers(line: int, artifact: Artifact, document: Document) -> bool:
    """Whether a line belongs to an artifact within this one."""
    return any(
        item.section and item is not artifact and item.line > artifact.line and item.line <= line <= item.end
        for item in document.artifacts
    )


def is_stale(artifact: Artifact, original: Artifact, programme: Programme) -> bool:
    """Whether a translation does not say of each heading of its original that it has the present text."""
    return artifact.fields.get("translated_from") != digests(original, programme)
