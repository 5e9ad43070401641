"""Mends of IDs: those with zeros too few or too many, and those in letters that only look right."""

from pipeline.edit.mend import ALL, Case, Patch, mend
from pipeline.edit.patch import Edit
from pipeline.model import Programme
from pipeline.sources.identity import plain_form


@mend("REF-DEAD")
def other_zeros(case: Case) -> Patch | None:
    """A reference whose number has more or fewer zeros in front than that of the one artifact it can mean.

    `BN-01` becomes `BN-001`, where BN-001 is there and neither BN-1 nor BN-0001 is.
    """
    written = _target(case)
    meant = _same_number(written, case.programme)
    at = case.raw.find(written) if written else -1
    if len(meant) != 1 or at < 0 or (case.artifact is not None and case.artifact.adopted):
        return None
    start = case.start + at
    return Patch((Edit(start, start + len(written), meant[0]),), _fields(case))


def _fields(case: Case) -> tuple[str, ...]:
    """The fields that may hold a reference: that of the link, else what the text around it supplies."""
    if case.fault.field is not None:
        return (str(case.fault.field[0]),)
    if case.header is not None:
        return (ALL,)
    return tuple(case.kind.supplied) if case.kind else ()


def _target(case: Case) -> str:
    """The ID that a dead reference names."""
    field, artifact = case.fault.field, case.artifact
    if field is None:
        return case.raw
    links = artifact.links if artifact else ()
    return next((link.target for link in links if link.field == field), "")


def _same_number(identity: str, programme: Programme) -> list[str]:
    """The artifacts with the prefix and the number of an ID, whatever zeros stand in front."""
    prefix, _, number = identity.rpartition("-")
    if not (number.isascii() and number.isdigit()):
        return []
    widths = (f"{prefix}-{number.lstrip('0').zfill(width)}" for width in range(1, 10))
    return [found for found in dict.fromkeys(widths) if found in programme.artifacts]


@mend("ID-KIND")
def plain_letters(case: Case) -> Patch | None:
    """An ID in letters, digits or dashes that only look right, or in small letters, is typed as on a keyboard."""
    if case.fault.field not in (None, ("id",)):
        return None
    written = case.raw.strip("\"'")
    plain = plain_form(written).upper()
    prefix, _, number = plain.rpartition("-")
    if plain == written or prefix not in case.programme.prefixes or not number.isdigit():
        return None
    return case.here(case.raw.replace(written, plain), "id")


@mend("SCHEMA")
def plain_link(case: Case) -> Patch | None:
    """A link to an artifact that is there, whose ID is written in look-alike or small letters, is typed plainly."""
    value, kind = case.value, case.kind
    if not isinstance(value, str) or kind is None or (case.fault.field or ("",))[0] not in kind.links:
        return None
    plain = plain_form(value).upper()
    if plain == value or plain.partition("@")[0] not in case.programme.artifacts:
        return None
    return case.here(case.raw.replace(value, plain)) if value in case.raw else None


MENDS = (other_zeros, plain_letters, plain_link)
