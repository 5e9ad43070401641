"""The approvals in a dossier: entries with their signatures, the keys, and what was approved, byte by byte."""

import os
from collections.abc import Callable
from typing import NamedTuple

from pipeline.ledger.register import Register
from pipeline.model import Artifact, Ledger, Programme, Signed
from pipeline.signoff.dossier.seen import Seen
from pipeline.signoff.dossier.signatures import PublicKey, public_keys


class Approval(NamedTuple):
    """An entry as the cover names it: its file in the dossier, the digest of the content it is about, if that is in the
    dossier, and why it does not count ('' where it does)."""

    signed: Signed
    path: str
    content: str
    fault: str


class Approvals(NamedTuple):
    """The files of a dossier that prove approvals, by their paths, and what the cover says of them."""

    files: dict[str, bytes]
    approvals: tuple[Approval, ...]
    keys: tuple[PublicKey, ...]
    withheld: tuple[str, ...]
    faults: tuple[str, ...]


def entries_about(programme: Programme, identity: str) -> list[Signed]:
    """The entries of an artifact's ledger, those of deliverables that held it, and the revoked keys of both."""
    own = programme.ledgers.get(identity, Ledger(identity)).entries
    others = [
        item
        for ledger in programme.ledgers.values()
        for item in ledger.entries
        if ledger.id != identity and identity in item.entry.holds
    ]
    parties = {item.entry.party for item in (*own, *others)}
    revoked = [
        item
        for name in sorted(parties)
        for item in programme.ledgers.get(name, Ledger(name)).entries
        if item.entry.decision == "revoke-key"
    ]
    return list({item.digest: item for item in (*own, *others, *revoked)}.values())


def gather(
    seen: Seen,
    artifact: Artifact,
    folder: str,
    register: Register,
    written: Callable[[Signed], dict[str, bytes]],
) -> Approvals:
    """All that proves the approvals of an artifact, but for what tells of anything that the audience may not see.

    `folder` is that of the project; `written` gives what the content was that an entry is about, in the form of which
    its digest is made, by digests; nothing where that is not known any more.
    """
    programme = seen.programme
    files: dict[str, bytes] = {}
    approvals, withheld = [], []
    for item in entries_about(programme, artifact.id):
        data, signature = (_read(folder, path) for path in (item.path, f"{item.path}.sig"))
        if seen.tells(data):
            withheld.append(item.digest)
            continue
        name = os.path.join("approvals", *item.path.split("/")[-2:])
        files |= {name: data, f"{name}.sig": signature}
        found = {digest: text for digest, text in written(item).items() if not seen.tells(text)}
        files |= {f"content/{digest.replace(':', '-')}.json": text for digest, text in found.items()}
        content = content_of(item, artifact.id)
        fault = register.fault(item)
        why = "it does not count" if seen.tells(fault.encode()) else fault
        approvals.append(Approval(item, name, content if content in found else "", why))
    keys = public_keys(files, [(item.path, item.signed) for item in approvals], register)
    files |= {key.file: key.public.encode() for key in keys}
    if keys:
        files["allowed_signers"] = "".join(key.allowed for key in keys).encode()
    ledger = programme.ledgers.get(artifact.id)
    faults = [f"{reason.where}: {reason.message}" for reason in ledger.faults] if ledger else []
    shown = tuple(words for words in faults if not seen.tells(words.encode()))
    return Approvals(files, tuple(approvals), tuple(keys), tuple(withheld), shown)


def content_of(item: Signed, identity: str) -> str:
    """The digest of an artifact's content that an entry is about."""
    held = item.entry.holds.get(identity)
    return held.content if held and item.entry.artifact != identity else item.entry.content


def _read(folder: str, path: str) -> bytes:
    with open(os.path.join(folder, path), "rb") as file:
        return file.read()
