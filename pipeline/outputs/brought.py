"""What somebody brings back signed: held against what was issued, and against what was taken back before."""

import os
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from pipeline.errors import CouldNotRun
from pipeline.model import Artifact, Entry
from pipeline.model.signature import is_for
from pipeline.outputs.clerk import Office
from pipeline.settings import Project
from pipeline.signoff.pdf.examine import examine_content
from pipeline.signoff.pdf.examined import Examined, Mark
from pipeline.signoff.pdf.file import place
from pipeline.signoff.pdf.sign import signed_path
from pipeline.signoff.pdf.trust import Trust


class NotTaken(CouldNotRun):
    """What came back is not taken: it is not what it must be, or does not count."""


class Brought(Struct, frozen=True):
    """What somebody brings: a file, the role that signed it ('' for whichever did), and what it is judged by.

    `tsa` is the address of the timestamp authority that proves it for the long term, '' for none; it is waited for so
    many `seconds`.
    """

    path: str
    trust: Trust
    role: str = ""
    tsa: str = ""
    seconds: float = 20.0


class Case(Struct, frozen=True):
    """A file that is being taken back: how it was issued, what was taken back before, and what was found in it.

    `path` is where the signed file is stored, `stored` what lies there, None for nothing.
    """

    artifact: Artifact
    issued: Entry
    before: tuple[Entry, ...]
    path: str
    stored: bytes | None
    content: bytes
    found: Examined

    @property
    def known(self) -> bool:
        """Whether just this file was taken back before."""
        raw = sha256(self.content).hexdigest()
        return self.stored == self.content or any(
            item.evidence.get("received") == raw for item in self.before
        )

    @property
    def roles(self) -> list[str]:
        """The roles that sign on it."""
        stated = self.issued.evidence.get("roles")
        return [item for item in stated if isinstance(item, str)] if isinstance(stated, list) else []


def case_of(at: Office, brought: Brought, content: bytes) -> Case:
    """What a file is by its own words, held against the ledger. Raises NotTaken for what was not issued so."""
    found = examine_content(content, brought.path, brought.trust)
    identity, version = found.facts.get("identifier", ""), found.facts.get("version", "")
    artifact = at.programme.artifacts.get(identity)
    if artifact is None:
        why = "only what was issued is taken back"
        raise NotTaken(f"{brought.path} is no deliverable of this programme", why)
    issues = [item.entry for item in at.issues(artifact) if item.entry.version == version]
    if not issues:
        hint = f"paraph issue {identity} makes what is to be signed"
        raise NotTaken(f"{identity} {version} was not issued", hint)
    issued, whole = _issued(at.project, issues)
    if not content.startswith(whole):
        raise NotTaken(
            f"{brought.path} does not begin with {identity} {version} as it was issued",
            "what is signed must be the file itself: no print, no draft, no copy that another program wrote anew",
        )
    entries = (item.entry for item in at.ledger(artifact).entries)
    before = tuple(item for item in entries if item.decision == "receive" and item.content == issued.content)
    path = signed_path(_issued_path(at.project, issued))
    return Case(artifact, issued, before, path, _stored(path, before), content, found)


def new_signatures(case: Case, brought: Brought) -> list[Mark]:
    """The signatures that are new in a file. Raises NotTaken where one is missing, does not hold, or is none."""
    _refuse_parted(case, brought)
    if case.found.reasons:
        first = case.found.reasons[0]
        raise NotTaken(f"{brought.path} does not hold: {first.message} ({first.code})", _hint(first.code))
    known = {str(item.evidence.get("field", "")) for item in case.before}
    new = [mark for mark in case.found.signatures if mark.field not in known]
    if not new:
        raise NotTaken(f"{brought.path} holds no signature that is new", "was it saved after it was signed?")
    other = next((mark for mark in new if brought.role and not is_for(mark.field, brought.role)), None)
    if other is not None:
        hint = f'--role "{other.role}", if that is right'
        raise NotTaken(f"{other.who} signed as {other.role}, not as {brought.role}", hint)
    return new


def _issued_path(project: Project, issued: Entry) -> str:
    name = os.path.basename(str(issued.evidence.get("file", "")))
    return project.path(project.settings.approvals, issued.artifact, issued.version, name)


def _issued(project: Project, issues: list[Entry]) -> tuple[Entry, bytes]:
    """The PDF that was issued, and the entry that says so: of several, made in several clones, the one that it fits.

    Raises CouldNotRun where it is gone or altered.
    """
    for item in issues:
        whole = _read(_issued_path(project, item))
        if sha256(whole).hexdigest() == item.evidence.get("sha256"):
            return item, whole
    last = issues[-1]
    path = _issued_path(project, last)
    raise CouldNotRun(f"{path} is not what was issued on {last.date[:10]}", "put it back as git has it")


def _stored(path: str, before: tuple[Entry, ...]) -> bytes | None:
    """The signed file as it was stored last. Raises CouldNotRun where it is gone or altered.

    Where a run was killed after it had stored a newer one, and before it had entered that, the last one is put back.
    """
    if not before:
        return None
    content = _read(path)
    for item in reversed(before):
        stated = item.evidence
        whole = content[: int(stated.get("size") or len(content))]
        if sha256(whole).hexdigest() == stated.get("sha256"):
            if whole != content:
                place(path, whole, content)
            return whole
    raise CouldNotRun(f"{path} is not what the ledger says was taken back", "put it back as git has it")


def _read(path: str) -> bytes:
    return Path(path).read_bytes() if os.path.isfile(path) else b""


def _refuse_parted(case: Case, brought: Brought) -> None:
    """Raise NotTaken for a file that was signed beside another that was taken back, and not after it."""
    if case.stored is None or case.content.startswith(case.stored):
        return
    # What came back is proven further before it is stored: one may have signed what another handed on.
    last = case.before[-1].evidence
    handed = case.content[: int(last.get("bytes") or 0)]
    if handed and sha256(handed).hexdigest() == last.get("received"):
        return
    there = {(mark.field, mark.fingerprint) for mark in case.found.signatures}
    lost = [item for item in case.before if _mark_of(item) not in there]
    names = ", ".join(f"{item.evidence.get('who')} ({item.role})" for item in lost)
    mine = ", ".join(f"{mark.who} ({mark.role})" for mark in case.found.signatures) or "nobody"
    lacks = f", so it lacks the signature of {names}" if names else ""
    raise NotTaken(
        f"{brought.path}, signed by {mine}, is no update of the file that was taken back before{lacks}",
        f"nothing is lost, both files stay as they are: have the newest signed, which is {case.path}",
    )


def _mark_of(item: Entry) -> tuple[object, object]:
    return item.evidence.get("field"), item.evidence.get("certificate")


def _hint(code: str) -> str:
    if code in ("certificate.untrusted", "timestamp.untrusted"):
        return "name the certificate that is trusted with --trust, and those between with --chain"
    if code == "revocation.unknown":
        return "give the revocation lists of all authorities of the chain with --crl"
    return "have the file signed again as it was issued"
