"""A PDF that is to be signed or judged: read whole where it can be, and written whole or not at all."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from pipeline.errors import CouldNotRun
from pipeline.whole import beside

# In bytes. The largest deliverable of a programme stays far below; a signature needs the file in memory.
LARGEST = 256 * 1024 * 1024
_HEAD, _TAIL = b"%PDF-", b"%%EOF"
_TAIL_BYTES = 1024


class Unreadable(CouldNotRun):
    """A file that is no PDF that can be signed or judged; `code` says why, as the table of reasons has it."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.code = code


def read_pdf(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a PDF. Raises Unreadable for what is none, or too large, encrypted or cut off."""
    content = read(os.fspath(path))
    inspect(content, os.fspath(path))
    return content


def read(name: str) -> bytes:
    """The bytes of a file. Raises Unreadable where there is none, or where it is too large, before it is read."""
    try:
        size = os.stat(name).st_size
        if size > LARGEST:
            raise Unreadable(
                "file.large",
                f"{name} is {size // 2**20} MB, and files above {LARGEST // 2**20} MB are not read",
                "sign the deliverable as it was issued",
            )
        return Path(name).read_bytes()
    except OSError as error:
        raise Unreadable("file.absent", f"{name} cannot be read: {error.strerror}") from error


def inspect(content: bytes, name: str) -> None:
    """Raises Unreadable for bytes that are no PDF, or an encrypted one, or one that is cut off."""
    if not content.startswith(_HEAD):
        raise Unreadable("file.no-pdf", f"{name} is no PDF", "`paraph pdf` makes one of a deliverable")
    if _TAIL not in content[-_TAIL_BYTES:]:
        raise Unreadable("file.cut-off", f"{name} is cut off: its end is missing", "get the file again")
    if b"/Encrypt" in content and _is_encrypted(content):
        raise Unreadable(
            "file.encrypted",
            f"{name} is encrypted",
            "a signature must be seen by all: take the password off first",
        )


def _is_encrypted(content: bytes) -> bool:
    from io import BytesIO

    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return bool(PdfFileReader(BytesIO(content), strict=False).encrypted)
    except (PdfError, ValueError, KeyError, TypeError):
        return False


def digest_of(content: bytes) -> str:
    """The SHA-256 of some bytes, in small hexadecimal."""
    return sha256(content).hexdigest()


@contextmanager
def held(path: str) -> Iterator[None]:
    """Hold a file, so that nobody else signs it meanwhile. Raises CouldNotRun where somebody does."""
    with open(path, "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CouldNotRun(
                f"{path} is being signed by someone else just now", "sign it again when they are done"
            ) from None
        if not os.path.exists(path) or os.fstat(file.fileno()).st_ino != os.stat(path).st_ino:
            raise CouldNotRun(f"{path} was signed by someone else just now", "sign it again as it is now")
        yield


def place(path: str, content: bytes, before: bytes | None) -> None:
    """Write a file beside, then rename it, if it is still what it was `before` (None: it did not exist).

    Raises CouldNotRun where somebody else wrote it meanwhile: what they did is not lost.
    """
    meanwhile = CouldNotRun(
        f"{path} was written by someone else meanwhile, so it was left as it is", "sign it again as it is now"
    )
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    written = beside(path, content)
    try:
        if before is None:
            try:
                # A link, unlike a rename, fails where there is a file already.
                os.link(written, path)
            except FileExistsError:
                raise meanwhile from None
        elif not os.path.exists(path) or Path(path).read_bytes() != before:
            raise meanwhile
        else:
            os.replace(written, path)
    finally:
        Path(written).unlink(missing_ok=True)
