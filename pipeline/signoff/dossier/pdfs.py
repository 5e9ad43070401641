"""The issued and signed PDFs of a deliverable, with each signature beside them as a file that openssl reads."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.signoff.bundle.archive import BadBundle
from pipeline.signoff.bundle.manifest import read
from pipeline.signoff.rebuild import attached
from pipeline.weave.audience import AUDIENCES

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
# What a timestamp states of the bytes that it is of (RFC 3161, messageImprint): how the digest is made, and the digest.
_IMPRINT = re.compile(
    rb"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02([\x01-\x03])(?:\x05\x00)?\x04[\x20\x30\x40]"
)
_HASHES = {b"\x01": "sha256", b"\x02": "sha384", b"\x03": "sha512"}
# Within how many bytes of its bytes a signature says of which sort it is.
_NEAR = 400
_STAMP = re.compile(rb"/SubFilter\s*/ETSI\.RFC3161")


class Sealed(NamedTuple):
    """A signature in a PDF: the file it is in, the file of the signature, and how many bytes before and after that it
    covers, the later ones from which byte on. `stamp` is how the digest is made that a timestamp states; '' for others.
    """

    pdf: str
    signature: str
    before: int
    start: int
    after: int
    stamp: str


def may_see(pdf: bytes, audience: str) -> bool:
    """Whether a PDF was issued for readers who see no more than an audience does. What does not say so was not."""
    data = attached(pdf)
    try:
        made = read(data).manifest.audience if data is not None else ""
    except BadBundle:
        return False
    return made in AUDIENCES and AUDIENCES.index(made) <= AUDIENCES.index(audience)


def seals(files: Mapping[str, bytes]) -> Iterator[tuple[Sealed, bytes]]:
    """The signatures in some PDFs, by their paths, each with its bytes."""
    for path, pdf in sorted(files.items()):
        number = 0
        for found in _RANGE.finditer(pdf):
            first, before, start, after = (int(part) for part in found.groups())
            der = _signature(pdf[before:start]) if not first and before < start <= len(pdf) else b""
            if der:
                number += 1
                around = pdf[max(0, found.start() - _NEAR) : before] + pdf[start : start + _NEAR]
                imprint = _IMPRINT.search(der) if _STAMP.search(around) else None
                stamp = _HASHES[imprint[1]] if imprint else ""
                yield Sealed(path, f"{path}.{number}.p7s", before, start, after, stamp), der


def _signature(text: bytes) -> bytes:
    """The signature that stands in hexadecimal digits between angle brackets, without the noughts that fill it up."""
    try:
        data = bytes.fromhex(text.strip(b"<>").decode("ascii"))
    except ValueError:
        return b""
    # A sequence of DER states its length: in one byte, or in as many as the first says.
    if len(data) < 2 or data[0] != 0x30:
        return b""
    size = data[1] & 0x7F if data[1] & 0x80 else 0
    length = int.from_bytes(data[2 : 2 + size], "big") if size else data[1]
    return data[: 2 + size + length]
