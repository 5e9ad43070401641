"""A programme as a change of a base: what differs from another revision, and whether that may be so.

Two commits of the base matter. Where the branch and the base parted (their merge base) says what the branch changes:
what others did since is none of its doing. The tip of the base says which IDs are taken by now, what was issued
meanwhile, and which settings judge, for that is what the branch is to become a part of.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import structs

from pipeline.against.notes import of_base, of_settings
from pipeline.against.taken import deleted, released
from pipeline.checks.coverage import exchanged
from pipeline.checks.runner import Locator, Suite, check_base
from pipeline.history.repository import Repository, differing, is_shallow, merge_base, repository_of, resolve
from pipeline.history.snapshot import Snapshot
from pipeline.kinds import Catalogue
from pipeline.model import Artifact, Base, Change, Fault, Finding, Kind, Programme, Source, Taken
from pipeline.schemas import SchemaFile, fingerprint
from pipeline.settings import JUDGING, Project
from pipeline.sources.content import Content, content_of
from pipeline.sources.text import Text, decode, starts_of

ReadFile = Callable[[str], bytes | None]


class Present(NamedTuple):
    """The programme as it is now, with what it was read by and what reads its files."""

    project: Project
    programme: Programme
    schemas: dict[str, SchemaFile]
    catalogue: Catalogue
    read_file: ReadFile
    # The digests of what documents say, and the verdicts on signatures, as far as they are known.
    digests: dict[str, dict[str, str]]
    verdicts: dict[str, str]


class Judged(NamedTuple):
    """What came of the rules against a base, notes for the reader, and the project with the settings that judge.

    `beside` gives what a file beside the settings holds on the base, by its name; None where it is not there. The
    findings take the place of those with the codes `instead`.
    """

    findings: list[Finding]
    notes: list[str]
    project: Project
    beside: Callable[[str], bytes | None]
    instead: frozenset[str] = frozenset()


class _Held(NamedTuple):
    """An artifact of a revision with the document that holds it."""

    artifact: Artifact
    source: Source


def judge(present: Present, name: str, rules: Suite) -> Judged:
    """Run the rules against the base that is called `name`.

    Raises CouldNotRun where there is no such revision, where it has nothing in common with this one, outside a
    repository, without git, and where the settings of the base cannot be read.
    """
    compared = _Comparison(present, name)
    base, others, instead = compared.trusted()
    project = compared.judging()
    asked, unasked = exchanged(present.project.settings.coverage, project.settings.coverage)
    found = check_base(present.programme, base, rules) + others
    found += [(rule.code, fault) for rule in asked for fault in rule.run(present.programme)]
    locator = Locator(present.read_file)
    documents = present.programme.documents
    findings = [
        locator.finding(code, fault, documents.get(fault.path), present.programme) for code, fault in found
    ]
    return Judged(findings, compared.notes(), project, compared.tip.beside, instead | unasked)


class _Comparison:
    """One programme beside its base."""

    def __init__(self, present: Present, name: str) -> None:
        self.present, self.name = present, name
        self.repository: Repository = repository_of(present.project.root)
        tip = resolve(self.repository, name)
        parted = merge_base(self.repository, tip, name)
        self.tip = Snapshot(present.project, self.repository, name, tip)
        # Settings that cannot be read are told before anything else is.
        self.judges = self.tip.stated
        self.parted = self.tip if parted == tip else Snapshot(present.project, self.repository, name, parted)
        self.same = self._unchanged()
        self.kept = {item.id for path in self.same for item in present.programme.documents[path].artifacts}
        self.was = self._held(self.parted, self.parted.documents.keys() - self.same)
        self.new: frozenset[str] = frozenset()

    def _unchanged(self) -> set[str]:
        """The documents that are, and are read, as they were where the two parted."""
        parted, present = self.parted, self.present
        settings = present.project.settings
        root = self.repository.path(present.project.root)
        reading = (root, fingerprint(present.schemas), settings.adopt, settings.limits, settings.glossary)
        if root is None or parted.reading != reading:
            return set()
        if any(item.sidecar for item in settings.adopt):
            return set()
        changed = differing(self.repository, parted.commit, root)
        prefix = f"{root}/" if root else ""
        return {
            path
            for path in parted.documents
            if path in present.programme.documents
            and prefix + path not in changed
            and path not in parted.links
        }

    def _held(self, snapshot: Snapshot, paths: Iterable[str]) -> dict[str, _Held]:
        """The artifacts of some documents of a revision, but for IDs that stand more than once in it."""
        found: dict[str, _Held] = {}
        double = set(self.kept)
        for path, source in sorted(snapshot.read(paths).items()):
            del path
            for artifact in source.document.artifacts:
                if artifact.id in found:
                    double.add(artifact.id)
                found[artifact.id] = _Held(artifact, source)
        return {key: value for key, value in found.items() if key not in double}

    def base(self) -> Base:
        """What differs."""
        ahead = self._ahead()
        changes, gone = {}, {}
        now = self.present.programme
        for identity, held in self.was.items():
            artifact = now.artifacts.get(identity)
            if artifact is None and not self._is_unsure(held.artifact):
                gone[identity] = held.artifact
            elif artifact is not None and identity not in now.twins:
                theirs = ahead.get(identity)
                change = self._change(held, artifact, theirs.artifact.status if theirs else "")
                if change is not None:
                    changes[identity] = change
        return Base(self.name, self.parted.catalogue.kinds, changes, gone, self._taken(ahead))

    def trusted(self) -> tuple[Base, list[tuple[str, Fault]], frozenset[str]]:
        """What differs, and where approvals count: the faults by what the base says of signers, and their codes."""
        base, present = self.base(), self.present
        theirs, mine = self.tip.settings.policies, present.project.settings.policies
        if not (theirs or mine or present.programme.ledgers):
            return base, [], frozenset()
        from pipeline.ledger.contents import Contents
        from pipeline.trusted import CODES, Ours, Signing, trust

        before = {key: item for key, item in self._before().items() if item.kind == "party"}
        moved = set(self._moved())
        now = {key: item for key, item in before.items() if item.path not in moved}
        now |= {key: item.artifact for key, item in self._ahead().items() if item.artifact.kind == "party"}
        signing = Signing(now.values(), self.tip.catalogue.kinds, theirs)
        parted = Signing(before.values(), self.parted.catalogue.kinds, self.parted.settings.policies)
        contents = Contents(present.programme, present.read_file, present.digests)
        ours = Ours(present.project, present.programme, contents, present.verdicts)
        base, instead = trust(ours, base, self.tip, self.parted, signing, parted)
        return base, instead or [], CODES if instead is not None else frozenset()

    def _before(self) -> dict[str, Artifact]:
        """All artifacts as they were where the two parted."""
        documents = self.present.programme.documents
        found = {item.id: item for path in self.same for item in documents[path].artifacts}
        return found | {key: item.artifact for key, item in self.was.items()}

    def _moved(self) -> list[str]:
        """The documents that the base has otherwise by now, or no longer, than where the two parted."""
        before, after = self.parted.documents, self.tip.documents
        return [path for path in {**before, **after} if before.get(path) != after.get(path)]

    def _ahead(self) -> dict[str, _Held]:
        """The artifacts that the base has otherwise by now than where the two parted."""
        if self.tip is self.parted:
            return {}
        before = self.parted.documents if self.tip.reading == self.parted.reading else {}
        moved = [path for path, blob in self.tip.documents.items() if before.get(path) != blob]
        return self._held(self.tip, moved)

    def _is_unsure(self, artifact: Artifact) -> bool:
        """Whether an artifact that is not there may stand in a file that could not be read right."""
        documents = self.present.programme.documents
        faulty = (path for path, document in documents.items() if document.faults and path not in self.same)
        known = self.parted.documents
        return any(path == artifact.path or path not in known for path in faulty)

    def _change(self, held: _Held, now: Artifact, ahead: str) -> Change | None:
        """How an artifact differs; None where it does not, or cannot be told."""
        was = held.artifact
        kind = self.parted.catalogue.kinds.get(was.kind)
        if kind is None or now.kind != was.kind or was.partial or now.partial:
            return None
        before, after = _content(held, kind), self._content_now(now, kind)
        fields = tuple(
            key
            for key in dict.fromkeys((*now.fields, *was.fields))
            if before.fields.get(key) != after.fields.get(key)
        )
        line = _first_line(before, after, now) if before.body != after.body else 0
        if not fields and not line and was.fields == now.fields:
            return None
        return Change(was, now, kind, fields, line, ahead)

    def _content_now(self, artifact: Artifact, kind: Kind) -> Content:
        document = self.present.programme.documents[artifact.path]
        text = decode(artifact.path, self.present.read_file(artifact.path) or b"")
        return content_of(artifact, kind, document, text)

    def _taken(self, ahead: dict[str, _Held]) -> dict[str, Taken]:
        """The IDs of new artifacts that were in use already."""
        programme = self.present.programme
        documents = programme.documents
        self.new = frozenset(
            item.id
            for path in documents.keys() - self.same
            for item in documents[path].artifacts
            if item.id not in self.was and item.id not in self.kept and not item.partial and not item.adopted
        )
        taken = {}
        for identity in self.new & ahead.keys():
            theirs, mine = ahead[identity], programme.artifacts[identity]
            kind = self.tip.catalogue.kinds.get(theirs.artifact.kind)
            if kind is None or _content(theirs, kind)[:2] != self._content_now(mine, kind)[:2]:
                there = theirs.artifact
                taken[identity] = Taken(there.title, there.path, there.line)
        others = self.new - ahead.keys()
        taken |= deleted(self.tip, programme, self.repository, others)
        return released(self.tip, programme, self.present.project, others) | taken

    def judging(self) -> Project:
        """The project with the settings of the base in place of its own where they judge."""
        project = self.present.project
        if self.judges is None:
            return project
        theirs = {name: getattr(self.judges, name) for name in JUDGING}
        return structs.replace(project, settings=structs.replace(project.settings, **theirs))

    def notes(self) -> list[str]:
        """What the reader must know of the comparison."""
        shallow = bool(self.new) and is_shallow(self.repository.top)
        return [
            *of_base(self.name, self.parted, shallow=shallow),
            *of_settings(self.name, self.present.project.settings, self.judges),
        ]


def _content(held: _Held, kind: Kind) -> Content:
    text = held.source.text
    return content_of(held.artifact, kind, held.source.document, Text(text, starts_of(text)))


def _first_line(before: Content, after: Content, now: Artifact) -> int:
    """The first line of a body that was not there before; the last one where lines are only gone."""
    lines = [(number, line.rstrip()) for number, line in after.lines if line.strip()]
    known = [line.rstrip() for _, line in before.lines if line.strip()]
    for (number, line), old in zip(lines, known, strict=False):
        if line != old:
            return number
    if len(lines) > len(known):
        return lines[len(known)][0]
    return lines[-1][0] if lines else now.line
