"""Permanent addresses: `id/REQ-101/` leads to where REQ-101 stands, wherever its document is moved.

They are plain HTML, which the engine copies as it is: as pages they would double the time of a build, and stand in
the navigation and the search.
"""

from collections.abc import Collection
from html import escape
from posixpath import basename, dirname, splitext
from urllib.parse import quote

from pipeline.model import Artifact, Programme

FOLDER = "id"
_INDEXES = ("index", "README")
_PAGE = """\
<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0; url={href}">
<title>{id}</title>
<p><a href="{href}">{id}</a></p>
</html>
"""


def permanent_pages(programme: Programme, authored: Collection[str], lang: str) -> dict[str, str]:
    """A page for each artifact by its path, but where the authors have one of the same address."""
    taken = {address_of(path) for path in authored}
    return {
        f"{FOLDER}/{artifact.id}/index.html": _PAGE.format(
            lang=lang, id=artifact.id, href=escape(f"../../{place_of(artifact)}")
        )
        for artifact in programme.artifacts.values()
        if f"{FOLDER}/{artifact.id}/" not in taken
    }


def place_of(artifact: Artifact) -> str:
    """Where an artifact stands, seen from the top of the site."""
    fragment = f"#{artifact.id}" if artifact.section else ""
    return quote(address_of(artifact.path)) + fragment


def address_of(path: str) -> str:
    """The address of a page, or of a file, seen from the top of the site: `a/b.md` is at `a/b/`."""
    stem, ending = splitext(path)
    if ending == ".html" and basename(stem) == "index":
        return f"{dirname(path)}/" if dirname(path) else ""
    if ending != ".md":
        return path
    folder = dirname(path) if basename(path[:-3]) in _INDEXES else stem
    return f"{folder}/" if folder else ""
