"""Prose: IDs become links, links lead where they should, attribute lists and passages are put in the dialect."""

import re
from collections.abc import Iterator

from pipeline.model import Document
from pipeline.sources.scan import find_ids, ids_of
from pipeline.weave.attributes import read_attributes
from pipeline.weave.audience import MARK
from pipeline.weave.loom import Loom, Place
from pipeline.weave.sheet import Sheet, read_sheet
from pipeline.weave.spans import Span, safe, scheme
from pipeline.weave.tokens import INERT, Edit, nothing, replace
from pipeline.weave.words import withheld

_BLOCK = re.compile(r"#|[>+*-]\s|\d+[.)]\s|`{3}|~{3}|\||:{3}|!!!|\?{3}|-{3}|={3}|\[[^\]]*\]:|\{")
# Without one of these there is nothing to weave.
_SPECIAL = re.compile(r"[`<\\\[{]|-\d")
_HOLE = "\ue00f"
_BRACES = re.compile(r"[ \t]*\{:?[^{}\n]*\}")
_PASSAGE = re.compile(
    r"(?<![!\\])\[((?:[^\[\]\n]|\n(?!\s*\n)|\[[^\[\]\n]*\](?:\([^()\n]*\))?)*)\]\{([^{}\n]*)\}"
)
_BRACED = re.compile(r"\{(?:(:?)([^{}\n]*)\})?")
_ATTRIBUTES = re.compile(r"\s*[.#][\w-]|[^=]*\w=")
_LOOSE = re.compile(r"\]\(|^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\[(?!\^)[^\]\n]*\]:", re.MULTILINE)
_WHITE = re.compile(r"[ \t\r\n\f\v]+")
_NOTE = re.compile(r"\[\^([^\]\s]+)\](?!:)")


def weave_text(loom: Loom, place: Place, text: str, *, linked: bool = True, noted: bool = True) -> str:
    """Inline Markdown of a field or a heading in the dialect.

    Without `linked`, IDs in it are not made links; without `noted` it loses its footnotes, as a text must that is shown
    elsewhere: what they say stands in a document of their own.
    """
    if not _SPECIAL.search(text):
        return text
    sheet = read_sheet(Document(place.path), text, blocks=False)
    edits = [*sheet.tokens, *prose_edits(loom, place, sheet, 0, len(text), linked=linked, noted=noted)]
    return replace(text, edits)


def weave_line(loom: Loom, place: Place, text: str, *, linked: bool = True, noted: bool = True) -> str:
    """As `weave_text`, on one line: what would begin a block is kept from doing so."""
    words = _in_one_line(weave_text(loom, place, text, linked=linked, noted=noted))
    return INERT + words if _BLOCK.match(words) else words


def spoken(text: str, lang: str) -> str:
    """Inline Markdown as plain words: for attributes, titles in the navigation, and search."""
    words = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    words = re.sub(r"\[([^\[\]]*)\]\{[^{}]*\}", r"\1", words)
    words = re.sub(r"\[\^[^\]\s]+\]", "", words)
    words = re.sub(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", words)
    words = re.sub(r"\\([\\`*_{}\[\]()#+\-.!<>|])", r"\1", words.replace("`", ""))
    return _in_one_line(words.replace(MARK, withheld(lang)))


def _in_one_line(text: str) -> str:
    """A text without line ends; spaces that keep words together stay, which `split()` would take as well."""
    return " ".join(filter(None, _WHITE.split(text)))


def literal(text: str) -> str:
    """Plain words as Markdown that says just that."""
    return re.sub(r"([\\`*_\[\]{}])", r"\\\1", text).replace("<", "&lt;")


def prose_edits(
    loom: Loom, place: Place, sheet: Sheet, begin: int, end: int, *, linked: bool = True, noted: bool = True
) -> Iterator[Edit]:
    """The edits of the prose between two offsets of a text."""
    spans = [span for span in sheet.spans if begin <= span.start and span.end <= end]
    covered = [(span.start, span.end) for span in spans]
    for span in spans:
        yield from _link_edits(loom, place, sheet, span)
    yield from _passage_edits(loom, sheet, begin, end)
    yield from _note_edits(place if noted else None, sheet, begin, end)
    yield from _brace_edits(loom, sheet, begin, end)
    yield from _loose_edits(sheet, spans, begin, end)
    if linked:
        yield from _mention_edits(loom, sheet, begin, end, covered)


def _mention_edits(
    loom: Loom, sheet: Sheet, begin: int, end: int, covered: list[tuple[int, int]]
) -> Iterator[Edit]:
    for offset, identity, version in find_ids(sheet.masked, ids_of(*loom.programme.prefixes), begin, end):
        artifact = loom.programme.artifacts.get(identity)
        if artifact is None or any(start <= offset < stop for start, stop in covered):
            continue
        words = f"{identity}@{version}" if version else identity
        yield Edit(offset, offset + len(words), reference(loom, identity, words))


def reference(loom: Loom, identity: str, words: str = "") -> str:
    """An ID as a link where the output can lead there, else as words."""
    address = loom.addresses.artifact(identity)
    artifact = loom.programme.artifacts.get(identity)
    words = words or identity
    if address is None or artifact is None:
        return words
    return loom.dialect.reference(words, address, spoken(artifact.title, artifact.lang))


def _link_edits(loom: Loom, place: Place, sheet: Sheet, span: Span) -> Iterator[Edit]:
    if span.image:
        yield _image_edit(loom, place, sheet, span)
        return
    address = span.target if scheme(span.target) else loom.link(span.target, place.path)
    tail = _BRACES.match(sheet.text, span.end)
    after = tail.end() if tail else span.end
    if address is None or not safe(span.target) or not span.target:
        # A link that cannot lead anywhere leaves its words.
        yield Edit(span.start, span.text_start, nothing(sheet.text, span.start, span.text_start))
        yield Edit(span.text_end, after, "")
        return
    attributes = read_attributes(tail[0].strip(" \t{}")).braces() if tail else ""
    before, behind = loom.dialect.link(_HOLE, _written(address), span.title).split(_HOLE)
    yield Edit(span.start, span.text_start, before)
    yield Edit(span.text_end, after, behind + attributes)


def _image_edit(loom: Loom, place: Place, sheet: Sheet, span: Span) -> Edit:
    alt = literal(spoken(sheet.text[span.text_start : span.text_end], place.lang))
    tail = _BRACES.match(sheet.text, span.end)
    after = tail.end() if tail else span.end
    address = None if scheme(span.target) else loom.image(span.target.partition("#")[0], place.path)
    if address is None:
        return Edit(span.start, after, nothing(sheet.text, span.start, span.text_start) + alt)
    attributes = read_attributes(tail[0].strip(" \t{}")).braces() if tail else ""
    return Edit(span.start, after, "!" + loom.dialect.link(alt, _written(address), span.title) + attributes)


def _written(address: str) -> str:
    """An address as it may stand between parentheses."""
    return (
        address.replace(" ", "%20")
        .replace("(", "%28")
        .replace(")", "%29")
        .replace("<", "%3C")
        .replace(">", "%3E")
    )


def _passage_edits(loom: Loom, sheet: Sheet, begin: int, end: int) -> Iterator[Edit]:
    for match in _PASSAGE.finditer(sheet.masked, begin, end):
        if any(span.start <= match.start() < span.end for span in sheet.spans):
            continue
        attributes = read_attributes(sheet.text[match.start(2) : match.end(2)])
        before, after = loom.dialect.span(_HOLE, attributes).split(_HOLE)
        yield Edit(match.start(), match.start() + 1, before)
        yield Edit(match.end(1), match.end(), after)


def _note_edits(place: Place | None, sheet: Sheet, begin: int, end: int) -> Iterator[Edit]:
    for match in _NOTE.finditer(sheet.masked, begin, end) if "[^" in sheet.masked else ():
        yield Edit(match.start(), match.end(), f"[^{place.prefix}{match[1]}]" if place else "")


def _brace_edits(loom: Loom, sheet: Sheet, begin: int, end: int) -> Iterator[Edit]:
    """Attribute lists that stand after code or on their own; other braces are words."""
    for match in _BRACED.finditer(sheet.masked, begin, end) if "{" in sheet.masked else ():
        start = match.start()
        if match[2] is None:
            yield Edit(start, start + 1, "&#123;")
            continue
        before = sheet.text[sheet.line_start(sheet.line_of(start)) : start]
        if before.strip(" \t>").strip(":") == "" and ":::" in before:
            continue
        follows = sheet.text[match.end() : match.end() + 1].strip()
        if (not match[1] and not _ATTRIBUTES.match(match[2])) or (follows and not before.strip()):
            yield Edit(start, start + 1, "&#123;")
            continue
        braces = read_attributes(sheet.text[match.start(2) : match.end(2)]).braces()
        if loom.dialect.name == "material":
            yield Edit(start, match.end(), braces.replace("{", "{: ", 1))
        else:
            # pandoc has attributes for code alone, not for what else may stand before the braces.
            yield Edit(start, match.end(), braces if before.endswith("`") else "")


def _loose_edits(sheet: Sheet, spans: list[Span], begin: int, end: int) -> Iterator[Edit]:
    """What one of the dialects might take for a link though we do not: its bracket is made a plain one."""
    known = {span.text_end for span in spans}
    for match in _LOOSE.finditer(sheet.masked, begin, end):
        if match[0] == "](":
            if match.start() not in known:
                yield Edit(match.start() + 1, match.end(), "&#40;")
        else:
            yield Edit(match.end() - 1, match.end(), "&#58;")
