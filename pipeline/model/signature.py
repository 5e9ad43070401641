"""Signature fields of a PDF: how they are called, and which role one is for."""

import re
import unicodedata

_FIELD = re.compile(r"Signature_(\d+)_(.+)")


def field_name(number: int, role: str) -> str:
    """The name of the field in which a role signs, the fields counted from 1: `Signature_1_programme-director`."""
    return f"Signature_{number}_{slug_of(role)}"


def is_for(field: str, role: str) -> bool:
    """Whether a field, given by its name, is the one of a role."""
    found = _FIELD.fullmatch(field)
    return found is not None and found[2] == slug_of(role)


def slug_of(role: str) -> str:
    """A role in plain small letters, digits and hyphens: a full stop in the name of a field would split it."""
    plain = unicodedata.normalize("NFKD", role).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "role"
