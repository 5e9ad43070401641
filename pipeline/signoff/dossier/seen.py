"""A revision of a programme as the audience of a dossier sees it, and what it says in a text of its own."""

from collections.abc import Callable
from functools import cached_property

from pipeline.history.repository import Repository
from pipeline.history.snapshot import Snapshot
from pipeline.ledger.contents import Contents
from pipeline.model import Artifact, Programme, Source
from pipeline.programme import build_programme
from pipeline.settings import Project
from pipeline.signoff.bundle.document import write_document
from pipeline.signoff.bundle.needs import Needs
from pipeline.weave.sight import Sight, reveals, see, show_source
from pipeline.weave.words import withheld

# Behind the last line of any document.
_END = 10**9


class Seen:
    """A programme with the texts of its documents, cut for an audience."""

    def __init__(self, programme: Programme, source: Callable[[str], Source], audience: str) -> None:
        self.programme, self._source = programme, source
        self.sight: Sight = see(programme, audience)

    def text(self, artifact: Artifact) -> bytes:
        """An artifact as Markdown, with its fields and the artifacts inside it, as the audience sees them."""
        path = artifact.path
        document = self.sight.programme.documents[path]
        first, last = (artifact.line, artifact.end) if artifact.section else (1, _END)
        held = {item.id for item in document.artifacts if first <= item.line <= last}
        shown = show_source(self.sight, self._source(path), withheld(artifact.lang))
        return write_document(
            shown, Needs(((path, first, last),), frozenset(held), {}, (), {}), {}
        ).text.encode()

    def tells(self, data: bytes) -> bool:
        """Whether some bytes, taken for a text, tell of what the audience may not see."""
        return reveals(self.sight, data.decode("utf-8", "replace"))


class Past:
    """The revisions of a project, each read when it is first asked for."""

    def __init__(self, project: Project, repository: Repository, audience: str) -> None:
        self._project, self._repository, self._audience = project, repository, audience
        self._known: dict[str, Revision] = {}

    def at(self, commit: str) -> "Revision":
        """The programme of a commit."""
        if commit not in self._known:
            self._known[commit] = Revision(
                Snapshot(self._project, self._repository, commit, commit), self._audience
            )
        return self._known[commit]


class Revision:
    """One revision of a programme."""

    def __init__(self, snapshot: Snapshot, audience: str) -> None:
        self._snapshot, self._audience = snapshot, audience

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return self._snapshot.read(self._snapshot.documents)

    @cached_property
    def programme(self) -> Programme:
        """All of it."""
        documents = [source.document for source in self._sources.values()]
        return build_programme(documents, self._snapshot.catalogue, self._snapshot.files)

    @cached_property
    def seen(self) -> Seen:
        """What the audience sees of it."""
        return Seen(self.programme, self._sources.__getitem__, self._audience)

    @cached_property
    def contents(self) -> Contents:
        """The digests of its artifacts."""
        return Contents(self.programme, lambda path: self._sources[path].text.encode())
