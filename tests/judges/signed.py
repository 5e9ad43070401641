"""Files to put before judges of signatures: honest ones, and what somebody made of one of them."""

import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from asn1crypto import crl, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore

from pipeline.signoff.pdf.renew import lengthen
from tests.e2e.commands import call
from tests.e2e.signing import PDF, SIGNER, commit, committed, decide, issue, new_keys, programme
from tests.pki.authority import serving
from tests.pki.certificates import Holder, Pki
from tests.pki.samples import ROLES, issued, sign_as, signers, trust_of
from tests.tamper import pdf

LEVELS = ("B-B", "B-T", "B-LT")
# Keys on P-384, P-256 and RSA; then one that was revoked, and one whom an unknown authority certified.
HONEST = ("director", "officer", "analyst")
PERSONS = (*HONEST, "revoked", "stranger")


def signatures(folder: Path) -> None:
    """Fill a folder: `honest/` with a document as issued and after each signature, and others by what they are for.

    `trust/` has the certificate that is trusted, the one below it, and the revocation lists.
    """
    pki = Pki(folder / "pki")
    for name in ("honest", "levels", "tampered", "persons", "trust", "work"):
        (folder / name).mkdir()
    _keep_trust(pki, folder / "trust")
    with serving(pki) as authority:
        _sign_in_turn(pki, authority.url, folder)
        for level in LEVELS:
            made = _sign_once(pki, pki.officer, authority.url, level, folder / "work" / level)
            shutil.copyfile(made, folder / "levels" / f"{level}.pdf")
        _lengthen(pki, authority.url, folder)
        received = _receive(pki, authority.url, folder / "work")
        shutil.copyfile(received, folder / "renewed/received.pdf")
        for name in PERSONS:
            made = _sign_once(pki, getattr(pki, name), authority.url, "B-T", folder / "work" / name)
            (folder / "persons" / f"{name}.pdf").write_bytes(_proven(made.read_bytes(), pki))
    whole = (folder / "honest/3.pdf").read_bytes()
    other = (folder / "levels/B-LT.pdf").read_bytes()
    for name, tamper in TAMPERINGS.items():
        (folder / "tampered" / f"{name}.pdf").write_bytes(tamper(whole, other))


def _keep_trust(pki: Pki, folder: Path) -> None:
    root, lists = pki.files()
    for path in (root, *lists):
        shutil.copyfile(path, folder / path.name)
    pem = pki.issuing.certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "issuing.pem").write_bytes(pem)


def _sign_in_turn(pki: Pki, tsa: str, folder: Path) -> None:
    path = issued(folder / "work")
    shutil.copyfile(path, folder / "honest/0.pdf")
    for number, (role, holder) in enumerate(signers(pki).items(), 1):
        path = sign_as(path, pki, holder, role, tsa)
        shutil.copyfile(path, folder / f"honest/{number}.pdf")


def _lengthen(pki: Pki, tsa: str, folder: Path) -> None:
    """Raise what was signed at B-T, and renew that and what was signed by three."""
    (folder / "renewed").mkdir()
    raised = lengthen((folder / "levels/B-T.pdf").read_bytes(), trust_of(pki), tsa)
    (folder / "renewed/raised.pdf").write_bytes(raised)
    (folder / "renewed/twice.pdf").write_bytes(lengthen(raised, trust_of(pki), tsa))
    whole = (folder / "honest/3.pdf").read_bytes()
    (folder / "renewed/three.pdf").write_bytes(lengthen(whole, trust_of(pki), tsa))


def _receive(pki: Pki, tsa: str, folder: Path) -> Path:
    """A deliverable that was issued with its sources, signed at B-B in a PDF reader, and taken back."""
    keys = new_keys(folder / "keys")
    certificate = pki.director.fingerprint
    who = SIGNER.format(
        identity="PTY-003",
        title="Director",
        name="An Unreal",
        role="Director",
        fingerprint=certificate,
        more="",
    )
    repository = committed(folder / "repository", programme(keys, who))
    decide(repository.folder, keys.owner, "approve")
    commit(repository)
    issue(repository.folder, keys.clerk)
    (folder / "mail").mkdir()
    sent = Path(shutil.copy(repository.folder / PDF, folder / "mail"))
    back = sign_as(sent, pki, pki.director, "Director", tsa, "B-B")
    root, lists = pki.files()
    trust = ["--trust", root, *(part for each in lists for part in ("--crl", each))]
    call("receive", back, "--key", keys.clerk, "--tsa", tsa, *trust, cwd=repository.folder)
    return repository.folder / PDF.replace(".pdf", ".signed.pdf")


def _sign_once(pki: Pki, holder: Holder, tsa: str, level: str, folder: Path) -> Path:
    folder.mkdir()
    return sign_as(issued(folder), pki, holder, ROLES[1], tsa, level)


def _proven(content: bytes, pki: Pki) -> bytes:
    """A signed file with all that says whose certificates were issued and revoked, whatever it says."""
    stream = BytesIO(content)
    lists = [pki.crl(pki.root), pki.crl(pki.issuing, pki.revoked), pki.crl(pki.foreign_root)]
    certificates = [pki.issuing, pki.root, pki.tsa, pki.foreign_root]
    DocumentSecurityStore.add_dss(
        stream,
        sig_contents=None,
        certs=[x509.Certificate.load(each.der) for each in certificates],
        crls=[crl.CertificateList.load(each) for each in lists],
    )
    return stream.getvalue()


def _look(content: bytes) -> bytes:
    """A byte of what the last signature shows: the ones before it do not cover that."""
    _, _, begin, length = PdfFileReader(BytesIO(content)).embedded_signatures[-3].byte_range
    place = content.index(b"stream\n", begin + length) + 40
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _last_timestamp(content: bytes) -> bytes:
    """A bit of the value of the last timestamp, which no other covers."""
    signature = PdfFileReader(BytesIO(content)).embedded_signatures[-1]
    value, begin = signature.signer_info["signature"].native, int(signature.byte_range[1]) + 1
    held = bytes.fromhex(content[begin : int(signature.byte_range[2]) - 1].decode())
    # Two digits a byte, the last one of the value.
    place = begin + 2 * (held.index(value) + len(value)) - 1
    digit = b"1" if content[place : place + 1] == b"0" else b"0"
    return content[:place] + digit + content[place + 1 :]


def _narrowed(content: bytes) -> bytes:
    """The first signature is made to cover less of what follows it."""
    found = re.search(rb"/ByteRange ?\[\d+ \d+ \d+ (\d+)", content)
    assert found
    less = str(int(found[1]) - 100).encode().ljust(len(found[1]))
    return content[: found.start(1)] + less + content[found.end(1) :]


# What breaks a signature, or the file. What is only appended, DSS and pdfsig pass; `paraph verify` looks at that.
TAMPERINGS: dict[str, Callable[[bytes, bytes], bytes]] = {
    "flipped-byte": lambda content, _: pdf.flipped_byte(content),
    "flipped-signature": lambda content, _: pdf.flipped_signature(content),
    "look": lambda content, _: _look(content),
    "last-timestamp": lambda content, _: _last_timestamp(content),
    "stripped-timestamp": lambda content, _: pdf.stripped_timestamp(content),
    "signature-of-another": pdf.signature_of_another,
    "narrowed": lambda content, _: _narrowed(content),
    "rewritten": lambda content, _: pdf.rewritten(content),
    "cut-off": lambda content, _: pdf.cut_off(content),
    "appended-page": lambda content, _: pdf.appended_page(content),
    "page-left-out": lambda content, _: pdf.page_left_out(content),
}
