"""Bundles as archives: written the same whenever they hold the same, and read as what a stranger may have made.

Nothing is unpacked to disk here, and no more is unpacked than the limits allow, whatever sizes an archive states.
"""

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib

from pipeline.errors import CouldNotRun

MAX_ARCHIVE = 200_000_000
MAX_FILE = 50_000_000
MAX_TOTAL = 400_000_000
MAX_FILES = 20_000
MAX_NAME = 400

# Zip can state no day before this one.
_DAY = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_LEVEL = 9
# The bytes of the header of a file and of its line in the list, without its name.
_LOCAL, _LISTED = 30, 46
_END = struct.Struct("<4s4H2LH")
# What systems understand by a name, or do not understand at all, must not be in one.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]")
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


class BadBundle(CouldNotRun):
    """What is attached is no bundle, or none that may be read."""


def pack(files: dict[str, bytes]) -> bytes:
    """The archive of some files by their paths, in the order of the paths. Raises BadBundle for one that cannot be."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name in sorted(files):
            _check_name(name)
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, _UNIX
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[name], compresslevel=_LEVEL)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of an archive by their paths. Raises BadBundle for what is damaged, too large, or not to be trusted."""
    if len(data) > MAX_ARCHIVE:
        raise BadBundle(f"the bundle has {len(data):,} bytes, more than the limit of {MAX_ARCHIVE:,}")
    _check_ends(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _files(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError) as error:
        raise BadBundle(f"the bundle cannot be read: {error}") from error


def _check_ends(data: bytes) -> None:
    """Refuse what stands before or after the archive, where another reader might see another archive."""
    if not data.startswith(b"PK\x03\x04"):
        raise BadBundle("the bundle is no zip archive")
    end = _END.unpack(data[-_END.size :]) if len(data) >= _END.size else (b"",)
    if end[0] != b"PK\x05\x06" or end[-1] or end[5] + end[6] != len(data) - _END.size:
        raise BadBundle("the bundle is damaged, or something stands behind its end")


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MAX_FILES:
        raise BadBundle(f"the bundle has {len(entries):,} files, more than the limit of {MAX_FILES:,}")
    _check_layout(archive, entries)
    seen: set[str] = set()
    for entry in entries:
        _check(entry)
        alike = unicodedata.normalize("NFC", entry.filename).casefold()
        if alike in seen:
            raise BadBundle(f"the bundle has two files of the name {entry.filename!r}")
        seen.add(alike)
    found: dict[str, bytes] = {}
    left = MAX_TOTAL
    for entry in entries:
        with archive.open(entry) as file:
            # What an entry states of its size may be a lie: no more is read than may be.
            limit = min(MAX_FILE, left)
            content = file.read(limit + 1)
        if len(content) > limit:
            raise BadBundle(
                f"{entry.filename!r} in the bundle unpacks to more than the limit of {limit:,} bytes"
            )
        left -= len(content)
        found[entry.filename] = content
    return found


def _check_layout(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive in which something stands that is no part of its files, or that two readers might see."""
    at = listed = 0
    for entry in entries:
        name = len(entry.orig_filename.encode())
        if entry.header_offset != at or entry.extra or entry.comment or entry.flag_bits & 8:
            raise BadBundle(f"the bundle is not laid out as bundles are, at {entry.filename!r}")
        at += _LOCAL + name + entry.compress_size
        listed += _LISTED + name
    if at != archive.start_dir or archive.start_dir + listed + _END.size != _size(archive):
        raise BadBundle("the bundle is not laid out as bundles are: something stands between its files")


def _size(archive: zipfile.ZipFile) -> int:
    file = archive.fp
    return file.seek(0, io.SEEK_END) if file else 0


def _check(entry: zipfile.ZipInfo) -> None:
    _check_name(entry.orig_filename)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise BadBundle(f"{entry.filename!r} in the bundle is no plain file")
    if entry.flag_bits & 1:
        raise BadBundle(f"{entry.filename!r} in the bundle is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadBundle(f"{entry.filename!r} in the bundle is compressed in a way that is not read")


def _check_name(name: str) -> None:
    steps = name.split("/")
    bad = (
        not name
        or len(name) > MAX_NAME
        or _UNSAFE.search(name)
        or any(
            step in ("", ".", "..") or step.endswith((".", " ")) or _DEVICE.fullmatch(step) for step in steps
        )
    )
    if bad:
        raise BadBundle(f"{name!r} is no name that a file of a bundle may have")
