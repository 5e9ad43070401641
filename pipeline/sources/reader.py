"""A file to a Document: its artifacts, whole or in sections, with all that they refer to.

Reading never fails: what cannot be read is a fault of the document, and the rest is there.
"""

from bisect import bisect_right

from msgspec import structs

from pipeline.model import Adoption, Document, Fault, Header, Mention, Page, Source
from pipeline.sources.artifacts import Declared, find_artifacts
from pipeline.sources.drafts import Opened
from pipeline.sources.fences import mask
from pipeline.sources.front import Front, header_mentions, read_front
from pipeline.sources.outline import outline
from pipeline.sources.salvage import unread
from pipeline.sources.scan import find_headings, find_hyperlinks, find_mentions, ids_of
from pipeline.sources.speech import spoken
from pipeline.sources.text import decode
from pipeline.sources.vocabulary import MAX_FILE, MAX_HEADER, Vocabulary
from pipeline.sources.yaml import load


def read(
    path: str, data: bytes, words: Vocabulary, adoption: Adoption | None = None, sidecar: bytes | None = None
) -> Source:
    """Read the bytes of a file (and of the sidecar file that holds its fields, where one does)."""
    if len(data) > words.max_file:
        message = f"the file has more than {words.max_file:,} bytes, which is the limit"
        hint = "split it, or raise limits.file in the settings"
        fault = Fault(path, message, hint, line=1, column=1, code="SRC-LIMIT")
        return Source(unread(path, fault, words, data), "", "")
    text = decode(path, data)
    front = read_front(path, text, words.max_header)
    if adoption and adoption.sidecar and sidecar is not None:
        front = _beside(path, front, sidecar, adoption)
    masked = mask(path, text, front.body)
    last = len(text.starts) - (text.content.endswith("\n") and len(text.starts) > 1)
    headings = outline(find_headings(text, masked.content, digests="TR-STALE" not in words.off), last)
    opened = Opened(path, text, masked.content, words, adoption, front, headings)
    declared = find_artifacts(opened, masked.fences)
    faults = (*text.faults, *front.faults, *masked.faults, *declared.faults)
    return Source(_assemble(opened, declared, faults), text.content, masked.content)


def _beside(path: str, front: Front, sidecar: bytes, adoption: Adoption) -> Front:
    """The front matter with the fields of a sidecar file; what the document states itself comes first."""
    name = path.removesuffix(".md") + adoption.sidecar
    beside = decode(name, sidecar)
    loaded = load(beside.content)
    faults = tuple(
        Fault(name, fault.message, fault.hint, line=fault.line, column=fault.column, code="SRC-YAML")
        for fault in loaded.faults
    )
    header = Header(name, 1, len(beside.starts))
    fields = {**loaded.fields, **front.fields}
    return Front(
        fields, header, front.body, (*front.faults, *beside.faults, *faults), front.partial or loaded.partial
    )


def _assemble(opened: Opened, declared: Declared, faults: tuple[Fault, ...]) -> Document:
    """The document, with each mention given to the innermost artifact around it."""
    artifacts, ids = declared.artifacts, ids_of(*opened.words.prefixes)
    kept: list[list[Mention]] = [[] for _ in artifacts]
    page: list[Mention] = []
    lines, ends = [artifact.line for artifact in artifacts], [artifact.end for artifact in artifacts]
    for mention in find_mentions(opened.text, opened.masked, ids):
        # The last artifact to begin before the mention's line and reach it.
        owner = bisect_right(lines, mention.line) - 1
        while owner >= 0 and ends[owner] < mention.line:
            owner -= 1
        if owner < 0:
            page.append(mention)
        elif mention.target != artifacts[owner].id or mention.line != artifacts[owner].line:
            kept[owner].append(mention)
    for artifact, found in zip(artifacts, kept, strict=True):
        if artifact.header.path == opened.path:
            stated = not (opened.adoption or (artifact.section and opened.front.header))
            found[:0] = header_mentions(opened.text, artifact, ids, stated)
        if found:
            # Nobody has seen the artifact yet, and a copy of twenty fields takes its time.
            structs.force_setattr(artifact, "mentions", tuple(found))
        if "translation_of" in artifact.fields or artifact.fields.get("language_regime", "none") != "none":
            structs.force_setattr(artifact, "spoken", spoken(artifact, opened.text, opened.masked))
    done = tuple(artifacts)
    whole = bool(done) and not done[0].section
    front = opened.front
    return Document(
        opened.path,
        done,
        None if whole or opened.adoption else Page(front.fields, front.header, tuple(page)),
        tuple(opened.outline.headings),
        tuple(find_hyperlinks(opened.text, opened.masked)),
        tuple(declared.views),
        faults,
    )


__all__ = ["MAX_FILE", "MAX_HEADER", "Vocabulary", "read", "unread"]
