"""The moments at which the programme is looked back upon: ends of months, steering meetings, tags, and asked days.

Each is read from the commit that counted then, without a checkout. What a document said is read once for all the
moments at which its bytes were the same, and kept in `.paraph/past/`, by what reads it and by commit; a file there that
is missing, corrupt or of another program equals none.
"""

import calendar
import contextlib
import os
import zlib
from collections.abc import Container, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from pipeline import tools
from pipeline.cache import FOLDER, digest, program
from pipeline.errors import CouldNotRun
from pipeline.figures.days import read_day
from pipeline.figures.meetings import held_steering
from pipeline.history.releases import tags_of_releases
from pipeline.history.repository import Repository, is_shallow, repository_of
from pipeline.history.snapshot import Snapshot
from pipeline.model import Document, Programme
from pipeline.model.document import CLASSIFICATIONS
from pipeline.model.past import Moment, State
from pipeline.schemas import fingerprint, read_schemas
from pipeline.settings import Project
from pipeline.shipped import folder as shipped
from pipeline.whole import write_whole

# A header of which these are found may state a classification that was not read.
_BROKEN = frozenset({"SRC-YAML", "SRC-FENCE", "SRC-LIMIT"})
_FIELD = "\x1f"
_NAME = "moments"

States = dict[str, State]


class _Kept(Struct, array_like=True):
    """What was read: for each commit the digests of its documents in order, for each digest the artifacts by ID."""

    key: bytes = b""
    commits: dict[str, list[bytes]] = {}
    documents: dict[bytes, States] = {}


class Wanted(NamedTuple):
    """A moment before it is read: its day, its name, its commit."""

    day: str
    name: str
    commit: str


def past_of(project: Project, programme: Programme) -> tuple[Moment, ...]:
    """The moments of a project before the day of its programme, oldest first.

    There are none without git, outside a repository, and in a clone without its history.
    """
    return read_moments(project, wanted_moments(project, programme))


def wanted_moments(project: Project, programme: Programme) -> tuple[Wanted, ...]:
    """Which moments there are, before any is read."""
    if tools.find("git") is None or not programme.day:
        return ()
    try:
        repository = repository_of(project.root)
    except CouldNotRun:
        return ()
    return () if is_shallow(repository.top) else tuple(_wanted(repository, programme))


def read_moments(project: Project, wanted: tuple[Wanted, ...]) -> tuple[Moment, ...]:
    """The moments that are wanted of a project, read."""
    return _Reading(project, repository_of(project.root)).moments(wanted) if wanted else ()


def state_of_tags(folder: str) -> str:
    """The tags with what each leads to: besides the commit, the only thing that decides which moments there are."""
    if tools.find("git") is None:
        return ""
    return tools.run("git", ["-C", folder, "for-each-ref", "refs/tags"], check=False).text


def _wanted(repository: Repository, programme: Programme) -> Iterator[Wanted]:
    """The moments in order of days; on one day the end of a month comes first, then days, meetings and tags."""
    line, others = _commits(repository)
    if not line:
        return
    moments = [(day, 0, day[:7]) for day in _ends_of_months(line[0][0], programme.day)]
    moments += [(day, 1, day) for day in _asked(programme)]
    moments += [(day, 2, identity) for identity, day in held_steering(programme).items()]
    found = [(day, rank, name, _last(line, day)) for day, rank, name in moments]
    found += [(others[commit], 3, name, commit) for name, commit in _tags(repository, others)]
    for day, _, name, commit in sorted(found):
        if commit and day < programme.day:
            yield Wanted(day, name, commit)


def _commits(repository: Repository) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The commits that HEAD came by, oldest first, with their days; and the days of all that it goes back to.

    The day is the author's, which rewriting a branch does not move; but no commit is older than what it builds on.
    """
    asked = [
        "-c",
        "log.showSignature=false",
        "log",
        "--topo-order",
        f"--format=%H{_FIELD}%as{_FIELD}%P",
        "HEAD",
        "--",
    ]
    done = tools.run("git", ["-C", repository.top, *asked], check=False, timeout=300)
    rows = [row.split(_FIELD) for row in done.text.splitlines()] if done.code == 0 else []
    parents = {name: above.split() for name, _, above in rows}
    days: dict[str, str] = {}
    for name, day, _ in reversed(rows):
        days[name] = max([day, *(days[above] for above in parents[name] if above in days)])
    line, at = [], rows[0][0] if rows else ""
    while at in days:
        line.append((days[at], at))
        at = parents[at][0] if parents[at] else ""
    return line[::-1], days


def _asked(programme: Programme) -> set[str]:
    """The days since which view blocks show what changed."""
    blocks = (view.fields for document in programme.documents.values() for view in document.views)
    days = {fields.get("since") for fields in blocks if fields.get("view") == "changes"}
    return {day for day in days if isinstance(day, str) and read_day(day)}


def _last(line: list[tuple[str, str]], day: str) -> str:
    return next((commit for when, commit in reversed(line) if when <= day), "")


def _ends_of_months(first: str, day: str) -> Iterator[str]:
    """The last days of the months from that of one day on, up to that of another."""
    year, month = int(first[:4]), int(first[5:7])
    while f"{year:04}-{month:02}" <= day[:7]:
        yield f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _tags(repository: Repository, known: Container[str]) -> Iterator[tuple[str, str]]:
    """The tags on what HEAD goes back to; that of a release stands for what it released."""
    released = {tag.version: tag.commit for tag in tags_of_releases(repository.top)}
    form = f"%(refname:strip=2){_FIELD}%(objectname){_FIELD}%(*objectname)"
    done = tools.run(
        "git", ["-C", repository.top, "for-each-ref", f"--format={form}", "refs/tags"], check=False
    )
    for row in done.text.splitlines():
        name, own, peeled = row.split(_FIELD)
        commit = released.get(name) or peeled or own
        if commit in known:
            yield name, commit


class _Reading:
    """The moments of one project being read, with what is kept of them."""

    def __init__(self, project: Project, repository: Repository) -> None:
        self.project, self.repository = project, repository
        self.file = os.path.join(project.folder, FOLDER, "past", _NAME)
        shapes = fingerprint(read_schemas([shipped("schemas"), project.path(project.settings.schemas)]))
        settings = msgspec.json.encode(project.settings, enc_hook=str)
        key = digest(repr((program(), shapes, settings, project.root)).encode("utf-8", "backslashreplace"))
        self.kept = _read(self.file, key)

    def moments(self, wanted: tuple[Wanted, ...]) -> tuple[Moment, ...]:
        """What was wanted, read; a commit that held none of the programme, or cannot be read, is left out."""
        before = self.kept.commits.keys()
        commits = {item.commit: self.documents(item.commit) for item in wanted}
        used = {name: self.kept.documents[name] for names in commits.values() for name in names}
        if commits.keys() != before:
            _write(self.file, _Kept(self.kept.key, commits, used))
        found = {commit: _together(used[name] for name in names) for commit, names in commits.items()}
        return tuple(Moment(*item, found[item.commit]) for item in wanted if found[item.commit])

    def documents(self, commit: str) -> list[bytes]:
        """What the documents of a commit are kept under, in the order of their paths; they are read where need be."""
        known = self.kept.commits.get(commit)
        if known is not None and all(name in self.kept.documents for name in known):
            return known
        snapshot = Snapshot(self.project, self.repository, commit[:10], commit)
        try:
            names = _names(snapshot)
        except CouldNotRun:
            return []
        missing = [path for path, name in names.items() if name not in self.kept.documents]
        for path, source in snapshot.read(missing).items():
            self.kept.documents[names[path]] = _states(source.document)
        return list(names.values())


def _names(snapshot: Snapshot) -> dict[str, bytes]:
    """What each document of a revision is kept under, by its path: a digest of its bytes and of how they are read.

    Raises CouldNotRun where the settings of the revision cannot be read.
    """
    reading = digest(repr(snapshot.reading).encode("utf-8", "backslashreplace"))
    endings = [item.sidecar for item in snapshot.settings.adopt if item.sidecar]
    found = {}
    for path, blob in sorted(snapshot.documents.items()):
        beside = [snapshot.files.get(path.removesuffix(".md") + ending) for ending in endings]
        found[path] = digest(repr((reading, path, blob, beside)).encode("utf-8", "backslashreplace"))
    return found


def _states(document: Document) -> States:
    """What the artifacts of a document say of themselves; of two with one ID, the first."""
    whole, page = document.whole, document.page
    around = whole.fields if whole else page.fields if page else {"classification": "limited"}
    found: States = {}
    for item in document.artifacts:
        unsure = item.partial or any(fault.code in _BROKEN for fault in document.faults)
        level = _stricter(around.get("classification"), item.fields.get("classification"), unsure=unsure)
        fields = item.fields if level is None else {**item.fields, "classification": level}
        found.setdefault(item.id, State(item.kind, item.title, item.status, item.version, fields))
    return found


def _stricter(around: Any, own: Any, *, unsure: bool) -> Any:
    """The stricter of two classifications; None where its own says it. In doubt it is the strictest."""
    levels = ["internal" if level is None else level for level in (own, around)]
    if any(level not in CLASSIFICATIONS for level in levels):
        return "limited"
    strictest = max([*levels, "limited"] if unsure else levels, key=CLASSIFICATIONS.index)
    return None if strictest == levels[0] else strictest


def _together(documents: Iterable[States]) -> States:
    """All artifacts by ID; of two with one ID, that of the first document."""
    found: States = {}
    for states in documents:
        for identity, state in states.items():
            found.setdefault(identity, state)
    return found


def _read(file: str, key: bytes) -> _Kept:
    try:
        with open(file, "rb") as opened:
            data = memoryview(opened.read())
        if int.from_bytes(data[:4], "big") == zlib.adler32(data[4:]):
            kept = msgspec.msgpack.decode(data[4:], type=_Kept)
            return kept if kept.key == key else _Kept(key)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    return _Kept(key)


def _write(file: str, kept: _Kept) -> None:
    """Keep what was read; where nothing can be written, the next run reads it anew."""
    data = msgspec.msgpack.encode(kept)
    with contextlib.suppress(OSError):
        write_whole(file, zlib.adler32(data).to_bytes(4, "big") + data)
