"""From what a header and a heading say to an artifact, with what its body supplies."""

from typing import Any, NamedTuple

from msgspec import Struct

from pipeline.model import Adoption, Artifact, Fault, Header, Heading, Kind
from pipeline.sources.abbreviations import find_abbreviations
from pipeline.sources.front import Front, find_links, mend_keys
from pipeline.sources.outline import Outline
from pipeline.sources.sketch import sketch_of
from pipeline.sources.supply import Body, supply
from pipeline.sources.text import Text
from pipeline.sources.vocabulary import Vocabulary


class Opened(NamedTuple):
    """A file that is open: its text, the text without code, its front matter and its headings."""

    path: str
    text: Text
    masked: str
    words: Vocabulary
    adoption: Adoption | None
    front: Front
    outline: Outline


class Draft(Struct, frozen=True):
    """An artifact as far as its header and its heading say what it is."""

    identity: str
    kind: Kind | None
    header: Header
    fields: dict[str, Any]
    line: int
    end: int
    body: int
    partial: bool
    heading: Heading | None
    words: str = ""
    section: bool = False


def complete(draft: Draft, kind: Kind, nth: int, opened: Opened) -> tuple[Artifact, list[Fault]]:
    """The artifact of a draft, the `nth` of its ID, with what its body supplies, its links and its place.

    What the header and the body state differently is a fault.
    """
    adoption = opened.adoption
    # Nobody else holds the fields of a draft.
    fields = draft.fields if draft.section else mend_keys(draft.fields, kind)
    supplied = supply(kind, fields, _body(draft, opened.outline), opened.text)
    faults = [
        Fault(opened.path, message, hint, draft.identity, (field,), nth=nth, code="SCHEMA")
        for field, message, hint in supplied.conflicts
    ]
    fields.update(supplied.fields)
    fields.setdefault("kind", kind.name)
    if draft.section or draft.partial or adoption:
        fields.setdefault("id", draft.identity)
    words = opened.words
    artifact = Artifact(
        draft.identity,
        kind.name,
        opened.path,
        draft.line,
        draft.end,
        draft.body,
        draft.header,
        fields,
        find_links(fields, kind, adoption.id_form if adoption else "{}"),
        section=draft.section,
        nth=nth,
        level=draft.heading.level if draft.heading and draft.section else 1,
        supplied=supplied.places,
        partial=draft.partial,
        adopted=adoption is not None,
        abbreviations=() if "GL-TERM" in words.off else find_abbreviations(fields, kind, words.known),
        sketch=b"" if "RQ-DUP" in words.off else sketch_of(fields.get(kind.compared)),
    )
    return artifact, faults


def _body(draft: Draft, outline: Outline) -> Body:
    heading = draft.heading
    if heading is None:
        return Body("", (0, 0), draft.body, outline.stop(draft.body, draft.end))
    first = draft.body if draft.section else max(draft.body, heading.line + 1)
    column = heading.level + 2 + len(heading.text) - len(draft.words)
    return Body(draft.words, (heading.line, column), first, outline.stop(first, draft.end))
