"""IDs that were given away once and deleted since: the commit that took each of them out."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from pipeline import tools
from pipeline.history.repository import Repository

# Beyond this many IDs one expression for all of them costs more than reading what any declares.
_MANY = 200
_ANY = "[A-Z][A-Z0-9]*-[0-9]+"
_RECORD, _FIELD = "\x02", "\x1f"
_DECLARED = re.compile(r"(?:#{1,6}[ \t]+|id:[ \t]*[\"']?)([A-Z][A-Z0-9]*-[0-9]+)(?![0-9A-Za-z])")


class Deletion(NamedTuple):
    """The commit that deleted an artifact, its day, and the file that held it before, from the top."""

    commit: str
    day: str
    path: str


def deletions(
    repository: Repository, commit: str, folder: str, identities: Collection[str]
) -> dict[str, Deletion]:
    """For those of some IDs that a commit's history declared below a folder, the last commit that took one out."""
    if not identities:
        return {}
    names = "|".join(sorted(identities)) if len(identities) <= _MANY else _ANY
    expression = f"^(#{{1,6}}[[:space:]]+|id:[[:space:]]*[\"']?)({names})([^0-9A-Za-z]|$)"
    # What adds a file takes nothing out. A file that moved counts as taken out, but then its ID is not new.
    options = [
        "--no-renames",
        "--diff-filter=MD",
        "-p",
        "-U0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
    ]
    fixed = ["-c", "core.quotePath=off", "-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false"]
    fixed += ["-c", "log.showSignature=false"]
    asked = [*fixed, "log", f"-G{expression}", *options, f"--format={_RECORD}%H{_FIELD}%as", commit, "--"]
    done = tools.run("git", ["--literal-pathspecs", "-C", repository.top, *asked, folder or "."], timeout=300)
    found: dict[str, Deletion] = {}
    for record in done.text.split(_RECORD)[1:]:
        head, _, patch = record.partition("\n")
        name, _, day = head.partition(_FIELD)
        for identity, path in _taken_out(patch):
            if identity in identities:
                found.setdefault(identity, Deletion(name, day, path))
    return found


def _taken_out(patch: str) -> Iterator[tuple[str, str]]:
    """The IDs that the files of a patch declared before and do not any more, each with the file's path."""
    for part in patch.split("\ndiff --git ")[1:] if "\ndiff --git " in patch else ():
        head, _, hunks = part.partition("\n@@")
        path = next((row[6:] for row in head.split("\n") if row.startswith("--- a/")), "")
        before, after = set[str](), set[str]()
        for row in hunks.split("\n"):
            declared = _DECLARED.match(row, 1)
            if declared and row[0] in "+-":
                (before if row[0] == "-" else after).add(declared[1])
        for identity in sorted(before - after):
            yield identity, path
