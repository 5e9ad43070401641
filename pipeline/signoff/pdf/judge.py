"""Whether one signature or timestamp holds: by its bytes, by its certificate, by what proves both."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any, NamedTuple

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.ades import ades_lta_validation, ades_timestamp_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from pipeline.model.ledger import Reason
from pipeline.signoff.pdf.reasons import because
from pipeline.signoff.pdf.trust import REVOCATION, Trust

# What pyHanko says by the words of the standard (ETSI EN 319 102-1), in the words of our table.
_CODES: dict[Any, str] = {
    AdESFailure.HASH_FAILURE: "signature.digest",
    AdESFailure.SIG_CRYPTO_FAILURE: "signature.broken",
    AdESFailure.REVOKED: "certificate.revoked",
    AdESFailure.NOT_YET_VALID: "certificate.not-yet",
    AdESIndeterminate.NOT_YET_VALID: "certificate.not-yet",
    AdESIndeterminate.REVOKED_NO_POE: "certificate.revoked",
    AdESIndeterminate.REVOKED_CA_NO_POE: "certificate.revoked",
    AdESIndeterminate.EXPIRED: "certificate.expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "certificate.expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: "certificate.expired",
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "certificate.untrusted",
    AdESIndeterminate.TRY_LATER: "revocation.unknown",
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: "revocation.unknown",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "certificate.usage",
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: "certificate.usage",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "certificate.weak",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "certificate.weak",
}
_OF_TIMESTAMPS = {
    "signature.digest": "timestamp.digest",
    "certificate.untrusted": "timestamp.untrusted",
    "certificate.expired": "timestamp.expired",
}


class Judged(NamedTuple):
    """What was found of a signature or timestamp: why it does not hold, and the times that are proven."""

    reasons: tuple[Reason, ...]
    stamped: datetime | None = None
    kept: datetime | None = None


def spec_of(trust: Trust) -> SignatureValidationSpec:
    """How certificates are judged: by what is trusted here, and by revocation data at hand alone."""
    roots = SimpleTrustManager.build(trust_roots=[x509.Certificate.load(der) for der in trust.roots])
    answers = [
        each for der in trust.answers for each in OCSPContainer.load_multi(ocsp.OCSPResponse.load(der))
    ]
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(trust_manager=roots, revinfo_policy=REVOCATION),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(
            known_certs=[x509.Certificate.load(der) for der in trust.others],
            known_crls=[CRLContainer(crl.CertificateList.load(der)) for der in trust.lists],
            known_ocsps=answers,
        ),
        key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
    )


def proven(reader: PdfFileReader, spec: SignatureValidationSpec) -> SignatureValidationSpec:
    """The same with what a file holds as proof: certificates, lists and answers."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return spec
    here = spec.local_knowledge
    lists = [crl.CertificateList.load(each.get_object().data) for each in store.crls]
    answers = [ocsp.OCSPResponse.load(each.get_object().data) for each in store.ocsps]
    known = LocalKnowledge(
        known_certs=[*here.known_certs, *store.load_certs()],
        known_crls=[*here.known_crls, *map(CRLContainer, lists)],
        known_ocsps=[*here.known_ocsps, *chain.from_iterable(map(OCSPContainer.load_multi, answers))],
    )
    return replace(spec, local_knowledge=known)


def judge_bytes(signature: EmbeddedPdfSignature) -> list[Reason]:
    """Why a signature or timestamp does not fit the bytes of the file; empty where it does."""
    where = str(signature.field_name)
    is_timestamp = signature.sig_object_type == "/DocTimeStamp"
    signature.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call]
    try:
        digest = signature.compute_digest()
        if is_timestamp:
            intact, valid = _timestamp_fits(signature, digest)
        else:
            intact, valid = validate_sig_integrity(
                signature.signer_info,
                signature.signer_cert,
                expected_content_type="data",
                actual_digest=digest,
            )
    except (SignatureValidationError, SigningError, ValueError) as error:
        return [because("timestamp.broken" if is_timestamp else "signature.unreadable", where, str(error))]
    if not intact:
        return [because("timestamp.digest" if is_timestamp else "signature.digest", where)]
    if not valid:
        code = "timestamp.broken" if is_timestamp else "signature.broken"
        return [because(code, where, "its own signature does not fit")]
    if signature.evaluate_signature_coverage() < SignatureCoverageLevel.ENTIRE_REVISION:
        return [because("signature.coverage", where)]
    return []


def _timestamp_fits(signature: EmbeddedPdfSignature, digest: bytes) -> tuple[bool, bool]:
    """Whether a timestamp is of this digest, and whether its own signature is sound."""
    from hashlib import new

    content = signature.signed_data["encap_content_info"]["content"]
    imprint = content.parsed["message_imprint"]["hashed_message"].native
    inner = new(signature.signer_info["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
    intact, valid = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, expected_content_type="tst_info", actual_digest=inner
    )
    return imprint == digest, intact and valid


def judge_signature(
    signature: EmbeddedPdfSignature, spec: SignatureValidationSpec, moment: datetime
) -> Judged:
    """Judge the certificate of a signature whose bytes fit, at a moment, by all that the file and the trust prove."""
    where = str(signature.field_name)
    pdf_spec = PdfSignatureValidationSpec(spec)
    result = asyncio.run(ades_lta_validation(signature, pdf_spec, _timing(moment)))
    reasons = list(_explained(result.ades_subindic, result.failure_msg, where))
    status = result.signature_timestamp_status
    stamped = (
        getattr(status.api_status, "timestamp", None)
        if status and status.ades_subindic == AdESPassed.OK
        else None
    )
    if (
        stamped is None
        and not reasons
        and any(True for _ in extract_tst_data_iter(signature.signer_info, signed=False))
    ):
        reasons.append(because("timestamp.untrusted", where))
    return Judged(tuple(reasons), stamped, result.oldest_evidence_record_timestamp)


def judge_timestamp(
    signature: EmbeddedPdfSignature, spec: SignatureValidationSpec, moment: datetime
) -> Judged:
    """Judge the authority of the last timestamp, on which the others rest, at a moment."""
    result = asyncio.run(
        ades_timestamp_validation(
            signature.signed_data,
            proven(signature.reader, spec),
            signature.compute_digest,
            timing_info=_timing(moment),
        )
    )
    found = _explained(result.ades_subindic, result.failure_msg, str(signature.field_name))
    return Judged(tuple(_of_timestamp(reason) for reason in found))


def modified(signature: EmbeddedPdfSignature) -> str:
    """What pyHanko's own policy says against what followed a signature; '' where it accepts it."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY

    found = signature.evaluate_modifications(DEFAULT_DIFF_POLICY)
    if isinstance(found, SuspiciousModification):
        return str(found)
    allowed = signature.docmdp_level
    if allowed is not None and found.modification_level.value > allowed.value:
        return "the first signature does not allow it"
    return ""


def time_of(signature: EmbeddedPdfSignature) -> datetime:
    """The time that a timestamp states."""
    stated: datetime = signature.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    return stated.astimezone(UTC)


def _explained(indication: Any, message: str | None, where: str) -> Iterator[Reason]:
    if indication == AdESPassed.OK:
        return
    code = _CODES.get(indication, "certificate.other")
    yield because(code, where, str(message or getattr(indication, "standard_name", indication)))


def _of_timestamp(reason: Reason) -> Reason:
    code = _OF_TIMESTAMPS.get(reason.code, reason.code)
    return because(code, reason.where, reason.message) if code != reason.code else reason


def _timing(moment: datetime) -> ValidationTimingInfo:
    return ValidationTimingInfo(moment, moment, point_in_time_validation=False)
