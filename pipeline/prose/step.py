"""The wording of a programme's documents, of those that are not known yet: their passages to Vale in one run."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.model import Document, Fault, Kind, Passage
from pipeline.prose import vale
from pipeline.prose.passages import find_passages
from pipeline.prose.styles import Style, languages
from pipeline.sources.text import decode

Placed = list[tuple[str, Passage]]


def passages(
    documents: Iterable[Document],
    kinds: Mapping[str, Kind],
    styles: Sequence[Style],
    read: Callable[[str], bytes],
) -> Placed:
    """Give the passages of documents, each with the path of its file, that there are styles for."""
    known = languages(styles)
    found: Placed = []
    for document in documents:
        own = [item for item in document.artifacts if item.kind in kinds and kinds[item.kind].prose]
        text = decode(document.path, read(document.path)) if own else None
        for artifact in own:
            assert text is not None
            found += [
                (document.path, passage)
                for passage in find_passages(artifact, kinds[artifact.kind], text)
                if passage.lang in known or "lang=" in passage.text
            ]
    return found


def faults(
    found: Placed, styles: Sequence[Style], terms: Mapping[str, Sequence[str]]
) -> dict[str, list[tuple[str, Fault]]]:
    """Give the faults of passages by path, each with its code; see `vale.lint` for what is raised."""
    by_path: dict[str, list[tuple[str, Fault]]] = {}
    for number, several in vale.lint(found, styles, terms).items():
        by_path.setdefault(found[number][0], []).extend((fault.code, fault) for fault in several)
    return by_path
