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
