"""Which gates are before the programme, and which releases they are about."""

from collections.abc import Iterable

from pipeline.model import Artifact, Programme

_BEFORE_US = ("open", "in-progress")


def open_gates(programme: Programme, kind: str) -> list[Artifact]:
    """The gates of a type (stage, uat-entry, go-live) that are open or in progress, in path order.

    One that is proposed is not before the programme yet, one that is closed or rejected has been decided.
    """
    return [
        artifact
        for artifact in programme.artifacts.values()
        if artifact.kind == "gate" and artifact.fields.get("type") == kind and artifact.status in _BEFORE_US
    ]


def concerns(gate: Artifact, releases: Iterable[str]) -> bool:
    """Whether a gate is about one of some releases; one that covers none is about the whole programme."""
    covered = linked(gate, "covers")
    return not covered or not covered.isdisjoint(releases)


def linked(artifact: Artifact, role: str) -> set[str]:
    """The IDs that a link of an artifact leads to."""
    return {link.target for link in artifact.links if link.role == role}
