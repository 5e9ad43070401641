"""What imports share: where new sections go, and text from elsewhere made fit for a document."""

import os
import re

from pipeline.errors import CouldNotRun
from pipeline.model import Kind
from pipeline.sources.scan import slug

# What would be read as markup: a heading is to be nothing but words.
_MARKUP = str.maketrans("<>{}[]`|\\", "‹›()()'/" + "/")
_LONGEST = 200


def document_of(kind: Kind) -> str:
    """The document, by its path below the root, that takes what is imported of a kind unless another is named."""
    return f"{kind.folder}/{slug(kind.labels.get('en', (kind.title, kind.title))[1])}.md"


def page(kind: Kind, path: str, root: str) -> str:
    """How the document of a path begins where it does not exist yet; '' where it does."""
    if os.path.exists(os.path.join(root, path)):
        return ""
    words = kind.labels.get("en", (kind.title, kind.title))[1]
    title = words[:1].upper() + words[1:]
    return f"---\ntitle: {title}\n---\n\n# {title}\n\n"


def words(text: str, longest: int = _LONGEST) -> str:
    """A text from elsewhere as one line of words, without what a page or a terminal obeys."""
    line = " ".join(part for part in re.split(r"\s+", text) if part)
    line = "".join(character if character.isprintable() else "\ufffd" for character in line)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def heading(text: str) -> str:
    """A text from elsewhere as the words of a heading."""
    return words(text.translate(_MARKUP)).rstrip("# ")


def check_size(size: int, limit: int, path: str, hint: str) -> None:
    """Raise CouldNotRun where a document would become larger than one may be."""
    if size > limit:
        raise CouldNotRun(f"{path} would have more than the {limit:,} bytes that a document may have", hint)
