"""The digest of what an artifact says, and of what a deliverable holds: what an approval is an approval of."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from pipeline.ledger.form import digest
from pipeline.model import Artifact, Document, Kind, Pinned, Policy, Programme
from pipeline.sources.content import canonical, content_of, plain, unwrap
from pipeline.sources.text import Text, decode
from pipeline.views.holding import holding

HOLDING = "paraph.holding/1"
PAGE = "paraph.page/1"
RULES = "paraph.policies/1"

Read = Callable[[str], bytes | None]
# Digests by ID ('' for the page itself), by the path of the document.
Known = dict[str, dict[str, str]]


def digest_of(artifact: Artifact, kind: Kind, document: Document, text: Text) -> str:
    """The digest of what an artifact itself says, by the form of `sources/content.py`."""
    return digest(canonical(artifact.id, content_of(artifact, kind, document, text)))


def digest_of_policies(policies: Mapping[str, Policy]) -> str:
    """The digest of what all policies say."""
    value = {"form": RULES, "policies": dict(policies)}
    return digest(msgspec.json.encode(value, order="sorted"))


class Contents:
    """The digests of a programme's artifacts. A document is read when one of its digests is first asked for.

    `known` are the digests of documents that have not changed since; new ones are added.
    """

    def __init__(self, programme: Programme, read: Read, known: Known | None = None) -> None:
        self._programme, self.read = programme, read
        self.known: Known = {} if known is None else known
        self._whole: dict[str, str] = {}

    def of(self, artifact: Artifact) -> str:
        """The digest of an artifact; that of a deliverable covers all that it holds."""
        if artifact.kind != "deliverable":
            return self._own(artifact)
        if artifact.id not in self._whole:
            self._whole[artifact.id] = digest(self._holding(artifact))
        return self._whole[artifact.id]

    def written(self, artifact: Artifact) -> dict[str, bytes]:
        """The bytes of which the digest of an artifact is made, and those of all that this names, by their digests."""
        own = self._written(artifact.path)
        if artifact.kind != "deliverable":
            return {digest(own[artifact.id]): own[artifact.id]}
        artifacts = self._programme.artifacts
        parts = [self._holding(artifact)]
        for name in self.holds(artifact):
            known = artifacts.get(name)
            parts.append(self._written(known.path)[name] if known else self._written(name)[""])
        return {digest(part): part for part in parts}

    def _holding(self, artifact: Artifact) -> bytes:
        holds = [[identity, item.content] for identity, item in self.holds(artifact).items()]
        value = {"form": HOLDING, "id": artifact.id, "holds": holds}
        return msgspec.json.encode(value, order="deterministic")

    def upstream(self, artifact: Artifact) -> dict[str, Pinned]:
        """What an artifact links up to, where it rests on that: version and digest by ID."""
        found = {}
        for target in upward(self._programme, artifact):
            found[target.id] = Pinned(target.version, self.of(target))
        return dict(sorted(found.items()))

    def holds(self, artifact: Artifact) -> dict[str, Pinned]:
        """What a deliverable holds: version and digest by ID, for a page that is no artifact by its path.

        Its own text, without what it holds, is among them.
        """
        if artifact.kind != "deliverable":
            return {}
        held = holding(self._programme, artifact)
        found = {}
        for identity in (artifact.id, *held.ids):
            inner = self._programme.artifacts[identity]
            # A deliverable inside another is what its own text says: it may hold the outer one.
            found[identity] = Pinned(inner.version, self._own(inner))
        for path in held.pages:
            found[path] = Pinned("", self._document(path)[""])
        return dict(sorted(found.items()))

    def _own(self, artifact: Artifact) -> str:
        return self._document(artifact.path).get(artifact.id, "")

    def _document(self, path: str) -> dict[str, str]:
        known = self.known.get(path)
        if known is None:
            written = self._written(path)
            known = self.known[path] = {identity: digest(data) for identity, data in written.items()}
        return known

    def _written(self, path: str) -> dict[str, bytes]:
        """What the artifacts of a document say by ID, and what its page does, in the form of which digests are made."""
        document = self._programme.documents[path]
        return dict(_written(document, self._programme.kinds, decode(path, self.read(path) or b"")))


def _written(document: Document, kinds: dict[str, Kind], text: Text) -> Iterator[tuple[str, bytes]]:
    for artifact in document.artifacts:
        if artifact.kind in kinds:
            content = content_of(artifact, kinds[artifact.kind], document, text)
            yield artifact.id, canonical(artifact.id, content)
    if document.whole is None:
        yield "", _page(document, text)


def upward(programme: Programme, artifact: Artifact) -> Iterator[Artifact]:
    """The artifacts that one rests on, by its links."""
    kind = programme.kinds.get(artifact.kind)
    for link in artifact.links:
        rule = kind.links.get(link.role) if kind else None
        target = programme.artifacts.get(link.target)
        if rule is not None and rule.rests and target is not None and target is not artifact:
            yield target


def _page(document: Document, text: Text) -> bytes:
    """What a page says outside its artifacts, in the form in which the content of an artifact is written."""
    page = document.page
    first = page.header.line + page.header.count + 1 if page and page.header else 1
    inner = [(item.line, item.end) for item in document.artifacts]
    lines = [
        text.line(number)
        for number in range(first, len(text.starts) + 1)
        if not any(start <= number <= end for start, end in inner)
    ]
    value = {
        "form": PAGE,
        "path": document.path,
        "title": plain(page.fields.get("title", "")) if page else "",
        "body": unwrap(lines),
    }
    return msgspec.json.encode(value, order="deterministic")
