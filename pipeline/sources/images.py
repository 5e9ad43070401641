"""Which files may be drawn: what a file says it is by its suffix it must be by its first bytes, within bounds.

An SVG is a program of sorts: it may name other files and entities, so what it refers to is looked at too.
"""

import os
import re
import struct
from collections.abc import Callable
from pathlib import Path

MAX_BYTES = 20 * 1024 * 1024
MAX_SVG_BYTES = 4 * 1024 * 1024
MAX_PIXELS = 50_000_000
_HEAD_BYTES = 1024 * 1024

_MAGIC: dict[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".svg": (b"<svg", b"<?xml", b"<!--"),
}
_SVG_FORBIDDEN = (
    (re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE), "declares a document type or entities"),
    (
        re.compile(rb"<(\w+:)?(script|foreignObject|handler|iframe)\b", re.IGNORECASE),
        "holds a script or foreign content",
    ),
    (re.compile(rb"\son[a-z]+\s*=", re.IGNORECASE), "holds a handler of events"),
    (re.compile(rb"<\?xml-stylesheet", re.IGNORECASE), "names a style sheet"),
    (re.compile(rb"@import", re.IGNORECASE), "imports a style sheet"),
    (re.compile(rb"\bhref\s*=\s*[\"'](?!\s*#)", re.IGNORECASE), "refers to something outside itself"),
    (re.compile(rb"\burl\(\s*[\"']?(?!\s*#)", re.IGNORECASE), "refers to something outside itself"),
)


def refuse(path: str, roots: tuple[str, ...]) -> str:
    """Say why the image at `path` may not be drawn, as the rest of a sentence that begins with it; '' if it may.

    `roots` are the folders that images may come from; links are followed before the two are compared.
    """
    real = Path(os.path.realpath(path))
    if not any(real.is_relative_to(os.path.realpath(root)) for root in roots):
        return "lies outside the folder of the sources"
    if not real.is_file():
        return "does not exist"
    if not is_image(real.name):
        return f"is of no known sort: an image is one of {', '.join(sorted(_MAGIC))}"
    return refuse_content(real)


def is_image(name: str) -> bool:
    """Whether a file is an image by its suffix."""
    return os.path.splitext(name)[1].lower() in _MAGIC


def refuse_content(path: Path) -> str:
    """Say why what an image file holds may not be drawn, as `refuse` does; its suffix is one of an image."""
    try:
        return _refuse_content(path, path.suffix.lower())
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"


def _refuse_content(path: Path, suffix: str) -> str:
    size = path.stat().st_size
    limit = MAX_SVG_BYTES if suffix == ".svg" else MAX_BYTES
    if size > limit:
        return f"is larger than {limit // 1024 // 1024} MB"
    with path.open("rb") as file:
        head = file.read(16).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(_MAGIC[suffix]):
        return f"is not what its suffix {suffix} says"
    return _refuse_svg(path.read_bytes()) if suffix == ".svg" else _refuse_pixels(path)


def _refuse_svg(content: bytes) -> str:
    # An encoding without the letters of ASCII would hide everything that is looked for.
    if b"<svg" not in content or b"\x00" in content:
        return "is no SVG in UTF-8"
    return next((why for pattern, why in _SVG_FORBIDDEN if pattern.search(content)), "")


def _refuse_pixels(path: Path) -> str:
    """Look at the size that the header states: a picture is decoded only once it is known to be small enough."""
    with path.open("rb") as file:
        # A photograph states its size behind what the camera says of it, which is a few of these at the most.
        content = file.read(_HEAD_BYTES)
    size = _SIZES[path.suffix.lower()](content)
    if size is None:
        return "has no size that can be read"
    too_many = size[0] * size[1] > MAX_PIXELS
    return (
        f"has {size[0]} × {size[1]} pixels, more than {MAX_PIXELS // 1_000_000} million" if too_many else ""
    )


def _size_of_png(content: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", content[16:24]) if content[12:16] == b"IHDR" and len(content) >= 24 else None


def _size_of_gif(content: bytes) -> tuple[int, int] | None:
    return struct.unpack("<HH", content[6:10]) if len(content) >= 10 else None


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """Go from segment to segment until the one that begins a frame, which states height and width."""
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        kind = content[position + 1]
        if kind == 0xFF:
            position += 1
        elif 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        else:
            position += 2 + int.from_bytes(content[position + 2 : position + 4])
    return None


_SIZES: dict[str, Callable[[bytes], tuple[int, int] | None]] = {
    ".png": _size_of_png,
    ".gif": _size_of_gif,
    ".jpg": _size_of_jpeg,
    ".jpeg": _size_of_jpeg,
}
