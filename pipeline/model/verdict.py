"""What is to be thought of a signed document or a release: one verdict, with what it rests on."""

from msgspec import Struct

from pipeline.model.ledger import Reason


class Signature(Struct, frozen=True):
    """A signature in a document: in which role, who as the certificate names the person, with which certificate.

    `when` is the time that a timestamp proves, '' where none does; `claimed` is what the signer's clock said. Both are
    in UTC, as 2026-03-31T09:15:00Z. `level` is B-B to B-LTA. `since` is what was added to the file after it, in words.
    """

    role: str
    who: str
    certificate: str
    when: str
    claimed: str
    level: str
    certifies: bool
    since: tuple[str, ...] = ()


class Entered(Struct, frozen=True):
    """An entry of the record on the version of a document: what was decided, by whom and when (UTC).

    `signer` is who signed the PDF, as the certificate names the person, where the entry takes back a signature.
    """

    decision: str
    role: str
    name: str
    party: str
    date: str
    digest: str
    signer: str = ""


class Verdict(Struct, frozen=True):
    """One verdict on one file or release, and its reasons.

    `reasons` speak against it; `unknown` is what cannot be known from what was given. `stated` is what the document
    says of itself. `superseded` is the version that was issued after this one, '' where the record has none.
    `rebuilt` is what came of building it again, None where that was not asked. `release` is the version of the release.
    """

    path: str
    sha256: str = ""
    reasons: tuple[Reason, ...] = ()
    unknown: tuple[Reason, ...] = ()
    stated: dict[str, str] = {}
    signatures: tuple[Signature, ...] = ()
    unsigned: tuple[str, ...] = ()
    entries: tuple[Entered, ...] = ()
    superseded: str = ""
    rebuilt: Reason | None = None
    release: str = ""

    @property
    def word(self) -> str:
        """`valid`, `invalid` where something speaks against it, `incomplete` where something cannot be known."""
        return "invalid" if self.reasons else "incomplete" if self.unknown else "valid"
