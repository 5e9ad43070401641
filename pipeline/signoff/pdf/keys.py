"""Keys to sign with: a file (PKCS#12), or a card or token (PKCS#11)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from msgspec import Struct
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pipeline.errors import CouldNotRun
from pipeline.signoff.pdf.names import fingerprint, holder


class KeyFile(Struct, frozen=True):
    """A PKCS#12 file and what opens it."""

    path: str
    password: str


class Token(Struct, frozen=True):
    """A card or token: the library that speaks to it, the token's label where there are several, its PIN.

    Without a PIN the card asks for it in its own way. `certificate` is the label of the one to sign with, for a
    card that has several.
    """

    library: str
    label: str = ""
    pin: str = ""
    certificate: str = ""


@contextmanager
def opened(key: KeyFile | Token) -> Iterator[Signer]:
    """Give what signs with a key, until the block ends. Raises CouldNotRun where the key cannot be used."""
    if isinstance(key, KeyFile):
        yield _from_file(key)
    else:
        with _from_token(key) as signer:
            yield signer


def check(signer: Signer, expected: str = "", now: datetime | None = None) -> x509.Certificate:
    """The certificate of a signer. Raises CouldNotRun where it is not valid now, or not the one `expected`.

    `expected` is the SHA-256 of a certificate in hexadecimal, with colons or without.
    """
    certificate = signer.signing_cert
    if certificate is None:
        raise CouldNotRun("the key has no certificate", "use the file or the card with the certificate in it")
    now = now or datetime.now(UTC)
    validity = certificate["tbs_certificate"]["validity"]
    begin, end = validity["not_before"].native, validity["not_after"].native
    if now < begin:
        raise CouldNotRun(
            f"the certificate of {holder(certificate)} begins on {begin:%Y-%m-%d %H:%M} UTC, and this clock says"
            f" {now:%Y-%m-%d %H:%M}",
            "set the clock right, or wait until then",
        )
    if now > end:
        raise CouldNotRun(
            f"the certificate of {holder(certificate)} ended on {end:%Y-%m-%d}", "sign with a new one"
        )
    if expected and fingerprint(certificate) != expected.lower().replace(":", "").removeprefix("sha256"):
        raise CouldNotRun(
            f"the certificate of {holder(certificate)} is not the one that the role's party has",
            "sign with the party's own, or add this one to the keys of the party first",
        )
    return certificate


def _from_file(key: KeyFile) -> Signer:
    try:
        content = Path(key.path).read_bytes()
    except OSError as error:
        raise CouldNotRun(f"{key.path} cannot be read: {error.strerror}") from error
    try:
        private, certificate, others = pkcs12.load_key_and_certificates(content, key.password.encode())
    except ValueError as error:
        if "password" in str(error).lower():
            raise CouldNotRun(f"the password does not open {key.path}") from None
        raise CouldNotRun(f"{key.path} is no PKCS#12 file (.p12, .pfx)") from error
    if private is None or certificate is None:
        lacking = "key" if private is None else "certificate"
        raise CouldNotRun(f"{key.path} has no {lacking}", "export certificate and key together, as PKCS#12")
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(translate_pyca_cryptography_cert_to_asn1(each) for each in others)
    return SimpleSigner(
        signing_cert=translate_pyca_cryptography_cert_to_asn1(certificate),
        signing_key=translate_pyca_cryptography_key_to_asn1(private),
        cert_registry=registry,
    )


@contextmanager
def _from_token(key: Token) -> Iterator[Signer]:
    try:
        import pkcs11
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise CouldNotRun("signing with a card needs python-pkcs11", "install paraph[pkcs11]") from error
    criteria = TokenCriteria(label=key.label) if key.label else None
    try:
        session = open_pkcs11_session(key.library, token_criteria=criteria, user_pin=key.pin or None)
    except pkcs11.PinIncorrect:
        raise CouldNotRun("the PIN is wrong", "after a few wrong ones a card locks itself") from None
    except pkcs11.PinLocked:
        raise CouldNotRun("the card is locked after too many wrong PINs") from None
    except (pkcs11.PKCS11Error, RuntimeError) as error:
        raise CouldNotRun(
            _no_token(key, error), "is the card in the reader, and is the library the card's?"
        ) from error
    try:
        identity, is_elliptic = _choose(session, key)
        yield PKCS11Signer(
            session,
            key_id=identity,
            cert_id=identity,
            other_certs_to_pull=None,
            # Tokens sign digests of their own choice with RSA; with elliptic curves many sign only what is digested.
            use_raw_mechanism=is_elliptic,
        )
    except pkcs11.PKCS11Error as error:
        raise CouldNotRun(f"the card could not sign: {type(error).__name__} {error}".strip()) from error
    finally:
        session.close()


def _no_token(key: Token, error: Exception) -> str:
    named = f" with the label {key.label}" if key.label else ""
    return f"{key.library} gives no token{named}: {str(error) or type(error).__name__}"


def _choose(session: Any, key: Token) -> tuple[bytes, bool]:
    """The identity of the certificate to sign with, and whether its key is elliptic. Raises CouldNotRun."""
    from pkcs11 import Attribute, ObjectClass

    keys = {
        bytes(item[Attribute.ID]) for item in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
    }
    found = {}
    for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        certificate = x509.Certificate.load(bytes(item[Attribute.VALUE]))
        identity, label = bytes(item[Attribute.ID]), str(item[Attribute.LABEL])
        # A card that asks for its PIN itself may hide its keys until then.
        if (identity in keys or not key.pin) and (
            label == key.certificate if key.certificate else _signs(certificate)
        ):
            found[label] = (identity, certificate.public_key.algorithm == "ec")
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise CouldNotRun(
            f"the card has several certificates to sign with: {', '.join(sorted(found))}",
            "name one with --certificate",
        )
    if key.certificate:
        raise CouldNotRun(f"the card has no certificate {key.certificate} with its key")
    raise CouldNotRun("the card has no certificate to sign with, with its key")


def _signs(certificate: x509.Certificate) -> bool:
    """Whether a certificate is for signatures of documents, not only for logging in."""
    usage = certificate.key_usage_value
    return usage is None or "non_repudiation" in usage.native
