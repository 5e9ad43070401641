"""The navigation of a site: folders as sections, pages in the order that they ask for."""

import re
from posixpath import basename, dirname, splitext
from typing import Any

from msgspec import Struct

from pipeline.figures.order import natural_id
from pipeline.model import Document, Programme
from pipeline.weave.inline import spoken
from pipeline.weave.tree import Nav

_INDEXES = ("index.md", "README.md")


class Entry(Struct, frozen=True):
    """A page in the navigation."""

    path: str
    title: str
    order: float


def title_of(document: Document, lang: str) -> str:
    """The title of a page in the navigation: an artifact's ID and title, or what it says itself."""
    whole = document.whole
    if whole:
        return spoken(f"{whole.id} {whole.title}", lang)
    stated = document.page.fields.get("title") if document.page else None
    heading = next((item.text for item in document.headings if item.level == 1), "")
    words = stated if isinstance(stated, str) and stated else heading
    return spoken(words, lang) or _words(splitext(basename(document.path))[0])


def navigate(programme: Programme, titles: dict[str, str], lang: str) -> Nav:
    """The navigation of the authors' pages. `titles` has those of all pages."""
    entries = [
        Entry(path, titles[path], _order(document))
        for path, document in programme.documents.items()
        if path in titles
    ]
    return _section(programme, entries, "", lang)


def _section(programme: Programme, entries: list[Entry], folder: str, lang: str) -> Nav:
    """The pages of a folder, its own first, then the folders below it, each by order and title."""
    here = [entry for entry in entries if dirname(entry.path) == folder]
    own = next((entry for name in _INDEXES for entry in here if basename(entry.path) == name), None)
    nav: Nav = [own.path] if own and folder else []
    rows: list[tuple[Any, dict[str, Any]]] = [
        (_key(entry), {entry.title: entry.path}) for entry in here if entry is not own
    ]
    deeper = f"{folder}/" if folder else ""
    names = {entry.path[len(deeper) :].split("/")[0] for entry in entries if entry.path.startswith(deeper)}
    for name in names - {basename(entry.path) for entry in here}:
        below = [entry for entry in entries if entry.path.startswith(f"{deeper}{name}/")]
        if len(below) == 1:
            # A folder of one page is no section.
            rows.append(((1, float("inf"), below[0].title.casefold()), {below[0].title: below[0].path}))
            continue
        pages = {f"{deeper}{name}/{page}" for page in _INDEXES}
        index = next((item for item in below if item.path in pages), None)
        label = index.title if index else folder_label(programme, deeper + name, lang)
        order = index.order if index else float("inf")
        rows.append(((1, order, label.casefold()), {label: _section(programme, below, deeper + name, lang)}))
    return [*nav, *(row for _, row in sorted(rows, key=lambda row: row[0]))]


def _key(entry: Entry) -> tuple[Any, ...]:
    match = re.match(r"[A-Z][A-Z0-9]*-\d+", entry.title)
    natural = "{}-{:09d}".format(*natural_id(match[0])) if match else ""
    return (0, entry.order, natural + entry.title.casefold())


def _order(document: Document) -> float:
    stated = document.page.fields.get("nav_order") if document.page else None
    return stated if isinstance(stated, (int, float)) and not isinstance(stated, bool) else float("inf")


def folder_label(programme: Programme, folder: str, lang: str) -> str:
    """What a folder is called: as the kind that lives there alone, else by its name."""
    living = [kind for kind in programme.kinds.values() if kind.folder == folder]
    if len(living) == 1:
        labels = living[0].labels
        words = labels.get(lang) or labels.get("en") or ("", "")
        if words[1]:
            return words[1][:1].upper() + words[1][1:]
    return _words(basename(folder))


def _words(name: str) -> str:
    words = re.sub(r"[-_]+", " ", name).strip() or name
    return words[:1].upper() + words[1:]
