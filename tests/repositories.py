"""Real git repositories for tests, made of trees of files."""

import re
import shutil
from pathlib import Path

from tests.e2e.projects import environment, run
from tests.trees import write


class Repository:
    """A repository on its branch `main`, whose every commit is a day later than the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.day = folder, 0
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", ".")

    def git(self, *arguments: str, **env: str) -> str:
        """What git says to a command that must succeed."""
        return run("git", *arguments, cwd=self.folder, env=environment(**env)).stdout.strip()

    def commit(self, words: str = "Changes") -> str:
        """Commit all that is there; gives the commit's ID."""
        self.day += 1
        day = f"2026-01-{self.day:02}T12:00:00+0100"
        self.git("add", "--all")
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        self.git("commit", "--quiet", "--allow-empty", f"--message={words}", **dates)
        return self.git("rev-parse", "HEAD")

    def put(self, files: dict[str, str | bytes]) -> None:
        """Make the tree hold these files and no others."""
        self.clear()
        write(self.folder, files)

    def take(self, tree: Path, *leaving: str) -> None:
        """Make the tree a copy of a folder, without some names at its top."""
        self.clear()
        for item in tree.iterdir():
            if item.is_dir() and item.name not in leaving:
                shutil.copytree(item, self.folder / item.name)
            elif item.name not in leaving:
                shutil.copy(item, self.folder)

    def clear(self) -> None:
        """Remove all files but those of git and the cache."""
        for item in self.folder.iterdir():
            if item.name not in (".git", ".paraph"):
                shutil.rmtree(item) if item.is_dir() else item.unlink()


def without_policies(settings: str) -> str:
    """The settings of a pyproject.toml without those on approvals, for trees that hold no ledgers."""
    left = re.sub(r"(?m)^\[tool\.paraph\.policies\.[^\]]+\]\n(?:(?!\[).*\n)*", "", settings)
    assert left != settings, "there are no policies to take out"
    return left
