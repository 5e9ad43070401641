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
from pipeline.ledger.append import append
from pipeline.ledger.form import digest
from pipeline.ledger.register import Signatory
from pipeline.model import Artifact, Entry, Signed
from pipeline.model.ledger import FORM
from pipeline.model.signature import is_for
from pipeline.outputs.clerk import Clerk, Office, office
from pipeline.render.place import alone
from pipeline.run import Loaded
from pipeline.settings import Project
from pipeline.signoff.pdf.examine import examine_content
from pipeline.signoff.pdf.examined import Examined, Mark
from pipeline.signoff.pdf.file import place, read_pdf, signed_path
from pipeline.signoff.pdf.renew import lengthen
from pipeline.signoff.pdf.trust import Trust

ClerkFor = Callable[[Office], Clerk]

_LAST_LEVEL = "B-LTA"


class NotTaken(CouldNotRun):
    """What came back is not taken: it is not what it must be, or does not count."""


class Brought(Struct, frozen=True):
    """What somebody brings: a file, the role that signed it ('' for whichever did), and what it is judged by.

    `tsa` is the address of the timestamp authority that proves it for the long term, '' for none.
    """

    path: str
    trust: Trust
    role: str = ""
    tsa: str = ""


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


class _Case(Struct, frozen=True):
    """A file that is being taken back: how it was issued, what was taken back before, and what was found in it."""

    artifact: Artifact
    issued: Entry
    before: tuple[Entry, ...]
    path: str
    stored: bytes | None
    content: bytes
    found: Examined


def receive(project: Project, loaded: Loaded, brought: Brought, clerk_for: ClerkFor) -> Received:
    """Take a signed file back; where it is here already, nothing is done.

    Raises NotTaken where it is not taken, and CouldNotRun where the work itself cannot be done.
    """
    content = read_pdf(brought.path)
    at = office(project, loaded.programme)
    with alone(project.path(".paraph", "issuing"), "issuing a deliverable or taking one back"):
        case = _case(at, brought, content)
        raw = sha256(content).hexdigest()
        if case.stored == content or any(item.evidence.get("received") == raw for item in case.before):
            return _told(case, ())
        new = _new(case, brought)
        clerk = clerk_for(at)
        entries = [_entry(at, case, clerk, mark) for mark in new]
        proven = _proven(case, brought)
        stated = {"sha256": sha256(proven).hexdigest(), "received": raw, "bytes": len(content)}
        written = _store(at, case, clerk, [_with(entry, stated) for entry in entries], proven)
    taken = (_taken(entry, path) for entry, path in written)
    return _told(case, tuple(taken))


def _case(at: Office, brought: Brought, content: bytes) -> _Case:
    """What a file is by its own words, held against the ledger. Raises NotTaken for what was not issued so."""
    found = examine_content(content, brought.path, brought.trust)
    identity, version = found.facts.get("identifier", ""), found.facts.get("version", "")
    artifact = at.programme.artifacts.get(identity)
    if artifact is None:
        raise NotTaken(f"{brought.path} is no deliverable of this programme", "only what was issued is taken back")
    entries = [item for item in at.ledger(artifact).entries if item.entry.version == version]
    issues = [item.entry for item in entries if item.entry.decision == "issue" and not at.register.fault(item)]
    if not issues:
        raise NotTaken(f"{identity} {version} was not issued", f"paraph issue {identity} makes what is to be signed")
    issued = next((item for item in issues if _begins(content, at.project, item)), None)
    if issued is None:
        raise NotTaken(
            f"{brought.path} does not begin with {identity} {version} as it was issued",
            "what is signed must be the file itself: not a print, a copy saved by another program, or a draft",
        )
    taken = [item.entry for item in entries if item.entry.decision == "receive"]
    before = tuple(item for item in taken if item.content == issued.content)
    path = signed_path(_issued_path(at.project, issued))
    return _Case(artifact, issued, before, path, _stored(path, before), content, found)


def _issued_path(project: Project, issued: Entry) -> str:
    name = str(issued.evidence.get("file", ""))
    return project.path(project.settings.approvals, issued.artifact, issued.version, os.path.basename(name))


def _begins(content: bytes, project: Project, issued: Entry) -> bool:
    """Whether a file begins with what was issued, byte for byte. Raises CouldNotRun where that is gone or altered."""
    path = _issued_path(project, issued)
    whole = Path(path).read_bytes() if os.path.isfile(path) else b""
    if sha256(whole).hexdigest() != issued.evidence.get("sha256"):
        raise CouldNotRun(f"{path} is not what was issued on {issued.date[:10]}", "put it back as git has it")
    return content.startswith(whole)


def _stored(path: str, before: tuple[Entry, ...]) -> bytes | None:
    """The signed file as it was stored last. Raises CouldNotRun where it is gone or altered."""
    if not before:
        return None
    content = Path(path).read_bytes() if os.path.isfile(path) else b""
    if sha256(content).hexdigest() not in {item.evidence.get("sha256") for item in before}:
        raise CouldNotRun(f"{path} is not what the ledger says was taken back", "put it back as git has it")
    return content


def _new(case: _Case, brought: Brought) -> list[Mark]:
    """The signatures that are new in a file. Raises NotTaken where one is missing, does not hold, or is none."""
    _refuse_parting(case, brought)
    if case.found.reasons:
        first = case.found.reasons[0]
        raise NotTaken(f"{brought.path} does not hold: {first.message} ({first.code})", _hint(first.code))
    known = {str(item.evidence.get("field", "")) for item in case.before}
    new = [mark for mark in case.found.signatures if mark.field not in known]
    if not new:
        raise NotTaken(f"{brought.path} holds no signature that is new", "was it saved after it was signed?")
    other = next((mark for mark in new if brought.role and not is_for(mark.field, brought.role)), None)
    if other is not None:
        raise NotTaken(f"{other.who} signed as {other.role}, not as {brought.role}", f'--role "{other.role}"')
    return new


def _refuse_parting(case: _Case, brought: Brought) -> None:
    """Raise NotTaken for a file that was signed beside another that was taken back, and not after it."""
    if case.stored is None or case.content.startswith(case.stored):
        return
    # What came back is proven further before it is stored: one may have signed what another handed on.
    last = case.before[-1].evidence
    handed = case.content[: int(last.get("bytes") or 0)]
    if handed and sha256(handed).hexdigest() == last.get("received"):
        return
    there = {(mark.field, mark.fingerprint) for mark in case.found.signatures}
    lost = [
        item
        for item in case.before
        if (item.evidence.get("field"), item.evidence.get("certificate")) not in there
    ]
    names = ", ".join(f"{item.evidence.get('who')} ({item.role})" for item in lost)
    mine = ", ".join(f"{mark.who} ({mark.role})" for mark in case.found.signatures) or "nobody"
    raise NotTaken(
        f"{brought.path} is signed by {mine}, beside the file that was taken back before"
        + (f" and holds the signature of {names}" if names else ""),
        f"nothing is lost, both files stay as they are: have {case.path} signed, which is the newest",
    )


def _hint(code: str) -> str:
    if code in ("certificate.untrusted", "timestamp.untrusted"):
        return "name the certificate that is trusted with --trust, and those between with --chain"
    if code == "revocation.unknown":
        return "give the revocation lists of all authorities of the chain with --crl"
    return "have the file signed again as it was issued"


def _entry(at: Office, case: _Case, clerk: Clerk, mark: Mark) -> Entry:
    """The entry of a signature. Raises NotTaken where it would not count."""
    role = next((item for item in _roles(case) if is_for(mark.field, item)), mark.role)
    signer = at.register.owner(mark.fingerprint)
    if signer is None:
        raise NotTaken(
            f"the certificate with which {mark.who} signed belongs to no party: {mark.fingerprint}",
            "add it to the `keys` of the party whose it is (type: x509), and have that approved",
        )
    # What the clock of the signer said proves nothing: without a timestamp, it is signed now.
    signed = mark.when or clerk.moment
    evidence = {
        "certificate": mark.fingerprint,
        "field": mark.field,
        "file": os.path.basename(case.path),
        "signed": signed,
        "signer": signer.id,
        "who": mark.who,
        "level": _LAST_LEVEL,
    }
    seat = _seat(at, signer, role, signed[:10])
    entry = _by(case, clerk, "receive", role, evidence | ({"for": seat} if seat else {}))
    fault = at.register.fault(Signed(entry, "", ""))
    if fault:
        raise NotTaken(f"the signature of {mark.who} does not count: {fault}", "have it signed by who may")
    return entry


def _roles(case: _Case) -> list[str]:
    stated = case.issued.evidence.get("roles")
    return [item for item in stated if isinstance(item, str)] if isinstance(stated, list) else []


def _seat(at: Office, signer: Signatory, role: str, day: str) -> str:
    """The party for which a deputy signs; '' for one that holds the role itself."""
    if signer.holds(role, day):
        return ""
    return next((item.id for item in at.register.holders(role, day) if signer.id in item.deputies), "")


def _by(case: _Case, clerk: Clerk, decision: str, role: str, evidence: dict[str, object]) -> Entry:
    """An entry on what was issued, whatever the deliverable says by now."""
    return Entry(
        artifact=case.issued.artifact,
        version=case.issued.version,
        content=case.issued.content,
        decision=decision,
        role=role,
        party=clerk.party,
        name=clerk.name,
        date=clerk.moment,
        key=clerk.fingerprint,
        heads=(),
        form=FORM,
        upstream=case.issued.upstream,
        holds=case.issued.holds,
        evidence=evidence,
    )


def _with(entry: Entry, more: dict[str, object]) -> Entry:
    return structs.replace(entry, evidence={**entry.evidence, **more})


def _proven(case: _Case, brought: Brought) -> bytes:
    """The file at the level that proves it for the long term. Raises CouldNotRun without a timestamp authority."""
    if all(mark.level == _LAST_LEVEL for mark in case.found.signatures):
        return case.content
    if not brought.tsa:
        raise CouldNotRun(
            f"{brought.path} is to be proven for the long term, which needs a timestamp",
            "name a timestamp authority with --tsa",
        )
    return lengthen(case.content, brought.trust, brought.tsa, name=brought.path)


def _store(
    at: Office, case: _Case, clerk: Clerk, entries: list[Entry], proven: bytes
) -> list[tuple[Entry, str]]:
    """Store the file and enter its signatures: all of them or nothing."""
    folder = at.project.path(at.project.settings.approvals)
    heads = at.ledger(case.artifact).heads
    place(case.path, proven, case.stored)
    written: list[tuple[Entry, str]] = []
    try:
        for entry in entries:
            path = append(folder, structs.replace(entry, heads=heads), clerk.key)
            heads = (digest(Path(path).read_bytes()),)
            written.append((entry, path))
    except BaseException:
        for path in (path for _, path in written):
            for name in (path, f"{path}.sig"):
                with contextlib.suppress(OSError):
                    os.remove(name)
        _put_back(case, proven)
        raise
    return written


def _put_back(case: _Case, proven: bytes) -> None:
    if case.stored is None:
        os.remove(case.path)
    else:
        place(case.path, case.stored, proven)


def _taken(entry: Entry, path: str) -> Taken:
    stated = {name: str(value) for name, value in entry.evidence.items()}
    return Taken(stated["who"], entry.role, stated["signed"], stated["level"], stated.get("for", ""), path)


def _told(case: _Case, taken: tuple[Taken, ...]) -> Received:
    issued = case.issued
    return Received(issued.artifact, issued.version, case.path, taken, case.found.free)
