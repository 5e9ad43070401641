"""Values of an artifact's header, written over where they stand; comments and all other lines stay."""

import re
from collections.abc import Mapping
from typing import Any

from pipeline.edit.scaffold import one_value
from pipeline.errors import CouldNotRun
from pipeline.model import Artifact

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
# A value on one line: quoted, a list, or plain up to a comment.
_VALUE = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\]]*\]|(?!\#)(?:(?!\s+\#|\s*$).)*|)""")


class Lines(tuple[str, ...]):
    """A value that stands on lines of its own below its key: the items of a list, each as YAML on one line."""


def changed(
    path: str, data: bytes, values: Mapping[str, Mapping[str, Any]], artifacts: list[Artifact]
) -> bytes:
    """The bytes of a document in which some artifacts have other values: for each ID the fields, `title` among them.

    A field that stands in the header is written over, with the lines that go on its value; one that does not stand
    there, or comes from the defaults of the file, is added at the end of the header. A title stands in the heading.
    """
    try:
        lines = _LINES.findall(data.decode())
    except UnicodeDecodeError as error:
        raise CouldNotRun(f"{path} is not in UTF-8", "mend that first") from error
    # From the end, so that lines before keep their numbers.
    for artifact in sorted(artifacts, key=lambda item: item.line, reverse=True):
        fields = dict(values[artifact.id])
        if "title" in fields and _retitle(lines, artifact, fields["title"]):
            del fields["title"]
        begin, end = artifact.header.line - 1, artifact.header.line - 1 + artifact.header.count
        header = lines[begin:end]
        for name, value in fields.items():
            _write(header, name, value)
        lines[begin:end] = header
    return "".join(lines).encode()


def _write(header: list[str], name: str, value: Any) -> None:
    """Write a value into the lines of a header."""
    first = header[0] if header else "\n"
    margin, mark = _match(r"[ \t>]*", first), _ended(first)[1] or "\n"
    items = value if isinstance(value, Lines) else ()
    below = [f"{margin}  - {item}{mark}" for item in items]
    words = "" if items else f" {one_value(value)}"
    for at, line in enumerate(header):
        key = _match(rf"{re.escape(margin)}{re.escape(name)}:[ \t]*", line)
        if not key:
            continue
        body, end = _ended(line)
        rest = body[len(key) + len(_match(_VALUE.pattern, body[len(key) :])) :]
        after = at + 1
        while after < len(header) and re.match(rf"{re.escape(margin)}(?:[ \t]|-[ \t])", header[after]):
            after += 1
        space = " " if rest[:1] == "#" else ""
        header[at:after] = [f"{key.rstrip()}{words}{space}{rest}{end}", *below]
        return
    header += [f"{margin}{name}:{words}{mark}", *below]


def _retitle(lines: list[str], artifact: Artifact, title: str) -> bool:
    """Write the title of an artifact into its heading; False where it does not stand there."""
    line, column = artifact.supplied.get("title", (0, 0))
    if not line:
        return False
    body, end = _ended(lines[line - 1])
    found = body.find(artifact.title, column - 1)
    if found >= 0:
        lines[line - 1] = f"{body[:found]}{title}{body[found + len(artifact.title) :]}{end}"
    return found >= 0


def _ended(line: str) -> tuple[str, str]:
    body = line.rstrip("\r\n")
    return body, line[len(body) :]


def _match(pattern: str, text: str) -> str:
    match = re.match(pattern, text)
    return match[0] if match else ""
