"""Archives of strangers: what is too large, damaged, or named to lead elsewhere is refused."""

import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.signoff.bundle import archive
from pipeline.signoff.bundle.archive import BadBundle, pack, unpack

FILES = {"bundle.json": b"{}", "docs/a.md": b"# A\n", "docs/b/c.md": "# Été\n".encode()}


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """An archive as any program may write it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return buffer.getvalue()


def named(name: str) -> bytes:
    """An archive with a file of a name that Python's own writer might mend."""
    entry = zipfile.ZipInfo("x")
    entry.filename = name
    return zipped((entry, b"."))


def test_what_is_packed_is_unpacked_and_the_order_of_the_files_does_not_matter():
    data = pack(FILES)
    assert unpack(data) == FILES
    assert pack(dict(reversed(FILES.items()))) == data


@pytest.mark.parametrize(
    "name",
    [
        "../out.md",
        "docs/../../out.md",
        "/etc/passwd",
        "//server/share",
        "C:/windows.md",
        "docs\\..\\out.md",
        "docs//a.md",
        "docs/./a.md",
        "docs/",
        "docs/a.md.",
        "docs/con.md",
        "docs/a\nb.md",
        "docs/a\x00b.md",
        "d/" * 250 + "a.md",
    ],
)
def test_a_name_that_might_lead_elsewhere_is_refused(name: str):
    with pytest.raises(BadBundle, match="no name that a file"):
        unpack(named(name))


def test_names_that_are_one_file_to_some_systems_are_refused():
    with pytest.raises(BadBundle, match="two files of the name"):
        unpack(zipped(("docs/A.md", b"1"), ("docs/a.md", b"2")))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFDIR])
def test_what_is_no_plain_file_is_refused(kind: int):
    entry = zipfile.ZipInfo("docs/a.md")
    entry.create_system, entry.external_attr = 3, (kind | 0o777) << 16
    with pytest.raises(BadBundle, match="no plain file"):
        unpack(zipped((entry, b"/etc/passwd")))


def test_no_more_is_unpacked_than_may_be(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MAX_FILE", 1000)
    assert len(unpack(zipped(("a.md", bytes(1000))))["a.md"]) == 1000
    with pytest.raises(BadBundle, match="more than the limit of 1,000 bytes"):
        unpack(zipped(("a.md", bytes(1001))))


def test_many_files_together_are_bounded_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MAX_TOTAL", 2500)
    with pytest.raises(BadBundle, match=r"'c\.md' in the bundle unpacks to more"):
        unpack(zipped(*((f"{name}.md", bytes(1000)) for name in "abc")))
    monkeypatch.setattr(archive, "MAX_FILES", 2)
    with pytest.raises(BadBundle, match="3 files, more than the limit of 2"):
        unpack(zipped(*((f"{name}.md", b"") for name in "abc")))


def test_a_size_that_is_stated_falsely_does_not_help():
    data = bytearray(zipped(("a.md", bytes(200_000))))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<L", 10)
    with pytest.raises(BadBundle):
        unpack(bytes(data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no zip"),
        (b"%PDF-1.7", "no zip"),
        (pack(FILES)[:-30], "damaged"),
        (pack(FILES) + b"more", "behind its end"),
        (b"PK\x03\x04" + pack(FILES), "behind its end"),
        (pack(FILES).replace(b"docs/a.md", b"docs/b.md", 1), "cannot be read"),
    ],
)
def test_what_is_damaged_or_has_something_around_it_is_refused(data: bytes, words: str):
    with pytest.raises(BadBundle, match=words):
        unpack(data)


def test_what_is_encrypted_or_compressed_otherwise_is_refused():
    data = bytearray(pack({"a.md": b"words"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(BadBundle, match="encrypted"):
        unpack(bytes(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a.md", b"words")
    with pytest.raises(BadBundle, match="compressed in a way"):
        unpack(buffer.getvalue())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_changed_byte_is_refused_or_changes_no_file(data: st.DataObject):
    whole = bytearray(pack(FILES))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    try:
        files = unpack(bytes(whole))
    except BadBundle:
        return
    # Days and the like are no part of the files.
    assert sorted(files.values()) == sorted(FILES.values())
