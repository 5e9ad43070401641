"""What other branches have taken: the IDs of artifacts on commits that the working tree's own does not hold."""

import re

from pipeline import tools

# An added line that gives an artifact its ID, as a key or in a heading, and the name of a file that begins with one.
_TAKEN = rb"^\+(?:\+\+ (?:[^\n]*/)?|id:[ \t]*[\"']?|#{1,6}[ \t]+)(%s-[0-9]+)\b"


def ids_on_branches(folder: str, prefix: str) -> set[str]:
    """The IDs of a prefix that branches have, local or last fetched, and HEAD has not.

    Only commits that HEAD lacks are looked through, so that many branches cost little. None without git or a
    repository. Raises ToolTimeout where git takes longer than a minute.
    """
    if tools.find("git") is None:
        return set()
    # Without a first commit, HEAD names nothing that could be left out.
    begun = (
        tools.run("git", ["-C", folder, "rev-parse", "--verify", "--quiet", "HEAD"], check=False).code == 0
    )
    own = ["--not", "HEAD"] if begun else []
    how = ["--format=", "-p", "-U0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"]
    asked = ["-c", "log.showSignature=false", "-c", "diff.noprefix=false", "log", *how, f"-G{prefix}-[0-9]"]
    where = ["--branches", "--remotes", *own, "--", ":/*.md"]
    done = tools.run("git", ["-C", folder, *asked, *where], check=False)
    if done.code:
        return set()
    taken = re.compile(_TAKEN % prefix.encode(), re.MULTILINE)
    return {match[1].decode() for match in taken.finditer(done.out)}


def default_branch(folder: str) -> str:
    """The revision that others build on: what origin calls its default, else a main branch; '' where none is known."""
    if tools.find("git") is None:
        return ""
    remote = _ask(folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    names = (remote, "origin/main", "origin/master", "main", "master")
    return next((name for name in names if name and is_revision(folder, name)), "")


def is_revision(folder: str, name: str) -> bool:
    """Whether git knows a revision by a name."""
    return bool(_ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"))


def stands_on(folder: str, base: str, identity: str) -> bool:
    """Whether an artifact has an ID on another revision, as the key of a file or in the heading of a section."""
    pattern = rf"^[ >]*(id:[[:blank:]]*[\"']?|#{{1,6}}[[:blank:]]+){identity}([^0-9A-Za-z_]|$)"
    asked = ["-C", folder, "grep", "--quiet", "-I", "-E", "-e", pattern, base, "--", ":/*.md"]
    return tools.run("git", asked, check=False).code == 0


def unmerged(folder: str) -> bool:
    """Whether a merge is under way that git could not finish by itself."""
    return tools.find("git") is not None and bool(_ask(folder, "diff", "--name-only", "--diff-filter=U"))


def _ask(folder: str, *arguments: str) -> str:
    done = tools.run("git", ["-C", folder, *arguments], check=False)
    return done.text.strip() if done.code == 0 else ""
