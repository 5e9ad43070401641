"""What the examination of a signed PDF gives."""

from msgspec import Struct

from pipeline.model.ledger import Reason

# The levels of PAdES (ETSI EN 319 142-1), the lowest first.
LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")


class Mark(Struct, frozen=True):
    """A signature or a timestamp in the file.

    `who` is the name in the certificate, never a number of a person; `fingerprint` the SHA-256 of the certificate in
    hexadecimal. `when` is the time that a timestamp proves, '' where none does; `claimed` is what the signer's clock
    said. Both are in UTC, as 2026-03-31T09:15:00Z. `level` is B-B to B-LTA, '' for a timestamp. `since` is what
    followed, in words. `intact` says whether it fits what the file holds; `trusted` and `revoked` whether the
    certificate held when it was used, None where that cannot be known.
    """

    field: str
    role: str
    who: str
    fingerprint: str
    when: str
    claimed: str
    level: str
    certifies: bool
    intact: bool
    trusted: bool | None
    revoked: bool | None
    since: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Attached(Struct, frozen=True):
    """A file in the document: its name, and the SHA-256 of its content in hexadecimal."""

    name: str
    sha256: str


class Examined(Struct, frozen=True):
    """A signed PDF as it was found: its digest, its signatures and timestamps, and why it does not hold.

    `facts` is what the document states of itself: identifier, version, status, classification, revision, and the
    digest of attached `sources` where it has some. `free` are the roles that have not signed yet. `issued` is the
    SHA-256 of the first revision, before anybody signed.
    """

    path: str
    sha256: str
    issued: str = ""
    facts: dict[str, str] = {}
    attached: tuple[Attached, ...] = ()
    signatures: tuple[Mark, ...] = ()
    timestamps: tuple[Mark, ...] = ()
    free: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons
