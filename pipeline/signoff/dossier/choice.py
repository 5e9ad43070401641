"""What belongs into the dossier of an artifact: the decisions on it and their meetings, the runs of its tests."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.model import Artifact, Programme
from pipeline.sources.evidence import evidence_files
from pipeline.views.holding import held_by


class Evidence(NamedTuple):
    """A file that a test run names: the run, the file's path from the root of the sources, the digest it states."""

    run: str
    path: str
    sha256: str


class Chosen(NamedTuple):
    """The artifacts of a dossier besides its own, by what they are there for, and the evidence of the runs."""

    held: tuple[str, ...]
    decisions: tuple[Artifact, ...]
    meetings: tuple[Artifact, ...]
    runs: tuple[Artifact, ...]
    evidence: tuple[Evidence, ...]


def choose(programme: Programme, artifact: Artifact) -> Chosen:
    """What belongs to an artifact, or to what a deliverable holds, in a programme that holds what an audience sees."""
    held = sorted(held_by(programme, artifact)) if artifact.kind == "deliverable" else []
    about = [artifact, *(programme.artifacts[identity] for identity in held)]
    changes = _around(programme, about, "change-request", "issue")
    decisions = _around(programme, [*about, *changes], "decision")
    meetings = _around(programme, [*about, *decisions], "meeting")
    cases = _around(programme, about, "test-case")
    runs = _around(programme, [*about, *cases], "test-run")
    evidence = tuple(item for run in runs for item in _evidence(run))
    return Chosen(tuple(held), decisions, meetings, runs, evidence)


def _around(programme: Programme, artifacts: Iterable[Artifact], *kinds: str) -> tuple[Artifact, ...]:
    """The artifacts of some kinds among those given, and those that one of them is linked with or is named by."""
    found: dict[str, Artifact] = {}
    for artifact in artifacts:
        near = [artifact, *programme.linked_from(artifact.id, *kinds)]
        names = [link.target for link in artifact.links] + programme.mentioned.get(artifact.id, [])
        near += [programme.artifacts[name] for name in names if name in programme.artifacts]
        found |= {item.id: item for item in near if item.kind in kinds}
    return tuple(found[identity] for identity in sorted(found))


def _evidence(run: Artifact) -> Iterator[Evidence]:
    for _, path, digest in evidence_files(run):
        if path and not path.startswith("..") and isinstance(digest, str):
            yield Evidence(run.id, path, digest)
