"""Rules on the Markdown itself: what every reader can read, what is safe, and what both outputs understand."""

import re
from collections.abc import Iterator

from pipeline.checks.rule import Reading, rule
from pipeline.model import Fault, Source
from pipeline.sources.text import Text, starts_of

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])([^<>]*)>?")
_ACTIVE = frozenset(
    (
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "button",
        "link",
        "meta",
        "base",
        "style",
        "svg",
        "math",
        "applet",
        "frame",
    )
)
_HANDLER = re.compile(r"\bon[a-z]+\s*=|javascript:|data:text/html", re.IGNORECASE)
_DELIMITER = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
_SETEXT = re.compile(
    r"^(?=[^\n]*\S)(?![ \t]*(?:[#>|]|[-*+][ \t]|\d+[.)][ \t]|```|~~~|!!!|:::))[^\n]*\n(=+|-{2,})[ \t]*$",
    re.MULTILINE,
)
_TWO_SPACES = re.compile(r"^(?: {2}| {3})(?:[-*+]|\d{1,9}[.)])[ \t]+\S", re.MULTILINE)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_INDENTED = re.compile(r"(?:\A|\n)[ \t]*\n((?: {4}|\t)[ \t]*\S)")
_CONTAINER = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|!!!|\?\?\?|\[\^[^\]]+\]:|:[ \t]|===[ \t])")


def _at(source: Source, offset: int, message: str, hint: str, length: int = 1) -> Fault:
    line, column = _text(source).place(offset)
    owner = next(
        (item.id for item in reversed(source.document.artifacts) if item.line <= line <= item.end), ""
    )
    return Fault(source.document.path, message, hint, owner, line=line, column=column, length=length)


def _text(source: Source) -> Text:
    return Text(source.masked, starts_of(source.masked))


@rule("A11Y", "block", "document")
def inaccessible(reading: Reading) -> Iterator[Fault]:
    """Something that a reader with a screen reader cannot use.

    An image without alternative text, a table whose header row is empty, or a heading that skips a level.

    **Why.** WCAG 2.1 AA (EN 301 549) binds public bodies, and PDF/UA fails on each of these.

    **Mend.** Write what the image shows between the brackets, name the columns, use the next heading level.
    """
    source = reading.source
    document = source.document
    for link in document.hyperlinks:
        if link.image and not link.text.strip():
            message, hint = "an image has no alternative text", f"write what it shows: ![...]({link.target})"
            yield Fault(document.path, message, hint, line=link.line, column=link.column, length=link.length)
    previous = None
    for heading in document.headings:
        if previous is not None and heading.level > previous.level + 1:
            message = f"the heading skips from level {previous.level} to level {heading.level}"
            hint = f"write {'#' * (previous.level + 1)} {heading.text}"
            yield Fault(document.path, message, hint, line=heading.line, column=1, length=heading.level)
        previous = heading
    if "|" in source.masked and "--" in source.masked:
        yield from _empty_headers(source)


def _empty_headers(source: Source) -> Iterator[Fault]:
    text = _text(source)
    for match in _DELIMITER.finditer(source.masked):
        if "|" not in match[0]:
            continue
        line = text.place(match.start())[0]
        header = text.line(line - 1)
        if "|" in header and not header.replace("|", "").strip():
            yield _at(source, text.starts[line - 2], "a table has an empty header row", "name its columns")


@rule("SEC-HTML", "block", "document")
def active_html(reading: Reading) -> Iterator[Fault]:
    """Active HTML: something that would run, load or ask in the reader's browser.

    A script, a frame, a form, a style sheet, an event handler such as `onclick`, or a `javascript:` address.

    **Why.** Whoever can commit a document could act in the name of everyone who reads it.

    **Mend.** Remove it. To show it as an example, write it as code.
    """
    if "<" not in reading.source.masked:
        return
    for match in _TAG.finditer(reading.source.masked):
        if match[1].lower() in _ACTIVE or _HANDLER.search(match[2]):
            shown = match[0] if len(match[0]) <= 40 else match[0][:37] + "..."
            if not shown.startswith("</"):
                yield _at(
                    reading.source,
                    match.start(),
                    f"active HTML: {shown}",
                    "remove it, or write it as code",
                    len(shown),
                )


@rule("DIALECT", "block", "document")
def outside_dialect(reading: Reading) -> Iterator[Fault]:
    """A construct that the site and the PDF do not read alike.

    The dialect has headings with `#`, paragraphs, lists (nested by four spaces), pipe tables, footnotes, fenced code,
    admonitions, attribute lists, images and links. Raw HTML, underlined headings, code by indentation and lists nested
    by two spaces are outside it.

    **Why.** The same text would be one thing on the site and another in the signed PDF.

    **Mend.** As the hint says.
    """
    source = reading.source
    masked = source.masked
    if "<" in masked:
        for match in _TAG.finditer(masked):
            active = match[1].lower() in _ACTIVE or _HANDLER.search(match[2])
            if not active and not match[0].startswith("</"):
                hint = "write it in Markdown, or as code if it is shown as it is"
                yield _at(source, match.start(), f"raw HTML: <{match[1]}>", hint, len(match[1]) + 1)
    for match in _SETEXT.finditer(masked) if "\n--" in masked or "\n=" in masked else ():
        level = 1 if match[1][0] == "=" else 2
        yield _at(
            source,
            match.start(1),
            "a heading underlined with signs",
            f"write {'#' * level} before its words",
            len(match[1]),
        )
    if "\n  " in masked:
        yield from _indentation(source)


def _indentation(source: Source) -> Iterator[Fault]:
    masked, text = source.masked, _text(source)
    for match in _TWO_SPACES.finditer(masked):
        line = text.place(match.start())[0]
        if _ITEM.match(text.line(line - 1)) or _parent_item(text, line):
            hint = "indent it by four spaces below its parent"
            yield _at(source, match.start(), "a list nested by two or three spaces", hint)
            break  # The rest of the list follows from its first item.
    for match in _INDENTED.finditer(masked):
        line = text.place(match.start(1))[0]
        if not _inside_container(text, line):
            yield _at(
                source,
                match.start(1),
                "code by indentation",
                "fence it with ``` lines, or remove the indentation",
            )


def _parent_item(text: Text, line: int) -> bool:
    for number in range(line - 1, max(line - 40, 0), -1):
        row = text.line(number)
        if _ITEM.match(row):
            return True
        if row.strip() and not row.startswith(" "):
            return False
    return False


def _inside_container(text: Text, line: int) -> bool:
    """Whether an indented line belongs to a list item, an admonition or a footnote above it."""
    for number in range(line - 1, 0, -1):
        row = text.line(number)
        if _CONTAINER.match(row):
            return True
        if row.strip() and not row.startswith((" ", "\t")):
            return False
    return False


RULES = (inaccessible, active_html, outside_dialect)
