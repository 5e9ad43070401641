"""Lengthening what signatures prove: to B-LTA where they are less, and by another timestamp where they are that."""

import asyncio
import os
from datetime import UTC, datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper, TimestampDSSContentSettings
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError
from pyhanko_certvalidator.path import ValidationPath

from pipeline.errors import CouldNotRun
from pipeline.signoff.pdf import file, timestamps
from pipeline.signoff.pdf.examine import examine_content
from pipeline.signoff.pdf.sign import spoken
from pipeline.signoff.pdf.trust import Trust, context, with_proof

_DIGEST = "sha256"
_SETTINGS = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)


def renew_file(path: str, trust: Trust, tsa: str, out: str = "", seconds: float = timestamps.SECONDS) -> str:
    """Add what proves its signatures, and a timestamp of it all, to a signed PDF that holds; give where it lies.

    Raises CouldNotRun where it does not hold, or proof is missing; nothing is written then.
    """
    content = file.read_pdf(path)
    out = out or path
    is_same = os.path.abspath(out) == os.path.abspath(path)
    if os.path.exists(out) and not is_same:
        raise CouldNotRun(f"{out} is there already", "name another file with --out")
    with file.held(path):
        file.place(out, lengthen(content, trust, tsa, seconds, name=path), content if is_same else None)
    return out


def lengthen(
    content: bytes, trust: Trust, tsa: str, seconds: float = timestamps.SECONDS, *, name: str = "the file"
) -> bytes:
    """Give a signed PDF with all its signatures at B-LTA and a new timestamp. Raises CouldNotRun."""
    stamper = timestamps.authority(tsa, seconds)
    found = examine_content(content, name, trust)
    if not found.holds:
        first = found.reasons[0]
        raise CouldNotRun(
            f"{name} does not hold, so it was left as it is: {first.message} ({first.code})",
            _hint(first.code),
        )
    with spoken(name):
        return asyncio.run(_lengthen(content, trust, stamper))


def _hint(code: str) -> str:
    if code == "revocation.unknown":
        return "give the revocation lists of all authorities of the chain with --crl"
    if code == "certificate.untrusted":
        return "name the certificate that is trusted with --trust, and those between with --chain"
    return ""


async def _lengthen(content: bytes, trust: Trust, stamper: TimeStamper) -> bytes:
    stream = BytesIO(content)
    timer = PdfTimeStamper(stamper)
    if any(not _is_stamped(each) for each in PdfFileReader(stream).embedded_regular_signatures):
        # First the time of the signature, then what proves it then, then the time of that.
        await timer.async_timestamp_pdf(IncrementalPdfFileWriter(stream), _DIGEST, in_place=True)
    reader = PdfFileReader(stream)
    proof = context(with_proof(reader, trust))
    paths = await _paths(list(reader.embedded_signatures), proof)
    writer = IncrementalPdfFileWriter(stream)
    DocumentSecurityStore.supply_dss_in_writer(writer, None, paths=paths, validation_context=proof)
    await timer.async_timestamp_pdf(writer, _DIGEST, proof, in_place=True, dss_settings=_SETTINGS)
    return stream.getvalue()


def _is_stamped(signature: EmbeddedPdfSignature) -> bool:
    """Whether a timestamp says when a signature was there: its own, or a later one of the whole document."""
    if list(extract_tst_data_iter(signature.signer_info, signed=False)):
        return True
    every = signature.reader.embedded_timestamp_signatures
    return any(each.signed_revision > signature.signed_revision for each in every)


async def _paths(signatures: list[EmbeddedPdfSignature], proof: ValidationContext) -> list[ValidationPath]:
    """What proves the certificates of signatures and timestamps today.

    One that has ended since is proven by what was put into the file before, but the last timestamp has to hold.
    """
    paths: list[ValidationPath] = []
    for each in signatures:
        try:
            paths += await collect_validation_info(each, proof)
        except (PathBuildingError, PathValidationError) as error:
            if each is signatures[-1] or not _has_ended(each):
                raise SigningError(f"{each.field_name}: {error}") from error
    return paths


def _has_ended(signature: EmbeddedPdfSignature) -> bool:
    ended: bool = signature.signer_cert.not_valid_after < datetime.now(UTC)
    return ended
