"""A piece of a document in the dialect that is wanted: the one engine that site and deliverables share.

The author's text stays as it is but for the pieces that the two Markdowns read differently, or that only we
understand. Blocks that are ready (code, cards, views) stand in the text as placeholders until the end, so that
nothing is done to them twice.
"""

import re

from pipeline.model import Artifact, Heading
from pipeline.sources.fences import Fence
from pipeline.views import show
from pipeline.weave.card import details, glance, heading_words, strip
from pipeline.weave.dialect import indented
from pipeline.weave.inline import prose_edits, weave_line, weave_text
from pipeline.weave.loom import Loom, Place
from pipeline.weave.present import present, wrapped
from pipeline.weave.sheet import Sheet, artifact_at, headings_in, view_at
from pipeline.weave.structure import arrange
from pipeline.weave.tokens import Edit, read_tokens, replace

_HOLD = re.compile(r"^([ \t>]*)\ue001(\d+)\ue002[ \t]*$", re.MULTILINE)
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


def weave_lines(loom: Loom, place: Place, first: int, last: int, nested: bool = True) -> str:
    """Lines of a document in the dialect.

    Without `nested`, artifacts inside the artifact that begins on line `first` are left out.
    """
    sheet = loom.sheet(place.path)
    piece = _Piece(loom, place, sheet, first, last)
    if not nested:
        piece.cut_nested()
    piece.weave_headings()
    piece.weave_fences()
    return piece.finish()


class _Piece:
    """Lines being woven: the edits made so far, and the blocks that wait for their placeholders."""

    def __init__(self, loom: Loom, place: Place, sheet: Sheet, first: int, last: int) -> None:
        self.loom, self.place, self.sheet, self.first, self.last = (
            loom,
            place,
            sheet,
            first,
            min(last, sheet.last),
        )
        self.begin, self.end = sheet.line_start(first), sheet.line_end(self.last)
        self.edits = [item for item in sheet.tokens if self.begin <= item.start and item.end <= self.end]
        self.blocks: list[str] = []
        self.after: dict[int, list[str]] = {}
        self.cuts: list[tuple[int, int]] = []
        self.card = artifact_at(sheet, first)

    def hold(self, block: str) -> str:
        """A placeholder for a block that is ready."""
        self.blocks.append(block)
        return f"\ue001{len(self.blocks) - 1}\ue002"

    def cut_nested(self) -> None:
        """Leave out the artifacts that stand inside the one being woven."""
        for artifact in self.sheet.document.artifacts:
            if artifact.section and self.first < artifact.line <= self.last:
                self.cuts.append((artifact.line, artifact.end))
                start, end = (
                    self.sheet.line_start(artifact.line),
                    self.sheet.line_end(min(artifact.end, self.last)),
                )
                self.edits.append(Edit(start, end, ""))

    def is_cut(self, line: int) -> bool:
        """Whether a line is left out."""
        return any(first <= line <= last for first, last in self.cuts)

    def weave_headings(self) -> None:
        """Headings with their anchors; those of artifacts with what stands around them."""
        headings = [
            item for item in headings_in(self.sheet, self.first, self.last) if not self.is_cut(item.line)
        ]
        whole = self.sheet.document.whole if self.first == 1 else None
        title = next((item for item in headings if item.level == 1), None)
        if whole and title is None:
            self.edits.append(Edit(self.begin, self.begin, self.hold(self.whole_head(whole, None)) + "\n\n"))
        for heading in headings:
            start, end = self.sheet.line_start(heading.line), self.sheet.line_end(heading.line)
            if heading is title and whole:
                block = self.whole_head(whole, heading)
            elif artifact := artifact_at(self.sheet, heading.line):
                block = self.section(artifact, heading, headings)
            else:
                block = self.heading(heading)
            self.edits.append(Edit(start, end, f"\n\n{self.hold(block)}\n\n"))
        if whole and not self.is_home_deliverable():
            self.details(whole, headings, (title.line if title else 1))

    def is_home_deliverable(self) -> bool:
        """Whether this is the deliverable itself, whose title and control data the renderer shows."""
        return self.loom.untitled and self.place.path == self.place.home

    def level(self, heading: Heading) -> int:
        """The level of a heading in the output."""
        return min(6, max(1, heading.level + self.place.shift))

    def heading(self, heading: Heading) -> str:
        """A heading that is no artifact's."""
        anchor = self.loom.anchor(self.place, heading.anchor)
        if heading.level == 1 and self.is_home_deliverable():
            return ""
        words = weave_line(self.loom, self.place, heading.text, linked=False)
        return f"{'#' * self.level(heading)} {words} {{#{anchor}}}"

    def whole_head(self, artifact: Artifact, heading: Heading | None) -> str:
        """The heading of the artifact that the file is, with its line of badges."""
        anchor = self.loom.anchor(self.place, heading.anchor if heading else "", artifact)
        if self.is_home_deliverable():
            return ""
        level = self.level(heading) if heading else max(1, 1 + self.place.shift)
        words = heading_words(self.loom, self.place, artifact)
        title = f"{'#' * level} {words} {{#{anchor}}}"
        return "\n\n".join([title, *self.head(artifact)])

    def section(self, artifact: Artifact, heading: Heading, headings: list[Heading]) -> str:
        """The heading of an artifact that is a section, in a card that ends with the section."""
        anchor = self.loom.anchor(self.place, heading.anchor, artifact)
        on_card = self.loom.dialect.name == "pandoc"
        inner = self.loom.gathered.claim(f"{anchor}-title") if on_card else anchor
        words = heading_words(self.loom, self.place, artifact)
        title = f"{'#' * self.level(heading)} {words} {{#{inner}}}"
        self.details(artifact, headings, artifact.line)
        self.after.setdefault(min(artifact.end, self.last), []).append(self.loom.dialect.close())
        opening = wrapped(self.loom, self.place, artifact, anchor if on_card else "")
        return "\n\n".join([opening, title, *self.head(artifact)])

    def head(self, artifact: Artifact) -> list[str]:
        """What stands between an artifact's heading and its text."""
        return [
            part for part in (strip(self.loom, artifact), glance(self.loom, self.place, artifact)) if part
        ]

    def details(self, artifact: Artifact, headings: list[Heading], line: int) -> None:
        """Put an artifact's facts after its first passage: before the next heading, or at its end."""
        following = (item.line - 1 for item in headings if item.line > line and item.line <= artifact.end)
        stop = min(next(following, artifact.end), self.last)
        block = details(self.loom, self.place, artifact)
        if block:
            self.after.setdefault(stop, []).insert(0, block)

    def weave_fences(self) -> None:
        """Code as it is, view blocks as what they show; artifact blocks vanish."""
        for fence in self.sheet.fences:
            if self.first <= fence.line <= self.last and not self.is_cut(fence.line):
                self.edits.append(self.fence(fence))

    def fence(self, fence: Fence) -> Edit:
        """A fenced block: the edit that puts something in its place."""
        start, end = self.sheet.line_start(fence.line), self.sheet.line_end(min(fence.end, self.last))
        prefix = self.sheet.text[start : start + fence.indent]
        if self.is_artifact_block(fence):
            return Edit(start, end, "")
        view = view_at(self.sheet, fence)
        if view is None:
            return Edit(start, end, _placed(prefix, self.hold(self.code(fence))))
        shown = show(self.loom.programme, view.fields, self.place.lang)
        block = present(self.loom, self.place, shown, self.level_below(fence.line), weave_lines)
        return Edit(start, end, f"\n\n{_placed(prefix, self.hold(block))}\n\n" if block else "")

    def is_artifact_block(self, fence: Fence) -> bool:
        """Whether a fence is the header of an artifact, or was meant to be one."""
        return fence.info.startswith("yaml") and "{.artifact}" in fence.info

    def level_below(self, line: int) -> int:
        """The level of a heading that is put below the last one before a line."""
        before = [item for item in self.sheet.document.headings if item.line < line]
        level = self.level(before[-1]) if before else max(1, 1 + self.place.shift)
        return min(6, level + 1)

    def code(self, fence: Fence) -> str:
        """A code block, at no indentation."""
        lines = self.sheet.text.split("\n")[fence.first - 1 : fence.first - 1 + fence.rows]
        body = [line[fence.indent :] if not line[: fence.indent].strip(" >") else line for line in lines]
        return self.loom.dialect.code(fence.info, body)

    def finish(self) -> str:
        """The text with all its edits and blocks."""
        for note in (*self.sheet.notes.values(), *self.sheet.repeated):
            if self.begin <= note.start < self.end:
                self.edits.append(Edit(note.start, note.end, ""))
        for line, blocks in self.after.items():
            at = self.sheet.line_end(line)
            held = "".join(f"\n\n{self.hold(block)}\n\n" for block in blocks)
            self.edits.append(Edit(at, at, held))
        self.edits += prose_edits(self.loom, self.place, self.sheet, self.begin, self.end)
        moved = (Edit(item.start - self.begin, item.end - self.begin, item.words) for item in self.edits)
        text = replace(self.sheet.text[self.begin : self.end], moved)
        text = arrange(text, self.loom.dialect, self.place.lang)
        text = _HOLD.sub(lambda match: indented(self.blocks[int(match[2])], match[1]), text)
        gather_notes(self.loom, self.place, self.sheet, text)
        return text


def _placed(prefix: str, held: str) -> str:
    """A placeholder where a fence stood, with empty lines around it, without which it might not be taken for code.

    A fence on the line of a list's mark goes below it.
    """
    if prefix.strip(" \t>"):
        return f"{prefix}&#8203;\n\n{' ' * max(4, len(prefix))}{held}\n"
    return f"{prefix.rstrip()}\n{prefix}{held}\n{prefix.rstrip()}"


def gather_notes(loom: Loom, place: Place, sheet: Sheet, text: str) -> None:
    """Keep the footnotes that a woven text refers to; one that nothing visible refers to is left out."""
    # In code, what looks like a reference is none.
    for match in _REFERENCE.finditer(read_tokens(text).masked) if "[^" in text else ():
        label = match[1].removeprefix(place.prefix)
        note = sheet.notes.get(label) if match[1].startswith(place.prefix) else None
        if note and match[1] not in loom.gathered.notes:
            loom.gathered.notes[match[1]] = ""
            words = weave_text(loom, place, sheet.text[note.body : note.end].rstrip())
            loom.gathered.notes[match[1]] = f"[^{match[1]}]: {words}"
            gather_notes(loom, place, sheet, words)
