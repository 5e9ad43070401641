"""Two authorities, people with keys of every sort, a timestamp authority, and what says who was revoked."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

PASSWORD = "correct horse"
ORGANISATION = "Demonstration Agency"
# What a Belgian card states as serial number of its holder: nothing of ours may ever show it.
NATIONAL_NUMBER = "00000000097"
_DAY = timedelta(days=1)

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class Holder(NamedTuple):
    """A key with its certificate."""

    name: str
    key: Key
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, in small hexadecimal."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def der(self) -> bytes:
        """The certificate as bytes."""
        return self.certificate.public_bytes(serialization.Encoding.DER)


def new_key(sort: str) -> Key:
    """A key: `rsa`, `p256` or `p384`."""
    if sort == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key({"p256": ec.SECP256R1(), "p384": ec.SECP384R1()}[sort])


class Pki:
    """The demonstration PKI in a folder: its files are made when they are first asked for.

    `now` is the moment about which all validity lies. People: `director` (P-384, as on a Belgian card), `officer`
    (P-256), `analyst` (RSA), `deputy` (P-256, under a pseudonym), `stranger` (P-256, of an authority that nobody
    trusts), `revoked`, `expired` and `coming` (P-256).
    """

    def __init__(self, folder: Path, now: datetime | None = None) -> None:
        self.folder = folder
        self.now = (now or datetime.now(UTC)).replace(microsecond=0)
        self.revoked_at = self.now - 2 * _DAY
        folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def root(self) -> Holder:
        """The authority that is trusted."""
        return self._authority("Demonstration Root CA", None)

    @cached_property
    def issuing(self) -> Holder:
        """The authority that certifies people."""
        return self._authority("Demonstration Citizen CA", self.root)

    @cached_property
    def foreign_root(self) -> Holder:
        """An authority that nobody trusts."""
        return self._authority("Foreign Root CA", None)

    @cached_property
    def tsa(self) -> Holder:
        """The key of the timestamp authority."""
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        return self._issue(
            "Demonstration TSA", "rsa", [(usage, True), (_usage(digital_signature=True), True)], days=3650
        )

    @cached_property
    def director(self) -> Holder:
        """A director, whose certificate states a national number as Belgian cards do."""
        return self.person("An Peeters (Signature)", "p384", serial=NATIONAL_NUMBER)

    @cached_property
    def officer(self) -> Holder:
        """An information officer."""
        return self.person("Luc Dubois", "p256")

    @cached_property
    def analyst(self) -> Holder:
        """An analyst."""
        return self.person("Sofie Janssens", "rsa")

    @cached_property
    def deputy(self) -> Holder:
        """A deputy who signs under a pseudonym."""
        return self.person("", "p256", pseudonym="Deputy 7")

    @cached_property
    def stranger(self) -> Holder:
        """One with a certificate of the same name as the officer's, of an authority that nobody trusts."""
        return self.person("Luc Dubois", "p256", issuer=self.foreign_root)

    @cached_property
    def revoked(self) -> Holder:
        """One whose certificate was revoked two days ago."""
        return self.person("Eva Maes", "p256")

    @cached_property
    def expired(self) -> Holder:
        """One whose certificate ended yesterday."""
        return self.person("Jan Claes", "p256", begin=-800, days=799)

    @cached_property
    def coming(self) -> Holder:
        """One whose certificate begins tomorrow."""
        return self.person("Nora Lambert", "p256", begin=1)

    def person(
        self,
        name: str,
        sort: str,
        *,
        serial: str = "",
        pseudonym: str = "",
        issuer: Holder | None = None,
        begin: float = -400,
        days: float = 1200,
    ) -> Holder:
        """A person who may sign. `begin` is in days from `now`."""
        more = [
            (NameOID.SERIAL_NUMBER, serial),
            (NameOID.PSEUDONYM, pseudonym),
            (NameOID.ORGANIZATION_NAME, ORGANISATION),
        ]
        usage = [(_usage(content_commitment=True, digital_signature=True), True)]
        return self._issue(name, sort, usage, issuer=issuer, begin=begin, days=days, more=more)

    def crl(
        self,
        issuer: Holder | None = None,
        *revoked: Holder,
        at: datetime | None = None,
        until: datetime | None = None,
    ) -> bytes:
        """The list of what an authority (the issuing one) revoked, as of `at`, now where it is not said."""
        issuer, at = issuer or self.issuing, at or self.now
        builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
        builder = builder.last_update(at).next_update(until or at + 30 * _DAY)
        builder = builder.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        builder = builder.add_extension(_authority_key(issuer), critical=False)
        for holder in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(self.revoked_at).build())
        return builder.sign(issuer.key, _hash(issuer)).public_bytes(serialization.Encoding.DER)

    def ocsp(self, holder: Holder, issuer: Holder | None = None, *, revoked: bool = False) -> bytes:
        """What the authority answers about one certificate."""
        issuer = issuer or self.issuing
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=holder.certificate,
            issuer=issuer.certificate,
            algorithm=hashes.SHA256(),
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
            this_update=self.now,
            next_update=self.now + 7 * _DAY,
            revocation_time=self.revoked_at if revoked else None,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate)
        return builder.sign(issuer.key, _hash(issuer)).public_bytes(serialization.Encoding.DER)

    def files(self) -> tuple[Path, tuple[Path, ...]]:
        """The file of what is trusted, and those of the revocation lists."""
        lists = {"root.crl": self.crl(self.root), "issuing.crl": self.crl(self.issuing, self.revoked)}
        return (
            self.write("root.pem", self.root.certificate.public_bytes(serialization.Encoding.PEM)),
            tuple(self.write(name, content) for name, content in lists.items()),
        )

    def p12(self, holder: Holder, *, key: bool = True, password: str = PASSWORD) -> Path:
        """A PKCS#12 file with a certificate, its chain, and its key unless that is not wanted."""
        content = pkcs12.serialize_key_and_certificates(
            b"paraph",
            holder.key if key else None,
            holder.certificate,
            [self.issuing.certificate],
            serialization.BestAvailableEncryption(password.encode()),
        )
        return self.write(f"{holder.fingerprint[:12]}{'' if key else '-no-key'}.p12", content)

    def write(self, name: str, content: bytes) -> Path:
        """Write a file of the PKI's folder."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def _authority(self, name: str, issuer: Holder | None) -> Holder:
        usage = _usage(key_cert_sign=True, crl_sign=True)
        basic = x509.BasicConstraints(ca=True, path_length=0 if issuer else 1)
        extensions = [(basic, True), (usage, True)]
        return self._issue(
            name, "p256", extensions, issuer=issuer, own=issuer is None, begin=-3650, days=9000
        )

    def _issue(
        self,
        name: str,
        sort: str,
        extensions: list[tuple[x509.ExtensionType, bool]],
        *,
        issuer: Holder | None = None,
        own: bool = False,
        begin: float = -400,
        days: float = 1200,
        more: list[tuple[x509.ObjectIdentifier, str]] | None = None,
    ) -> Holder:
        key = new_key(sort)
        stated = [(NameOID.COMMON_NAME, name), *(more or []), (NameOID.COUNTRY_NAME, "BE")]
        subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in stated if value])
        signer = Holder(name, key, None) if own else issuer or self.issuing  # type: ignore[arg-type]
        start = self.now + begin * _DAY
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if own else signer.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + days * _DAY)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        if not own:
            builder = builder.add_extension(_authority_key(signer), critical=False)
            for extension in _places(signer.name):
                builder = builder.add_extension(extension, critical=False)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return Holder(name, key, builder.sign(signer.key, _hash(signer)))


def _places(issuer: str) -> list[x509.ExtensionType]:
    """Where an authority would be asked about what it revoked; nobody is ever asked there."""
    place = f"http://pki.example/{issuer.lower().replace(' ', '-')}"
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{place}.crl")], None, None, None)
    access = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(f"{place}/ocsp")
    )
    return [x509.CRLDistributionPoints([point]), x509.AuthorityInformationAccess([access])]


def _authority_key(issuer: Holder) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())


def _hash(signer: Holder) -> hashes.HashAlgorithm:
    return hashes.SHA384() if getattr(signer.key, "key_size", 0) == 384 else hashes.SHA256()


def _usage(**given: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: given.get(name, False) for name in names})
