"""Asks poppler's pdfsig, which verifies with Mozilla's NSS, what it holds of the signatures in a PDF.

It does not verify timestamps over a document, and takes what was revoked from its database, not from the file.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

VALID, TRUSTED = "Signature is Valid.", "Certificate is Trusted."


class Signature(Struct, frozen=True):
    """What pdfsig says of a signature: its field, its type, whether it is valid, and its certificate trusted."""

    field: str
    kind: str
    validity: str
    trust: str

    @property
    def passed(self) -> bool:
        """Whether it is valid, of one who is trusted."""
        return (self.validity, self.trust) == (VALID, TRUSTED)


def trusting(folder: Path, root: Path, others: Iterable[Path], lists: Iterable[Path]) -> Path:
    """A database of NSS in a folder that does not exist yet.

    It trusts one certificate, knows some others below it (PEM), and the revocation lists (DER) of them all: without the
    list of an authority, pdfsig trusts nothing of it unless it may ask over the network.
    """
    folder.mkdir()
    database = ("-d", f"sql:{folder}")
    _run("certutil", "-N", *database, "--empty-password")
    for number, (path, trust) in enumerate([(root, "C,C,C"), *((other, ",,") for other in others)]):
        _run("certutil", "-A", *database, "-a", "-n", f"authority {number}", "-t", trust, "-i", str(path))
    for path in lists:
        _run("crlutil", "-I", *database, "-t", "1", "-i", str(path))
    return folder


def signatures(file: Path, database: Path) -> list[Signature]:
    """What pdfsig says of each signature in a file; timestamps over the document are left out."""
    text = _run("pdfsig", "-no-ocsp", "-nssdir", str(database), str(file))
    blocks = [_fields(block) for block in text.split("Signature #")[1:]]
    found = [
        Signature(
            block["Signature Field Name"],
            block["Signature Type"],
            block.get("Signature Validation", ""),
            block.get("Certificate Validation", ""),
        )
        for block in blocks
        if "Signature Type" in block
    ]
    return [each for each in found if each.kind != "unknown"]


def _fields(block: str) -> dict[str, str]:
    lines = [line.strip(" -").partition(": ") for line in block.splitlines()]
    return {name: value for name, _, value in lines}


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout
