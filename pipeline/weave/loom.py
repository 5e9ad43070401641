"""What weaving one output needs to know, and what it gathers on the way.

A `Loom` is made for one output (a page of the site, a deliverable) and one audience: the programme and the texts
that it is given hold nothing that the audience may not see.
"""

from collections.abc import Callable
from posixpath import dirname, join, normpath
from typing import Protocol
from urllib.parse import unquote

from msgspec import Struct

from pipeline.model import Artifact, Finding, Programme, Source
from pipeline.weave.dialect import Dialect
from pipeline.weave.sheet import Sheet, read_sheet


class Addresses(Protocol):
    """Where things are, seen from the output that is being woven; None where a link cannot lead."""

    def artifact(self, identity: str) -> str | None:
        """The address of an artifact."""

    def document(self, path: str, anchor: str) -> str | None:
        """The address of a place in a document; an empty anchor is its beginning."""

    def file(self, path: str) -> str | None:
        """The address of a file that is no document."""

    def image(self, path: str) -> str:
        """The address of an image."""


class Place(Struct, frozen=True):
    """Where a piece of a document is put: how far its headings move, and what its anchors and notes begin with.

    `home` is the document that the output is made of, `trail` what is being included already.
    """

    path: str
    home: str
    lang: str = "en"
    shift: int = 0
    prefix: str = ""
    id_prefix: str = ""
    trail: frozenset[tuple[str, int]] = frozenset()


class Gathered(Struct):
    """What an output turns out to hold: IDs, images, files, footnotes, and where anchors ended up."""

    ids: dict[str, None] = {}
    images: dict[str, None] = {}
    files: dict[str, None] = {}
    notes: dict[str, str] = {}
    anchors: dict[tuple[str, str], str] = {}
    taken: set[str] = set()

    def claim(self, anchor: str) -> str:
        """An anchor that is not taken yet in this output: the one wanted, or one like it."""
        number, unique = 1, anchor
        while unique in self.taken:
            number += 1
            unique = f"{anchor}_{number}"
        self.taken.add(unique)
        return unique


class Beside(Struct, frozen=True):
    """What a site shows of an artifact besides its own text: findings by ID or path, and where their rules stand.

    Without `told`, the readers are not to know whether there are findings.
    """

    findings: dict[str, list[Finding]]
    rules: str = ""
    told: bool = True


class Loom:
    """The programme, texts, dialect and addresses of one output, and what it has gathered."""

    def __init__(
        self,
        programme: Programme,
        texts: Callable[[str], Source],
        dialect: Dialect,
        addresses: Addresses,
        *,
        untitled: bool = False,
        id_prefix: str = "",
        sheets: dict[str, Sheet] | None = None,
        beside: Beside | None = None,
    ) -> None:
        self.programme, self.texts, self.dialect, self.addresses = programme, texts, dialect, addresses
        # Whether title and control data of the home document are shown by someone else; what the
        # anchors of artifacts begin with where they are shown away from home.
        self.untitled, self.id_prefix = untitled, id_prefix
        self.beside = beside
        self.gathered = Gathered()
        # Pages of one site share what was found in the documents, since views show one on another's page.
        self._sheets = {} if sheets is None else sheets

    def sheet(self, path: str) -> Sheet:
        """A document made ready for weaving."""
        if path not in self._sheets:
            source = self.texts(path)
            self._sheets[path] = read_sheet(source.document, source.text)
        return self._sheets[path]

    def anchor(self, place: Place, anchor: str, artifact: Artifact | None = None) -> str:
        """The anchor of a heading in this output, made known to whoever links to it."""
        wanted = place.id_prefix + artifact.id if artifact else place.prefix + anchor
        final = self.gathered.claim(wanted)
        self.gathered.anchors.setdefault((place.path, anchor), final)
        if (place.path, 0) in place.trail:
            # The document is here whole, so its first heading is where it begins.
            self.gathered.anchors.setdefault((place.path, ""), final)
        if artifact:
            self.gathered.anchors.setdefault(("", artifact.id), final)
            self.gathered.ids.setdefault(artifact.id)
        return final

    def link(self, target: str, here: str) -> str | None:
        """The address that a relative link written in the document `here` has in this output."""
        file, _, anchor = target.partition("#")
        path = normpath(join(dirname(here), unquote(file))) if file else here
        for name in (path, f"{path}.md", f"{path}/index.md", f"{path}/README.md"):
            if name in self.programme.documents:
                return self.document(name, unquote(anchor))
        if path in self.programme.files:
            address = self.addresses.file(path)
            if address is not None:
                self.gathered.files.setdefault(path)
            return address
        return None

    def document(self, path: str, anchor: str) -> str | None:
        """The address of a place in a document; the heading of an artifact is found by its ID."""
        document = self.programme.documents[path]
        lines = {heading.line for heading in document.headings if heading.anchor == anchor}
        for artifact in document.artifacts:
            if artifact.id == anchor or (artifact.section and artifact.line in lines):
                return self.addresses.artifact(artifact.id)
        return self.addresses.document(path, anchor)

    def image(self, target: str, here: str) -> str | None:
        """The address of an image that the document `here` shows; None where there is no such file."""
        path = normpath(join(dirname(here), unquote(target)))
        if path not in self.programme.files:
            return None
        self.gathered.images.setdefault(path)
        return self.addresses.image(path)
