"""The passages of an artifact that wording rules apply to: statements and criteria, as the schema marks them.

A passage keeps the place of each of its lines, whether it stands in the body or in a value of the front matter.
"""

from collections.abc import Iterator
from typing import Any

from pipeline.model import Artifact, Kind, Passage
from pipeline.model.finding import Path
from pipeline.sources.front import dedent
from pipeline.sources.languages import divs
from pipeline.sources.text import Text
from pipeline.sources.yaml import Spot, locate


def find_passages(artifact: Artifact, kind: Kind, text: Text) -> Iterator[Passage]:
    """The passages of an artifact, each in the language of the div around it, else of the artifact."""
    for field in kind.prose:
        place = artifact.supplied.get(field)
        if place is not None:
            yield _from_body(artifact, text, field, *place)
        elif field in artifact.fields:
            schema = kind.schema["properties"][field]
            yield from _from_header(artifact, text, (field,), artifact.fields[field], schema)


def _from_body(artifact: Artifact, text: Text, field: str, line: int, column: int) -> Passage:
    """The paragraph that begins at a place."""
    # A div that is still open above the paragraph lasts to the end of what is above it.
    above = text.lines(artifact.body, line - artifact.body)
    around = [item.lang for item in divs(above) if item.end == len(above)]
    rows, origins = [], []
    for number in range(line, artifact.end + 1):
        row = text.line(number)
        if not row.strip():
            break
        first = len(row) - len(row.lstrip()) + 1
        rows.append(row.strip())
        origins.append((number, column if number == line else first))
    lang = around[-1] if around else artifact.lang
    return Passage("\n".join(rows), lang, artifact.id, tuple(origins), field)


def _from_header(
    artifact: Artifact, text: Text, path: Path, value: Any, schema: dict[str, Any]
) -> Iterator[Passage]:
    if isinstance(value, str):
        if schema.get("x-prose"):
            passage = _scalar(artifact, text, path)
            if passage is not None:
                yield passage
    elif isinstance(value, list):
        items = schema.get("items", {})
        for index, item in enumerate(value):
            yield from _from_header(artifact, text, (*path, index), item, items)
    elif isinstance(value, dict):
        for key, part in schema.get("properties", {}).items():
            if key in value:
                yield from _from_header(artifact, text, (*path, key), value[key], part)


def _scalar(artifact: Artifact, text: Text, path: Path) -> Passage | None:
    header = artifact.header
    spot = locate(dedent(text.lines(header.line, header.count), header.indent), path)
    if spot is None:
        return None
    rows, origins = _rows(spot, header.line - 1, header.indent)
    return Passage("\n".join(rows), artifact.lang, artifact.id, tuple(origins), str(path[0]))


def _rows(spot: Spot, above: int, indent: int) -> tuple[list[str], list[tuple[int, int]]]:
    """The lines of a scalar as written, without quotes and block signs, with the place of each."""
    lines = spot.raw.rstrip().split("\n")
    column = spot.column
    skip = 0
    if lines[0][:1] in "|>":
        skip = 1
    elif lines[0][:1] in "\"'":
        lines[0], column = lines[0][1:], column + 1
        lines[-1] = lines[-1].removesuffix(spot.raw[0])
    rows, origins = [], []
    for number, line in enumerate(lines[skip:], skip):
        first = column if number == 0 else len(line) - len(line.lstrip()) + 1
        rows.append(line.strip())
        origins.append((above + spot.line + number, indent + first))
    return rows, origins
