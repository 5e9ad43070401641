"""Runs the rules, and turns what they find into findings with exact places.

The scope of a rule decides how often it runs: a document's findings hold until the document changes, an
artifact's until it or one that it is linked with changes, the programme's and those against a base are found anew
each time.
"""

from collections.abc import Callable, Iterable

from pipeline.checks.rank import outranked
from pipeline.checks.rule import Judge, Reading
from pipeline.model import Artifact, Base, Document, Fault, Finding, Programme, Rule, Source
from pipeline.sources.places import find_in, place_of
from pipeline.sources.text import Text, decode

ReadBytes = Callable[[str], bytes | None]


class Suite:
    """The rules of a run, by what they read; one that looks at a base besides is there twice."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        chosen = [rule for rule in rules if not rule.external]
        self.document = [rule for rule in chosen if rule.reads == "document"]
        self.artifact = [rule for rule in chosen if rule.reads == "artifact"]
        self.programme = [rule for rule in chosen if rule.reads == "programme"]
        self.base = [rule for rule in chosen if rule.reads == "base" or rule.against]
        self._about: dict[str, list[Rule]] = {}

    def about(self, kind: str) -> list[Rule]:
        """The rules on an artifact of a kind."""
        found = self._about.get(kind)
        if found is None:
            found = [rule for rule in self.artifact if not rule.kinds or kind in rule.kinds]
            self._about[kind] = found
        return found


def check_document(source: Source, rules: Suite, judge: Judge) -> list[tuple[str, Fault]]:
    """What is wrong with one document by itself, with the codes; what was found while reading comes first."""
    reading = Reading(source, judge)
    found = [(fault.code, fault) for fault in source.document.faults]
    for rule in rules.document:
        found += [(rule.code, fault) for fault in rule.run(reading)]
    return found


def check_artifact(artifact: Artifact, programme: Programme, rules: Suite) -> list[tuple[str, Fault]]:
    """What is wrong with one artifact and its links."""
    return [
        (rule.code, fault) for rule in rules.about(artifact.kind) for fault in rule.run(artifact, programme)
    ]


def check_programme(programme: Programme, rules: Suite) -> list[tuple[str, Fault]]:
    """What is wrong with the programme as a whole."""
    return [(rule.code, fault) for rule in rules.programme for fault in rule.run(programme)]


def check_base(programme: Programme, base: Base, rules: Suite) -> list[tuple[str, Fault]]:
    """What is wrong with the programme as a change of a base; of several rules on one edit, the first in rank."""
    found = [
        (rule.code, fault) for rule in rules.base for fault in (rule.against or rule.run)(programme, base)
    ]
    return outranked(found)


class Locator:
    """Turns faults into findings. Texts are read and decoded once, and only where a field must be found."""

    def __init__(self, read: ReadBytes) -> None:
        self._read = read
        self._texts: dict[str, Text] = {}

    def text(self, path: str) -> Text:
        """The text of a file; empty when it cannot be read any more."""
        if path not in self._texts:
            self._texts[path] = decode(path, self._read(path) or b"")
        return self._texts[path]

    def finding(
        self, code: str, fault: Fault, document: Document | None, programme: Programme | None
    ) -> Finding:
        """The finding of a fault; the programme gives the phase of an artifact's status."""
        artifact = _artifact(document, fault) if document else None
        path, (line, column, length) = self._place(fault, artifact, document)
        status = artifact.status if artifact else ""
        phase = programme.phase(artifact) if artifact and programme else ""
        return Finding(
            path, max(line, 1), max(column, 1), code, fault.message, fault.hint, fault.artifact, status, phase,
            max(length, 1), fault.weight,
        )  # fmt: skip

    def _place(
        self, fault: Fault, artifact: Artifact | None, document: Document | None
    ) -> tuple[str, tuple[int, int, int]]:
        """The path of a fault, and its line, column and length."""
        if fault.field is None or document is None:
            return fault.path, (fault.line, fault.column, fault.length)
        if artifact is None and fault.line:
            return fault.path, self._in_block(fault, document)
        path = artifact.header.path if artifact else fault.path
        if path != fault.path and fault.field == ("id",):
            return fault.path, (1, 1, 1)  # The fields stand in a file beside it; the fault is the document's.
        return path, place_of(fault.field, artifact, document, self.text(path), fault.key)

    def _in_block(self, fault: Fault, document: Document) -> tuple[int, int, int]:
        """A field of a view block: the block's header begins on the fault's line."""
        view = next((item for item in document.views if item.header.line == fault.line), None)
        assert fault.field is not None
        place = find_in(view.header, fault.field, self.text(fault.path), fault.key) if view else None
        return place or (fault.line, 1, 1)


def _artifact(document: Document, fault: Fault) -> Artifact | None:
    if not fault.artifact:
        return None
    same = [item for item in document.artifacts if item.id == fault.artifact]
    return next((item for item in same if item.nth == fault.nth), same[0] if same else None)
