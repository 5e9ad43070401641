"""A revision of a programme as git holds it, read without a checkout: its settings, its kinds, its documents."""

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cached_property
from posixpath import basename, dirname, join, normpath

from pipeline.history.repository import Listing, Repository, contents, listing
from pipeline.kinds import Catalogue, build_catalogue
from pipeline.model import Adoption, Source
from pipeline.schemas import SchemaFile, fingerprint, read_schemas
from pipeline.settings import NAMES, Project, Settings, holds_settings, parse_settings
from pipeline.shipped import folder as shipped
from pipeline.sources.reader import read
from pipeline.sources.vocabulary import Vocabulary

_SCHEMA = ".schema.json"


class Snapshot:
    """One revision of a project's programme. Everything is read when it is first asked for."""

    def __init__(self, project: Project, repository: Repository, name: str, commit: str) -> None:
        self.project, self.repository, self.name, self.commit = project, repository, name, commit

    @cached_property
    def stated(self) -> Settings | None:
        """The settings of the revision; None where it has none. Raises CouldNotRun where they cannot be read."""
        project = self.project
        wanted = [project.file] if project.file else []
        wanted += [project.path(name) for name in NAMES]
        for place in wanted:
            path = self.repository.path(place)
            data = contents(self.repository.top, [f"{self.commit}:{path}"])[0] if path else None
            if data is not None and (basename(place) != "pyproject.toml" or holds_settings(data)):
                return parse_settings(f"{self.name}:{path}", data)
        return None

    def beside(self, name: str) -> bytes | None:
        """What a file beside the settings holds in the revision; None where it is not there."""
        path = self.repository.path(self.project.path(name))
        return contents(self.repository.top, [f"{self.commit}:{path}"])[0] if path else None

    @property
    def settings(self) -> Settings:
        """The settings by which the revision is read: its own, else those of the working tree."""
        return self.stated or self.project.settings

    @cached_property
    def root(self) -> str | None:
        """The folder of its sources, from the top of the repository; None where that lies outside."""
        project = self.project
        usual = os.path.normpath(project.path(project.settings.sources))
        return self.repository.path(
            project.path(self.settings.sources) if project.root == usual else project.root
        )

    @cached_property
    def schemas(self) -> dict[str, SchemaFile]:
        """The schema files of the revision over those that come with Paraph."""
        place = self.project.path(self.settings.schemas)
        folder = self.repository.path(place)
        if folder is None:
            return read_schemas([shipped("schemas"), place])
        found = read_schemas([shipped("schemas")])
        files = listing(self.repository, self.commit, folder).files
        paths = [path for path in files if dirname(path) == folder and path.endswith(_SCHEMA)]
        for path, data in zip(paths, self._data(files[path] for path in paths), strict=True):
            name = basename(path)
            found[name] = SchemaFile(f"{self.name}:{path}", data, found.pop(name, None))
        return found

    @cached_property
    def catalogue(self) -> Catalogue:
        """The kinds of the revision."""
        return build_catalogue(self.schemas)

    @cached_property
    def words(self) -> Vocabulary:
        """What reading its documents needs to know."""
        catalogue, settings = self.catalogue, self.settings
        limits = settings.limits
        known = frozenset(settings.glossary.known)
        return Vocabulary(
            catalogue.kinds, catalogue.prefixes, settings.adopt, limits.file, limits.header, known
        )

    @cached_property
    def reading(self) -> tuple[object, ...]:
        """What decides how its documents are read; where two agree, the same bytes are the same document."""
        settings = self.settings
        return (self.root, fingerprint(self.schemas), settings.adopt, settings.limits, settings.glossary)

    @cached_property
    def _listed(self) -> Listing:
        return listing(self.repository, self.commit, self.root) if self.root is not None else Listing({}, {})

    @cached_property
    def files(self) -> dict[str, str]:
        """All files below the root, by their path there: the ID of their content."""
        return {self._below(path): blob for path, blob in self._listed.files.items()}

    @cached_property
    def links(self) -> frozenset[str]:
        """Those of the documents that are symbolic links to another file."""
        return frozenset(self._linked)

    @cached_property
    def _linked(self) -> dict[str, str]:
        links = {path: blob for path, blob in self._listed.links.items() if path.endswith(".md")}
        found = {}
        for path, data in zip(links, self._data(links.values()), strict=True):
            target = normpath(join(dirname(path), data.decode("utf-8", "surrogateescape")))
            if target in self._listed.files:
                found[self._below(path)] = self._listed.files[target]
        return found

    @cached_property
    def documents(self) -> dict[str, str]:
        """The documents by their path below the root: the ID of their content. Links to folders are not followed."""
        exclude = self.settings.exclude
        return {
            path: blob
            for path, blob in (*self.files.items(), *self._linked.items())
            if path.endswith(".md") and _is_read(path, exclude)
        }

    def read(self, paths: Iterable[str]) -> dict[str, Source]:
        """Some of the documents, read, by their paths."""
        wanted = list(paths)
        adoptions = {path: self._adoption(path) for path in wanted}
        beside = {
            path: path.removesuffix(".md") + item.sidecar
            for path, item in adoptions.items()
            if item and item.sidecar
        }
        sidecars = [self.files[name] for name in beside.values() if name in self.files]
        data = self._data([*(self.documents[path] for path in wanted), *sidecars])
        held = dict(
            zip((name for name in beside.values() if name in self.files), data[len(wanted) :], strict=True)
        )
        return {
            path: read(path, text, self.words, adoptions[path], held.get(beside.get(path, "")))
            for path, text in zip(wanted, data, strict=False)
        }

    def before(self, commit: str, path: str) -> Source | None:
        """The document of a path from the top as it was before a commit; None where it was not there."""
        data = contents(self.repository.top, [f"{commit}^:{path}"])[0]
        return read(self._below(path), data, self.words) if data is not None else None

    def _adoption(self, path: str) -> Adoption | None:
        return next((item for item in self.settings.adopt if fnmatchcase(path, item.pattern)), None)

    def _below(self, path: str) -> str:
        return path[len(self.root) + 1 :] if self.root else path

    def _data(self, blobs: Iterable[str]) -> list[bytes]:
        return [data or b"" for data in contents(self.repository.top, blobs)]


def _is_read(path: str, exclude: tuple[str, ...]) -> bool:
    """Whether a walk over the tree would come to a path."""
    if path.startswith(".") or "/." in path or not (path.isascii() or _is_text(path)):
        return False
    if not exclude:
        return True
    steps = path.split("/")
    above = ("/".join(steps[:depth]) for depth in range(1, len(steps) + 1))
    return not any(fnmatchcase(part, pattern) for part in above for pattern in exclude)


def _is_text(path: str) -> bool:
    """Whether a name is UTF-8; what is not has no place among the documents."""
    return not any("\ud800" <= sign <= "\udfff" for sign in path)
