"""Whether a PDF is what its own sources make: it is built again from what is attached, and compared byte by byte.

A file that was signed has what was issued as its beginning, since signatures are added behind it. So it is proven when
it begins with what is built again; what follows is for the signatures to prove.
"""

import os
import re
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline import tools
from pipeline.errors import CouldNotRun, ToolTimeout
from pipeline.signoff import rebuilding
from pipeline.signoff.bundle.archive import MAX_ARCHIVE, BadBundle
from pipeline.signoff.bundle.manifest import Bundle, read
from pipeline.signoff.bundle.means import differing, find_layers, font_digests, programs

MODULE = "pipeline.signoff.rebuilding"
SECONDS = 500
_EMBEDDED = re.compile(rb"/Type\s*/EmbeddedFile\b")
_OBJECT = re.compile(rb"(?:^|[\r\n])(\d+) \d+ obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")


class Rebuilt(Struct, frozen=True):
    """What came of building a PDF again: a code, where (a place in the file, or what differs here), and in words.

    The code is `rebuild.same`, `rebuild.differs` (with the same tools something else is built: the file or its
    sources were changed), `rebuild.not-here` (tools, fonts or templates are not those of then, and what is built
    differs: neither pass nor tampering), `rebuild.no-bundle` or `rebuild.bad-bundle`.
    """

    code: str
    where: str
    message: str

    @property
    def same(self) -> bool:
        """Whether the file is proven to be made of what it carries."""
        return self.code == "rebuild.same"


def rebuild(pdf: bytes, places: Sequence[str]) -> Rebuilt:
    """Build the PDF again from what is attached to it, shut in, and compare.

    `places` are the folders in which templates are installed. Raises ToolMissing without pandoc.
    """
    data = attached(pdf)
    if data is None:
        return Rebuilt(
            "rebuild.no-bundle", "", "the file carries no sources: it was not issued by Paraph, or rewritten"
        )
    try:
        bundle = read(data)
    except BadBundle as error:
        return Rebuilt("rebuild.bad-bundle", "", error.message)
    folders, lacking = find_layers(bundle.manifest.templates, [os.path.abspath(place) for place in places])
    others = _others(bundle, folders)
    if lacking:
        names = ", ".join(f"template {name}" for name in dict.fromkeys(lacking))
        return _not_here((f"{names} (as it was then, not installed here)", *others))
    return _built(pdf, data, folders, others)


def attached(pdf: bytes) -> bytes | None:
    """The first archive in a PDF, as it was issued; None where there is none that can be read."""
    for match in _EMBEDDED.finditer(pdf):
        opening = pdf.rfind(b"obj", 0, match.start())
        stream = _STREAM.search(pdf, match.end())
        if opening < 0 or stream is None:
            continue
        stated = pdf[opening : stream.start()]
        length = _LENGTH.search(stated)
        content = pdf[stream.end() : stream.end() + int(length[1])] if length else b""
        if b"/FlateDecode" in stated:
            content = _inflate(content)
        if content.startswith(b"PK"):
            return content
    return None


def _inflate(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, MAX_ARCHIVE + 1)
    except zlib.error:
        return b""


def _others(bundle: Bundle, folders: Sequence[str]) -> tuple[str, ...]:
    """The fonts and programs that are not those of then."""
    stated = bundle.manifest
    fonts = differing(stated.fonts, {**dict.fromkeys(stated.fonts, ""), **font_digests(folders)})
    return (*differing(stated.tools, programs()), *(f"font {words.split(' (')[0]}" for words in fonts))


def _built(pdf: bytes, data: bytes, folders: Sequence[str], others: tuple[str, ...]) -> Rebuilt:
    with tempfile.TemporaryDirectory(prefix="paraph-") as folder:
        Path(folder, rebuilding.TASK).write_bytes(msgspec.json.encode(list(folders)))
        Path(folder, rebuilding.BUNDLE).write_bytes(data)
        said = _say(folder)
        out = Path(folder, rebuilding.PDF)
        if not said.message and out.is_file():
            return _compare(pdf, out.read_bytes(), others)
    if others and not said.bad:
        return _not_here(others)
    return Rebuilt("rebuild.bad-bundle", "", f"no PDF can be built from what is attached: {said.message}")


def _say(folder: str) -> rebuilding.Said:
    """Let the process work in a folder, and give what it says."""
    try:
        done = tools.run_alone(MODULE, folder, cwd=folder, seconds=SECONDS)
    except ToolTimeout as error:
        return rebuilding.Said(error.message, bad=True)
    said = Path(folder, rebuilding.SAID)
    if said.is_file():
        return msgspec.json.decode(said.read_bytes(), type=rebuilding.Said)
    last = (done.err.strip().splitlines() or [f"exit status {done.code}"])[-1]
    if done.code < 0:
        return rebuilding.Said(f"the process that builds it ended with signal {-done.code}", bad=True)
    raise CouldNotRun(f"the process that builds a PDF again broke down: {last}")


def _compare(pdf: bytes, built: bytes, others: tuple[str, ...]) -> Rebuilt:
    if pdf.startswith(built):
        more = len(pdf) - len(built)
        tail = f"; {more:,} bytes were added since, as signatures are" if more else ""
        return Rebuilt(
            "rebuild.same", "", f"built again from what is attached, it is the same byte by byte{tail}"
        )
    if others:
        return _not_here(others)
    at = next(
        (number for number, (was, now) in enumerate(zip(pdf, built, strict=False)) if was != now), len(pdf)
    )
    return Rebuilt(
        "rebuild.differs",
        f"byte {at}",
        f"what is attached makes another file: the first difference is at byte {at:,}{_inside(built, at)}",
    )


def _not_here(names: Sequence[str]) -> Rebuilt:
    words = "not reproducible here, which says nothing against the file: " + "; ".join(names)
    return Rebuilt("rebuild.not-here", "; ".join(names), f"{words} differ")


def _inside(built: bytes, at: int) -> str:
    """In which object of the PDF a byte stands."""
    numbers = list(_objects(built, at))
    return f", in object {numbers[-1]} of the PDF" if numbers else ""


def _objects(built: bytes, at: int) -> Iterator[int]:
    yield from (int(match[1]) for match in _OBJECT.finditer(built, 0, at + 1))
