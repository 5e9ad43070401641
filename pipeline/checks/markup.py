"""Rules on the Markdown itself: what every reader can read, what is safe, and what both outputs understand."""

import re
from collections.abc import Iterator
from functools import cached_property

from pipeline.checks.rule import Reading, rule
from pipeline.model import Fault, Source
from pipeline.sources.text import Text, starts_of

_TAG = re.compile(r"(?<!\]\()</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|\Z)([^<>]*)>?")
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
_ATTRIBUTE = re.compile(r"\{[^{}\n]*?(?<=[\s{:])(on[a-z]+|style)[ \t]*=[^{}\n]*\}", re.IGNORECASE)
_DELIMITER = re.compile(
    r"^[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*$", re.MULTILINE
)
_SETEXT = re.compile(
    r"^(?=[^\n]*\S)(?![ \t]*(?:[#>|]|[-*+][ \t]|\d+[.)][ \t]|```|~~~|!!!|:::))[^\n]*\n(=+|-{2,})[ \t]*$",
    re.MULTILINE,
)
_BEGINNING = re.compile(r"\n(?:[ \t]|--|=)")
_TWO_SPACES = re.compile(r"^(?: {2}| {3})(?:[-*+]|\d{1,9}[.)])[ \t]+\S", re.MULTILINE)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_INDENTED = re.compile(r"(?:\A|\n)[ \t]*\n((?: {4}|\t)[ \t]*\S)")
_FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)
_CONTAINER = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|!!!|\?\?\?|\[\^[^\]]+\]:|:[ \t]|===[ \t])")


class _Page:
    """A document whose markup is looked at; its lines are counted only once something is found."""

    def __init__(self, source: Source) -> None:
        self.source, self.masked = source, source.masked

    @cached_property
    def text(self) -> Text:
        """The masked text by lines."""
        return Text(self.masked, starts_of(self.masked))

    def fault(self, offset: int, message: str, hint: str, length: int = 1) -> Fault:
        """A fault at an offset, of the innermost artifact around it."""
        line, column = self.text.place(offset)
        document = self.source.document
        owner = next((item.id for item in reversed(document.artifacts) if item.line <= line <= item.end), "")
        return Fault(document.path, message, hint, owner, line=line, column=column, length=length)


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
        yield from _empty_headers(_Page(source))


def _empty_headers(page: _Page) -> Iterator[Fault]:
    written = page.source.text
    for match in _DELIMITER.finditer(page.masked):
        end = match.start() - 1
        start = written.rfind("\n", 0, max(end, 0)) + 1
        # As written: a column may be named by code, which the masked text does not show.
        header = written[start : max(end, 0)]
        if "|" in match[0] and "|" in header and not header.replace("|", "").strip():
            yield page.fault(start, "a table has an empty header row", "name its columns")


@rule("SEC-HTML", "block", "document")
def active_html(reading: Reading) -> Iterator[Fault]:
    """Active HTML: something that would run, load or ask in the reader's browser.

    A script, a frame, a form, a style sheet, an event handler such as `onclick`, also in an attribute list, or a
    `javascript:` address.

    **Why.** Whoever can commit a document could act in the name of everyone who reads it.

    **Mend.** Remove it. To show it as an example, write it as code.
    """
    page = _Page(reading.source)
    for match in _ATTRIBUTE.finditer(page.masked) if "{" in page.masked else ():
        message = f"an attribute that acts or draws: {match[1]}"
        yield page.fault(match.start(1), message, "remove it; classes and IDs may stand here", len(match[1]))
    for match in _TAG.finditer(page.masked) if "<" in page.masked else ():
        if _is_active(match) and not match[0].startswith("</"):
            shown = match[0] if len(match[0]) <= 40 else match[0][:37] + "..."
            message = f"active HTML: {' '.join(shown.split())}"
            yield page.fault(match.start(), message, "remove it, or write it as code", len(shown))


def _is_active(tag: re.Match[str]) -> bool:
    return tag[1].lower() in _ACTIVE or _HANDLER.search(tag[2]) is not None


@rule("DIALECT", "block", "document")
def outside_dialect(reading: Reading) -> Iterator[Fault]:
    """A construct that the site and the PDF do not read alike.

    The dialect has headings with `#`, paragraphs, lists (nested by four spaces), pipe tables, footnotes, fenced code,
    admonitions, attribute lists, images and links. Raw HTML, underlined headings, code by indentation and lists nested
    by two spaces are outside it, and so is a footnote that is defined twice.

    **Why.** The same text would be one thing on the site and another in the signed PDF.

    **Mend.** As the hint says.
    """
    masked = reading.source.masked
    # One search for what all but raw HTML begins with: most documents end here.
    others = _BEGINNING.search(masked)
    notes = "\n[^" in masked
    if "<" not in masked and not others and not notes:
        return
    page = _Page(reading.source)
    yield from _defined_twice(page) if notes else ()
    for match in _TAG.finditer(masked):
        if match[0].endswith(">") and not match[0].startswith("</") and not _is_active(match):
            hint = "write it in Markdown, or as code if it is shown as it is"
            yield page.fault(match.start(), f"raw HTML: <{match[1]}>", hint, len(match[1]) + 1)
    if not others:
        return
    for match in _SETEXT.finditer(masked):
        hint = f"write {'#' if match[1][0] == '=' else '##'} before its words"
        yield page.fault(match.start(1), "a heading underlined with signs", hint, len(match[1]))
    yield from _nested_by_two(page)
    yield from _indented_code(page)


def _defined_twice(page: _Page) -> Iterator[Fault]:
    """Footnotes whose label one above has already: renderers differ in which of them counts."""
    known = set()
    for match in _FOOTNOTE.finditer(page.masked):
        # As written: the label may be taken for something else, which the masked text does not show.
        label = page.source.text[match.start(1) : match.end(1)]
        if label in known:
            hint = "give it a label of its own, or delete it: only the first one is shown"
            yield page.fault(match.start(), f"the footnote {label} is defined twice", hint, len(label) + 3)
        known.add(label)


def _nested_by_two(page: _Page) -> Iterator[Fault]:
    """The first item of a list that is nested by too little; the rest of the list follows from it."""
    for match in _TWO_SPACES.finditer(page.masked):
        if _has_parent(page.text, page.text.place(match.start())[0]):
            hint = "indent it by four spaces below its parent"
            yield page.fault(match.start(), "a list nested by two or three spaces", hint)
            return


def _has_parent(text: Text, line: int) -> bool:
    """Whether the lines above belong to a list."""
    for number in range(line - 1, max(line - 40, 0), -1):
        row = text.line(number)
        if _ITEM.match(row):
            return True
        if row.strip() and not row.startswith(" "):
            return False
    return False


def _indented_code(page: _Page) -> Iterator[Fault]:
    """Lines indented like code that belong to no list item, admonition or footnote above them."""
    hint = "fence it with ``` lines, or remove the indentation"
    inside, told, at = False, False, 1
    for match in _INDENTED.finditer(page.masked):
        line = page.text.place(match.start(1))[0]
        for number in range(at, line):
            row = page.text.line(number)
            if _CONTAINER.match(row):
                inside = True
            elif row.strip() and not row.startswith((" ", "\t")):
                inside = told = False
        at = line
        if not inside and not told:
            told = True
            yield page.fault(match.start(1), "code by indentation", hint)


RULES = (inaccessible, active_html, outside_dialect)
