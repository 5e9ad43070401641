"""Whose a certificate is, said so that nothing personal shows but the name."""

import re
from hashlib import sha256
from typing import Any

from asn1crypto import x509

# Belgian cards hold two certificates, and say so behind the name.
_NUMBER = re.compile(r",?\s*Serial Number: [^,\"\n]*", re.IGNORECASE)
_PURPOSE = re.compile(r"\s*\((Signature|Authentication)\)$")


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate, in small hexadecimal."""
    return sha256(certificate.dump()).hexdigest()


def holder(certificate: x509.Certificate) -> str:
    """The common name or the pseudonym of who holds a certificate; its organisation where it has neither.

    Never the serial number of the subject: on a Belgian card that is the national number.
    """
    stated = certificate.subject.native
    for part in ("common_name", "pseudonym", "organizational_unit_name", "organization_name"):
        value = stated.get(part)
        if value:
            return _PURPOSE.sub("", ", ".join(value) if isinstance(value, list) else str(value))
    return "someone without a name"


def discreet(text: str) -> str:
    """A message of another program without the serial numbers of people that it may quote from certificates."""
    return _NUMBER.sub("", text)


def role_of(field: str, entry: Any) -> str:
    """The role that a field is for, as the document words it: its tooltip ends with it."""
    said = str(entry.get("/TU", ""))
    return said.rpartition(" – ")[2] or str(field)
