"""The releases of a programme, as git holds them: a tag leads to the sources with the record of the release.

The tag of a release is annotated. Its commit has the released commit as its only parent, and adds nothing but
`releases/VERSION/` beside the settings. So a record stands outside every tree that is judged by it.
"""

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline import tools
from pipeline.errors import CouldNotRun
from pipeline.history.repository import Repository, contents, is_shallow, repository_of
from pipeline.model.release import MANIFEST, RECORDS, Manifest, read_manifest
from pipeline.settings import Project

TRAILER = "Paraph-Manifest"
_STATED = re.compile(rf"^{TRAILER}: sha256:([0-9a-f]{{64}})$", re.MULTILINE)
_FORMAT = "%(refname:strip=2)%1f%(*objectname)%1f%(*parent)%1f%(contents)%1e"


class Tagged(NamedTuple):
    """A tag of a release: its name, which is the version, the commit that holds the record, and the one released."""

    version: str
    record: str
    commit: str


def last_release(project: Project, commit: str = "HEAD") -> Manifest | None:
    """The manifest of the last release that a commit goes back to; None where there is none, or no git.

    The last one is that of the highest version. In a clone without its history, where nobody can say what goes back to
    what, it is the highest of all. Raises CouldNotRun where its manifest cannot be read.
    """
    if tools.find("git") is None:
        return None
    try:
        repository = repository_of(project.folder)
    except CouldNotRun:
        return None
    tags = list(tags_of_releases(repository.top))
    unsure = bool(tags) and is_shallow(repository.top)
    for tag in tags:
        if _is_of(project, repository, tag) and (unsure or _goes_back(repository.top, commit, tag.commit)):
            return manifest_of(project, repository, tag)
    return None


def tagged(project: Project, repository: Repository, version: str) -> Tagged | None:
    """The release of a version. Raises CouldNotRun where a tag has that name and is of no release of the project."""
    found = next((tag for tag in tags_of_releases(repository.top) if tag.version == version), None)
    if found is not None and _is_of(project, repository, found):
        return found
    if _ask(repository.top, "rev-parse", "--verify", "--quiet", f"refs/tags/{version}").code == 0:
        raise CouldNotRun(f"there is a tag {version}, which no release made here", "release another version")
    return None


def manifest_of(project: Project, repository: Repository, tag: Tagged) -> Manifest:
    """The manifest in the record of a release. Raises CouldNotRun where it cannot be read."""
    try:
        return read_manifest(record_of(project, repository, tag, MANIFEST) or b"")
    except ValueError as error:
        raise CouldNotRun(
            f"the manifest of release {tag.version} cannot be read: {error}",
            f"fetch the tag as it was made: git fetch --force origin tag {tag.version}",
        ) from error


def record_of(project: Project, repository: Repository, tag: Tagged, name: str) -> bytes | None:
    """A file of the record of a release; None where it is not there."""
    path = folder_of(project, repository, tag.version)
    return contents(repository.top, [f"{tag.record}:{path}/{name}"])[0]


def folder_of(project: Project, repository: Repository, version: str) -> str:
    """The folder of a record, from the top of the repository. Raises CouldNotRun for a project that lies elsewhere."""
    path = repository.path(project.path(RECORDS, version))
    if path is None:
        raise CouldNotRun(f"{os.path.join(RECORDS, version)} lies outside the repository")
    return path


def _is_of(project: Project, repository: Repository, tag: Tagged) -> bool:
    """Whether a release is of this project, and not of another one in the same repository."""
    return record_of(project, repository, tag, MANIFEST) is not None


def _goes_back(top: str, commit: str, to: str) -> bool:
    return _ask(top, "merge-base", "--is-ancestor", to, commit).code == 0


def tags_of_releases(top: str) -> Iterator[Tagged]:
    """The tags of releases of any project in a repository, the highest version first."""
    sort = ("-c", "versionsort.suffix=-", "for-each-ref", "--sort=-version:refname")
    for row in _ask(top, *sort, f"--format={_FORMAT}", "refs/tags").text.split("\x1e"):
        name, record, commit, words = (row.strip("\n").split("\x1f") + [""] * 4)[:4]
        if record and _STATED.search(words):
            yield Tagged(name, record, commit)


def _ask(top: str, *arguments: str) -> tools.Completed:
    return tools.run("git", ["-C", top, *arguments], check=False)
