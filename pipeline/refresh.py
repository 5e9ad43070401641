"""The programme brought up to date: only what changed is read, parsed and checked again.

A document is read again when its bytes changed. The rules on an artifact run again for those in changed documents
and for their neighbours, before and after the change; the rules on the programme run whenever anything changed.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from msgspec import structs

from pipeline.cache import Coded, Index, Record, Records, Stat, digest, unchanged
from pipeline.checks.rule import Judge
from pipeline.checks.runner import Locator, Suite, check_artifact, check_document, check_programme
from pipeline.kinds import Catalogue
from pipeline.model import Adoption, Fault, Finding, Programme, Thresholds
from pipeline.programme import build_programme
from pipeline.settings import Settings
from pipeline.sources.discover import Entry, Tree
from pipeline.sources.evidence import evidence_files, registers_path, rests_on_registers
from pipeline.sources.reader import Vocabulary, read, unread

_CHUNK = 65536


class Fresh(NamedTuple):
    """The records of all documents as they are now, the programme that they make, and what changed.

    `evidence` has the files that artifacts name as evidence, each as it was found, with its SHA-256.
    """

    records: dict[str, Record]
    programme: Programme
    changed: frozenset[str]
    evidence: dict[str, tuple[Stat, str]]


def read_bytes(root: str, path: str, limit: int = sys.maxsize) -> bytes | None:
    """The bytes of a file below the root, a little more than `limit` at most; None when it cannot be read."""
    try:
        # A file object costs twice the reading of a small file.
        handle = os.open(f"{root}/{path}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        data = os.read(handle, _CHUNK)
        parts = [data]
        while len(data) == _CHUNK and len(parts) * _CHUNK <= limit:
            data = os.read(handle, _CHUNK)
            parts.append(data)
        return b"".join(parts)
    except OSError:
        return None
    finally:
        os.close(handle)


def vocabulary(catalogue: Catalogue, settings: Settings, off: Iterable[str] = ()) -> Vocabulary:
    """What the reader needs of the schemas and the settings; the rules that are `off` need nothing."""
    limits = settings.limits
    known, without = frozenset(settings.glossary.known), frozenset(off)
    return Vocabulary(
        catalogue.kinds, catalogue.prefixes, settings.adopt, limits.file, limits.header, known, without
    )


def refresh(
    root: str,
    tree: Tree,
    words: Vocabulary,
    judge: Judge,
    rules: Suite,
    index: Index | None,
    kept: Records | None,
    day: str,
    thresholds: Thresholds,
) -> Fresh:
    """Read what changed since `index` and `kept`, and check it by itself; dates are judged by `day`."""
    old = kept.records if index and kept else {}
    stats: dict[str, Stat] = index.stats if index else {}
    stamp = index.stamp if index else 0
    sidecars = _sidecars(words.adoptions)
    records: dict[str, Record] = {}
    changed: set[str] = set()
    beside = {entry.path: entry for entry in tree.documents if not entry.path.endswith(".md")}
    for entry in tree.documents:
        path = entry.path
        if path in beside:
            continue
        known = old.get(path)
        # One that could not be read is tried again: what kept it from being read may have passed without a trace.
        if (
            known is not None
            and known.digest
            and unchanged(entry[1:], stats.get(path), stamp)
            and not sidecars
        ):
            records[path] = known
            continue
        adoption = adoption_of(path, words.adoptions) if words.adoptions else None
        record = _read(root, entry, words, adoption, judge, rules, known)
        records[path] = record
        if record is not known:
            changed.add(path)
    changed |= old.keys() - records.keys()
    documents = (record.document for record in records.values())
    programme = build_programme(documents, judge.catalogue, tree.files, day, thresholds)
    evidence = _evidence(root, programme, index)
    programme = structs.replace(
        programme,
        digests={path: item[1] for path, item in evidence.items()},
        registers=_registers(root, programme, words.max_file),
        unread=frozenset(fault.path for fault in tree.faults),
    )
    _check_neighbours(records, old, changed, programme, rules)
    return Fresh(records, programme, frozenset(changed), evidence)


def _evidence(root: str, programme: Programme, index: Index | None) -> dict[str, tuple[Stat, str]]:
    """The files that are named as evidence, with their digests; those that did not change are not read again.

    The registers of reports are among them.
    """
    named = {
        path
        for artifact in programme.artifacts.values()
        if "evidence" in artifact.fields
        for _, path, _ in evidence_files(artifact)
        if path in programme.files or path in programme.documents
    }
    reports = filter(rests_on_registers, programme.artifacts.values())
    named |= {path for report in reports if (path := registers_path(report)) in programme.files}
    known = index.evidence if index else {}
    found: dict[str, tuple[Stat, str]] = {}
    for path in sorted(named):
        stat, before = stat_of(root, path), known.get(path)
        if before is not None and index is not None and unchanged(stat, before[0], index.stamp):
            found[path] = before
        else:
            found[path] = (stat, _sha256(f"{root}/{path}"))
    return found


def _registers(root: str, programme: Programme, limit: int) -> dict[str, bytes | None]:
    """What the registers of each report hold; None where they are missing, or larger than a file may be."""
    found: dict[str, bytes | None] = {}
    for report in filter(rests_on_registers, programme.artifacts.values()):
        path = registers_path(report)
        data = read_bytes(root, path, limit) if path in programme.files else None
        found[report.id] = data if data is not None and len(data) <= limit else None
    return found


def stat_of(root: str, path: str) -> Stat:
    """The stat values of a file that change when it does; zeros where there is none."""
    try:
        stat = os.stat(f"{root}/{path}")
    except OSError:
        return 0, 0, 0, 0
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _sha256(path: str) -> str:
    """The SHA-256 of a file; '' when it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _sidecars(adoptions: Iterable[Adoption]) -> tuple[str, ...]:
    return tuple(sorted({adoption.sidecar for adoption in adoptions if adoption.sidecar}))


def adoption_of(path: str, adoptions: tuple[Adoption, ...]) -> Adoption | None:
    """How a path is read, where the project adopts it."""
    return next((item for item in adoptions if fnmatchcase(path, item.pattern)), None)


def _read(
    root: str,
    entry: Entry,
    words: Vocabulary,
    adoption: Adoption | None,
    judge: Judge,
    rules: Suite,
    known: Record | None,
) -> Record:
    path = entry.path
    data = read_bytes(root, path, words.max_file)
    if data is None:
        message, hint = "the file cannot be read", "check that it still exists and its permissions"
        fault = Fault(path, message, hint, line=1, column=1, code="SRC-READ")
        return Record(b"", unread(path, fault, words), [("SRC-READ", fault)])
    sidecar = (
        read_bytes(root, path.removesuffix(".md") + adoption.sidecar)
        if adoption and adoption.sidecar
        else None
    )
    mark = digest(data if sidecar is None else data + b"\0" + sidecar)
    if known is not None and known.digest == mark:
        return known
    source = read(path, data, words, adoption, sidecar)
    return Record(mark, source.document, check_document(source, rules, judge))


def reread(fresh: Fresh, texts: Mapping[str, bytes], words: Vocabulary, judge: Judge, rules: Suite) -> Fresh:
    """The programme as it would be if some of its documents held other bytes; `fresh` stays as it is."""
    records, before = dict(fresh.records), fresh.programme
    for path, data in texts.items():
        source = read(path, data, words, adoption_of(path, words.adoptions))
        records[path] = Record(digest(data), source.document, check_document(source, rules, judge))
    documents = (record.document for record in records.values())
    programme = build_programme(documents, judge.catalogue, before.files, before.day, before.thresholds)
    programme = structs.replace(
        programme, digests=before.digests, registers=before.registers, unread=before.unread
    )
    for path in _touched(records, fresh.records, set(texts), programme):
        known = records[path]
        found = [check_artifact(artifact, programme, rules) for artifact in known.document.artifacts]
        records[path] = Record(known.digest, known.document, known.faults, found, known.prose)
    return fresh._replace(records=records, programme=programme)


def _check_neighbours(
    records: dict[str, Record], old: dict[str, Record], changed: set[str], programme: Programme, rules: Suite
) -> None:
    """Run the rules on artifacts where they, or what they are linked with, changed."""
    for path in _touched(records, old, changed, programme):
        record = records[path]
        record.neighbour_faults = [
            check_artifact(artifact, programme, rules) for artifact in record.document.artifacts
        ]


def _touched(
    records: dict[str, Record], old: dict[str, Record], changed: set[str], programme: Programme
) -> list[str]:
    """The paths of the changed documents and of all that link to or from their artifacts, now or before."""
    if not old:
        return list(records)
    both = [record for path in changed for record in (old.get(path), records.get(path)) if record is not None]
    paths = set(changed)
    changing = [item for record in both for item in record.document.artifacts]
    names = {item.id for item in changing}
    artifacts = programme.artifacts.values()
    paths |= {item.path for item in artifacts for mention in item.mentions if mention.target in names}
    for artifact in changing:
        paths.update(source.path for source, _ in programme.incoming.get(artifact.id, ()))
        targets = [link.target for link in artifact.links] + [mention.target for mention in artifact.mentions]
        for identity in (artifact.id, *targets):
            if identity in programme.twins:
                paths.update(twin.path for twin in programme.twins[identity])
            elif identity in programme.artifacts:
                paths.add(programme.artifacts[identity].path)
    paths.update(path for path, record in records.items() if record.neighbour_faults is None)
    return [path for path in paths if path in records]


def collect(fresh: Fresh, tree: Tree, rules: Suite, more: Iterable[Fault] = ()) -> list[Coded]:
    """Every fault of a programme with its code, in no order."""
    faults: list[Coded] = [(fault.code, fault) for fault in (*tree.faults, *more)]
    for record in fresh.records.values():
        faults += record.faults
        faults += record.prose or ()
        for part in record.neighbour_faults or ():
            faults += part
    return faults + check_programme(fresh.programme, rules)


def locate(
    faults: list[Coded], fresh: Fresh, kept: Records | None, locator: Locator
) -> list[tuple[str, Fault, Finding]]:
    """The findings of all faults; a place found before in a document that has not changed is not looked up again."""
    known = {
        (code, fault): finding
        for code, fault, finding in (kept.found if kept else ())
        if fault.path not in fresh.changed
    }
    documents = fresh.programme.documents
    found = []
    for code, fault in faults:
        finding = known.get((code, fault)) or locator.finding(
            code, fault, documents.get(fault.path), fresh.programme
        )
        found.append((code, fault, finding))
    return found
