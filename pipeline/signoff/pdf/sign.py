"""Signing: one role's field of a PDF, as PAdES B-B to B-LTA."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from msgspec import Struct, structs
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

from pipeline.errors import CouldNotRun
from pipeline.model.signature import is_for
from pipeline.signoff.pdf import file, keys, stamp, timestamps
from pipeline.signoff.pdf.examine import examine_content
from pipeline.signoff.pdf.examined import LEVELS
from pipeline.signoff.pdf.names import discreet, holder, role_of
from pipeline.signoff.pdf.quiet import quiet
from pipeline.signoff.pdf.trust import Trust, context

_BROKEN = (
    "signature.digest",
    "signature.broken",
    "signature.coverage",
    "signature.removed",
    "timestamp.digest",
)
# What proves a signature goes into the file together with the timestamp that keeps it, so that nothing follows that.
DSS = DSSContentSettings(
    include_vri=False,
    placement=SigDSSPlacementPreference.TOGETHER_WITH_NEXT_TS,
    next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
)


class Wish(Struct, frozen=True):
    """How a signature is to be made: in which role, at which level of PAdES, with whose timestamp.

    `tsa` is the address of a timestamp authority, asked for so many `seconds`; `trust` is what proves the
    certificates, for B-LT and B-LTA. `expected` is the SHA-256 of the certificate that the role's party has, where
    that is known.
    """

    role: str
    level: str = "B-LTA"
    tsa: str = ""
    seconds: float = timestamps.SECONDS
    trust: Trust = Trust()
    expected: str = ""


class Signed(Struct, frozen=True):
    """A signature that was made: the file, its field, the role, who signed (by the certificate), and the level.

    `certifies` says that it is the first, which states what may follow; `waiting` are the roles that have not signed.
    """

    path: str
    field: str
    role: str
    who: str
    level: str
    certifies: bool
    waiting: tuple[str, ...] = ()


def sign_file(path: str, wish: Wish, key: keys.KeyFile | keys.Token, out: str = "") -> Signed:
    """Sign a PDF in a role. The signed file is `out`, else `NAME.signed.pdf` beside it, or itself where it is such.

    Raises CouldNotRun where it cannot be signed; nothing is written then.
    """
    demand(wish)
    content = file.read_pdf(path)
    out = out or signed_path(path)
    if os.path.exists(out) and not _is_same(out, path):
        raise CouldNotRun(f"{out} is there already", f"sign that one: paraph sign {out} --role ...")
    with file.held(path), keys.opened(key) as signer:
        signed, made = sign(content, wish, signer, name=path)
        file.place(out, signed, content if _is_same(out, path) else None)
    return structs.replace(made, path=out)


def signed_path(path: str) -> str:
    """Where the signed form of a file lies."""
    stem = path.removesuffix(".pdf")
    return path if stem.endswith(".signed") else f"{stem}.signed.pdf"


def demand(wish: Wish) -> None:
    """Raises CouldNotRun where a level needs what is not given."""
    if wish.level not in LEVELS:
        raise CouldNotRun(f"{wish.level} is no level of PAdES", f"the levels are {', '.join(LEVELS)}")
    if wish.level != "B-B" and not wish.tsa:
        raise CouldNotRun(
            f"{wish.level} needs a timestamp authority",
            "name one with --tsa, or sign with --level B-B: the one who takes the file back adds the rest",
        )
    if wish.level in ("B-LT", "B-LTA") and not wish.trust.roots:
        raise CouldNotRun(
            f"{wish.level} needs the certificates that are trusted",
            "name them with --trust, and revocation lists with --crl; --level B-T does without",
        )


def sign(content: bytes, wish: Wish, signer: Signer, *, name: str = "the file") -> tuple[bytes, Signed]:
    """Sign the bytes of a PDF; give the signed ones, and what was made. Raises CouldNotRun."""
    certificate = keys.check(signer, wish.expected)
    _demand_sound(content, name)
    stamper = timestamps.authority(wish.tsa, wish.seconds) if wish.level != "B-B" else None
    with spoken(name):
        reader = PdfFileReader(BytesIO(content))
        made = _field_for(reader, wish, name, holder(certificate))
        lang = str(reader.root.get("/Lang", "en"))
        pdf_signer = PdfSigner(
            _metadata(wish, made),
            signer,
            timestamper=stamper,
            stamp_style=stamp.style_of(made.who, made.role, datetime.now(UTC), lang),
        )
        return _run(pdf_signer, content), made


def _demand_sound(content: bytes, name: str) -> None:
    """Raises CouldNotRun for a document that was tampered with: who signs it would seem to have signed that too."""
    # Nothing is trusted here: whether the certificates of others hold is not for the next signer to say.
    for reason in examine_content(content, name, Trust()).reasons:
        if reason.code.startswith(("file.", "change.")) or reason.code in _BROKEN:
            raise CouldNotRun(
                f"{name} was tampered with: {reason.message} ({reason.code})",
                "get it from where it was issued",
            )


def _metadata(wish: Wish, made: Signed) -> PdfSignatureMetadata:
    proven = wish.level in ("B-LT", "B-LTA")
    return PdfSignatureMetadata(
        field_name=made.field,
        subfilter=SigSeedSubFilter.PADES,
        # The first signer says what may happen later: others sign, nothing else.
        certify=made.certifies,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        embed_validation_info=proven,
        use_pades_lta=wish.level == "B-LTA",
        validation_context=context(wish.trust) if proven else None,
        dss_settings=DSS,
    )


def _run(signer: PdfSigner, content: bytes) -> bytes:
    # Written to: the writer appends to its stream in place.
    stream = BytesIO(content)
    asyncio.run(signer.async_sign_pdf(IncrementalPdfFileWriter(stream), in_place=True))
    return stream.getvalue()


def _field_for(reader: PdfFileReader, wish: Wish, name: str, who: str) -> Signed:
    """The field of a role, which must still be free, as it will be signed. Raises CouldNotRun."""
    role = wish.role
    fields = [(field, value, ref.get_object()) for field, value, ref in enumerate_sig_fields(reader)]
    placed = [each for each in fields if not _is_timestamp(each[1])]
    found = [each for each in placed if is_for(each[0], role) or each[0] == role]
    if not found:
        there = ", ".join(sorted(role_of(field, entry) for field, _, entry in placed))
        raise CouldNotRun(
            f"{name} has no field for the role {role}",
            f"its fields are for: {there}" if there else "only what `paraph issue` makes can be signed",
        )
    field, value, entry = found[0]
    if value is not None:
        raise CouldNotRun(f"{name}: {role_of(field, entry)} has signed already{_by(reader, field)}")
    first = all(value is None for _, value, _ in placed)
    waiting = tuple(role_of(each, item) for each, value, item in placed if value is None and each != field)
    return Signed(name, str(field), role_of(field, entry), who, wish.level, first, waiting)


def _is_timestamp(value: Any) -> bool:
    return value is not None and value.get_object().get("/Type") == "/DocTimeStamp"


def _by(reader: PdfFileReader, field: str) -> str:
    for signature in reader.embedded_regular_signatures:
        if signature.field_name == field:
            return f": {holder(signature.signer_cert)}"
    return ""


@contextmanager
def spoken(name: str) -> Iterator[None]:
    """Say as CouldNotRun what pyHanko raises, and keep what it logs from the person's screen."""
    try:
        with quiet():
            yield
    except (SigningError, PathBuildingError, PathValidationError) as error:
        raise CouldNotRun(f"{name} could not be signed: {_reason(error)}", _hint(error)) from error
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise CouldNotRun(f"{name} could not be read as a PDF: {error}", "get the file again") from error


def _reason(error: BaseException) -> str:
    said = [str(error)]
    while error.__cause__ is not None:
        error = error.__cause__
        said.append(str(error))
    return discreet(": ".join(part.strip().rstrip(".") for part in dict.fromkeys(said) if part))


def _hint(error: BaseException) -> str:
    said = _reason(error).lower()
    if "revo" in said or "crl" in said or "ocsp" in said:
        return "give the revocation lists of all authorities of the chain with --crl"
    if "path" in said or "issuer" in said or "trust" in said:
        return "name the certificate that is trusted with --trust, and those between with --chain"
    return ""


def _is_same(one: str, other: str) -> bool:
    return os.path.abspath(one) == os.path.abspath(other)
