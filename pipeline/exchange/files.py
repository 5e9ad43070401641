"""Files that come from elsewhere: JSON that may be broken, and text in whichever encoding a spreadsheet wrote."""

import codecs
import json
from hashlib import file_digest
from typing import Any

from pipeline.errors import CouldNotRun

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 1 << 20


def digest(path: str) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


def read_json(path: str) -> Any:
    """What a JSON file holds. Raises CouldNotRun with the place where it breaks off."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        whole = error.pos < len(error.doc.rstrip())
        words = f"{path}:{error.lineno}:{error.colno}: this is no JSON: {error.msg[0].lower()}{error.msg[1:]}"
        hint = "mend the file, or export it again" if whole else "the file ends too early: export it again"
        raise CouldNotRun(words, hint) from error
    except UnicodeDecodeError as error:
        raise CouldNotRun(f"{path} is no JSON: it is not in UTF-8", "export it again as UTF-8") from error
    except RecursionError as error:
        raise CouldNotRun(f"{path} is nested too deeply to be read", "this is no export") from error


def encoding_of(path: str) -> str:
    """The encoding of a text file: by its mark, else UTF-8 where all of it is, else Windows-1252.

    Raises CouldNotRun for what is none of these.
    """
    with open(path, "rb") as file:
        head = file.read(4)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name
        file.seek(0)
        names = ["utf-8", "cp1252"]
        decoders = {name: codecs.getincrementaldecoder(name)() for name in names}
        while names:
            piece = file.read(_PIECE)
            if b"\0" in piece:
                break
            names = [name for name in names if _decodes(decoders[name], piece)]
            if not piece and names:
                return names[0]
    raise CouldNotRun(f"{path} is neither in UTF-8 nor in Windows-1252", "export it again as CSV in UTF-8")


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece, final=not piece)
    except UnicodeDecodeError:
        return False
    return True
