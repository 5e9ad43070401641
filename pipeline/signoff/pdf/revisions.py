"""The revisions of a PDF: what each wrote, and its objects as they were then."""

from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

Key = tuple[int, int]


class History:
    """The objects of a file as each revision wrote them, each read once."""

    def __init__(self, reader: PdfFileReader) -> None:
        self.reader = reader
        self.written = [_written(reader, number) for number in range(reader.total_revisions)]
        self._read: dict[tuple[Key, int], Any] = {}

    def get(self, key: Key, number: int) -> Any:
        """An object as it was in a revision, None where it was not there."""
        last = next((each for each in range(number, -1, -1) if key in self.written[each]), None)
        if last is None:
            return None
        if (key, last) not in self._read:
            self._read[key, last] = self._get(key, last)
        return self._read[key, last]

    def _get(self, key: Key, number: int) -> Any:
        try:
            return self.reader.get_object(generic.Reference(*key, self.reader), revision=number)  # type: ignore[no-untyped-call]
        except (PdfError, KeyError, ValueError, AttributeError):
            return None


class Then:
    """A revision of a file: what its main objects are."""

    def __init__(self, history: History, number: int) -> None:
        self.history, self.number = history, number
        self.reader = history.reader

    def get(self, key: Key) -> Any:
        """An object as it was then, None where it was not there."""
        return self.history.get(key, self.number)

    def follow(self, value: Any) -> Any:
        """What a value is, where it is a reference."""
        return self.get(key_of(value)) if isinstance(value, generic.IndirectObject) else value

    @cached_property
    def root(self) -> Any:
        """The catalogue."""
        return self.get(self.root_key)

    @cached_property
    def root_key(self) -> Key:
        """Which object is the catalogue."""
        return key_of(self.reader.trailer.raw_get("/Root"))

    def entry(self, name: str) -> Any:
        """An entry of the catalogue."""
        return self.follow(raw(self.root, name))

    @cached_property
    def pages(self) -> list[Key]:
        """The pages in order."""
        return [key for key, is_page in _page_tree(self, raw(self.root, "/Pages"), 0) if is_page]

    @cached_property
    def trees(self) -> list[Key]:
        """What holds the pages together."""
        return [key for key, is_page in _page_tree(self, raw(self.root, "/Pages"), 0) if not is_page]

    @cached_property
    def fields(self) -> list[Key]:
        """The fields of the form."""
        listed = self.follow(raw(self.entry("/AcroForm"), "/Fields"))
        return [key_of(item) for item in listed or () if isinstance(item, generic.IndirectObject)]


def plain(value: Any) -> Any:
    """A value as plain tuples, by which two revisions are compared; references stay references."""
    if isinstance(value, generic.IndirectObject):
        return ("R", *key_of(value))
    if isinstance(value, generic.StreamObject):
        entries = tuple(sorted((key, plain(raw(value, key))) for key in value if key != "/Length"))
        return (entries, sha256(value.encoded_data).hexdigest())
    if isinstance(value, generic.DictionaryObject):
        return tuple(sorted((key, plain(raw(value, key))) for key in value))
    if isinstance(value, generic.ArrayObject):
        return tuple(plain(value.raw_get(index)) for index in range(len(value)))
    return str(value)


def raw(value: Any, key: str) -> Any:
    """An entry of a dictionary as it stands, a reference unresolved; None where there is none."""
    return value.raw_get(key) if isinstance(value, generic.DictionaryObject) and key in value else None


def value_of(value: Any, key: str) -> Any:
    """An entry of a dictionary, a reference resolved; None where there is none."""
    return value[key] if isinstance(value, generic.DictionaryObject) and key in value else None


def key_of(value: Any) -> Key:
    """What a reference refers to."""
    return (value.idnum, value.generation)


def _page_tree(then: Then, node: Any, depth: int) -> Iterator[tuple[Key, bool]]:
    """The nodes of the tree of pages in order, each with whether it is a page."""
    value = then.follow(node)
    if not isinstance(value, generic.DictionaryObject) or depth > 50:
        return
    is_page = "/Kids" not in value
    if isinstance(node, generic.IndirectObject):
        yield key_of(node), is_page
    for kid in () if is_page else then.follow(raw(value, "/Kids")) or ():
        yield from _page_tree(then, kid, depth + 1)


def _written(reader: PdfFileReader, number: int) -> set[Key]:
    return {(ref.idnum, ref.generation) for ref in reader.xrefs.explicit_refs_in_revision(number)}
