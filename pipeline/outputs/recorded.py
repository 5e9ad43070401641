"""What the record says of a signed document: was it issued so, who signed it, does each entry hold, what came after.

The record is a folder of ledgers, as `approvals/` is. Who may write into it is said from outside of it, by a file of
trusted keys in the form that ssh-keygen calls ALLOWED SIGNERS; its principals are IDs of parties.
"""

import os
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from pipeline.errors import CouldNotRun
from pipeline.ledger.files import walk_ledgers
from pipeline.ledger.read import build_ledgers
from pipeline.model import Ledger, Reason, Signed
from pipeline.model.ledger import AGAINST
from pipeline.publish.verify import principals_of
from pipeline.signoff.pdf.examine import Wanted

_MOST = 1_000_000
_LEDGER = re.compile(r"[A-Z][A-Z0-9]*-\d+|POLICIES")


class Record(Struct, frozen=True):
    """Ledgers that were read: the folder that they lie in, and the file of trusted keys ('' for none)."""

    folder: str
    ledgers: dict[str, Ledger]
    trust: str = ""


class Recorded(Struct, frozen=True):
    """What the record has on one version of a document.

    `issued` is the entry by which it was issued, `entries` are all on that content, oldest first. `superseded` is the
    version that was issued after it.
    """

    issued: Signed | None
    entries: tuple[Signed, ...]
    reasons: tuple[Reason, ...]
    unknown: tuple[Reason, ...]
    superseded: str = ""

    @property
    def wanted(self) -> Wanted:
        """What must be in the file: the base that was issued, and the signatures that were taken back."""
        taken = [item.entry.evidence for item in self.entries if item.entry.decision == "receive"]
        signers = {str(each.get("field", "")): str(each.get("certificate", "")) for each in taken}
        issued = str(self.issued.entry.evidence.get("sha256", "")) if self.issued else ""
        return Wanted(signers or None, issued)


def read_record(path: str, trust: str = "") -> Record:
    """Read the ledgers at a path: a folder of them, a project that has one, or the ledger of one document.

    Raises CouldNotRun where there are none, and ToolMissing without ssh-keygen.
    """
    alone = os.path.basename(os.path.abspath(path))
    inner = os.path.join(path, "approvals")
    place = os.path.dirname(os.path.abspath(path)) if _LEDGER.fullmatch(alone) else path
    place = inner if os.path.isdir(inner) else place
    names = [
        f"{item.id}/{item.name}"
        for item in walk_ledgers(place)
        if _LEDGER.fullmatch(item.id) and (item.id == alone or not _LEDGER.fullmatch(alone))
    ]
    if not names:
        raise CouldNotRun(
            f"{path} holds no ledger", "name the folder approvals, or that of one document in it"
        )
    return Record(place, build_ledgers(names, partial(_read, place)), trust)


def judge_record(record: Record, identity: str, version: str, base: str) -> Recorded:
    """What the record says of a version of a document whose first revision has the SHA-256 `base`."""
    ledger = record.ledgers.get(identity)
    if ledger is None:
        reason = Reason("record.absent", record.folder, f"the record has no ledger of {identity or 'it'}")
        return Recorded(None, (), (), (reason,))
    issues = [item for item in ledger.entries if item.entry.decision == "issue"]
    mine = [item for item in issues if item.entry.version == version]
    issued = next((item for item in mine if item.entry.evidence.get("sha256") == base), None)
    issued = issued or (mine[-1] if mine else None)
    if issued is None:
        message = f"the record does not say that {identity} {version} was issued"
        return Recorded(None, (), (*ledger.faults, Reason("ledger.not-issued", identity, message)), ())
    about = [item for item in ledger.entries if item.entry.version == version]
    entries = tuple(item for item in about if item.entry.content == issued.entry.content)
    gone = {
        (item.entry.party, item.entry.evidence.get("entry"))
        for item in entries
        if item.entry.decision == "withdraw"
    }
    entries = tuple(item for item in entries if (item.entry.party, item.digest) not in gone)
    later = [
        item.entry.version for item in issues[issues.index(issued) + 1 :] if item.entry.version != version
    ]
    trusted, unknown = _trusted(record, entries)
    reasons = (*ledger.faults, *_revoked(record, entries), *trusted, *_refused(entries))
    return Recorded(issued, entries, reasons, unknown, later[-1] if later else "")


def _read(place: str, name: str) -> bytes | None:
    path = Path(place, name)
    try:
        return path.read_bytes() if path.stat().st_size <= _MOST else None
    except OSError:
        return None


def _trusted(record: Record, entries: tuple[Signed, ...]) -> tuple[list[Reason], tuple[Reason, ...]]:
    """The entries whose key is not trusted as that of their party, and what cannot be said without trusted keys."""
    if not record.trust:
        message = "whose keys signed the record is not known"
        return [], (Reason("record.untrusted", record.folder, message),)
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    found = []
    for item in entries:
        asked = (item.signer, item.day)
        if asked not in known:
            names = (f"{item.entry.artifact}/{os.path.basename(item.path)}{end}" for end in ("", ".sig"))
            data, signature = (_read(record.folder, name) or b"" for name in names)
            known[asked] = principals_of(data, signature, record.trust, item.day)
        if item.entry.party not in known[asked]:
            message = (
                f"the key that signed {_named(item)} is not trusted as that of {item.entry.party} on that day"
            )
            found.append(Reason("ledger.stranger", item.path, message))
    return found, ()


def _revoked(record: Record, entries: tuple[Signed, ...]) -> Iterator[Reason]:
    """The entries whose key was revoked, but for those that were known then, whatever date the others state.

    A certificate counts by the time of its signature instead: a timestamp proves that.
    """
    since: dict[str, str] = {}
    known: set[str] = set()
    for ledger in record.ledgers.values():
        for item in ledger.entries:
            if item.entry.decision == "revoke-key":
                evidence = item.entry.evidence
                key, when = str(evidence.get("key", "")), str(evidence.get("since") or item.entry.date)
                since[key] = min(when, since.get(key, when))
                known.update(map(str, evidence.get("entries") or ()))
    for item in entries:
        evidence = item.entry.evidence
        card, signed = str(evidence.get("certificate", "")), str(evidence.get("signed", ""))
        gone = (
            item.signer if item.signer in since else card if card in since and signed >= since[card] else ""
        )
        if gone and item.digest not in known:
            message = f"the key of {_named(item)} was revoked on {since[gone][:10]}"
            yield Reason("ledger.revoked-key", item.path, message)


def _refused(entries: tuple[Signed, ...]) -> Iterator[Reason]:
    """The roles whose last word on it is no."""
    last: Mapping[str, Signed] = {item.entry.role.casefold(): item for item in entries if item.entry.role}
    for item in last.values():
        if item.entry.decision in AGAINST:
            reason = f": {item.entry.reason}" if item.entry.reason else ""
            message = f"{item.entry.name} refused it as {item.entry.role} on {item.day}{reason}"
            yield Reason("ledger.refused", item.path, message)


def _named(item: Signed) -> str:
    return f"{os.path.basename(item.path)} ({item.entry.decision}, {item.day})"
