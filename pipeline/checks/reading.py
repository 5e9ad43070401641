"""Faults that are found while a file is read: these are their pages in the manual."""

from pipeline.checks.rule import told

unreadable = told(
    "SRC-READ",
    """
    A file or folder cannot be read.

    It is missing, its permissions forbid it, it is not UTF-8, it holds a NUL character, or a symbolic link leads
    nowhere or in a circle. What can be read of it is checked all the same.

    **Why.** A document that the gate cannot read is a document that nobody has checked.

    **Mend.** Save the file as UTF-8 text, give it read permission, or remove the link.
    """,
)

too_large = told(
    "SRC-LIMIT",
    """
    A file or a header is larger than the limit.

    Files over 10 MB and headers over 1 MB are not read.

    **Why.** A generated file that lands among the documents by mistake would slow down everybody's checks.

    **Mend.** Split the file, move text from the header to the body, or raise `limits.file` or `limits.header` in the
    settings.
    """,
)

yaml = told(
    "SRC-YAML",
    """
    The front matter is not YAML that can be read.

    YAML 1.2 is read: dates, times, `yes` and `no` are text, each key stands once, and tabs, tags, anchors, aliases and
    merge keys are refused. What can be made out of the other lines is checked all the same.

    **Why.** Two readers of doubtful YAML read two different documents.

    **Mend.** Put quotes around a value that holds `: `, `#`, `*`, `&` or `@`, indent with spaces, write each key once.
    """,
)

unclosed = told(
    "SRC-FENCE",
    """
    A fenced block or the front matter is never closed.

    The block is taken to end at the next heading (a block of ours at its first empty line), so that what follows is
    checked.

    **Why.** All text after it would count as code: its requirements would vanish from every list.

    **Mend.** Close it with a line of the same signs that opened it.
    """,
)

misplaced = told(
    "SRC-BLOCK",
    """
    An artifact or view block is not where or as it must be.

    An artifact's block is written `yaml {.artifact}` and stands directly below a heading that begins with its ID; a
    view's is written `yaml {.view}`.

    **Why.** A block that is not recognised is shown as code and checked by nobody.

    **Mend.** Put the block below a heading such as `## REQ-101 Title`, and write the braces and the dot.
    """,
)

bad_image = told(
    "SEC-IMAGE",
    """
    An image of the sources may not be drawn.

    It is not what its suffix says, has no size that can be read, is too large (50 million pixels, 20 MB, 4 MB for an
    SVG), or is an SVG that holds a script or foreign content, declares a document type or entities, or refers to
    something outside itself. The site leaves it out, and a deliverable with it is not made.

    **Why.** An SVG is a program of sorts: it could run in a reader's browser, or show a file of the builder's machine.

    **Mend.** Save it anew as a plain SVG or as a PNG of a sensible size, or remove it.
    """,
)

schema_file = told(
    "KIND-FILE",
    """
    A schema file does not declare a kind.

    It is not JSON, not a JSON Schema 2020-12, or its `x-kind`, `x-link` or `x-from` do not say what they must. The
    artifacts of the kind are read without a schema until it is mended.

    **Why.** The schema is what judges the artifacts of a kind; a broken one judges nothing.

    **Mend.** `paraph schema KIND` shows a kind that works; the handbook's page on kinds explains each keyword.
    """,
)

RULES = (unreadable, too_large, yaml, unclosed, misplaced, bad_image, schema_file)
