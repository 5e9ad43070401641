"""All that deliverables are made of, as digests: what is read is told by its content, this program by its files."""

import os
from collections.abc import Iterable, Iterator

import msgspec

from pipeline import shipped
from pipeline.cache import digest, program
from pipeline.ledger.files import walk_ledgers
from pipeline.outputs.kept import digest_of
from pipeline.render.engine import engine
from pipeline.settings import Project
from pipeline.sources.discover import walk


def machinery(project: Project) -> bytes:
    """The digest of what makes a PDF of a text: this program, what it uses, and the templates.

    Fonts are among them: those of templates by their content, those of packages by the versions of these.
    """
    names = ("pdf", "charts")
    folders = [os.path.join(shipped.folder("templates"), name) for name in names]
    folders += [project.path(project.settings.templates, name) for name in names]
    return _digest((program(), engine(), _contents(_below(folders))))


def inputs(project: Project, machinery: bytes, circumstances: tuple[object, ...]) -> bytes:
    """The digest of all that is read to make the deliverables of a project, besides images, which each one names."""
    settings = project.settings
    sidecars = tuple(sorted({item.sidecar for item in settings.adopt if item.sidecar}))
    tree = walk(project.root, settings.exclude, sidecars)
    documents = [os.path.join(project.root, entry.path) for entry in tree.documents]
    schemas = _below((shipped.folder("schemas"), project.path(settings.schemas)))
    # By this file git says which of the names of an author stands in the history.
    # What a deliverable tells of approvals stands in the ledgers.
    home = project.path(settings.approvals)
    ledgers = [os.path.join(home, item.id, item.name) for item in walk_ledgers(home)]
    read = _contents([*documents, *schemas, project.path(".mailmap"), *ledgers])
    stated = (
        project.root,
        msgspec.json.encode(settings, enc_hook=str),
        tree.files,
        tree.faults,
        circumstances,
    )
    return _digest((machinery, read, stated))


def key_of(machinery: bytes, stated: tuple[object, ...], images: dict[str, bytes]) -> bytes:
    """The digest of all that one deliverable is made of: its text and what is stated of it, and its images."""
    return _digest((machinery, stated, sorted(images.items())))


def _digest(values: tuple[object, ...]) -> bytes:
    return digest(repr(values).encode("utf-8", "backslashreplace"))


def _below(folders: Iterable[str]) -> Iterator[str]:
    for folder in folders:
        for above, names, files in os.walk(folder, followlinks=True):
            names.sort()
            yield from (os.path.join(above, name) for name in sorted(files))


def _contents(paths: Iterable[str]) -> list[tuple[str, bytes]]:
    return [(path, digest_of(path)) for path in paths]
