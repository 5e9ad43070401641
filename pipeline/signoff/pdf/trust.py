"""What signatures are judged by: the authorities that are trusted, and what they say of revoked certificates.

All of it comes from files; nothing is fetched. Trust comes from outside what is judged.
"""

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import crl, ocsp, pem, x509
from msgspec import Struct
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from pipeline.errors import CouldNotRun

# Every certificate below a trusted one needs a list or an answer that says it was not revoked.
_REQUIRED = RevocationCheckingPolicy(
    ee_certificate_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
    intermediate_ca_cert_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
)
REVOCATION = CertRevTrustPolicy(_REQUIRED)
# What was gathered after a signature says whether the certificate was revoked before it.
_IN_FORCE = CertRevTrustPolicy(_REQUIRED, retroactive_revinfo=True)
_AT_HAND = CertRevTrustPolicy(
    _REQUIRED,
    freshness=timedelta(days=36500),
    freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
)


class Trust(Struct, frozen=True):
    """Certificates that are trusted, others that lead to them, revocation lists and answers about certificates.

    Each is DER. `others` need not be trusted: they complete chains.
    """

    roots: tuple[bytes, ...] = ()
    others: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()


def read_trust(
    roots: Iterable[str], others: Iterable[str] = (), lists: Iterable[str] = (), answers: Iterable[str] = ()
) -> Trust:
    """Read files of certificates, revocation lists (CRL) and answers (OCSP), each PEM or DER.

    Raises CouldNotRun for a file that is not what it should be.
    """
    return Trust(
        tuple(_read(roots, x509.Certificate, "certificate")),
        tuple(_read(others, x509.Certificate, "certificate")),
        tuple(_read(lists, crl.CertificateList, "revocation list (CRL)")),
        tuple(_read(answers, ocsp.OCSPResponse, "answer about a certificate (OCSP)")),
    )


def _read(paths: Iterable[str], sort: Any, name: str) -> Iterable[bytes]:
    for path in paths:
        try:
            content = Path(os.fspath(path)).read_bytes()
        except OSError as error:
            raise CouldNotRun(f"{path} cannot be read: {error.strerror}") from error
        try:
            found = (
                [der for _, _, der in pem.unarmor(content, multiple=True)]
                if pem.detect(content)
                else [content]
            )
            for der in found:
                # `native` reads it to the end, which shows what is not well formed.
                sort.load(der, strict=True).native  # noqa: B018
        except (ValueError, TypeError, KeyError) as error:
            raise CouldNotRun(f"{path} is no {name}", "it may be PEM or DER") from error
        yield from found


def with_proof(reader: PdfFileReader, trust: Trust) -> Trust:
    """What is trusted, with what a file holds as proof: certificates, lists and answers."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return trust
    return Trust(
        trust.roots,
        (*trust.others, *(each.dump() for each in store.load_certs())),
        (*trust.lists, *(bytes(each.get_object().data) for each in store.crls)),
        (*trust.answers, *(bytes(each.get_object().data) for each in store.ocsps)),
    )


def context(trust: Trust, moment: datetime | None = None, *, lenient: bool = False) -> ValidationContext:
    """What pyHanko checks certificates with, at a moment (now, where it is None). It keeps what it learns.

    A list or answer counts if it was in force then, or was issued later; where `lenient`, if it is older too.
    """
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trust.roots],
        other_certs=[x509.Certificate.load(der) for der in trust.others],
        crls=list(trust.lists),
        ocsps=list(trust.answers),
        allow_fetching=False,
        revinfo_policy=_AT_HAND if lenient else REVOCATION if moment is None else _IN_FORCE,
        moment=moment,
    )
