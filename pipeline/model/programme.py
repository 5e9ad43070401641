"""The programme: every document, every artifact, and the links between them, both ways."""

from functools import cached_property

from msgspec import Struct

from pipeline.model.document import Artifact, Document, Link
from pipeline.model.kind import Kind
from pipeline.model.ledger import Ledger, Standing
from pipeline.model.past import Moment
from pipeline.model.situation import Situation
from pipeline.model.thresholds import Thresholds


class Programme(Struct, frozen=True, dict=True):
    """All that the checks, views and outputs read. None of its collections is to be changed.

    `artifacts` has the first artifact of each ID in the order of paths; `twins` those IDs that stand more than
    once. `incoming` maps an ID to the artifacts that link to it, with the link. `files` are all other files below the
    root. `thresholds` are the figures from which on something is wrong.
    `unread` are the paths of files and folders that are there and were not taken in: a finding of its own says why.
    `day` is the day that dates are judged by, as 2026-03-31; before '' nothing is late.
    `digests` has the SHA-256 of each file that is named as evidence, by its path; '' for one that cannot be read.
    `registers` has for each report that was made of registers what its registers.json holds, by the report's ID; None
    where that is missing or cannot be read.
    `ledgers` has the approvals by ID, `standings` where each artifact of a kind with a policy stands, and `contents`
    the digests of these and of what they link up to; `home` is the folder that the paths of ledgers begin from.
    `situations` has where artifacts stood when that was kept, which counts where there are no `standings`.
    `past` are earlier moments, the oldest first; () where they are not known or not asked for.
    """

    documents: dict[str, Document]
    kinds: dict[str, Kind]
    prefixes: dict[str, Kind]
    artifacts: dict[str, Artifact]
    twins: dict[str, tuple[Artifact, ...]]
    incoming: dict[str, list[tuple[Artifact, Link]]]
    files: frozenset[str]
    day: str = ""
    thresholds: Thresholds = Thresholds()
    digests: dict[str, str] = {}
    registers: dict[str, bytes | None] = {}
    unread: frozenset[str] = frozenset()
    ledgers: dict[str, Ledger] = {}
    standings: dict[str, Standing] = {}
    contents: dict[str, str] = {}
    situations: dict[str, Situation] = {}
    home: str = ""
    past: tuple[Moment, ...] = ()

    @cached_property
    def mentioned(self) -> dict[str, list[str]]:
        """The IDs of the artifacts, and the paths of the pages, whose prose names an ID."""
        found: dict[str, list[str]] = {}
        for path, document in self.documents.items():
            for artifact in document.artifacts:
                for mention in artifact.mentions:
                    found.setdefault(mention.target, []).append(artifact.id)
            for mention in document.page.mentions if document.page else ():
                found.setdefault(mention.target, []).append(path)
        return found

    @cached_property
    def named_in_part(self) -> frozenset[str]:
        """The IDs that artifacts name whose header could not be read whole: links to them may be lost there."""
        broken = [item for item in self.artifacts.values() if item.partial]
        return frozenset(mention.target for item in broken for mention in item.mentions)

    def is_unread(self, path: str) -> bool:
        """Whether what lies at a path, or a folder above it, was not taken in."""
        while self.unread and path and path not in self.unread:
            path = path.rpartition("/")[0]
        return bool(self.unread and path)

    def kind_of(self, artifact: Artifact) -> Kind | None:
        """The kind of an artifact, or None where no schema declares it."""
        return self.kinds.get(artifact.kind)

    def phase(self, artifact: Artifact) -> str:
        """The phase (early, firm, ended) of an artifact, or ''."""
        kind = self.kinds.get(artifact.kind)
        return kind.phase(artifact.status) if kind else ""

    def linked_from(self, artifact_id: str, *kinds: str) -> list[Artifact]:
        """The artifacts of the given kinds (any, when none is given) that link to an ID, in path order."""
        links = self.incoming.get(artifact_id, ())
        return [source for source, _ in links if not kinds or source.kind in kinds]
