"""The tree of a site as values: what weave gives and render writes."""

from typing import Any

from msgspec import Struct

# A title and a page, or a title and what is below it; a bare page is the one of its section.
Nav = list[dict[str, Any] | str]


class CopyOf(Struct, frozen=True):
    """A file that is taken over from the sources, by its path from their root."""

    path: str


class SiteTree(Struct, frozen=True):
    """All files of a site by path, its navigation, and what its pages state of it."""

    files: dict[str, str | CopyOf]
    nav: Nav
    title: str
    organisation: str
    day: str
    audience: str
    lang: str
