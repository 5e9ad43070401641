"""What a document may load: images under the folder of the sources, and what lies beside the templates.

Nothing is fetched from a network. A refusal ends the rendering, since WeasyPrint would otherwise leave the resource
out and go on; `Refused` is turned into a CouldNotRun by who renders.
"""

import os
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipeline.render.charts.kept import Charts
from pipeline.render.pdf import fonts
from pipeline.sources.images import refuse
from pipeline.weave.chart import SCHEME, picture_at

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def fetcher(root: str, template_folders: tuple[str, ...], charts: Charts) -> "URLFetcher":
    """Give a fetcher for charts, for images below `root`, and for images, fonts and style sheets of the templates.

    It raises FatalURLFetchingError for everything else; the message names what was refused and why.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Message | None = None) -> URLFetcherResponse:
            del headers  # for a network, which is never asked
            if url.startswith(SCHEME):
                svg = charts.svg(picture_at(unquote(url))).encode()
                return URLFetcherResponse(url, svg, {"Content-Type": _TYPES[".svg"]})
            found = locate(url, root, template_folders)
            if isinstance(found, str):
                raise FatalURLFetchingError(f"{shown(url, root)} {found}")
            kind = _TYPES.get(found.suffix.lower(), "application/octet-stream")
            return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": kind})

    return Fetcher()


def locate(url: str, root: str, template_folders: tuple[str, ...]) -> Path | str:
    """Give the file of an address, or why it may not be loaded, as the rest of a sentence that begins with it."""
    if url.startswith(fonts.SCHEME):
        file = fonts.font_file(unquote(url.removeprefix(fonts.SCHEME)))
        return file or "is no font that is installed with Paraph"
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return "is not a file of the project: nothing is loaded from elsewhere"
    path = Path(os.path.realpath(unquote(parts.path)))
    if path.suffix.lower() in (".css", *fonts.SUFFIXES):
        inside = any(path.is_relative_to(os.path.realpath(folder)) for folder in template_folders)
        return path if inside and path.is_file() else "is no file of the templates"
    return refuse(str(path), (root, *template_folders)) or path


def shown(url: str, root: str) -> str:
    """Give an address as the author knows it: a path relative to the root where it lies below."""
    path = unquote(urlsplit(url).path)
    if url.startswith("file:") and Path(path).is_relative_to(root):
        return str(Path(path).relative_to(root))
    return url
