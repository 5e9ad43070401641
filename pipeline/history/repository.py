"""The git repository around a folder, asked and never changed: commits, their files, and what differs from them.

Paths are those of git: from the top of the repository, with '/'.
"""

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from pipeline import tools
from pipeline.errors import CouldNotRun

_HEAD = re.compile(rb"[0-9a-f]{40,64} blob ([0-9]+)\n")
_FILES = ("100644", "100755")
_LINK = "120000"
_DEEPEN = (
    "fetch the whole history: `git fetch --unshallow`; in CI, `fetch-depth: 0` on GitHub,"
    ' `GIT_DEPTH: "0"` on GitLab'
)


class Repository(NamedTuple):
    """The top folder of a repository, without symbolic links."""

    top: str

    def path(self, place: str) -> str | None:
        """The path of a file or folder from the top ('' for the top itself); None where it lies elsewhere."""
        path = os.path.relpath(os.path.realpath(place), self.top).replace(os.sep, "/")
        return None if path == ".." or path.startswith("../") else "" if path == "." else path


class Listing(NamedTuple):
    """The files of a commit below a folder: the ID of the content of each file, and that of each symbolic link."""

    files: dict[str, str]
    links: dict[str, str]


def repository_of(folder: str) -> Repository:
    """The repository that a folder is in. Raises CouldNotRun without git, and outside a repository."""
    done = tools.run("git", ["-C", folder, "rev-parse", "--show-toplevel"], check=False)
    if done.code:
        said = (done.err.strip().splitlines() or ["git does not say why"])[-1]
        raise CouldNotRun(
            f"{folder} is in no git repository that can be read: {said}",
            "a base is a revision of the repository that the sources are in; check without --base elsewhere",
        )
    return Repository(os.path.realpath(done.text.rstrip("\n")))


def resolve(repository: Repository, name: str) -> str:
    """The ID of the commit that a name leads to. Raises CouldNotRun where there is none."""
    done = None
    if name and not name.startswith("-"):
        done = _git(repository, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if done is None or done.code:
        raise CouldNotRun(f"there is no revision {name!r} in this repository", _no_revision(repository, name))
    return done.text.strip()


def _no_revision(repository: Repository, name: str) -> str:
    """A hint for a revision that is not there: the nearest name, or how to fetch it."""
    listed = _git(repository, "for-each-ref", "--format=%(refname:short)").text.split()
    near = get_close_matches(name, listed, n=1)
    if near:
        return f"did you mean {near[0]}?"
    if is_shallow(repository.top):
        return f"the repository was cloned without its history; {_DEEPEN}, and fetch the branch"
    remote, _, branch = name.partition("/")
    words = f"`git fetch {remote} {branch}` may bring it" if branch else "name a branch, a tag or a commit"
    return f"{words}; there are: {', '.join(listed[:8])}" if listed else words


def merge_base(repository: Repository, commit: str, name: str) -> str:
    """The commit at which what HEAD stands on and another commit parted, which is called `name`.

    Raises CouldNotRun where there is none, or where it lies beyond what a shallow clone holds.
    """
    resolve(repository, "HEAD")
    done = _git(repository, "merge-base", "HEAD", commit)
    found = done.text.split()
    if done.code == 0 and found:
        return found[0]
    if is_shallow(repository.top):
        raise CouldNotRun(f"where this branch and {name} parted is not known: the clone is shallow", _DEEPEN)
    raise CouldNotRun(
        f"this branch and {name} have no commit in common",
        "name a base that this branch was made from, or check without --base",
    )


def listing(repository: Repository, commit: str, folder: str) -> Listing:
    """The files of a commit below a folder, by their paths."""
    where = ["--", f"{folder}/"] if folder else []
    done = _git(repository, "ls-tree", "-r", "-z", "--full-tree", commit, *where, check=True)
    found = Listing({}, {})
    for row in done.out.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        head, _, path = row.partition("\t")
        mode, _, blob = head.split(" ")
        if mode in _FILES:
            found.files[path] = blob
        elif mode == _LINK:
            found.links[path] = blob
    return found


def differing(repository: Repository, commit: str, folder: str) -> set[str]:
    """The paths of a commit below a folder whose file is now another, or gone. New files that git does not know are
    not among them."""
    options = ["--raw", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all"]
    done = _git(repository, "diff", *options, commit, "--", folder or ".", check=True)
    return set(done.out.decode("utf-8", "surrogateescape").split("\0")[1::2])


def contents(folder: str, names: Iterable[str]) -> list[bytes | None]:
    """The contents of objects, named as git names them, read by one process; None for what is not there."""
    wanted = list(names)
    if not wanted or any("\n" in name for name in wanted):
        return [None for _ in wanted]
    given = "".join(f"{name}\n" for name in wanted).encode("utf-8", "surrogateescape")
    out = tools.run("git", ["-C", folder, "cat-file", "--batch"], input=given).out
    found: list[bytes | None] = []
    at = 0
    for _ in wanted:
        head = _HEAD.match(out, at)
        start = head.end() if head else out.index(b"\n", at) + 1
        size = int(head[1]) if head else -1
        found.append(out[start : start + size] if head else None)
        at = start + size + 1
    return found


def is_shallow(folder: str) -> bool:
    """Whether the repository lacks older commits, so that who wrote what cannot be said."""
    if tools.find("git") is None:
        return False
    done = tools.run("git", ["-C", folder, "rev-parse", "--is-shallow-repository"], check=False)
    return done.text.strip() == "true"


def _git(repository: Repository, *arguments: str, check: bool = False) -> tools.Completed:
    # A path is a path, also where it holds what would be a pattern.
    return tools.run("git", ["--literal-pathspecs", "-C", repository.top, *arguments], check=check)
