"""Where a field is written: the exact line and column of a key, a value or a list item, looked up when needed."""

from pipeline.model import Artifact, Document, Header
from pipeline.model.finding import Path
from pipeline.sources.front import dedent, margin
from pipeline.sources.text import Text
from pipeline.sources.yaml import Spot, load, locate

Place = tuple[int, int, int]


def place_of(
    field: Path, artifact: Artifact | None, document: Document, text: Text, key: bool = False
) -> Place:
    """Line, column and length of a field of an artifact (of the page when there is none).

    With `key` it is the place of the key, not of the value. A field that is not stated stands where its default
    does, else where the artifact begins.
    """
    header = artifact.header if artifact else document.page.header if document.page else None
    if header is None:
        return artifact.line if artifact else 1, 1, 1
    spot = find_in(header, field, text, key)
    if spot is None and artifact is not None:
        supplied = artifact.supplied.get(str(field[0]))
        if supplied:
            return supplied[0], supplied[1], max(len(text.line(supplied[0])) - supplied[1] + 1, 1)
        spot = _default(field, artifact, document, text)
    if spot is not None:
        return spot
    if artifact is not None and artifact.section:
        heading = text.line(artifact.line)
        return artifact.line, artifact.level + 2, max(len(heading.rstrip()) - artifact.level - 1, 1)
    # The ID of a whole file, or the first line of the header.
    return find_in(header, ("id",), text) or (header.line, 1, 1)


def _default(field: Path, artifact: Artifact, document: Document, text: Text) -> Place | None:
    """Where the file's defaults state a field of a section."""
    whole = document.whole
    header = whole.header if whole else document.page.header if document.page else None
    if not artifact.section or header is None:
        return None
    defaults = load(_content(header, text)).fields.get("defaults")
    if not isinstance(defaults, dict) or field[0] not in defaults:
        return None
    return find_in(header, ("defaults", *field), text)


def find_in(header: Header, field: Path, text: Text, key: bool = False) -> Place | None:
    """Where a field stands in a header, or its nearest parent that is there; None when not even its key is."""
    content = _content(header, text)
    spot = locate(content, field, key=key)
    if spot is None:
        return _by_key(content, header, field)
    line = header.line + spot.line - 1
    return line, margin(text.line(line), header.indent) + spot.column, spot.length


def _content(header: Header, text: Text) -> str:
    """The YAML of a header."""
    if header.line == 1 and header.count >= len(text.starts):
        return text.content
    return dedent(text.lines(header.line, header.count), header.indent)


def _by_key(content: str, header: Header, field: Path) -> Place | None:
    """A key in a header that cannot be read, found as text."""
    for number, line in enumerate(content.split("\n")):
        if line.startswith(f"{field[0]}:"):
            return header.line + number, header.indent + 1, len(str(field[0]))
    return None


__all__ = ["Place", "Spot", "find_in", "place_of"]
