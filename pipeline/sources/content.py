"""What an artifact says, in one form: the fields and the body that are the same whenever a reader reads the same.

Changes are told by this form, and a digest is to be made of it. It leaves out what a schema calls no content
(`x-normative: false`), and what has no effect on a reader:

- which of several places states a field: the front matter, the defaults of the file, the heading;
- the order of fields, the quotes and the notation of YAML, comments;
- line ends, a byte order mark, white space at the end of a line, the number of blank lines;
- where the lines of a paragraph are broken. Lines of code, of tables and of HTML stay as they are, and so do line
  breaks that Markdown shows;
- which of two encodings a letter with an accent has (Unicode, NFC).

Sections that are artifacts themselves are no part of the one around them: each speaks for itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from pipeline.model import Artifact, Document, Kind
from pipeline.sources.text import Text

FORM = "paraph.content/1"

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
# What begins a line that is not the continuation of the one above it, and a line that is not continued either.
_BEGINS = re.compile(
    r"[ \t]*(?:[-*+:](?:[ \t]|$)|\d+[.)](?:[ \t]|$)|#{1,6}(?:[ \t]|$)|[>|<]|!!!|\?\?\?|:::|\[\^|\*\[|\{:|[-=]+$"
    r"|([-*_])(?:[ \t]*\1){2,}$|`{3}|~{3})"
)
_ALONE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[>|<]|\{:|[-=]+$|([-*_])(?:[ \t]*\1){2,}$|!!!|\?\?\?|:::)")
_BREAK = re.compile(r"(?:  +|\\)$")


class Content(NamedTuple):
    """The fields by key and the body of an artifact in that form, and the numbers of the body's lines in the file."""

    fields: dict[str, Any]
    body: str
    lines: tuple[tuple[int, str], ...] = ()


def content_of(artifact: Artifact, kind: Kind, document: Document, text: Text) -> Content:
    """What an artifact says, as `kind` defines it. `document` holds it, `text` is the text of that document."""
    properties, closed = kind.schema.get("properties", {}), kind.schema.get("additionalProperties") is False
    fields = {
        key: plain(value)
        for key, value in sorted(artifact.fields.items())
        # A key that is misspelt stands there as it was meant too, and is a finding of its own.
        if key not in kind.descriptive and (not closed or key in properties)
    }
    lines = tuple(_own_lines(artifact, kind, document, text))
    return Content(fields, unwrap([line for _, line in lines]), lines)


def canonical(identity: str, content: Content) -> bytes:
    """The bytes that stand for what an artifact says; equal for equal content alone."""
    value = {"form": FORM, "id": identity, "fields": content.fields, "body": content.body}
    return msgspec.json.encode(value, order="deterministic")


def unwrap(lines: list[str]) -> str:
    """Markdown with each paragraph on one line, one blank line between blocks, and no white space at line ends."""
    done: list[str] = []
    fence, joins = "", False
    for line in lines:
        bare = unicodedata.normalize("NFC", line.rstrip())
        mark = _FENCE.match(bare)
        if fence:
            done.append(bare)
            fence = "" if mark and mark[1].startswith(fence) and bare.strip(" \t>") == mark[1] else fence
            joins = False
            continue
        if not bare and (not done or not done[-1]):
            continue
        if joins and bare and not _BEGINS.match(bare) and "|" not in bare:
            done[-1] += " " + bare.strip()
        else:
            done.append(bare)
        fence = mark[1] if mark else ""
        joins = bool(bare) and not (mark or _ALONE.match(bare) or "|" in bare or _BREAK.search(line))
    return "\n".join(done).strip("\n")


def _own_lines(artifact: Artifact, kind: Kind, document: Document, text: Text) -> Iterator[tuple[int, str]]:
    """The lines of the body, without those of artifacts inside it and those that stand in a field."""
    inner = [
        item for item in document.artifacts if item.section and artifact.line < item.line <= artifact.end
    ]
    told = set(_supplying(artifact, kind, text))
    number = artifact.body
    while number <= artifact.end:
        held = next((item for item in inner if item.line <= number <= item.end), None)
        if held is not None:
            number = held.end + 1
            continue
        if number not in told:
            yield number, text.line(number)
        number += 1


def _supplying(artifact: Artifact, kind: Kind, text: Text) -> Iterator[int]:
    """The numbers of the lines whose text is the value of a field: the heading, the first paragraph."""
    for field, (line, _) in artifact.supplied.items():
        yield line
        if kind.supplied.get(field, "heading") != "heading":
            words = len(str(artifact.fields.get(field, ""))) - len(text.line(line).strip())
            while words > 0:
                line += 1
                yield line
                words -= len(text.line(line).strip()) + 1


def plain(value: Any) -> Any:
    """A value of the front matter without what has no effect on a reader."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        return "\n".join(line.rstrip() for line in text.strip().split("\n"))
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value
