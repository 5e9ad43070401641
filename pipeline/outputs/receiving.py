"""Taking back what was signed: judged, proven for the long term, stored, and entered in the ledger of the deliverable.

What comes back must be what was issued with signatures behind it, and nothing else. Nobody's signature is lost on the
way: a file that lacks one which was taken back already is not taken, and stays where it is.
"""

import contextlib
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, structs

from pipeline.errors import CouldNotRun
from pipeline.ledger.form import digest
from pipeline.ledger.register import Signatory
from pipeline.model import Entry
from pipeline.model.signature import is_for
from pipeline.outputs.brought import Brought, Case, NotTaken, case_of, new_signatures
from pipeline.outputs.clerk import Clerk, Evidence, Office, office
from pipeline.render.place import alone
from pipeline.run import Loaded
from pipeline.settings import Project
from pipeline.signoff.pdf.examined import Mark
from pipeline.signoff.pdf.file import place, read_pdf
from pipeline.signoff.pdf.renew import lengthen

ClerkFor = Callable[[Office], Clerk]

_LAST_LEVEL = "B-LTA"


class Taken(Struct, frozen=True):
    """A signature that was taken back: who, in which role, when (UTC), at which level, for whom, and the entry."""

    who: str
    role: str
    when: str
    level: str
    on_behalf: str
    entry: str


class Received(Struct, frozen=True):
    """What was taken back: the deliverable, its version, where the signed PDF is, the signatures, who is missing."""

    id: str
    version: str
    path: str
    taken: tuple[Taken, ...]
    missing: tuple[str, ...]


def receive(project: Project, loaded: Loaded, brought: Brought, clerk_for: ClerkFor) -> Received:
    """Take a signed file back; where it is here already, nothing is done.

    Raises NotTaken where it is not taken, and CouldNotRun where the work itself cannot be done.
    """
    content = read_pdf(brought.path)
    at = office(project, loaded.programme)
    with alone(project.path(".paraph", "issuing"), "issuing a deliverable or taking one back"):
        case = case_of(at, brought, content)
        if case.known:
            return _told(case, ())
        new = new_signatures(case, brought)
        clerk = clerk_for(at)
        entries = [_entry(at, case, clerk, mark) for mark in new]
        proven = _proven(case, brought)
        digests = {"sha256": sha256(proven).hexdigest(), "received": sha256(content).hexdigest()}
        sizes = {"bytes": len(content), "size": len(proven)}
        stated = [_with(entry, {**digests, **sizes}) for entry in entries]
        written = _store(at, case, clerk, stated, proven)
    return _told(case, tuple(_taken(entry, path) for entry, path in written))


def _entry(at: Office, case: Case, clerk: Clerk, mark: Mark) -> Entry:
    """The entry of a signature. Raises NotTaken where it would not count."""
    role = next((item for item in case.roles if is_for(mark.field, item)), mark.role)
    signer = at.register.owner(mark.fingerprint)
    if signer is None:
        raise NotTaken(
            f"the certificate with which {mark.who} signed belongs to no party: {mark.fingerprint}",
            "add it to the `keys` of the party whose it is (type: x509), and have that approved",
        )
    # What the clock of the signer said proves nothing: without a timestamp, it is signed now.
    signed = mark.when or clerk.moment
    evidence: Evidence = {
        "certificate": mark.fingerprint,
        "field": mark.field,
        "file": os.path.basename(case.path),
        "signed": signed,
        "signer": signer.id,
        "who": mark.who,
        "level": _LAST_LEVEL,
    }
    seat = _seat(at, signer, role, signed[:10])
    evidence |= {"for": seat} if seat else {}
    entry = at.entry_on(case.issued, clerk, "receive", role, evidence)
    if fault := at.fault(entry):
        raise NotTaken(f"the signature of {mark.who} does not count: {fault}", "have it signed by who may")
    return entry


def _seat(at: Office, signer: Signatory, role: str, day: str) -> str:
    """The party for which a deputy signs; '' for one that holds the role itself."""
    if signer.holds(role, day):
        return ""
    return next((item.id for item in at.register.holders(role, day) if signer.id in item.deputies), "")


def _with(entry: Entry, more: Evidence) -> Entry:
    return structs.replace(entry, evidence={**entry.evidence, **more})


def _proven(case: Case, brought: Brought) -> bytes:
    """The file at the level that proves it for the long term. Raises CouldNotRun without a timestamp authority."""
    if all(mark.level == _LAST_LEVEL for mark in case.found.signatures):
        return case.content
    if not brought.tsa:
        raise CouldNotRun(
            f"{brought.path} is to be proven for the long term, which needs a timestamp",
            "name a timestamp authority with --tsa",
        )
    return lengthen(case.content, brought.trust, brought.tsa, brought.seconds, name=brought.path)


def _store(
    at: Office, case: Case, clerk: Clerk, entries: list[Entry], proven: bytes
) -> list[tuple[Entry, str]]:
    """Store the file and enter its signatures: all of them or nothing."""
    heads = at.ledger(case.artifact).heads
    if case.stored is None and os.path.exists(case.path):
        # Nothing in the ledger speaks of it: it was left there by a run that was killed.
        os.remove(case.path)
    place(case.path, proven, case.stored)
    written: list[tuple[Entry, str]] = []
    try:
        for entry in entries:
            path = at.enter(structs.replace(entry, heads=heads), clerk)
            heads = (digest(Path(path).read_bytes()),)
            written.append((entry, path))
    except BaseException:
        _take_away(case, proven, [path for _, path in written])
        raise
    return written


def _take_away(case: Case, proven: bytes, paths: list[str]) -> None:
    """Put back what was there before."""
    for path in paths:
        for name in (path, f"{path}.sig"):
            with contextlib.suppress(OSError):
                os.remove(name)
    if case.stored is None:
        os.remove(case.path)
    else:
        place(case.path, case.stored, proven)


def _taken(entry: Entry, path: str) -> Taken:
    stated = {name: str(value) for name, value in entry.evidence.items()}
    return Taken(stated["who"], entry.role, stated["signed"], stated["level"], stated.get("for", ""), path)


def _told(case: Case, taken: tuple[Taken, ...]) -> Received:
    issued = case.issued
    return Received(issued.artifact, issued.version, case.path, taken, case.found.free)
