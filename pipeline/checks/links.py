"""Rules on Markdown links and images: they lead to something, and not out of the tree."""

import posixpath
import re
from collections.abc import Iterator

from pipeline.checks.rule import Reading, rule
from pipeline.checks.targets import local_target, scheme_of
from pipeline.model import Document, Fault, Hyperlink, Programme
from pipeline.sources.text import Text, starts_of

_ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]+):[^<>\s]*>")
_FORBIDDEN, _ALLOWED = "the scheme {}: is not allowed in a link", "use https: or a relative path"
_SAFE = frozenset(("http", "https", "mailto", "tel", "urn", "doi"))


def _fault(document: Document, link: Hyperlink, message: str, hint: str) -> Fault:
    owner = next((item.id for item in reversed(document.artifacts) if item.line <= link.line <= item.end), "")
    return Fault(document.path, message, hint, owner, line=link.line, column=link.column, length=link.length)


@rule("SEC-LINK", "block", "document")
def unsafe(reading: Reading) -> Iterator[Fault]:
    """A link or an image that leads out of the source tree, or runs something.

    A path that climbs above the root, an absolute path of one machine, or a scheme other than http, https, mailto and
    tel, such as `javascript:` or `file:`.

    **Why.** It could draw a file of the machine that builds into a public document, or act in a reader's browser.

    **Mend.** Copy the file into the sources, or link to where it is published.
    """
    document = reading.source.document
    for link in document.hyperlinks:
        scheme = scheme_of(link.target)
        if scheme and scheme not in _SAFE:
            yield _fault(document, link, _FORBIDDEN.format(scheme), _ALLOWED)
        elif link.image and (scheme or link.target.startswith("//")):
            yield _fault(
                document, link, "an image is fetched from elsewhere", "copy the image into the sources"
            )
        else:
            target = local_target(document.path, link.target)
            if target and (target[0] == ".." or target[0].startswith("../")):
                yield _fault(
                    document,
                    link,
                    f"{link.target} leads out of the source tree",
                    "copy the file into the sources",
                )

    yield from _unsafe_addresses(reading)


def _unsafe_addresses(reading: Reading) -> Iterator[Fault]:
    """Addresses between angle brackets, which are links too."""
    masked = reading.source.masked
    for match in _ADDRESS.finditer(masked) if "<" in masked else ():
        if match[1].lower() not in _SAFE:
            line, column = Text(masked, starts_of(masked)).place(match.start())
            link = Hyperlink(match[0], "", line, column, len(match[0]))
            yield _fault(reading.source.document, link, _FORBIDDEN.format(match[1].lower()), _ALLOWED)


@rule("LINK-DEAD", "block", "programme")
def broken(programme: Programme) -> Iterator[Fault]:
    """A link, an anchor or an image leads to nothing.

    The file is not in the sources, or the page has no such heading.

    **Why.** The reader of the site meets an error page, and the PDF a missing picture.

    **Mend.** Correct the path; it counts from the document that holds the link. Anchors are the heading's words in
    small letters with hyphens, or the ID of an artifact.
    """
    linking = [document for document in programme.documents.values() if document.hyperlinks]
    folders = _folders(programme) if linking else set()
    anchors: dict[str, set[str]] = {}
    for document in linking:
        for link in document.hyperlinks:
            target = local_target(document.path, link.target)
            if target is None or target[0].startswith(".."):
                continue
            path, anchor = target
            if programme.is_unread(path):
                continue
            found = programme.documents.get(path)
            if found is None:
                if path not in programme.files and (link.image or path.rstrip("/") not in folders):
                    what = "the image" if link.image else "the file"
                    message = f"{what} {link.target} does not exist"
                    yield _fault(document, link, message, _similar(path, programme))
            elif anchor and found.headings:
                known = anchors.get(path) or anchors.setdefault(path, _anchors(found))
                if anchor not in known:
                    hint = f"its anchors are: {', '.join(sorted(known)[:12])}"
                    yield _fault(document, link, f"{path} has no heading #{anchor}", hint)


def _folders(programme: Programme) -> set[str]:
    """All folders that hold something, at any depth, and the root."""
    folders = {"."}
    for path in (*programme.documents, *programme.files):
        folder = posixpath.dirname(path)
        while folder and folder not in folders:
            folders.add(folder)
            folder = posixpath.dirname(folder)
    return folders


def _anchors(document: Document) -> set[str]:
    return (
        {heading.anchor for heading in document.headings} | {item.id for item in document.artifacts} | {"top"}
    )


def _similar(path: str, programme: Programme) -> str:
    name = path.rsplit("/", 1)[-1]
    near = min(
        (other for other in (*programme.documents, *programme.files) if other.rsplit("/", 1)[-1] == name),
        default="",
    )
    return f"there is {near}" if near else "correct the path, or add the file"


RULES = (unsafe, broken)
