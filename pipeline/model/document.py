"""What a file holds once it has been read: its artifacts, its headings, links and mentions, with places.

Lines and columns count from 1; columns are in characters, not bytes. A `Header` is where front matter was
written: it is kept as a span of lines so that the exact place of a field can be looked up when needed.
"""

from typing import Any

from msgspec import Struct

from pipeline.model.finding import Fault, Path

# Who may read something, from everybody to the fewest.
CLASSIFICATIONS = ("public", "internal", "limited")


class Header(Struct, frozen=True, array_like=True):
    """Where YAML was written: file, first line of the YAML itself, number of lines, indentation of its fence."""

    path: str
    line: int
    count: int
    indent: int = 0


class Link(Struct, frozen=True, array_like=True):
    """A link of the front matter: role (the field's key), target ID, pinned version or '', path of the item."""

    role: str
    target: str
    version: str
    field: Path


class Mention(Struct, frozen=True, array_like=True):
    """An ID in prose, with its place and the version that it pins, or ''."""

    target: str
    line: int
    column: int
    version: str = ""


class Hyperlink(Struct, frozen=True, array_like=True):
    """A Markdown link or image: target as written, text (alternative text for an image), place, length."""

    target: str
    text: str
    line: int
    column: int
    length: int
    image: bool = False


class Heading(Struct, frozen=True, array_like=True):
    """A heading: level 1-6, text without attributes, anchor (as the site will write it) and line.

    `digest` is the SHA-256 of what stands from there to the next heading, without code, each gap as one space.
    """

    level: int
    text: str
    anchor: str
    line: int
    digest: bytes = b""


class ViewBlock(Struct, frozen=True, array_like=True):
    """A `yaml {.view}` block: its fields, its header, and the last line of its fence."""

    fields: dict[str, Any]
    header: Header
    end: int


class Passage(Struct, frozen=True, array_like=True):
    """Prose that wording rules apply to: its text, language, artifact, and the field that it is the value of.

    `origins` has the line and column of the first character of every line of `text`.
    """

    text: str
    lang: str
    artifact: str
    origins: tuple[tuple[int, int], ...]
    field: str = ""


class Artifact(Struct, frozen=True, array_like=True):
    """An artifact: a whole file, or a section of one.

    `fields` is the effective front matter (stated fields, defaults, what the body supplies) and is not to be
    changed; a misspelt key stands in it twice, as written and as meant, so that one fault stays one fault.
    `partial` says that the front matter could not be read whole, so that a missing field proves nothing. `line`
    and `end` are the first and last line of the artifact in the file `path`; `body` is the first line of its
    body. `links` are the front matter's links, `mentions` the IDs in its prose.
    """

    id: str
    kind: str
    path: str
    line: int
    end: int
    body: int
    header: Header
    fields: dict[str, Any]
    links: tuple[Link, ...] = ()
    mentions: tuple[Mention, ...] = ()
    section: bool = False
    nth: int = 0
    level: int = 1
    # Fields that the body supplies (title, statement), with the line and column where they stand.
    supplied: dict[str, tuple[int, int]] = {}
    partial: bool = False
    # For what must exist in several languages, or is a translation: the IDs, numbers and days in its body, by the
    # language in which they stand, with line and column.
    spoken: dict[str, tuple[tuple[str, int, int], ...]] = {}
    # Read by the conventions of a repository that Paraph did not shape.
    adopted: bool = False
    # What its prose abbreviates, but for what any reader knows, each with the field that has it first.
    abbreviations: tuple[tuple[str, Path], ...] = ()
    # Of the text that its kind lets be compared with others of its kind (`x-compared`): the runs of its words.
    sketch: bytes = b""

    @property
    def title(self) -> str:
        """The title, or '' where it is missing or not text."""
        return _text(self.fields.get("title"))

    @property
    def status(self) -> str:
        """The status, or ''."""
        return _text(self.fields.get("status"))

    @property
    def version(self) -> str:
        """The version, or ''."""
        return _text(self.fields.get("version"))

    @property
    def lang(self) -> str:
        """The language of the artifact's prose; English unless stated."""
        return _text(self.fields.get("lang")) or "en"

    @property
    def classification(self) -> str:
        """The audience that may read it; internal unless stated."""
        return _text(self.fields.get("classification")) or "internal"


class Page(Struct, frozen=True, array_like=True):
    """A file's own front matter when the file is not itself an artifact, and the prose outside its sections."""

    fields: dict[str, Any]
    header: Header | None = None
    mentions: tuple[Mention, ...] = ()

    @property
    def classification(self) -> str:
        """The audience that may read it; internal unless stated."""
        return _text(self.fields.get("classification")) or "internal"

    @property
    def lang(self) -> str:
        """The language of the page's prose; English unless stated."""
        return _text(self.fields.get("lang")) or "en"


class Document(Struct, frozen=True, array_like=True):
    """A file that was read: its artifacts in order, its page, and what its body refers to."""

    path: str
    artifacts: tuple[Artifact, ...] = ()
    page: Page | None = None
    headings: tuple[Heading, ...] = ()
    hyperlinks: tuple[Hyperlink, ...] = ()
    views: tuple[ViewBlock, ...] = ()
    # What was wrong already while reading; each fault names its code.
    faults: tuple[Fault, ...] = ()

    @property
    def whole(self) -> Artifact | None:
        """The artifact that the file itself is, or None for a page."""
        first = self.artifacts[0] if self.artifacts else None
        return first if first and not first.section else None


class Source(Struct, frozen=True):
    """A document with its text, as it was read: `masked` has code and comments blanked, at the same offsets."""

    document: Document
    text: str
    masked: str


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
