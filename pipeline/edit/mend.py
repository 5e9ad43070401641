"""What a mend is given and what it gives: a finding with all that it is about, and the pieces of text to change.

A mend decides by itself whether it is safe. It never decides for an author: where two answers are possible, or where
the words would say something else, it gives nothing and the finding stays.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.edit.patch import Edit, replaced
from pipeline.model import Artifact, Document, Fault, Finding, Header, Kind, Programme
from pipeline.model.finding import Path
from pipeline.sources.front import dedent
from pipeline.sources.text import Text
from pipeline.sources.yaml import Loaded, load

# In a patch: the mend makes lines readable that were not, and may so change every field of its header.
ALL = "*"


class Case(NamedTuple):
    """A finding in the document that holds it.

    `text` is the document's, `masked` the same with code and comments blanked. `page` is the schema of pages. The
    artifact is the one that the finding is of, else the innermost around its line, or None.
    """

    code: str
    fault: Fault
    finding: Finding
    document: Document
    text: Text
    masked: str
    artifact: Artifact | None
    programme: Programme
    page: dict[str, Any]

    @property
    def start(self) -> int:
        """The offset at which the finding begins."""
        return self.text.offset(self.finding.line) + self.finding.column - 1

    @property
    def raw(self) -> str:
        """What is written at the place of the finding."""
        return self.text.content[self.start : self.start + self.finding.length]

    @property
    def row(self) -> str:
        """The line of the finding."""
        return self.text.line(self.finding.line)

    @property
    def kind(self) -> Kind | None:
        """The kind of the artifact."""
        return self.programme.kinds.get(self.artifact.kind) if self.artifact else None

    @property
    def value(self) -> Any:
        """The value of the field that is at fault; None where its place does not hold just that value."""
        fields: Any = self.artifact.fields if self.artifact else _page_fields(self.document)
        found = value_at(fields, self.fault.field or ())
        return found if load(f"x: {self.raw}\n").fields.get("x") == found else None

    @property
    def schema(self) -> Mapping[str, Any]:
        """What the schema says of the field that is at fault."""
        return self.schema_of(self.fault.field or ())

    def schema_of(self, field: Path) -> Mapping[str, Any]:
        """What the schema says of a field; {} where it says nothing."""
        found: Any = self.kind.schema if self.kind else self.page
        for step in field:
            found = (
                found.get("items", {}) if isinstance(step, int) else found.get("properties", {}).get(step, {})
            )
        return found if isinstance(found, dict) else {}

    @property
    def header(self) -> Header | None:
        """The header that holds the line of the finding."""
        headers = [item.header for item in self.document.artifacts]
        headers += [view.header for view in self.document.views]
        if self.document.page is not None and self.document.page.header is not None:
            headers.append(self.document.page.header)
        here = (self.document.path, self.finding.line)
        return next((item for item in headers if _holds(item, *here)), None)

    def reread(self, header: Header, edits: Iterable[Edit]) -> Loaded:
        """What a header holds once some of its lines are changed; none may be added or taken away."""
        lines = replaced(self.text.content, edits).split("\n")[header.line - 1 :][: header.count]
        return load(dedent("\n".join(lines) + "\n", header.indent))

    def here(self, words: str, *fields: str) -> "Patch":
        """The patch that writes something else at the place of the finding; of its field, unless others are named."""
        touched = fields or tuple(str(step) for step in (self.fault.field or ())[:1])
        return Patch((Edit(self.start, self.start + self.finding.length, words),), touched)


class Patch(NamedTuple):
    """What a mend changes, and which fields of artifacts have another value after it."""

    edits: tuple[Edit, ...]
    fields: tuple[str, ...] = ()


class Mend(NamedTuple):
    """A mend: the rule whose findings it mends, what it does, and its page, whose first line says it in a sentence."""

    code: str
    run: Callable[[Case], Patch | None]
    page: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.run.__name__


def mend(code: str) -> Callable[[Callable[[Case], Patch | None]], Mend]:
    """Make a mend of a function; its docstring is its page."""

    def wrap(run: Callable[[Case], Patch | None]) -> Mend:
        return Mend(code, run, inspect.cleandoc(run.__doc__ or ""))

    return wrap


def value_at(fields: Any, field: Path) -> Any:
    """The value of a field, or None."""
    for step in field:
        if isinstance(fields, dict):
            fields = fields.get(step)
        elif isinstance(fields, list) and isinstance(step, int) and step < len(fields):
            fields = fields[step]
        else:
            return None
    return fields


def plain_word(word: str) -> str:
    """A key or a value without what a hand gets wrong: case, and how its words are joined."""
    return re.sub(r"[\s_-]+", "_", word.strip()).lower()


def rewritten(raw: str, value: str) -> str:
    """A text as a YAML value, in the quotes that it was in before; plain, where it reads as the same text so."""
    if raw[:1] in ("'", '"'):
        return f"{raw[0]}{value}{raw[0]}"
    return value if load(f"x: {value}\n").fields.get("x") == value else f'"{value}"'


def _page_fields(document: Document) -> dict[str, Any]:
    return document.page.fields if document.page else {}


def _holds(header: Header, path: str, line: int) -> bool:
    return header.path == path and header.line <= line < header.line + header.count
