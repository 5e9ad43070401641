"""A file's artifacts and view blocks: what its front matter, its headings and its fenced blocks declare.

One fault stays one fault: an ID that is misspelt still names the artifact that is meant, a block that is
written slightly wrong is still read, and what could not be read proves nothing to be missing.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.model import Artifact, Fault, Header, Heading, ViewBlock
from pipeline.sources.defaults import Defaults, read_defaults
from pipeline.sources.drafts import Draft, Opened, complete
from pipeline.sources.fences import Fence, block_of
from pipeline.sources.front import mend_keys, read_block
from pipeline.sources.identity import explain
from pipeline.sources.naming import meant_id, settle
from pipeline.sources.supply import title_of

_HEADING_ID = re.compile(r"([^\W\d_][^\W_]*[-\u2010-\u2015\u2212]\d+)(?!\w)[ \t:\u2013\u2014-]*(.*)")
_BLOCK = {"artifact": "the block of an artifact", "view": "the block of a view"}
_STATUS = re.compile(r"^[ \t>]*status:", re.MULTILINE)


class Declared(NamedTuple):
    """What a file declares, in order, and what is wrong with it."""

    artifacts: list[Artifact]
    views: list[ViewBlock]
    faults: list[Fault]


def find_artifacts(opened: Opened, fences: Iterable[Fence]) -> Declared:
    """The artifacts and view blocks of a file."""
    reading = _Reading(opened)
    reading.whole()
    for fence in fences:
        reading.block(fence)
    return Declared(reading.artifacts, reading.views, reading.faults)


class _Reading:
    """One file being read: what was found so far."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.artifacts: list[Artifact] = []
        self.views: list[ViewBlock] = []
        self.faults: list[Fault] = []
        self.counts: dict[str, int] = {}
        self._defaults: Defaults | None = None

    def block(self, fence: Fence) -> None:
        """Read a fenced block, if it is one of ours."""
        word, exact = block_of(fence.info)
        if not word and fence.info in ("", "yaml", "yml") and self._looks_like_artifact(fence):
            word, exact = "artifact", False
        if not word:
            return
        if not exact:
            what = repr(fence.info) if fence.info else "a bare fence"
            self.misplaced(fence, f"{what} is not how {_BLOCK[word]} begins", f"write yaml {{.{word}}}")
        if word == "artifact":
            self.section(fence)
        else:
            self.view(fence)

    def _looks_like_artifact(self, fence: Fence) -> bool:
        """Whether a plain block stands where an artifact's would, and says what an artifact's does."""
        heading, match = self._heading_of(fence)
        if heading is None or match is None or not self._is_direct(heading, fence):
            return False
        if self.opened.words.kind_of(match[1]) is None:
            return False
        return _STATUS.search(self.opened.text.lines(fence.first, fence.rows)) is not None

    def whole(self) -> None:
        """The artifact that the file is, if its front matter has an ID."""
        opened = self.opened
        front, header = opened.front, opened.front.header
        written = self._written_id()
        if header is None or written is None:
            return
        adoption = opened.adoption
        if adoption:
            identity = adoption.id_form.replace("{}", str(written))
            kind = opened.words.kinds.get(adoption.kind)
        else:
            identity, kind = settle(str(written), opened.words)
        field = adoption.id_field if adoption else "id"
        if kind is None or (identity != str(written) and not adoption):
            self.unknown(identity, str(written), header.line, 1, (field,))
        own = dict(front.fields)
        own.pop("defaults", None)
        if not adoption and isinstance(own.get("id"), str):
            own["id"] = identity
        last, body = opened.outline.last, self.body_line()
        top = opened.outline.top()
        title = title_of(top.text, str(written)) if top else ""
        self.add(Draft(identity, kind, header, own, 1, last, body, front.partial, top, title))

    def _written_id(self) -> str | int | float | None:
        """The ID in the front matter; the one that is meant where the key or the value is wrong."""
        opened = self.opened
        front, adoption = opened.front, opened.adoption
        field = adoption.id_field if adoption else "id"
        written = front.fields.get(field)
        if isinstance(written, str) or (adoption and type(written) in (int, float)):
            return written
        header = front.header
        if header is not None and front.partial:
            lines = opened.text.lines(header.line, header.count)
            match = re.search(rf"^{re.escape(field)}:?[ \t]*[\"']?([\w-]+)", lines, re.MULTILINE)
            if match:
                return match[1]
        if adoption:
            if not front.partial:
                self.lacks(field, header.line if header else 1)
            return None
        return meant_id(opened.path, front.fields, opened.words)

    def body_line(self) -> int:
        """The first line of the file's body."""
        front = self.opened.front
        return self.opened.text.place(front.body)[0] + (1 if front.body else 0)

    def _heading_of(self, fence: Fence) -> tuple[Heading | None, re.Match[str] | None]:
        """The heading above a block, and the ID that it begins with."""
        heading = self.opened.outline.above(fence.line)
        return heading, _HEADING_ID.match(heading.text) if heading else None

    def _is_direct(self, heading: Heading, fence: Fence) -> bool:
        """Whether nothing stands between a heading and a block."""
        return not self.opened.text.lines(heading.line + 1, fence.line - heading.line - 1).strip(" \t\n>")

    def _may_be_meant(self, identity: str) -> bool:
        """Whether a block that is not directly below a heading can be of nothing else than of its ID."""
        known = {item.id for item in self.artifacts}
        return identity not in known and self.opened.words.kind_of(identity) is not None

    def section(self, fence: Fence) -> None:
        """The artifact of a fenced block and the heading above it."""
        opened = self.opened
        heading, match = self._heading_of(fence)
        direct = heading is not None and self._is_direct(heading, fence)
        if heading is None or match is None or not (direct or self._may_be_meant(match[1])):
            hint = "put it directly below a heading that begins with its ID, such as '## REQ-101 Title'"
            self.misplaced(fence, "an artifact block without a heading that begins with an ID", hint)
            return
        if not direct:
            message = f"words stand between the heading of {match[1]} and its block"
            self.misplaced(fence, message, "put the block directly below the heading")
        header = Header(opened.path, fence.first, fence.rows, fence.indent)
        loaded, faults = read_block(opened.text, header, opened.words.max_header)
        self.faults += faults
        identity, kind = settle(match[1], opened.words)
        if identity != match[1] or kind is None:
            self.unknown(identity, match[1], heading.line, heading.level + 2, None)
        own, certain = loaded.fields, fence.closed and not loaded.partial
        if kind is not None:
            defaults = self.defaults()
            own, certain = defaults.complete(mend_keys(own, kind), kind), certain and defaults.certain
        line, end, body = heading.line, opened.outline.end(heading), fence.end + 1
        self.add(
            Draft(identity, kind, header, own, line, end, body, not certain, heading, match[2], section=True)
        )

    def defaults(self) -> Defaults:
        """What the file gives to its sections; read once."""
        if self._defaults is None:
            whole = self.artifacts[0].id if self.artifacts and not self.artifacts[0].section else ""
            self._defaults = read_defaults(self.opened.path, self.opened.front, self.opened.words, whole)
            self.faults += self._defaults.faults
        return self._defaults

    def add(self, draft: Draft) -> None:
        """Add an artifact; one without a kind keeps what its header states."""
        nth = self.counts[draft.identity] = self.counts.get(draft.identity, -1) + 1
        if draft.kind is not None:
            artifact, faults = complete(draft, draft.kind, nth, self.opened)
            self.artifacts.append(artifact)
            self.faults += faults
            return
        place = (draft.line, draft.end, draft.body, draft.header)
        self.artifacts.append(
            Artifact(
                draft.identity,
                "",
                self.opened.path,
                *place,
                draft.fields,
                section=draft.section,
                nth=nth,
                partial=True,
            )
        )

    def lacks(self, field: str, line: int) -> None:
        """Say that an adopted document does not state its ID."""
        message = f"the field {field!r} is missing"
        hint = f"add {field}: with the ID of the document, or name the file under `exclude` in the settings"
        self.faults.append(Fault(self.opened.path, message, hint, line=line, column=1, code="SCHEMA"))

    def unknown(
        self, identity: str, written: str, line: int, column: int, field: tuple[str, ...] | None
    ) -> None:
        """Say what is wrong with an ID of no kind."""
        adoption = self.opened.adoption
        message, hint = explain(written, self.opened.words.prefixes)
        if adoption and field:
            message = f"the settings adopt it as {adoption.kind!r}, a kind that no schema declares"
            hint = f"add schemas/{adoption.kind}.schema.json, or mend `kind` in the settings"
        nth = self.counts.get(identity, -1) + 1
        length = len(written)
        self.faults.append(
            Fault(self.opened.path, message, hint, identity, field, line, column, length, nth, code="ID-KIND")
        )

    def view(self, fence: Fence) -> None:
        """A view block with its fields; one that could not be read whole shows nothing and is told already."""
        header = Header(self.opened.path, fence.first, fence.rows, fence.indent)
        loaded, faults = read_block(self.opened.text, header, self.opened.words.max_header)
        self.faults += faults
        if fence.closed and not loaded.partial:
            self.views.append(ViewBlock(loaded.fields, header, fence.end))

    def misplaced(self, fence: Fence, message: str, hint: str) -> None:
        """Note a block that is not where or as it must be."""
        line, column = fence.line, fence.indent + 1
        self.faults.append(
            Fault(self.opened.path, message, hint, line=line, column=column, length=3, code="SRC-BLOCK")
        )
