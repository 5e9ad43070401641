"""Whether signatures and timestamps hold: by their bytes, by their certificates, by what proves both.

A certificate has to hold at the time at which a signature is proven to have been there: that of its own timestamp,
else that of the first timestamp of the whole document after it, else the moment of judging. A timestamp is proven in
the same way by the next one; the last one, by its certificate today. So a signature outlives its certificate for as
long as timestamps follow each other in time.
"""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import new
from typing import Any, NamedTuple

from asn1crypto import x509
from asn1crypto.parser import peek
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification
from pyhanko.sign.general import SigningError, extract_certificate_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.sign.validation.utils import DEFAULT_ALGORITHM_USAGE_POLICY
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)

from pipeline.model.ledger import Reason
from pipeline.signoff.pdf.reasons import because
from pipeline.signoff.pdf.trust import Trust, context, with_proof

# What pyHanko raises of a certificate, in the words of our table; the first that fits.
_CODES: tuple[tuple[type[Exception], str], ...] = (
    (RevokedError, "certificate.revoked"),
    (ExpiredError, "certificate.expired"),
    (NotYetValidError, "certificate.not-yet"),
    (InsufficientRevinfoError, "revocation.unknown"),
    (DisallowedAlgorithmError, "certificate.weak"),
    (InvalidCertificateError, "certificate.usage"),
    (PathBuildingError, "certificate.untrusted"),
)
_FAULTS = (PathBuildingError, PathValidationError, InvalidCertificateError)
_OF_TIMESTAMPS = {"certificate.untrusted": "timestamp.untrusted", "certificate.expired": "timestamp.expired"}
_TO_SIGN, _TO_STAMP = frozenset({"non_repudiation"}), frozenset({"time_stamping"})


class Judged(NamedTuple):
    """What was found of a signature or timestamp: why it does not hold, and the time at which it is proven.

    `stamped` is the time of its own timestamp, `kept` that of the first of the document after it.
    """

    reasons: tuple[Reason, ...] = ()
    stamped: datetime | None = None
    kept: datetime | None = None


def judge(reader: PdfFileReader, trust: Trust, moment: datetime) -> list[tuple[EmbeddedPdfSignature, Judged]]:
    """Judge all signatures and timestamps of a document, in the order in which they were made, at a moment."""
    every = list(reader.embedded_signatures)
    broken = [tuple(judge_bytes(each)) for each in every]
    if any(broken):
        # Whose bytes do not fit proves nothing, and what it should have proven would only look doubtful.
        return [(each, Judged(reasons)) for each, reasons in zip(every, broken, strict=True)]
    return asyncio.run(_Court(with_proof(reader, trust), every, moment).judge())


def is_timestamp(signature: EmbeddedPdfSignature) -> bool:
    """Whether it is a timestamp of the whole document."""
    return bool(signature.sig_object_type == "/DocTimeStamp")


def time_of(signed: Any) -> datetime:
    """The time that a timestamp states."""
    stated: datetime = signed["encap_content_info"]["content"].parsed["gen_time"].native
    return stated.astimezone(UTC)


def judge_bytes(signature: EmbeddedPdfSignature) -> Iterator[Reason]:
    """Why a signature or timestamp does not fit the bytes of the file; nothing where it does."""
    where, stamp = str(signature.field_name), is_timestamp(signature)
    unsound = "timestamp.broken" if stamp else "signature.broken"
    try:
        digest = signature.compute_digest()
        intact, valid = (
            _stamp_fits(signature.signed_data, digest)
            if stamp
            else _fits(signature.signed_data, "data", digest)
        )
    except (SignatureValidationError, SigningError, ValueError, TypeError, KeyError) as error:
        yield because("timestamp.broken" if stamp else "signature.unreadable", where, str(error))
        return
    if not intact:
        yield because("timestamp.digest" if stamp else "signature.digest", where)
    elif not valid:
        yield because(unsound, where, "its own signature does not fit")
    elif signature.evaluate_signature_coverage() < SignatureCoverageLevel.ENTIRE_REVISION or _hides(
        signature
    ):
        yield because("signature.coverage", where)


def _hides(signature: EmbeddedPdfSignature) -> bool:
    """Whether the room that a signature leaves in the file, which nothing signs, holds more than the signature."""
    room = bytes(signature.pkcs7_content)
    _, length, start, _ = (int(each) for each in signature.byte_range)
    return start - length != 2 * len(room) + 2 or any(room[peek(room) :])


def modified(signature: EmbeddedPdfSignature) -> str:
    """What pyHanko's own policy says against what followed a signature; '' where it accepts it."""
    # The coverage is worked out first: what followed is only looked at beyond it.
    signature.coverage = signature.evaluate_signature_coverage()  # type: ignore[assignment]
    found = signature.evaluate_modifications(DEFAULT_DIFF_POLICY)
    if isinstance(found, SuspiciousModification):
        return str(found)
    allowed = signature.docmdp_level
    if allowed is not None and found.modification_level.value > allowed.value:
        return "the first signature does not allow it"
    return ""


class _Court:
    """Judges the certificates of a document whose bytes are all as they were signed."""

    def __init__(self, trust: Trust, every: list[EmbeddedPdfSignature], moment: datetime) -> None:
        self.trust, self.every, self.moment = trust, every, moment
        self.stamps = [each for each in every if is_timestamp(each)]
        self._contexts: dict[tuple[datetime, bool], ValidationContext] = {}

    async def judge(self) -> list[tuple[EmbeddedPdfSignature, Judged]]:
        """Judge each, the timestamps first: the signatures rest on them."""
        found = {id(each): await self._of_stamp(each) for each in self.stamps}
        self.stamps = [each for each in self.stamps if not found[id(each)].reasons]
        return [(each, found.get(id(each)) or await self._of_signature(each)) for each in self.every]

    async def _of_stamp(self, stamp: EmbeddedPdfSignature) -> Judged:
        return Judged(tuple(await self._stamp_faults(stamp.signed_data, stamp, str(stamp.field_name))))

    async def _of_signature(self, signature: EmbeddedPdfSignature) -> Judged:
        where = str(signature.field_name)
        kept = next((time_of(each.signed_data) for each in self._after(signature)), None)
        stamped, reasons = None, []
        for token in extract_tst_data_iter(signature.signer_info, signed=False):
            reasons = await self._own_stamp_faults(token, signature, where)
            stamped = None if reasons else time_of(token)
        if not reasons:
            reasons = await self._faults(
                signature.signed_data, stamped or kept, (where, _TO_SIGN, frozenset())
            )
        return Judged(tuple(reasons), stamped, kept)

    async def _own_stamp_faults(
        self, token: Any, signature: EmbeddedPdfSignature, where: str
    ) -> list[Reason]:
        """Why the timestamp within a signature does not hold."""
        value = signature.signer_info["signature"].native
        try:
            algorithm = token["encap_content_info"]["content"].parsed["message_imprint"]["hash_algorithm"]
            intact, valid = _stamp_fits(token, new(algorithm["algorithm"].native, value).digest())
        except (SignatureValidationError, SigningError, ValueError, TypeError, KeyError) as error:
            return [because("timestamp.broken", where, str(error))]
        if not intact or not valid:
            why = "it is not of this signature" if valid else "its own signature does not fit"
            return [because("timestamp.broken", where, why)]
        return await self._stamp_faults(token, signature, where)

    async def _stamp_faults(self, signed: Any, holder: EmbeddedPdfSignature, where: str) -> list[Reason]:
        """Why the authority of a timestamp does not hold: when the next one was made, or at the moment of judging."""
        proven = next((time_of(each.signed_data) for each in self._after(holder)), None)
        found = await self._faults(signed, proven, (where, frozenset(), _TO_STAMP))
        return [_of_timestamp(reason) for reason in found]

    async def _faults(
        self, signed: Any, proven: datetime | None, how: tuple[str, frozenset[str], frozenset[str]]
    ) -> list[Reason]:
        """Why a certificate does not hold at the time at which its use is proven, or at the moment where it is not."""
        where, usage, extended = how
        when = proven or self.moment
        info = extract_certificate_info(signed)
        # Years later nothing newer is at hand about the last timestamp than what the file holds.
        proof = self._context(when, lenient=proven is None and bool(extended))
        proof.certificate_registry.register_multiple(info.other_certs)
        validator = CertificateValidator(info.signer_cert, list(info.other_certs), validation_context=proof)
        try:
            _demand_strong(signed, info.signer_cert, when)
            await validator.async_validate_usage(set(usage), set(extended))  # type: ignore[no-untyped-call]
        except (*_FAULTS, SignatureValidationError) as error:
            return [because(_code_of(error, info.signer_cert, when), where, str(error))]
        return []

    def _after(self, signature: EmbeddedPdfSignature) -> Iterator[EmbeddedPdfSignature]:
        """The timestamps of the document that follow."""
        return (each for each in self.stamps if each.signed_revision > signature.signed_revision)

    def _context(self, when: datetime, *, lenient: bool) -> ValidationContext:
        if (when, lenient) not in self._contexts:
            self._contexts[when, lenient] = context(self.trust, when, lenient=lenient)
        return self._contexts[when, lenient]


def _fits(signed: Any, content_type: str, digest: bytes) -> tuple[bool, bool]:
    """Whether a signature is of a digest, and whether it fits the key of its certificate."""
    (signer,) = signed["signer_infos"]
    certificate = extract_certificate_info(signed).signer_cert
    return validate_sig_integrity(
        signer, certificate, expected_content_type=content_type, actual_digest=digest
    )


def _stamp_fits(signed: Any, digest: bytes) -> tuple[bool, bool]:
    """Whether a timestamp is of a digest, and whether it is sound."""
    content = signed["encap_content_info"]["content"]
    (signer,) = signed["signer_infos"]
    inner = new(signer["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
    intact, valid = _fits(signed, "tst_info", inner)
    return bool(content.parsed["message_imprint"]["hashed_message"].native == digest), intact and valid


def _demand_strong(signed: Any, certificate: x509.Certificate, when: datetime) -> None:
    """Raises DisallowedAlgorithmError where a signature is made with what is no longer safe."""
    (signer,) = signed["signer_infos"]
    policy = DEFAULT_ALGORITHM_USAGE_POLICY
    allowed = policy.signature_algorithm_allowed(
        signer["signature_algorithm"], moment=when, public_key=certificate.public_key
    )
    if not allowed or not policy.digest_algorithm_allowed(signer["digest_algorithm"], moment=when):
        raise SignatureValidationError("a weak algorithm")


def _code_of(error: Exception, certificate: x509.Certificate, when: datetime) -> str:
    if isinstance(error, SignatureValidationError):
        return "certificate.weak"
    if isinstance(error, InsufficientRevinfoError) and certificate.not_valid_after < when:
        return "certificate.expired"
    return next((code for kind, code in _CODES if isinstance(error, kind)), "certificate.other")


def _of_timestamp(reason: Reason) -> Reason:
    code = _OF_TIMESTAMPS.get(reason.code, reason.code)
    return because(code, reason.where, reason.message) if code != reason.code else reason
