"""Documents to a programme: every artifact by its ID, and every link both ways."""

from collections import defaultdict
from collections.abc import Iterable

from pipeline.kinds import Catalogue
from pipeline.model import Artifact, Document, Link, Programme, Thresholds

_USUAL = Thresholds()


def build_programme(
    documents: Iterable[Document],
    catalogue: Catalogue,
    files: Iterable[str] = (),
    day: str = "",
    thresholds: Thresholds = _USUAL,
) -> Programme:
    """The programme of some documents on a day. The order of the documents does not matter: paths decide it."""
    by_path = {document.path: document for document in sorted(documents, key=lambda item: item.path)}
    artifacts: dict[str, Artifact] = {}
    twins: dict[str, list[Artifact]] = {}
    incoming: defaultdict[str, list[tuple[Artifact, Link]]] = defaultdict(list)
    for document in by_path.values():
        for artifact in document.artifacts:
            first = artifacts.setdefault(artifact.id, artifact)
            if first is not artifact:
                twins.setdefault(artifact.id, [first]).append(artifact)
            for link in artifact.links:
                incoming[link.target].append((artifact, link))
    return Programme(
        documents=by_path,
        kinds=catalogue.kinds,
        prefixes=catalogue.prefixes,
        artifacts=artifacts,
        twins={key: tuple(value) for key, value in twins.items()},
        incoming=dict(incoming),
        files=frozenset(files),
        day=day,
        thresholds=thresholds,
    )
