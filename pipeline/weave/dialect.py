"""The two Markdowns that weave writes: Material's (Python-Markdown) and pandoc's.

Python-Markdown and pandoc do not read alike what lies beyond plain Markdown. A `Dialect` writes those
constructs; all else of a document stays as its author wrote it.
"""

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from pipeline.weave.attributes import Attributes, classes, escape, read_attributes

_ITEM = re.compile(r"^([ \t>]*)([-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_LANGUAGE = re.compile(r"[\w+#.-]+")


class Dialect(Protocol):
    """How a Markdown writes what the two do not share."""

    name: str

    def link(self, words: str, address: str, title: str = "") -> str:
        """A link."""

    def reference(self, words: str, address: str, title: str) -> str:
        """A link to an artifact, by its ID; `title` is the artifact's."""

    def span(self, words: str, attributes: Attributes) -> str:
        """A passage inside a paragraph, with attributes."""

    def open(self, attributes: Attributes) -> str:
        """The line that begins a division."""

    def close(self) -> str:
        """The line that ends a division."""

    def admonition(self, sort: str, title: str, body: str) -> str:
        """A callout; `title` may be empty."""

    def code(self, info: str, lines: Sequence[str]) -> str:
        """A code block; `info` is what its author wrote after the opening ticks."""

    def item(self, line: str) -> str:
        """A line that may begin an item of a list."""

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        caption: str,
        grid: bool,
        right: Collection[int] = (),
    ) -> str:
        """A table of cells that are already Markdown; `right` are the columns of figures, flush right."""


class Material:
    """Python-Markdown with the extensions of Material for MkDocs."""

    name = "material"

    def link(self, words: str, address: str, title: str = "") -> str:
        """A link."""
        return f"[{words}]({address}{_title(title)})"

    def reference(self, words: str, address: str, title: str) -> str:
        """A link that shows the title while the pointer rests on it, and that is not cut at its hyphen."""
        return self.link(words, address, title) + "{.ref}"

    def span(self, words: str, attributes: Attributes) -> str:
        """A `span` element: Python-Markdown goes on reading Markdown inside it."""
        return f"<span{attributes.html()}>{words}</span>"

    def open(self, attributes: Attributes) -> str:
        """A `div` element in which Markdown is read."""
        return f'<div{attributes.html()} markdown="1">'

    def close(self) -> str:
        """The end of a `div` element."""
        return "</div>"

    def admonition(self, sort: str, title: str, body: str) -> str:
        """Material's callout."""
        head = f'!!! {sort} "{escape(title)}"' if title else f"!!! {sort}"
        return f"{head}\n\n{indented(body)}\n"

    def item(self, line: str) -> str:
        """The line as it is."""
        return line

    def code(self, info: str, lines: Sequence[str]) -> str:
        """A code block with the options that superfences knows."""
        language, rest = _split(info)
        kept = [pair for pair in rest.pairs if pair[0] in ("hl_lines", "linenums", "title")]
        return _fenced(
            " ".join([language, *(f'{name}="{escape(value)}"' for name, value in kept)]).strip(), lines
        )

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        caption: str,
        grid: bool,
        right: Collection[int] = (),
    ) -> str:
        """A pipe table with its caption as a paragraph above it, in a division of its own."""
        head = f"{caption}\n{{: .table-caption }}\n\n" if caption else ""
        box = classes("paraph-table", "grid-table" if grid else "")
        return f"{self.open(box)}\n\n{head}{_pipes(headers, rows, grid, right)}\n\n{self.close()}"


class Pandoc:
    """Pandoc's Markdown with fenced divisions and bracketed spans."""

    name = "pandoc"

    def link(self, words: str, address: str, title: str = "") -> str:
        """A link."""
        return f"[{words}]({address}{_title(title)})"

    def reference(self, words: str, address: str, title: str) -> str:  # noqa: ARG002 (as the site's)
        """A link; on paper no title shows."""
        return self.link(words, address)

    def span(self, words: str, attributes: Attributes) -> str:
        """A bracketed span."""
        return f"[{words}]{attributes.braces()}" if attributes else words

    def open(self, attributes: Attributes) -> str:
        """The opening fence of a division."""
        return f"::: {attributes.braces() or '{.division}'}"

    def close(self) -> str:
        """The closing fence of a division."""
        return ":::"

    def admonition(self, sort: str, title: str, body: str) -> str:
        """A division that holds its title as an attribute."""
        pairs = (("title", title.replace('"', "'")),) if title else ()
        return f"{self.open(Attributes(classes=('admonition', sort), pairs=pairs))}\n\n{body}\n\n:::\n"

    def item(self, line: str) -> str:
        """The line with its mark four wide, so that what is indented by four stands exactly below its text."""
        match = _ITEM.match(line)
        return f"{match[1]}{match[2]:<4}{line[match.end() :]}" if match and len(match[2]) < 4 else line

    def code(self, info: str, lines: Sequence[str]) -> str:
        """A code block with its language alone, since more words would make it none; its title stands before it."""
        language, rest = _split(info)
        title = next((value for name, value in rest.pairs if name == "title"), "")
        head = f"::: {{.code-title}}\n\n{escape(title)}\n\n:::\n\n" if title else ""
        return head + _fenced(language, lines)

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        caption: str,
        grid: bool,
        right: Collection[int] = (),
    ) -> str:
        """A pipe table with its caption below it."""
        foot = f"\n\nTable: {caption}" if caption else ""
        return _pipes(headers, rows, grid, right) + foot


DIALECTS: dict[str, Dialect] = {"material": Material(), "pandoc": Pandoc()}


def _title(words: str) -> str:
    return ' "' + words.replace("\\", "\\\\").replace('"', "&quot;") + '"' if words else ""


def _fenced(info: str, lines: Sequence[str]) -> str:
    ticks = "```"
    while any(line.lstrip().startswith(ticks) for line in lines):
        ticks += "`"
    return "\n".join([f"{ticks}{info}", *lines, ticks])


def _split(info: str) -> tuple[str, Attributes]:
    braces = info.find("{")
    plain, listed = (info, "") if braces < 0 else (info[:braces], info[braces:].strip("{} "))
    attributes = read_attributes(f"{plain.partition(' ')[2]} {listed}")
    match = _LANGUAGE.match(plain.strip())
    return (match[0] if match else next(iter(attributes.classes), "")), attributes


def _pipes(headers: Sequence[str], rows: Sequence[Sequence[str]], grid: bool, right: Collection[int]) -> str:
    rest = ":---:" if grid else "---"
    rules = ["---:" if index in right else rest if index else "---" for index in range(len(headers))]
    lines = [_row(headers), _row(rules)]
    return "\n".join([*lines, *(_row(row) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell or " " for cell in cells) + " |"


def indented(text: str, by: str = "    ") -> str:
    """The lines of a text, each that is not empty with an indentation."""
    return "\n".join(by + line if line.strip() else "" for line in text.split("\n"))
