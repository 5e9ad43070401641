"""A file to a Document: its artifacts, whole or in sections, with all that they refer to.

Reading never fails: what cannot be read is a fault of the document, and the rest is there.
"""

import re
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
from pipeline.sources.scan import find_headings, find_hyperlinks, find_mentions
from pipeline.sources.supply import supply, title_of
from pipeline.sources.text import Text, decode, starts_of
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
    headings = find_headings(text, masked.content)
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
        headings: list[Heading],
        faults: list[Fault],
    ) -> None:
        self.path, self.text, self.masked, self.words = path, text, masked, words
        self.adoption, self.front, self.headings, self.faults = adoption, front, headings, faults
        self.last = len(text.starts) - (text.content.endswith("\n") and len(text.starts) > 1)
        self.counts: dict[str, int] = {}

    def blocks(self, fences: list[Fence]) -> tuple[list[Artifact], list[ViewBlock]]:
        """The artifacts and view blocks of the file, in order."""
        whole = self.whole()
        artifacts = [whole] if whole else []
        views = []
        for fence in fences:
            if fence.info.startswith("yaml") and "{.artifact}" in fence.info:
                section = self.section(fence)
                if section:
                    artifacts.append(section)
            elif fence.info.startswith("yaml") and "{.view}" in fence.info:
                views.append(self.view(fence))
            elif fence.info in ("yaml artifact", "yaml view"):
                word = fence.info.split()[1]
                self.fault(
                    "SRC-BLOCK",
                    fence,
                    f"'{fence.info}' is not read as an {word} block"
                    if word == "artifact"
                    else f"'{fence.info}' is not read as a view block",
                    f"write yaml {{.{word}}}",
                )
        return artifacts, views

    def whole(self) -> Artifact | None:
        """The artifact that the file is, if its front matter has an ID."""
        front, adoption = self.front, self.adoption
        header = front.header
        if header is None:
            return None
        field = adoption.id_field if adoption else "id"
        written = front.fields.get(field)
        if written is None and front.partial:
            written = self.salvage_id(field)
        if written is None or isinstance(written, (list, dict, bool)):
            if adoption and not front.partial:
                message, hint = f"the field {field!r} is missing", f"add {field}: with the ID of the document"
                self.faults.append(Fault(self.path, message, hint, line=header.line, column=1, code="SCHEMA"))
            return None
        form = adoption.id_form if adoption else "{}"
        identity = form.format(written)
        kind = self.words.kinds.get(adoption.kind) if adoption else self.kind_of(identity)
        if kind is None:
            self.unknown(identity, header.line, 1, (field,))
            return Artifact(
                identity, "", self.path, 1, self.last, self.body_line(), header, front.fields, partial=True
            )
        own = {key: value for key, value in front.fields.items() if key != "defaults"}
        heading = next((item for item in self.headings if item.level == 1), None)
        words, line = (self.heading_words(heading, identity), heading.line) if heading else ("", 0)
        column = heading.level + 2 if heading else 0
        return self.artifact(
            identity, kind, header, own, words, (line, column), 1, self.last, front.partial, None
        )

    def salvage_id(self, field: str) -> str | None:
        """The ID in a header that cannot be read."""
        header = self.front.header
        assert header is not None
        match = re.search(
            rf"^{re.escape(field)}:[ \t]*[\"']?([\w-]+)",
            self.text.lines(header.line, header.count),
            re.MULTILINE,
        )
        return match[1] if match else None

    def body_line(self) -> int:
        """The first line of the file's body."""
        return self.text.place(self.front.body)[0] + (1 if self.front.body else 0)

    def section(self, fence: Fence) -> Artifact | None:
        """The artifact of a fenced block and the heading above it."""
        heading = next((item for item in reversed(self.headings) if item.line < fence.line), None)
        match = _HEADING_ID.match(heading.text) if heading else None
        if (
            heading is None
            or match is None
            or self.text.lines(heading.line + 1, fence.line - heading.line - 1).strip()
        ):
            hint = "put it directly below a heading that begins with its ID, such as '## REQ-101 Title'"
            self.fault("SRC-BLOCK", fence, "an artifact block without a heading that begins with an ID", hint)
            return None
        identity, words = match[1], match[2]
        header = Header(self.path, fence.first, fence.count, fence.indent)
        loaded, faults = read_block(self.text, header, self.words.max_header)
        self.faults += faults
        end = next(
            (
                item.line - 1
                for item in self.headings
                if item.line > fence.line and item.level <= heading.level
            ),
            self.last,
        )
        kind = self.kind_of(identity)
        column = heading.level + 2
        if kind is None:
            self.unknown(identity, heading.line, column, None)
            return Artifact(
                identity,
                "",
                self.path,
                heading.line,
                end,
                fence.end + 1,
                header,
                loaded.fields,
                section=True,
                partial=True,
            )
        known = kind.schema["properties"]
        defaults = self.front.fields.get("defaults")
        own = mend_keys(loaded.fields, kind)
        if isinstance(defaults, dict):
            own = {
                **{key: value for key, value in defaults.items() if key in known and key not in own},
                **own,
            }
        place = (heading.line, column + match.start(2))
        return self.artifact(
            identity, kind, header, own, words, place, heading.line, end, loaded.partial, fence
        )

    def artifact(
        self,
        identity: str,
        kind: Kind,
        header: Header,
        own: dict[str, Any],
        words: str,
        place: tuple[int, int],
        line: int,
        end: int,
        partial: bool,
        fence: Fence | None,
    ) -> Artifact:
        """The artifact with what the body supplies, its links, and its place."""
        fields = mend_keys(own, kind)
        if fields is own:
            fields = dict(own)
        body = fence.end + 1 if fence else self.body_line()
        first = body if fence else max(body, place[0] + 1)
        stop = next((item.line - 1 for item in self.headings if item.line >= first and item.line <= end), end)
        given, places, faults = supply(
            self.path, kind, fields, words, place, self.text, self.masked, first, stop, identity
        )
        self.faults += faults
        fields.update(given)
        fields.setdefault("kind", kind.name)
        fields.setdefault("id", identity)
        form = self.adoption.id_form if self.adoption else "{}"
        nth = self.counts[identity] = self.counts.get(identity, -1) + 1
        return Artifact(
            identity, kind.name, self.path, line, end, body, header, fields, find_links(fields, kind, form),
            section=fence is not None, nth=nth, level=self.level_at(line), supplied=places, partial=partial,
            adopted=self.adoption is not None,
        )  # fmt: skip

    def level_at(self, line: int) -> int:
        """The level of the heading on a line; 1 where there is none."""
        return next((item.level for item in self.headings if item.line == line), 1)

    def heading_words(self, heading: Heading, identity: str) -> str:
        """The words of a heading without the ID that it may begin with."""
        return title_of(heading.text, identity)

    def kind_of(self, identity: str) -> Kind | None:
        """The kind whose prefix an ID has."""
        if not _ID.fullmatch(identity):
            return None
        return self.words.prefixes.get(identity.rsplit("-", 1)[0])

    def unknown(self, identity: str, line: int, column: int, field: tuple[str, ...] | None) -> None:
        """Say what is wrong with an ID of no kind."""
        from pipeline.sources.identity import explain

        message, hint = explain(identity, self.words.prefixes)
        self.faults.append(
            Fault(self.path, message, hint, identity, field, line, column, len(identity), code="ID-KIND")
        )

    def view(self, fence: Fence) -> ViewBlock:
        """A view block with its fields."""
        header = Header(self.path, fence.first, fence.count, fence.indent)
        loaded, faults = read_block(self.text, header, self.words.max_header)
        self.faults += faults
        return ViewBlock(loaded.fields, header, fence.end)

    def fault(self, code: str, fence: Fence, message: str, hint: str) -> None:
        """Note a fault of a fenced block."""
        self.faults.append(
            Fault(self.path, message, hint, line=fence.line, column=fence.indent + 1, length=3, code=code)
        )

    def assemble(self, artifacts: list[Artifact], views: list[ViewBlock]) -> Document:
        """The document, with each mention given to the innermost artifact around it."""
        mentions = find_mentions(self.text, self.masked, self.words.prefixes)
        page: list[Mention] = []
        kept: list[list[Mention]] = [[] for _ in artifacts]
        for mention in mentions:
            owner = _innermost(artifacts, mention.line)
            if owner is None:
                page.append(mention)
            elif mention.target != artifacts[owner].id or mention.line != artifacts[owner].line:
                kept[owner].append(mention)
        done = []
        for artifact, found in zip(artifacts, kept, strict=True):
            if artifact.header.path == self.path:
                own = {artifact.id, *(link.target for link in artifact.links)}
                found[:0] = [
                    Mention(*item)
                    for item in header_mentions(self.text, artifact.header, self.words.prefixes, own)
                ]
            done.append(structs.replace(artifact, mentions=tuple(found)) if found else artifact)
        front = self.front
        whole = bool(done) and not done[0].section
        return Document(
            self.path,
            tuple(done),
            None if whole or self.adoption else Page(front.fields, front.header, tuple(page)),
            tuple(self.headings),
            tuple(find_hyperlinks(self.text, self.masked)),
            tuple(views),
            tuple(self.faults),
        )


def _innermost(artifacts: list[Artifact], line: int) -> int | None:
    found = None
    for index, artifact in enumerate(artifacts):
        if artifact.line <= line <= artifact.end:
            found = index
    return found


def text_of(path: str, data: bytes) -> Text:
    """The text of a file, for those who look places up in it."""
    return decode(path, data)


__all__ = ["Vocabulary", "read", "starts_of", "text_of"]
