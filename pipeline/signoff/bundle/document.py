"""A document as it stands in a bundle: what is held of it in full, what must be known of it in its header, no more.

The text is the one that the audience sees, without comments, without footnotes that nothing refers to, and without
the lines that the deliverable does not hold. Headers are written anew from the fields that the audience sees.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pipeline.model import Artifact, Header, Heading, Source
from pipeline.signoff.bundle.header import write_header
from pipeline.signoff.bundle.needs import Needs
from pipeline.weave.audience import MARK
from pipeline.weave.sheet import Note, Sheet, read_sheet
from pipeline.weave.tokens import Edit, nothing, replace

# Stands for what is withheld, as the mark does while weaving; to a reader it says what it is.
WITHHELD = "[withheld]{.withheld}"
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
# Of a page that is not held whole its readers' level and its language are known; its sections say the rest.
_PAGE = ("lang", "classification")
# Stands for a heading that is taken away although one below it is kept.
SEPARATOR = "…"


class Written(NamedTuple):
    """A document of a bundle: its text, and which line of the original each heading in it stood on, in order."""

    text: str
    headings: tuple[Heading, ...]


def write_document(source: Source, needs: Needs, anchors: dict[int, str]) -> Written:
    """Write a document that an audience sees, which `source` gives as it sees it.

    `anchors` has the anchors that must be stated, by the line of the heading.
    """
    return _Writing(source, needs, anchors).write()


class _Writing:
    """One document being written: which of its lines are kept, and the edits that make the rest."""

    def __init__(self, source: Source, needs: Needs, anchors: dict[int, str]) -> None:
        self.document, self.needs, self.anchors = source.document, needs, anchors
        self.sheet: Sheet = read_sheet(source.document, source.text)
        self.kept = self._kept()

    def write(self) -> Written:
        """The text."""
        comments = list(self._comments())
        edits = [*comments, *self._gaps(), *self._blocks(), *self._headings()]
        text = replace(self.sheet.text, edits).strip("\n")
        fields = self._front()
        front = f"---\n{write_header(fields)}---\n\n" if fields else ""
        places = {item.line: self.sheet.line_start(item.line) for item in self.document.headings}
        gone = {line for line, at in places.items() if any(edit.start <= at < edit.end for edit in comments)}
        headings = tuple(item for item in self.document.headings if item.line in self.kept - gone)
        return Written(f"{front}{text}\n".replace(MARK, WITHHELD), headings)

    @property
    def _whole(self) -> bool:
        """Whether the document is held from its first line to its last."""
        return any(path == self.document.path and first == 1 for path, first, _ in self.needs.places)

    def _kept(self) -> set[int]:
        """The lines that stay: those that are held, the heads of sections that are known, and footnotes of both."""
        kept: set[int] = set()
        for path, first, last in self.needs.places:
            if path == self.document.path:
                kept.update(range(first, min(last, self.sheet.last) + 1))
        for artifact in self.document.artifacts:
            if artifact.section and artifact.id in self.needs.told:
                kept.update((artifact.line, *_fence(artifact.header)))
        notes = self._notes(kept)
        for label, note in self.sheet.notes.items():
            (kept.update if label in notes else kept.difference_update)(self._lines(note))
        for note in self.sheet.repeated:
            kept.difference_update(self._lines(note))
        return kept

    def _lines(self, note: Note) -> range:
        """The lines of a footnote."""
        return range(self.sheet.line_of(note.start), self.sheet.line_of(max(note.start, note.end - 1)) + 1)

    def _notes(self, lines: set[int]) -> set[str]:
        """The labels of the footnotes that some lines refer to, and those that these refer to in turn."""
        sheet = self.sheet
        inside = {line for note in (*sheet.notes.values(), *sheet.repeated) for line in self._lines(note)}
        queue = [self._line(line) for line in sorted(lines - inside)]
        found: set[str] = set()
        for text in queue:
            new = set(_REFERENCE.findall(text)) & sheet.notes.keys() - found
            found |= new
            queue += [sheet.text[sheet.notes[label].body : sheet.notes[label].end] for label in sorted(new)]
        return found

    def _line(self, line: int) -> str:
        return self.sheet.text[self.sheet.line_start(line) : self.sheet.line_end(line)]

    def _comments(self) -> Iterator[Edit]:
        text = self.sheet.text
        for edit in self.sheet.tokens:
            if text.startswith("<!--", edit.start):
                yield Edit(edit.start, edit.end, nothing(text, edit.start, edit.end))

    def _gaps(self) -> Iterator[Edit]:
        """What takes away the lines that are not kept, and keeps what is left apart.

        A heading below one that is taken away would else come to belong to what was kept before that.
        """
        levels = {item.line: item.level for item in self.document.headings}
        before = 0
        for line in sorted(self.kept):
            if line > before + 1:
                end = self.sheet.line_start(line)
                gone = min((levels[each] for each in range(before + 1, line) if each in levels), default=9)
                apart = f"{'#' * gone} {SEPARATOR}\n\n" if before and gone < levels.get(line, 0) else ""
                yield Edit(self.sheet.line_start(before + 1), end, "")
                yield Edit(end, end, f"\n{apart}")
            before = line
        yield Edit(self.sheet.line_start(before + 1), len(self.sheet.text), "")

    def _blocks(self) -> Iterator[Edit]:
        """The headers of sections and the blocks of views, written anew."""
        for artifact in self.document.artifacts:
            if artifact.section and artifact.line in self.kept:
                yield self._block(artifact.header, "artifact", self._fields(artifact))
        for view in self.document.views:
            if view.header.line in self.kept:
                yield self._block(view.header, "view", view.fields)

    def _block(self, header: Header, name: str, fields: dict[str, Any]) -> Edit:
        lines = list(_fence(header))
        start, end = self.sheet.line_start(lines[0]), self.sheet.line_end(lines[-1])
        lead = self.sheet.text[start : start + header.indent]
        text = f"```yaml {{.{name}}}\n{write_header(fields)}```"
        # What stands before a fence on its line (the sign of a list's item, say) is no part of the lines below it.
        below = "".join(sign if sign in " \t>" else " " for sign in lead)
        return Edit(start, end, lead + text.replace("\n", f"\n{below}"))

    def _headings(self) -> Iterator[Edit]:
        """Headings with an anchor that must be stated."""
        for line in self.kept & self.anchors.keys():
            text = self._line(line).rstrip()
            start = self.sheet.line_start(line)
            opening = text.rfind("{") if text.endswith("}") else -1
            at = opening + 1 + text.startswith("{:", opening) if opening >= 0 else len(text)
            words = f"#{self.anchors[line]} " if opening >= 0 else f" {{#{self.anchors[line]}}}"
            yield Edit(start + at, start + at, words)

    def _fields(self, artifact: Artifact) -> dict[str, Any]:
        """The fields that the header of an artifact states: those that are needed and that the body does not supply."""
        held = artifact.id in self.needs.held
        fields = artifact.fields if held else self.needs.told.get(artifact.id, {})
        # Of a section that is not held the heading alone is there.
        supplied = (
            artifact.supplied if held else {"title"} & artifact.supplied.keys() if artifact.section else ()
        )
        passed = {*supplied, "kind", "defaults", *(("id",) if artifact.section else ())}
        return {name: value for name, value in fields.items() if name not in passed}

    def _front(self) -> dict[str, Any]:
        """The front matter of the document."""
        whole, page = self.document.whole, self.document.page
        if whole:
            there = whole.id in self.needs.held or whole.id in self.needs.told
            identity = {} if whole.adopted else {"id": whole.id}
            return {**identity, **self._fields(whole)} if there else {}
        fields = page.fields if page else {}
        return {
            name: value
            for name, value in fields.items()
            if name != "defaults" and (self._whole or name in _PAGE)
        }


def _fence(header: Header) -> Iterable[int]:
    """The lines of a block from its opening to its end."""
    return range(header.line - 1, header.line + header.count + 1)
