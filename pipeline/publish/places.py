"""Where versions are published: in a branch of the repository, or in a folder."""

import os

from msgspec import Struct

from pipeline.publish import branch, folder
from pipeline.publish.release import Plan, Release

BRANCH = "gh-pages"


class Place(Struct, frozen=True):
    """A branch of a repository, or a folder where one is named."""

    repository: str
    branch: str = BRANCH
    folder: str = ""

    @property
    def name(self) -> str:
        """How it is called."""
        return self.folder or self.branch

    def check(self, release: Release) -> Plan:
        """What placing a release here would change. Raises CouldNotRun where it cannot be placed. Changes nothing."""
        if self.folder:
            return folder.planned(self._folder, release)
        return branch.planned(self.repository, self.branch, release)

    def put(self, site: str, release: Release) -> tuple[tuple[str, ...], bool]:
        """Place the site in a folder as a version; give its aliases, and whether anything changed."""
        if self.folder:
            return folder.place_in_folder(site, release, self._folder)
        return branch.place_in_branch(self.repository, site, release, self.branch)

    def holds(self, version: str, path: str) -> bytes | None:
        """A file of a version that is published here; None where there is no such version or file."""
        if self.folder:
            return folder.published(self._folder, version, path)
        return branch.published(self.repository, self.branch, version, path)

    @property
    def _folder(self) -> str:
        return os.path.abspath(self.folder)
