"""Programmes for tests: from texts given in the test, or from a folder."""

import os
from collections.abc import Callable
from functools import cache

from pipeline.kinds import Catalogue, build_catalogue, read_schemas
from pipeline.model import Adoption, Programme, Source
from pipeline.programme import build_programme
from pipeline.refresh import adoption_of
from pipeline.sources.discover import walk
from pipeline.sources.reader import Vocabulary, read

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

Texts = Callable[[str], Source]


@cache
def shipped_kinds() -> Catalogue:
    """The kinds that come with Paraph."""
    return build_catalogue(read_schemas([os.path.join(ROOT, "schemas")]))


def programme_of(
    texts: dict[str, str], files: tuple[str, ...] = (), adopted: tuple[Adoption, ...] = ()
) -> tuple[Programme, Texts]:
    """The programme of some documents, given as path and text, and what gives their sources."""
    catalogue = shipped_kinds()
    words = Vocabulary(catalogue.kinds, catalogue.prefixes, adopted)
    sources = {
        path: read(path, text.encode(), words, adoption_of(path, adopted)) for path, text in texts.items()
    }
    programme = build_programme([source.document for source in sources.values()], catalogue, files)
    return programme, sources.__getitem__


def programme_in(folder: str) -> tuple[Programme, Texts]:
    """The programme of the documents below a folder."""
    tree = walk(folder)
    texts = {}
    for entry in tree.documents:
        with open(os.path.join(folder, entry.path), encoding="utf-8") as file:
            texts[entry.path] = file.read()
    return programme_of(texts, tuple(tree.files))
