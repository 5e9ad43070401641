"""The record of a release in git: an annotated tag on a commit that adds `releases/VERSION/` to the released one.

Neither the branch, nor the index, nor a file of the tree is touched. The tag is made last: before it there is no
release, and what git holds of one that was cut short nobody ever sees.
"""

import os
from collections.abc import Mapping
from hashlib import sha256
from tempfile import TemporaryDirectory

from pipeline import tools
from pipeline.errors import CouldNotRun, ToolFailed
from pipeline.history.releases import TRAILER

_SECONDS = 600


def make_record(top: str, commit: str, folder: str, files: Mapping[str, bytes], title: str) -> str:
    """Make the commit that holds a record, and give its ID; no name leads to it yet.

    `folder` is that of the record, from the top of the repository. Raises CouldNotRun where git cannot.
    """
    with TemporaryDirectory(prefix="paraph-") as beside:
        index = {"GIT_INDEX_FILE": os.path.join(beside, "index")}
        _git(top, "read-tree", commit, env=index)
        for name, data in sorted(files.items()):
            blob = _git(top, "hash-object", "-w", "--stdin", data=data)
            _git(top, "update-index", "--add", "--cacheinfo", f"100644,{blob},{folder}/{name}", env=index)
        tree = _git(top, "write-tree", env=index)
    return _git(top, "commit-tree", tree, "-p", commit, "-m", title)


def make_tag(top: str, version: str, record: str, title: str, manifest: bytes) -> None:
    """Give a record its tag, which makes the release. Raises CouldNotRun where there is one of that name."""
    words = f"{title}\n\n{TRAILER}: sha256:{sha256(manifest).hexdigest()}\n"
    _git(top, "tag", "--annotate", "--file=-", "--cleanup=verbatim", version, record, data=words.encode())


def _git(top: str, *arguments: str, data: bytes | None = None, env: Mapping[str, str] | None = None) -> str:
    try:
        return tools.run("git", ["-C", top, *arguments], input=data, env=env, timeout=_SECONDS).text.strip()
    except ToolFailed as error:
        hint = (
            "tell git who you are: git config user.name, git config user.email"
            if "user." in error.said
            else ""
        )
        raise CouldNotRun(
            f"the release was not recorded: {error.said}", hint or "nothing was released"
        ) from error
