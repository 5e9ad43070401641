"""Why a signed PDF does not hold: every code with its sentence, in one table.

A code is stable: other programs may count on it. The part before the full stop says what it is about.
"""

from pipeline.model.ledger import Reason
from pipeline.signoff.pdf.names import discreet

REASONS: dict[str, str] = {
    # The file.
    "file.absent": "the file cannot be read",
    "file.large": "the file is too large to be one that was issued here",
    "file.no-pdf": "the file is no PDF",
    "file.cut-off": "the file is cut off: its end is missing",
    "file.encrypted": "the file is encrypted",
    "file.unreadable": "the inside of the file cannot be read: {detail}",
    "file.trailing": "{detail} bytes follow the end of the document",
    "file.base": "the file does not begin with what was issued",
    # A signature.
    "signature.none": "nobody signed the document",
    "signature.missing": "{detail} signed, and the signature is not there",
    "signature.swapped": "someone else signed than was recorded: {detail}",
    "signature.unexpected": "a signature is there that was not recorded: {detail}",
    "signature.unreadable": "the signature cannot be read: {detail}",
    "signature.digest": "what was signed is not what the file holds",
    "signature.broken": "the signature does not fit the key of its certificate",
    "signature.coverage": "the signature does not cover all that was there when it was made",
    "signature.removed": "a signature was taken out after it was made",
    "signature.level": "the signature is {detail}",
    # Timestamps.
    "timestamp.digest": "what was timestamped is not what the file holds",
    "timestamp.broken": "the timestamp is not sound: {detail}",
    "timestamp.untrusted": "the timestamp is of an authority that is not trusted",
    "timestamp.expired": "the certificate of the last timestamp has ended: it was not renewed in time",
    # Certificates.
    "certificate.untrusted": "no authority that is trusted stands behind the certificate",
    "certificate.expired": "the certificate had ended, and no timestamp proves an earlier signature",
    "certificate.not-yet": "the certificate had not begun when it was used",
    "certificate.revoked": "the certificate was revoked, and no timestamp proves an earlier signature",
    "certificate.usage": "the certificate is not one to sign documents with",
    "certificate.weak": "the signature is made with means that are no longer safe",
    "revocation.unknown": "nothing says whether the certificate was revoked",
    "certificate.other": "the certificate does not prove the signature: {detail}",
    # What was changed after the document was issued or signed.
    "change.pages": "pages were added, taken out or put in another order",
    "change.content": "what a page shows was changed",
    "change.annotation": "something was laid over a page",
    "change.field": "a field was changed otherwise than by signing it",
    "change.attachment": "an attached file was changed",
    "change.metadata": "what the document says of itself was changed: {detail}",
    "change.other": "the document was changed in a way that signing does not: {detail}",
    # What is attached.
    "attachment.digest": "the attached sources are not those whose digest the document states",
    "attachment.missing": "the document states attached sources, and has none",
}


def because(code: str, where: str, detail: str = "") -> Reason:
    """A reason of the table, about a field, a file or another place."""
    return Reason(code, where, REASONS[code].format(detail=discreet(detail)))
