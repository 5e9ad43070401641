"""What a reader may see: the programme and its documents without all that is classified above an audience.

This comes before all weaving, so that nothing later needs to think of it: views, indexes, backlinks and counts
are made from what is left. What is above the audience is cut: whole files, sections with their headings, every
mention of a hidden ID, every link to a hidden place. In doubt (a classification that is none, a header that
cannot be read) a document counts as hidden.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from pipeline.model import Artifact, Document, Programme
from pipeline.model.document import CLASSIFICATIONS

AUDIENCES = CLASSIFICATIONS
# Stands for what is withheld until the words of a language take its place; authors' text never holds it.
MARK = "\ue000"
OURS = re.compile("[\ue000-\ue00f]")

_UNKNOWN = len(AUDIENCES)
_HYPHEN = "\\\\?[-\u2010-\u2015\u2212]|&#45;|&#x2d;"
_ID = re.compile(rf"(?<![^\W_])([A-Za-z][A-Za-z0-9]*)(?:{_HYPHEN})(\d+)(?!\d)")

Lines = tuple[tuple[int, int], ...]


def conceal(programme: Programme, audience: str) -> tuple[frozenset[str], frozenset[str], dict[str, Lines]]:
    """The IDs, documents and lines that are above an audience.

    An ID hidden in one place is hidden in all, so it is looked at until nothing changes. Raises ValueError for an
    audience that does not exist.
    """
    if audience not in AUDIENCES:
        raise ValueError(f"there is no audience {audience!r}; there are {', '.join(AUDIENCES)}")
    level = AUDIENCES.index(audience)
    hidden: frozenset[str] = frozenset()
    while True:
        paths: set[str] = set()
        cuts: dict[str, Lines] = {}
        found: set[str] = set()
        for path, document in programme.documents.items():
            whole, ranges = _concealed(document, level, hidden)
            if whole:
                paths.add(path)
                found.update(artifact.id.upper() for artifact in document.artifacts)
            elif ranges:
                cuts[path] = ranges
                found.update(
                    artifact.id.upper() for artifact in document.artifacts if inside(artifact.line, ranges)
                )
        if found == hidden:
            return hidden, frozenset(paths), cuts
        hidden = frozenset(found | hidden)


def _concealed(document: Document, level: int, hidden: frozenset[str]) -> tuple[bool, Lines]:
    """Whether the whole document is hidden, else the lines of it that are."""
    own = document.whole
    first = _rank(own) if own else _page_rank(document)
    if first > level or (own and own.id.upper() in hidden) or names(document.path, hidden):
        return True, ()
    return False, tuple(
        (artifact.line, artifact.end)
        for artifact in document.artifacts
        if artifact.section and (_rank(artifact) > level or artifact.id.upper() in hidden)
    )


def _rank(artifact: Artifact) -> int:
    return _level(_stated(artifact.fields), unsure=artifact.partial)


def _page_rank(document: Document) -> int:
    page = document.page
    if page is None:
        return _UNKNOWN
    last = page.header.line + page.header.count if page.header else 0
    codes = ("SRC-YAML", "SRC-FENCE", "SRC-LIMIT")
    broken = any(fault.line <= last and fault.code in codes for fault in document.faults)
    return _level(_stated(page.fields), unsure=broken)


def exceeds(fields: dict[str, Any], audience: str) -> bool:
    """Whether front matter states a classification above an audience."""
    return _level(_stated(fields), unsure=False) > AUDIENCES.index(audience)


def _stated(fields: dict[str, Any]) -> Any:
    """The classification as stated, also under a misspelt key."""
    if "classification" in fields:
        return fields["classification"]
    near = get_close_matches("classification", [str(key) for key in fields], 1, 0.75)
    return fields.get(near[0]) if near else None


def _level(stated: Any, *, unsure: bool) -> int:
    level = (
        AUDIENCES.index("internal" if stated is None else stated)
        if stated in (None, *AUDIENCES)
        else _UNKNOWN
    )
    return max(level, AUDIENCES.index("limited")) if unsure else level


def inside(line: int, ranges: Lines) -> bool:
    """Whether a line stands in one of some ranges of lines."""
    return any(first <= line <= last for first, last in ranges)


def names(text: str, hidden: frozenset[str]) -> bool:
    """Whether a text names one of the hidden IDs."""
    return bool(hidden) and any(_plain(match) in hidden for match in _ID.finditer(text))


def _plain(match: re.Match[str]) -> str:
    return f"{match[1]}-{match[2]}".upper()


def is_id(item: Any, hidden: frozenset[str]) -> bool:
    """Whether a value is a hidden ID, or begins with one (`REQ-101@1.2`, `REQ-101/AC-1`)."""
    match = _ID.match(item) if isinstance(item, str) else None
    return bool(match and _plain(match) in hidden and not re.search(r"\s", item))


def redact(text: str, hidden: frozenset[str], words: str | Callable[[int], str] = MARK) -> str:
    """A text with `words` (or what they give for an offset) in place of each hidden ID."""
    if not hidden or not text:
        return text

    def put(match: re.Match[str]) -> str:
        if _plain(match) not in hidden:
            return match[0]
        return words if isinstance(words, str) else words(match.start())

    return _ID.sub(put, text)
