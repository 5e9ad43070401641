"""What became of a document between its revisions, object by object.

pyHanko's own policy asks whether a change after a signature is one that signing makes. This asks more of it, and
of the revisions before the first signature too: whatever was there may be written anew only in the few ways in which
signatures, timestamps and proofs are added. What is new is harmless as long as nothing old leads to it.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from pipeline.model.ledger import Reason
from pipeline.signoff.pdf import xmp
from pipeline.signoff.pdf.reasons import because
from pipeline.signoff.pdf.revisions import History, Key, Then, key_of, plain, raw

_HIDDEN = 2
# What signing adds to the catalogue, or sets anew; its form and its metadata are looked at by themselves.
_CATALOGUE = frozenset({"/DSS", "/Extensions", "/Perms", "/Metadata", "/AcroForm", "/Version"})
_INFO = frozenset({"/ModDate", "/Producer"})
_FORM = frozenset({"/Fields", "/SigFlags"})
_CODES = {"/Pages": "change.pages", "/Names": "change.attachment", "/AF": "change.attachment"}
_ATTACHED = ("/EmbeddedFile", "/Filespec", "/F")
_SHOWN = frozenset({"/XObject", "/Font", "/FontDescriptor", "/Pattern", "/ExtGState"})


class Found(NamedTuple):
    """A change that signing does not make: its code, and words to it."""

    code: str
    detail: str = ""


def changes(reader: PdfFileReader, where: str) -> list[Reason]:
    """What was done to a document since its first revision that signing does not do; each code once."""
    found: dict[str, Found] = {}
    history = History(reader)
    revisions = [Then(history, number) for number in range(reader.total_revisions)]
    known: set[Key] = set(history.written[0])
    for before, after in pairwise(revisions):
        written = history.written[after.number]
        freed = {key_of(ref) for ref in reader.xrefs.refs_freed_in_revision(after.number)} & known
        for change in _between(before, after, (written & known) | freed):
            found.setdefault(change.code, change)
        known |= written
    return [because(each.code, where, each.detail) for each in found.values()]


def _between(before: Then, after: Then, anew: set[Key]) -> Iterator[Found]:
    """The changes that one revision made to objects that were there."""
    if before.pages != after.pages:
        yield Found("change.pages")
    yield from _in_form(before, after)
    roles = _roles(before)
    for key in sorted(anew):
        old, new = before.get(key), after.get(key)
        if plain(old) != plain(new):
            yield from _in_object(roles.get(key, ""), before, after, (old, new))
    if _packet(before) != _packet(after):
        yield from _in_metadata(before, after)


def _roles(then: Then) -> dict[Key, str]:
    """What the objects are that signing writes anew: by their key."""
    roles: dict[Key, str] = {then.root_key: "catalogue"}
    for name, role in (
        ("/AcroForm", "form"),
        ("/Metadata", "metadata"),
        ("/DSS", "proof"),
        ("/Extensions", "free"),
    ):
        _note(roles, raw(then.root, name), role)
    _note(roles, raw(then.entry("/AcroForm"), "/Fields"), "free")
    _note(roles, raw(then.root, "/Names"), "attached")
    _note(roles, raw(then.entry("/Names"), "/EmbeddedFiles"), "attached")
    for name in ("/Certs", "/CRLs", "/OCSPs", "/VRI"):
        _note(roles, raw(then.entry("/DSS"), name), "proof")
    info = then.reader.trailer.raw_get("/Info") if "/Info" in then.reader.trailer else None
    _note(roles, info, "info")
    for key in then.trees:
        roles[key] = "pages"
    for key in then.fields:
        roles[key] = "field"
        _note(roles, raw(then.follow(raw(then.get(key), "/AP")), "/N"), "look")
    for key in then.pages:
        roles[key] = "page"
        page = then.get(key)
        _note(roles, raw(page, "/Annots"), "annotations")
        for item in _references(raw(page, "/Contents")):
            roles.setdefault(item, "content")
        _note(roles, raw(page, "/Resources"), "content")
    return roles


def _in_object(role: str, before: Then, after: Then, pair: tuple[Any, Any]) -> Iterator[Found]:
    old, new = pair
    if role in ("form", "metadata", "proof", "free", "annotations"):
        # Looked at as a whole elsewhere: the form and its fields, the packet, the annotations of each page. What proves
        # signatures is judged by what it proves.
        if role == "annotations":
            yield from _laid_over(after, old, new)
        return
    if not isinstance(old, generic.DictionaryObject) or not isinstance(new, generic.DictionaryObject):
        yield Found(_code_of(role, old), "an object was replaced")
        return
    differing = {key for key in {*old, *new} if plain(raw(old, key)) != plain(raw(new, key))}
    if role == "catalogue":
        for key in sorted(differing - _CATALOGUE):
            yield Found(_CODES.get(key, "change.other"), key.removeprefix("/"))
    elif role == "info":
        for key in sorted(differing - _INFO):
            yield Found("change.metadata", key.removeprefix("/"))
    elif role == "pages":
        # Which pages there are, and in which order, is looked at as a whole.
        if differing - {"/Kids", "/Count"}:
            yield Found("change.content")
    elif role == "attached":
        yield Found("change.attachment")
    elif role == "look":
        yield Found("change.field", "what a signature shows")
    elif role == "field":
        yield from _in_field(old, differing)
    elif role == "page":
        yield from _in_page(before, after, (old, new), differing)
    else:
        yield Found(_code_of(role, old), _sort(old))


def _in_page(before: Then, after: Then, pair: tuple[Any, Any], differing: set[str]) -> Iterator[Found]:
    old, new = pair
    if "/Annots" in differing:
        yield from _laid_over(after, before.follow(raw(old, "/Annots")), after.follow(raw(new, "/Annots")))
    if differing - {"/Annots"}:
        yield Found("change.content")


def _laid_over(after: Then, old: Any, new: Any) -> Iterator[Found]:
    """Annotations that came or went: only fields for timestamps come, which show nothing."""
    was, now = list(map(_key_or_none, old or ())), list(map(_key_or_none, new or ()))
    if now[: len(was)] != was:
        yield Found("change.annotation")
    for key in now[len(was) :]:
        item = after.get(key) if key else None
        if not _is_unseen(after, item):
            yield Found("change.annotation")


def _is_unseen(then: Then, item: Any) -> bool:
    """Whether an annotation is a field for a signature that takes no room on the page."""
    if not isinstance(item, generic.DictionaryObject) or item.get("/FT") != "/Sig":
        return False
    rect = [float(edge) for edge in then.follow(raw(item, "/Rect")) or ()]
    empty = len(rect) == 4 and (rect[0] == rect[2] or rect[1] == rect[3])
    return empty or bool(int(item.get("/F", 0)) & _HIDDEN)


def _in_field(old: Any, differing: set[str]) -> Iterator[Found]:
    """A field is signed once: its value comes with its look, and neither changes again."""
    if "/V" in differing and "/V" in old:
        yield Found("signature.removed")
    elif differing - {"/V", "/AP"} or ("/AP" in differing and "/V" not in differing):
        yield Found("change.field", ", ".join(key.removeprefix("/") for key in sorted(differing)))


def _in_form(before: Then, after: Then) -> Iterator[Found]:
    old, new = before.entry("/AcroForm"), after.entry("/AcroForm")
    if old is None and new is None:
        return
    was, now = before.fields, after.fields
    if now[: len(was)] != was or any(not _is_unseen(after, after.get(key)) for key in now[len(was) :]):
        yield Found("change.field", "Fields")
    if isinstance(old, generic.DictionaryObject) and isinstance(new, generic.DictionaryObject):
        differing = {key for key in {*old, *new} if plain(raw(old, key)) != plain(raw(new, key))}
        # Fonts and a default look, which some readers note for text fields, are used by no field of ours.
        for key in sorted(differing - _FORM - {"/DR", "/DA"}):
            yield Found("change.field", key.removeprefix("/"))
    elif plain(old) != plain(new):
        yield Found("change.field", "AcroForm")


def _in_metadata(before: Then, after: Then) -> Iterator[Found]:
    try:
        was, now = (xmp.stated(_packet(then)) for then in (before, after))
    except ValueError as error:
        yield Found("change.metadata", str(error))
        return
    differing = sorted(path for path in {*was, *now} if was.get(path) != now.get(path))
    if differing:
        yield Found("change.metadata", ", ".join(path.rpartition("}")[2] for path in differing[:3]))


def _packet(then: Then) -> bytes:
    stream = then.entry("/Metadata")
    return bytes(stream.data) if isinstance(stream, generic.StreamObject) else b""


def _code_of(role: str, old: Any) -> str:
    """The code for an object that signing leaves alone."""
    if role == "content" or isinstance(old, generic.ArrayObject):
        return "change.content"
    sort = _sort(old)
    if sort in _ATTACHED or (isinstance(old, generic.DictionaryObject) and "/EF" in old):
        return "change.attachment"
    if sort in ("/Sig", "/DocTimeStamp"):
        return "signature.removed"
    return "change.content" if sort in _SHOWN or isinstance(old, generic.StreamObject) else "change.other"


def _sort(item: Any) -> str:
    return str(item.get("/Type", "")) if isinstance(item, generic.DictionaryObject) else ""


def _note(roles: dict[Key, str], value: Any, role: str) -> None:
    if isinstance(value, generic.IndirectObject):
        roles[key_of(value)] = role


def _references(value: Any) -> Iterator[Key]:
    items = (
        [value.raw_get(index) for index in range(len(value))]
        if isinstance(value, generic.ArrayObject)
        else [value]
    )
    yield from (key_of(item) for item in items if isinstance(item, generic.IndirectObject))


def _key_or_none(value: Any) -> Key | None:
    return key_of(value) if isinstance(value, generic.IndirectObject) else None
