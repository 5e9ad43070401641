"""The public keys of those who signed, read out of the signatures themselves, as ssh-keygen asks for them."""

import base64
import binascii
import struct
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.ledger.register import Register
from pipeline.model import Signed

_MAGIC = b"SSHSIG"


class PublicKey(NamedTuple):
    """A party's key: the name of its file, the line in it, and the line that says whose it is and for which time."""

    party: str
    fingerprint: str
    file: str
    public: str
    allowed: str


def public_keys(
    files: Mapping[str, bytes], signed: Iterable[tuple[str, Signed]], register: Register
) -> list[PublicKey]:
    """The keys by which entries were signed, given with the paths of their files, of the parties that have them."""
    found: dict[tuple[str, str], PublicKey] = {}
    for path, item in signed:
        party = register.parties.get(item.entry.party)
        key = party.key(item.entry.key) if party else None
        name = (item.entry.party, item.entry.key)
        signature = files.get(f"{path}.sig")
        if key is None or name in found or signature is None:
            continue
        number = sum(known == item.entry.party for known, _ in found) + 1
        public = _public(signature)
        times = 'namespaces="paraph"'
        times += f',valid-after="{_day(key.since)}"' if key.since else ""
        times += f',valid-before="{_day(key.until, 1)}"' if key.until else ""
        file = f"keys/{name[0]}-{number}.pub"
        found[name] = PublicKey(*name, file, f"{public} {name[0]}\n", f"{name[0]} {times} {public}\n")
    return sorted(found.values())


def _public(signature: bytes) -> str:
    """The public key in a signature, as a line of a .pub file. Raises ValueError for what is none."""
    try:
        blob = base64.b64decode(b"".join(signature.strip().split(b"\n")[1:-1]), validate=True)
        (size,) = struct.unpack(">I", blob[10:14])
        key = blob[14 : 14 + size]
        (length,) = struct.unpack(">I", key[:4])
    except (binascii.Error, struct.error) as error:
        raise ValueError("no SSH signature") from error
    if not blob.startswith(_MAGIC):
        raise ValueError("no SSH signature")
    return f"{key[4 : 4 + length].decode('ascii')} {base64.b64encode(key).decode('ascii')}"


def _day(text: str, later: int = 0) -> str:
    """A day (2026-03-31) as ssh-keygen has it, some days later: 20260331."""
    return (date.fromisoformat(text) + timedelta(days=later)).strftime("%Y%m%d")
