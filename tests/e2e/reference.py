"""The reference programme as a repository of its own, and what a build makes of it."""

import shutil
import subprocess
from pathlib import Path

from tests.e2e.projects import BIN, ROOT, environment, run

# All that a build reads.
PARTS = (
    "approvals",
    "docs_src",
    "docs_templates",
    "schemas",
    "styles",
    "templates",
    ".vale.ini",
    "mkdocs.yml",
    "pyproject.toml",
    ".gitignore",
)
# Author and committer are those of `environment`; with the dates, the commit has the same name wherever it is made.
DAY = "2026-11-27"
DATES = {"GIT_AUTHOR_DATE": f"{DAY}T09:00:00+0100", "GIT_COMMITTER_DATE": f"{DAY}T09:00:00+0100"}


def make_reference(folder: Path) -> Path:
    """Copy the programme as it stands in this checkout, less what is ignored, and commit it."""
    for name in kept(*PARTS):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    run("git", "init", "--quiet", "--initial-branch=main", ".", cwd=folder)
    run("git", "add", "--all", cwd=folder)
    run("git", "commit", "--quiet", "--message=Begin", cwd=folder, env=environment(**DATES))
    return folder


def kept(*parts: str) -> list[str]:
    """The files below some paths of this checkout, less what is ignored."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *parts)
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def build_reference(folder: Path, **env: str) -> Path:
    """Build site and PDFs of a copy, and give the folder that holds them."""
    run(BIN / "paraph", "build", cwd=folder, env=environment(**env))
    return folder / "dist"


def reference(folder: Path) -> None:
    """Make a copy and build it; `once` of the end-to-end tests does it for all that look at what comes out."""
    build_reference(make_reference(folder))
