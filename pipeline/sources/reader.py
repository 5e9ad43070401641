"""A file to a Document: its artifacts, whole or in sections, with all that they refer to.

Reading never fails: what cannot be read is a fault of the document, and the rest is there.
"""

import re
from bisect import bisect_right
from typing import Any, NamedTuple

from msgspec import structs

from pipeline.model import (
    Adoption,
    Artifact,
    Document,
    Fault,
    Header,
    Heading,
    Kind,
    Mention,
    Page,
    Source,
    ViewBlock,
)
from pipeline.sources.fences import Fence, mask
from pipeline.sources.front import (
    MAX_HEADER,
    Front,
    find_links,
    header_mentions,
    mend_keys,
    read_block,
    read_front,
)
from pipeline.sources.identity import explain
from pipeline.sources.outline import Outline, outline
from pipeline.sources.scan import find_headings, find_hyperlinks, find_mentions
from pipeline.sources.supply import Body, supply, title_of
from pipeline.sources.text import Text, decode
from pipeline.sources.yaml import load

MAX_FILE = 10_000_000

_ID = re.compile(r"[A-Z][A-Z0-9]*-\d+")
_HEADING_ID = re.compile(r"([^\W\d_][^\W_]*[-\u2010-\u2015\u2212]\d+)(?!\w)[ \t:\u2013\u2014-]*(.*)")


class Vocabulary(NamedTuple):
    """What reading needs of the schemas and settings: the kinds by name and by prefix, adoptions, limits."""

    kinds: dict[str, Kind]
    prefixes: dict[str, Kind]
    adoptions: tuple[Adoption, ...] = ()
    max_file: int = MAX_FILE
    max_header: int = MAX_HEADER


def read(
    path: str, data: bytes, words: Vocabulary, adoption: Adoption | None = None, sidecar: bytes | None = None
) -> Source:
    """Read the bytes of a file (and of the sidecar file that holds its fields, where one does)."""
    if len(data) > words.max_file:
        message = f"the file has {len(data):,} bytes, more than the limit of {words.max_file:,}"
        hint = "split it, or raise limits.file in the settings"
        fault = Fault(path, message, hint, line=1, column=1, code="SRC-LIMIT")
        return Source(Document(path, faults=(fault,)), "", "")
    text = decode(path, data)
    front = read_front(path, text, words.max_header)
    if adoption and adoption.sidecar and sidecar is not None:
        front = _beside(path, front, sidecar, adoption)
    masked = mask(path, text, front.body)
    faults = [*text.faults, *front.faults, *masked.faults]
    last = len(text.starts) - (text.content.endswith("\n") and len(text.starts) > 1)
    headings = outline(find_headings(text, masked.content), last)
    reading = _Reading(path, text, masked.content, words, adoption, front, headings, faults)
    artifacts, views = reading.blocks(masked.fences)
    document = reading.assemble(artifacts, views)
    return Source(document, text.content, masked.content)


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


class _Draft(NamedTuple):
    """An artifact as far as its header and its heading say what it is."""

    identity: str
    kind: Kind
    header: Header
    fields: dict[str, Any]
    line: int
    end: int
    body: int
    partial: bool
    heading: Heading | None
    section: bool = False


class _Reading:
    """One file being read: the values that the steps share, and the faults that they find."""

    def __init__(
        self,
        path: str,
        text: Text,
        masked: str,
        words: Vocabulary,
        adoption: Adoption | None,
        front: Front,
        outline: Outline,
        faults: list[Fault],
    ) -> None:
        self.path, self.text, self.masked, self.words = path, text, masked, words
        self.adoption, self.front, self.outline, self.faults = adoption, front, outline, faults
        self.counts: dict[str, int] = {}

    def blocks(self, fences: list[Fence]) -> tuple[list[Artifact], list[ViewBlock]]:
        """The artifacts and view blocks of the file, in order."""
        whole = self.whole()
        artifacts = [whole] if whole else []
        views = []
        for fence in fences:
            if not fence.info.startswith("yaml"):
                continue
            if "{.artifact}" in fence.info:
                section = self.section(fence)
                if section:
                    artifacts.append(section)
            elif "{.view}" in fence.info:
                views.append(self.view(fence))
            elif fence.info in ("yaml artifact", "yaml view"):
                word = fence.info.split()[1]
                self.fault(fence, f"{fence.info!r} is not read as a block of ours", f"write yaml {{.{word}}}")
        return artifacts, views

    def whole(self) -> Artifact | None:
        """The artifact that the file is, if its front matter has an ID."""
        front, adoption = self.front, self.adoption
        header = front.header
        field = adoption.id_field if adoption else "id"
        if header is None:
            if adoption:
                self.lacks(field, 1)
            return None
        written = front.fields.get(field)
        if written is None and front.partial:
            written = self.salvage_id(header, field)
        if written is None or isinstance(written, (list, dict, bool)):
            if adoption and not front.partial:
                self.lacks(field, header.line)
            return None
        identity = adoption.id_form.replace("{}", str(written)) if adoption else str(written)
        kind = self.words.kinds.get(adoption.kind) if adoption else self.kind_of(identity)
        last, body = self.outline.last, self.body_line()
        if kind is None:
            self.unknown(identity, header.line, 1, (field,))
            return Artifact(identity, "", self.path, 1, last, body, header, front.fields, partial=True)
        own = {key: value for key, value in front.fields.items() if key != "defaults"}
        return self.artifact(
            _Draft(identity, kind, header, own, 1, last, body, front.partial, self.outline.top())
        )

    def lacks(self, field: str, line: int) -> None:
        """Say that an adopted document does not state its ID."""
        message = f"the field {field!r} is missing"
        hint = f"add {field}: with the ID of the document, or name the file under `exclude` in the settings"
        self.faults.append(Fault(self.path, message, hint, line=line, column=1, code="SCHEMA"))

    def salvage_id(self, header: Header, field: str) -> str | None:
        """The ID in a header that cannot be read."""
        lines = self.text.lines(header.line, header.count)
        match = re.search(rf"^{re.escape(field)}:[ \t]*[\"']?([\w-]+)", lines, re.MULTILINE)
        return match[1] if match else None

    def body_line(self) -> int:
        """The first line of the file's body."""
        return self.text.place(self.front.body)[0] + (1 if self.front.body else 0)

    def section(self, fence: Fence) -> Artifact | None:
        """The artifact of a fenced block and the heading above it."""
        heading = self.outline.above(fence.line)
        match = _HEADING_ID.match(heading.text) if heading else None
        if heading is None or match is None or self._between(heading, fence):
            hint = "put it directly below a heading that begins with its ID, such as '## REQ-101 Title'"
            self.fault(fence, "an artifact block without a heading that begins with an ID", hint)
            return None
        identity = match[1]
        header = Header(self.path, fence.first, fence.rows, fence.indent)
        loaded, faults = read_block(self.text, header, self.words.max_header)
        self.faults += faults
        line, end, body = heading.line, self.outline.end(heading), fence.end + 1
        kind = self.kind_of(identity)
        if kind is None:
            self.unknown(identity, line, heading.level + 2, None)
            return Artifact(
                identity, "", self.path, line, end, body, header, loaded.fields, section=True, partial=True
            )
        own = self.with_defaults(mend_keys(loaded.fields, kind), kind)
        return self.artifact(
            _Draft(identity, kind, header, own, line, end, body, loaded.partial, heading, section=True)
        )

    def _between(self, heading: Heading, fence: Fence) -> str:
        """What stands between a heading and a block, besides empty lines."""
        return self.text.lines(heading.line + 1, fence.line - heading.line - 1).strip()

    def with_defaults(self, own: dict[str, Any], kind: Kind) -> dict[str, Any]:
        """A section's fields with those that the file gives to all its sections and the kind knows."""
        defaults = self.front.fields.get("defaults")
        if not isinstance(defaults, dict):
            return own
        known = kind.schema["properties"]
        return {**{key: value for key, value in defaults.items() if key in known and key not in own}, **own}

    def artifact(self, draft: _Draft) -> Artifact:
        """The artifact with what the body supplies, its links, and its place."""
        kind, heading = draft.kind, draft.heading
        fields = dict(mend_keys(draft.fields, kind))
        words = title_of(heading.text, draft.identity) if heading else ""
        line = heading.line if heading else 0
        column = heading.level + 2 + len(heading.text) - len(words) if heading else 0
        first = draft.body if draft.section else max(draft.body, line + 1)
        body = Body(words, (line, column), first, self.outline.stop(first, draft.end))
        supplied = supply(kind, fields, body, self.text)
        for field, message, hint in supplied.conflicts:
            self.faults.append(Fault(self.path, message, hint, draft.identity, (field,), code="SCHEMA"))
        fields.update(supplied.fields)
        fields.setdefault("kind", kind.name)
        fields.setdefault("id", draft.identity)
        nth = self.counts[draft.identity] = self.counts.get(draft.identity, -1) + 1
        return Artifact(
            draft.identity,
            kind.name,
            self.path,
            draft.line,
            draft.end,
            draft.body,
            draft.header,
            fields,
            find_links(fields, kind, self.adoption.id_form if self.adoption else "{}"),
            section=draft.section,
            nth=nth,
            level=heading.level if heading and draft.section else 1,
            supplied=supplied.places,
            partial=draft.partial,
            adopted=self.adoption is not None,
        )

    def kind_of(self, identity: str) -> Kind | None:
        """The kind whose prefix an ID has."""
        return self.words.prefixes.get(identity.rsplit("-", 1)[0]) if _ID.fullmatch(identity) else None

    def unknown(self, identity: str, line: int, column: int, field: tuple[str, ...] | None) -> None:
        """Say what is wrong with an ID of no kind."""
        message, hint = explain(identity, self.words.prefixes)
        if self.adoption and field:
            message = f"the settings adopt it as {self.adoption.kind!r}, a kind that no schema declares"
            hint = f"add schemas/{self.adoption.kind}.schema.json, or mend `kind` in the settings"
        self.faults.append(
            Fault(self.path, message, hint, identity, field, line, column, len(identity), code="ID-KIND")
        )

    def view(self, fence: Fence) -> ViewBlock:
        """A view block with its fields."""
        header = Header(self.path, fence.first, fence.rows, fence.indent)
        loaded, faults = read_block(self.text, header, self.words.max_header)
        self.faults += faults
        return ViewBlock(loaded.fields, header, fence.end)

    def fault(self, fence: Fence, message: str, hint: str) -> None:
        """Note a block that is not where or as it must be."""
        place = {"line": fence.line, "column": fence.indent + 1, "length": 3}
        self.faults.append(Fault(self.path, message, hint, code="SRC-BLOCK", **place))  # type: ignore[arg-type]

    def assemble(self, artifacts: list[Artifact], views: list[ViewBlock]) -> Document:
        """The document, with each mention given to the innermost artifact around it."""
        kept: list[list[Mention]] = [[] for _ in artifacts]
        page: list[Mention] = []
        lines = [artifact.line for artifact in artifacts]
        for mention in find_mentions(self.text, self.masked, self.words.prefixes):
            owner = _innermost(artifacts, lines, mention.line)
            if owner < 0:
                page.append(mention)
            elif mention.target != artifacts[owner].id or mention.line != artifacts[owner].line:
                kept[owner].append(mention)
        for artifact, found in zip(artifacts, kept, strict=True):
            if artifact.header.path == self.path:
                stated = not (artifact.section and "defaults" in self.front.fields)
                found[:0] = header_mentions(self.text, artifact, self.words.prefixes, stated)
        done = tuple(
            structs.replace(artifact, mentions=tuple(found)) if found else artifact
            for artifact, found in zip(artifacts, kept, strict=True)
        )
        whole = bool(done) and not done[0].section
        front = self.front
        return Document(
            self.path,
            done,
            None if whole or self.adoption else Page(front.fields, front.header, tuple(page)),
            tuple(self.outline.headings),
            tuple(find_hyperlinks(self.text, self.masked)),
            tuple(views),
            tuple(self.faults),
        )


def _innermost(artifacts: list[Artifact], lines: list[int], line: int) -> int:
    """The index of the last artifact to begin before a line and reach it; -1 for none."""
    index = bisect_right(lines, line) - 1
    while index >= 0 and artifacts[index].end < line:
        index -= 1
    return index
