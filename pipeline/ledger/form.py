"""The form in which an entry is written: JSON with sorted keys, two spaces, UTF-8, a line end after it.

There is one way to write an entry, so that what was signed and what is read cannot differ. Its digest is the SHA-256 of
these bytes.
"""

import hashlib
import re
from datetime import datetime

import msgspec

from pipeline.model import Entry
from pipeline.model.ledger import DECISIONS, FORM

_DATE = "%Y-%m-%dT%H:%M:%SZ"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_KEY = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
# The largest entry that is read, in bytes.
LIMIT = 1_000_000


class Unreadable(ValueError):
    """Bytes that are no entry; in words, why."""


def encode(entry: Entry) -> bytes:
    """The bytes of an entry."""
    return msgspec.json.format(msgspec.json.encode(entry, order="sorted"), indent=2) + b"\n"


def decode(data: bytes) -> Entry:
    """The entry that some bytes are. Raises Unreadable."""
    if len(data) > LIMIT:
        raise Unreadable(f"it is larger than {LIMIT} bytes")
    try:
        form = msgspec.json.decode(data, type=_Form).form
        if form != FORM:
            raise Unreadable(f"its form is {form!r}; this Paraph reads {FORM}")
        entry = msgspec.json.decode(data, type=Entry)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error) or "it is nested too deeply") from error
    wrong = _wrong(entry)
    if wrong:
        raise Unreadable(wrong)
    if encode(entry) != data:
        raise Unreadable("it is not written as Paraph writes an entry")
    return entry


def digest(data: bytes) -> str:
    """What names some bytes: `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def is_instant(text: str) -> bool:
    """Whether a text is a moment in UTC as entries state it: 2026-03-31T09:15:00Z."""
    try:
        return datetime.strptime(text, _DATE).strftime(_DATE) == text
    except ValueError:
        return False


class _Form(msgspec.Struct):
    form: str


def _wrong(entry: Entry) -> str:
    """What a field holds that it cannot, or ''."""
    if entry.decision not in DECISIONS:
        return f"there is no decision {entry.decision!r}"
    if not is_instant(entry.date):
        return f"its date {entry.date!r} is no moment in UTC"
    if not _KEY.fullmatch(entry.key):
        return f"its key {entry.key!r} is no fingerprint"
    digests = [entry.content, *entry.heads]
    digests += [item.content for part in (entry.upstream, entry.holds) for item in part.values()]
    wrong = next((item for item in digests if not _DIGEST.fullmatch(item)), None)
    return f"{wrong!r} is no digest" if wrong is not None else ""
