"""The dossier of an artifact, composed: versions, approvals, minutes, runs, evidence, PDFs, and the cover."""

import os
import re
from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from pipeline import tools
from pipeline.errors import CouldNotRun
from pipeline.history.versions import Recorded, recorded
from pipeline.ledger.contents import Contents
from pipeline.ledger.register import register_of
from pipeline.model import Artifact, Signed
from pipeline.signoff.bundle.archive import pack
from pipeline.signoff.dossier.approvals import content_of, gather
from pipeline.signoff.dossier.asked import Asked
from pipeline.signoff.dossier.choice import Evidence, choose
from pipeline.signoff.dossier.cover import Cover, Version, covers
from pipeline.signoff.dossier.pdfs import Sealed, may_see, seals
from pipeline.signoff.dossier.seen import Past, Seen
from pipeline.sources.reader import read
from pipeline.sources.vocabulary import Vocabulary

SUMS = "SHA256SUMS"
_ODD = re.compile(r"[^0-9A-Za-z.-]+")


def compose(asked: Asked, identity: str) -> tuple[bytes, int]:
    """The dossier of an artifact as an archive, and how many files it has; the same commit gives the same bytes.

    Raises CouldNotRun where there is no such artifact, or the audience may not see it.
    """
    return _Dossier(asked, identity).archive()


class _Dossier:
    """One dossier being composed: its files so far, and what is left out since it tells of what may not be seen, or
    since it is not there."""

    def __init__(self, asked: Asked, identity: str) -> None:
        self.asked = asked
        self.seen = Seen(asked.programme, asked.source, asked.audience)
        self.artifact = self._artifact(identity)
        self.past = Past(asked.project, asked.repository, asked.audience)
        self.contents = Contents(asked.programme, partial(_bytes, asked.project.root))
        self.files: dict[str, bytes] = {}
        self.withheld: list[str] = []
        self.missing: list[str] = []

    def _artifact(self, identity: str) -> Artifact:
        found = self.seen.sight.programme.artifacts.get(identity)
        if found is not None:
            return found
        hidden = self.asked.programme.artifacts.get(identity)
        if hidden is None:
            raise CouldNotRun(f"there is no artifact {identity}", "name one by its ID, such as REQ-101")
        hint = f"it is {hidden.classification}: name an --audience that may read it"
        raise CouldNotRun(f"{identity} may not be seen by {self.asked.audience} readers", hint)

    def archive(self) -> tuple[bytes, int]:
        """All of it."""
        self.files |= covers(self._cover())
        sums = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(self.files.items()))
        files = {**self.files, SUMS: sums.encode()}
        return pack({f"{self.artifact.id}-dossier/{path}": data for path, data in files.items()}), len(files)

    def _cover(self) -> Cover:
        """Gather all files but the cover, and give what the cover says of them."""
        chosen = choose(self.seen.sight.programme, self.artifact)
        self._put(f"{self.artifact.id}.md", self.seen.text(self.artifact))
        versions = tuple(self._versions())
        register = register_of(
            self.asked.programme, self.asked.project.settings.policies, self.asked.programme.ledgers
        )
        approvals = gather(self.seen, self.artifact, self.asked.project.folder, register, self._written)
        self.files |= approvals.files
        self.withheld += approvals.withheld
        within = {item.path for item in chosen.meetings if not item.section}
        for item in (*chosen.meetings, *(each for each in chosen.decisions if each.path not in within)):
            self._put(f"minutes/{item.id}.md", self.seen.text(item))
        for item in chosen.runs:
            self._put(f"runs/{item.id}.md", self.seen.text(item))
        evidence = tuple(item for item in chosen.evidence if self._evidence(item))
        sealed = tuple(self._pdfs())
        pdfs = tuple(sorted(name for name in self.files if name.startswith("pdf/") and name.endswith(".pdf")))
        return Cover(
            self.artifact, self.asked, versions, approvals, chosen, evidence, pdfs, sealed,
            tuple(self.withheld), tuple(self.missing),
        )  # fmt: skip

    def _put(self, name: str, data: bytes) -> bool:
        """Put a file into the dossier unless it tells of what the audience may not see."""
        if self.seen.tells(data):
            self.withheld.append(name)
            return False
        self.files[name] = data
        return True

    def _versions(self) -> Iterator[Version]:
        """The versions so far, each with its text as it was when it was first recorded."""
        asked, artifact = self.asked, self.artifact
        words = Vocabulary(asked.programme.kinds, asked.programme.prefixes, asked.project.settings.adopt)

        def version_in(content: bytes) -> str:
            document = read(artifact.path, content, words).document
            return next((item.version for item in document.artifacts if item.id == artifact.id), "")

        for item in recorded(asked.project.root, artifact.path, version_in):
            told = item.revision
            name = f"versions/{_ODD.sub('-', told.version)}-{item.commit[:10]}.md"
            change = "" if self.seen.tells(told.change.encode()) else told.change
            file = name if self._version(item, name) else ""
            yield Version(told.version, told.day, told.author, change, item.commit, file)

    def _version(self, item: Recorded, name: str) -> bool:
        then = self.past.at(item.commit).seen
        artifact = then.sight.programme.artifacts.get(self.artifact.id)
        if artifact is None:
            self.withheld.append(name)
            return False
        return self._put(name, then.text(artifact))

    def _written(self, item: Signed) -> dict[str, bytes]:
        """What the content was that an entry is about: as it is now, or when the entry came into the repository."""
        wanted = content_of(item, self.artifact.id)
        for contents, artifact in self._candidates(item):
            found = contents.written(artifact)
            if wanted in found:
                return found
        return {}

    def _candidates(self, item: Signed) -> Iterator[tuple[Contents, Artifact]]:
        asked = self.asked
        yield self.contents, asked.programme.artifacts[self.artifact.id]
        path = asked.project.path(item.path)
        options = ["log", "-1", "--diff-filter=A", "--format=%H %P", "--", path]
        known = tools.run("git", ["-C", asked.repository.top, *options], check=False).text.split()
        for commit in known:
            revision = self.past.at(commit)
            then = revision.programme.artifacts.get(self.artifact.id)
            if then is not None:
                yield revision.contents, then

    def _evidence(self, item: Evidence) -> bool:
        root = os.path.realpath(self.asked.project.root)
        place = os.path.realpath(os.path.join(root, item.path))
        if not place.startswith(os.path.join(root, "")) or not os.path.isfile(place):
            self.missing.append(item.path)
            return False
        name = f"evidence/{item.path}"
        return name in self.files or self._put(name, _bytes("", place))

    def _pdfs(self) -> Iterator[Sealed]:
        """Put the PDFs that were issued for such readers into the dossier, with their signatures."""
        project = self.asked.project
        folder = project.path(project.settings.approvals, self.artifact.id)
        found = {}
        for above, _, names in os.walk(folder):
            for name in sorted(names):
                if name.endswith(".pdf"):
                    data = _bytes(above, name)
                    if may_see(data, self.asked.audience):
                        found[f"pdf/{name}"] = data
                    else:
                        self.withheld.append(f"pdf/{name}")
        self.files |= found
        for sealed, signature in seals(found):
            self.files[sealed.signature] = signature
            yield sealed


def _bytes(folder: str, path: str) -> bytes:
    with open(os.path.join(folder, path), "rb") as file:
        return file.read()
