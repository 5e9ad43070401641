"""Files to put before judges of signatures: honest ones, and what somebody made of one of them."""

import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
from asn1crypto import cms, crl, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests.pki.authority import serving
from tests.pki.certificates import Holder, Pki
from tests.pki.samples import ROLES, issued, sign_as, signers

LEVELS = ("B-B", "B-T", "B-LT")
# Keys on P-384, P-256 and RSA; then one that was revoked, and one whom an unknown authority certified.
HONEST = ("director", "officer", "analyst")
PERSONS = (*HONEST, "revoked", "stranger")


def signatures(folder: Path) -> None:
    """Fill a folder: `honest/` with a document as issued and after each signature, `levels/`, `tampered/`, `persons/`.

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


def _flip(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _text(content: bytes, _: bytes) -> bytes:
    """A byte of the document itself, among the first signature's."""
    return _flip(content, content.index(b"stream\n") + 40)


def _look(content: bytes, _: bytes) -> bytes:
    """A byte of what the last signature shows: the ones before it do not cover that."""
    _, _, begin, length = PdfFileReader(BytesIO(content)).embedded_signatures[-3].byte_range
    return _flip(content, content.index(b"stream\n", begin + length) + 40)


def _value(number: int) -> Callable[[bytes, bytes], bytes]:
    """A bit of a signature's own value."""

    def tamper(content: bytes, _: bytes) -> bytes:
        begin, length = _contents(content, number)
        held = bytes.fromhex(content[begin : begin + length].decode())
        info = cms.ContentInfo.load(held, strict=False)["content"]["signer_infos"][0]
        # Two digits a byte, the last ones of the value.
        place = begin + 2 * (held.index(info["signature"].native) + len(info["signature"].native)) - 1
        digit = b"1" if content[place : place + 1] == b"0" else b"0"
        return content[:place] + digit + content[place + 1 :]

    return tamper


def _moved(content: bytes, other: bytes) -> bytes:
    """The first signature replaced by the one of another document."""
    begin, length = _contents(content, 0)
    there, extent = _contents(other, 0)
    held = cms.ContentInfo.load(bytes.fromhex(other[there : there + extent].decode()), strict=False).dump()
    return content[:begin] + held.hex().encode().ljust(length, b"0") + content[begin + length :]


def _rewritten(content: bytes, _: bytes) -> bytes:
    """The whole file written anew, with the same content."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out)
    return out.getvalue()


def _narrowed(content: bytes, _: bytes) -> bytes:
    """The first signature made to cover less of what follows it."""
    found = re.search(rb"/ByteRange ?\[\d+ \d+ \d+ (\d+)", content)
    assert found
    less = str(int(found[1]) - 100).encode().ljust(len(found[1]))
    return content[: found.start(1)] + less + content[found.end(1) :]


def _contents(content: bytes, number: int) -> tuple[int, int]:
    """Where the digits of a signature begin, which is counted from 0 as they were made, and how many there are."""
    signature = PdfFileReader(BytesIO(content)).embedded_signatures[number]
    _, before, after, _ = signature.byte_range
    return before + 1, after - before - 2


TAMPERINGS: dict[str, Callable[[bytes, bytes], bytes]] = {
    "text": _text,
    "look": _look,
    "first-signature": _value(0),
    "last-timestamp": _value(-1),
    "moved": _moved,
    "rewritten": _rewritten,
    "narrowed": _narrowed,
}
