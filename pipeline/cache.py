"""What was learned of files that have not changed since.

Files in `.paraph/`, one set for runs with the wording rules and one for those without: a small index with the stat
values of all files and the findings of the last run, which alone answers when nothing changed; the records of the
documents; and those of them that changed since these were written, until they are many. All carry a checksum, and
tokens say which belong together; a cache that is missing, corrupt, cut short or of another key equals none. It is
never the truth, only a saving.
"""

import contextlib
import os
import zlib
from hashlib import blake2b
from time import time, time_ns
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from pipeline.model import Document, Fault, Finding

FOLDER = ".paraph"
# A file changed this shortly before it was last looked at may have changed again within one tick of its clock.
_RACY = 2_000_000_000
# Half-written files as old as this are of runs that were killed.
_LEFT_SECONDS = 3600
# Of so many records one may have changed before all are written anew.
_MANY = 20

Stat = tuple[int, int, int, int]
Coded = tuple[str, Fault]


class Record(Struct, array_like=True):
    """A document as it was read, with what was wrong with it and with its artifacts."""

    digest: bytes
    document: Document
    faults: list[Coded]
    # By artifact, in the order of the document: what the rules on an artifact and its neighbours found.
    neighbour_faults: list[list[Coded]] | None = None
    prose: list[Coded] | None = None
    # The digests of what its artifacts say, by ID, where somebody approves artifacts.
    contents: dict[str, str] | None = None


class Index(Struct, array_like=True):
    """The state of all files at the last run, and its findings before they were graded.

    `stamp` is when the files were looked at, in nanoseconds; `files` the digest of the names of all other files.
    """

    key: bytes
    token: bytes
    stamp: int
    stats: dict[str, Stat]
    files: bytes
    findings: list[Finding]
    documents: int
    artifacts: int
    notes: list[str]
    # The terms of the glossary by language, by which the wording was judged.
    terms: dict[str, list[str]] = {}
    # The files that are named as evidence, with their SHA-256.
    evidence: dict[str, tuple[Stat, str]] = {}
    # The files of the ledgers.
    ledgers: dict[str, Stat] = {}


class Records(Struct, array_like=True):
    """The records of all documents by path, and the places of faults that were looked up.

    `verdicts` is what ssh-keygen said of signatures: by a digest of what it was shown, the key that made each.
    """

    token: bytes
    records: dict[str, Record]
    found: list[tuple[str, Fault, Finding]]
    verdicts: dict[str, str] = {}


class Changes(Struct, array_like=True):
    """The records that changed since those of `base` were written, and the paths that are gone; else as `Records`."""

    token: bytes
    base: bytes
    records: dict[str, Record]
    gone: list[str]
    found: list[tuple[str, Fault, Finding]]
    verdicts: dict[str, str]


T = TypeVar("T")
# A record as it was read, and those of its parts that a run may replace.
_Seen = tuple[Record, object, object, object]


class Cache:
    """The cache of one project for runs of one `sort`. `note` says what kept it from being written, or is empty."""

    def __init__(self, folder: str, key: bytes, sort: str = "") -> None:
        self._folder = os.path.join(folder, FOLDER)
        self._key = key
        self._sort = sort
        self.note = ""
        # What was read: the token of the records that were written whole, what changed since, and all as it was.
        self._base = b""
        self._since: set[str] = set()
        self._seen: dict[str, _Seen] = {}

    def read_index(self) -> Index | None:
        """The index of the last run with the same key."""
        index = self._read("index", Index)
        return index if index is not None and index.key == self._key else None

    def read_records(self, index: Index) -> Records | None:
        """The records that belong to an index."""
        kept = self._read("records", Records)
        if kept is None:
            return None
        base, since = kept.token, set[str]()
        if base != index.token:
            changes = self._read("changes", Changes)
            if changes is None or (changes.token, changes.base) != (index.token, base):
                return None
            since = {*changes.records, *changes.gone}
            kept.records.update(changes.records)
            for path in changes.gone:
                kept.records.pop(path, None)
            kept.found, kept.verdicts = changes.found, changes.verdicts
        self._base, self._since = base, since
        self._seen = {path: _parts(record) for path, record in kept.records.items()}
        return kept

    def write(self, index: Index, records: Records) -> None:
        """Keep an index and its records; a folder that cannot be written is no error."""
        index.token = records.token = os.urandom(16)
        index.key = self._key
        try:
            os.makedirs(self._folder, exist_ok=True)
            self._hide()
            self._sweep()
            self._write_records(records)
            self._write("index", index)
        except OSError as error:
            self.note = f"the cache could not be written ({error.strerror}); the next check starts afresh"

    def _write_records(self, records: Records) -> None:
        """Write the records, or, while they are few, only those that changed since all were written."""
        every, since = records.records, self._since | self._altered(records.records)
        if not self._base or len(since) * _MANY > len(every):
            self._write("records", records)
            with contextlib.suppress(FileNotFoundError):
                os.remove(self._path("changes"))
            return
        changed = {path: every[path] for path in sorted(since) if path in every}
        gone = sorted(since - changed.keys())
        changes = Changes(records.token, self._base, changed, gone, records.found, records.verdicts)
        self._write("changes", changes)

    def _altered(self, records: dict[str, Record]) -> set[str]:
        """The paths of the records that are not what was read, and of those that are gone."""
        seen = self._seen
        altered = seen.keys() - records.keys()
        for path, record in records.items():
            was = seen.get(path)
            if was is None or any(
                one is not other and one != other for one, other in zip(was, _parts(record), strict=True)
            ):
                altered.add(path)
        return altered

    def _hide(self) -> None:
        """Keep the folder out of git, also where no .gitignore names it."""
        path = os.path.join(self._folder, ".gitignore")
        if not os.path.exists(path):
            with open(path, "w", encoding="ascii") as file:
                file.write("*\n")

    def _sweep(self) -> None:
        """Remove what runs that were killed had begun to write."""
        for entry in os.scandir(self._folder):
            if entry.name.rpartition(".")[2].isdigit() and entry.stat().st_mtime < time() - _LEFT_SECONDS:
                with contextlib.suppress(OSError):
                    os.remove(entry.path)

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, name + self._sort)

    def _read(self, name: str, kind: type[T]) -> T | None:
        try:
            with open(self._path(name), "rb") as file:
                data = file.read()
            if int.from_bytes(data[:4], "big") != zlib.adler32(memoryview(data)[4:]):
                return None
            return msgspec.msgpack.decode(memoryview(data)[4:], type=kind)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def _write(self, name: str, value: Any) -> None:
        data = msgspec.msgpack.encode(value)
        target = self._path(name)
        beside = f"{target}.{os.getpid()}"
        try:
            with open(beside, "wb") as file:
                file.write(zlib.adler32(data).to_bytes(4, "big"))
                file.write(data)
            os.replace(beside, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.remove(beside)
            raise


def _parts(record: Record) -> _Seen:
    return record, record.neighbour_faults, record.prose, record.contents


def unchanged(stat: Stat, known: Stat | None, stamp: int) -> bool:
    """Whether a file is for certain the one that was read when its stat values were `known`, at time `stamp`."""
    return stat == known and max(stat[1], stat[2]) < stamp - _RACY


def digest(data: bytes) -> bytes:
    """What identifies the content of a file."""
    return blake2b(data, digest_size=16).digest()


def now() -> int:
    """The time by which a file's change is judged recent."""
    return time_ns()


def program() -> list[tuple[str, int, int]]:
    """The files of this program with size and time: a changed check must not be answered from an old cache."""
    found: list[tuple[str, int, int]] = []
    folders = [os.path.dirname(os.path.abspath(__file__))]
    for folder in folders:
        for entry in os.scandir(folder):
            if entry.name.endswith(".py"):
                stat = entry.stat()
                found.append((entry.name, stat.st_size, stat.st_mtime_ns))
            elif entry.name != "__pycache__" and entry.is_dir():
                folders.append(entry.path)
    return sorted(found)
