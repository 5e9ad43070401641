"""A deliverable between weaving and rendering: its text in pandoc's Markdown, and the facts of its cover.

What the text may hold beyond plain Markdown, so that weave and the renderers agree:

- `::: {.admonition .note title="Note"}` a callout; the second class is its sort (note, tip, warning, danger ...);
- `::: {.card .requirement #REQ-101}` the card of an artifact. Its first heading is its title, and begins with
  the ID as `[REQ-101]{.id}`; a paragraph of nothing but `[must]{.badge .must}` spans is its line of badges; a
  list inside `::: {.facts}` holds owner, source and links, each item beginning with a strong label;
- `::: {lang=nl}` and `[...]{lang=nl}` a passage in another language;
- pipe tables, with a caption as `Table: words` under them; footnotes; images, whose title becomes a caption.

Every heading carries its ID, links between artifacts are `[REQ-101](#REQ-101)`, and no HTML is read.
"""

from msgspec import Struct


class Woven(Struct, frozen=True):
    """The text of a deliverable, for one audience.

    `markdown` has no heading of the first level: that is `title`. `ids` are the artifacts that it includes.
    `images` are paths relative to `root`, the folder of the sources; nothing outside it is read.
    """

    id: str
    title: str
    lang: str
    markdown: str
    root: str
    ids: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


class Revision(Struct, frozen=True):
    """A line of the version history: version, day (YYYY-MM-DD), author, what changed."""

    version: str
    day: str
    author: str
    change: str


class Approval(Struct, frozen=True):
    """A signature that the document needs: the role, and who decided what on which day where that is known."""

    role: str
    name: str = ""
    decision: str = ""
    day: str = ""


class Facts(Struct, frozen=True):
    """What cover, control page, running lines and metadata state of a document.

    `settled` says that the status needs no watermark. `day` is the day of the document (YYYY-MM-DD), never that
    of the build. `revision` is the revision of the sources, `dirty` that they were changed since. `titles` are
    the title in other languages, as pairs of language and title. `signatures` are the roles that sign on the document
    itself: each gets a field in the table of approvals, and such a document bears no watermark.
    """

    id: str
    title: str
    version: str
    status: str
    settled: bool
    classification: str
    day: str
    organisation: str
    owner: str = ""
    programme: str = ""
    revision: str = ""
    dirty: bool = False
    titles: tuple[tuple[str, str], ...] = ()
    history: tuple[Revision, ...] = ()
    approvals: tuple[Approval, ...] = ()
    distribution: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()


class Attached(Struct, frozen=True):
    """A file that a document carries: what it was made from. `description` says so to who finds it in a reader."""

    name: str
    content: bytes
    description: str
