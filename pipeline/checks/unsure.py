"""What cannot be told: links that may stand where nothing could be read, or that name a misspelt ID."""

from pipeline.checks.nearest import nearest_id
from pipeline.model import Artifact, Kind, Programme

# Codes of what keeps a document from being read.
_UNREAD = ("SRC-READ", "SRC-LIMIT")


def may_miss_links(programme: Programme) -> bool:
    """Whether a document or the schema of a kind could not be read, so that links may be missing."""
    unread = any(fault.code in _UNREAD for item in programme.documents.values() for fault in item.faults)
    return unread or not all(kind.schema["properties"] for kind in programme.kinds.values())


def may_be_named(artifact: Artifact, programme: Programme) -> bool:
    """Whether an artifact names it whose header could not be read whole."""
    return artifact.id in programme.named_in_part


def misspelt_targets(programme: Programme, role: str) -> set[str]:
    """The IDs that were probably meant by links of a role that lead to nothing: REF-DEAD tells those."""
    known = programme.artifacts
    dead = [
        target
        for target, sources in programme.incoming.items()
        if target not in known and any(link.role == role for _, link in sources)
    ]
    return {near for target in dead if (near := nearest_id(target, programme))}


def is_wrong(value: object, field: str, kind: Kind) -> bool:
    """Whether SCHEMA tells that a value is none of those that are listed, so that what was meant is not known."""
    listed = kind.schema["properties"].get(field, {}).get("enum")
    if not isinstance(listed, list) or value in listed:
        return False
    return value is not None or field in kind.schema.get("required", ())


def heirs_of(artifact: Artifact, programme: Programme) -> list[str]:
    """The settled artifacts that supersede an artifact, by ID; REF-BACK tells where it is not marked so."""
    found = {
        source.id
        for source, link in programme.incoming.get(artifact.id, ())
        if link.role == "supersedes"
        and source.id != artifact.id
        and link.version in ("", artifact.version)
        and _is_settled(source, programme)
    }
    return sorted(found)


def _is_settled(artifact: Artifact, programme: Programme) -> bool:
    kind = programme.kinds.get(artifact.kind)
    state = kind.states.get(artifact.status) if kind else None
    return state is not None and state.settled


def settled_or_open(artifact: Artifact, programme: Programme) -> bool:
    """Whether an artifact counts: it is being made, in force, or was completed; not rejected, replaced or cancelled.

    One whose status is not of its lifecycle counts as well, since nobody knows what was meant.
    """
    kind = programme.kinds.get(artifact.kind)
    state = kind.states.get(artifact.status) if kind else None
    return state is None or state.phase != "ended" or state.settled
