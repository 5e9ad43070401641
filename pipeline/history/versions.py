"""The versions that an artifact has had: when each was first committed, by whom, and with which words."""

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from pipeline import tools
from pipeline.history.repository import contents, is_shallow
from pipeline.model.woven import Revision

# Between the fields of a commit and before each; no text that git gives has them.
_FIELD, _RECORD = "\x1f", "\x02"
_FORMAT = f"--format={_RECORD}%H{_FIELD}%as{_FIELD}%aN{_FIELD}%s"
_NOT_PRINTED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Sk", "So"})


class _Change(NamedTuple):
    """A commit that touched a file, and the name that the file had then."""

    name: str
    day: str
    author: str
    words: str
    path: str


class Recorded(NamedTuple):
    """A version with the commit that first recorded it."""

    commit: str
    revision: Revision


def versions(folder: str, path: str, version_in: Callable[[bytes], str]) -> tuple[Revision, ...]:
    """The versions that a file's content has had up to the last commit, oldest first.

    `path` is relative to `folder`; `version_in` reads the version ('' for none) out of the bytes of a file. There are
    none without git, without a repository, and in one that was cloned without its history (see `is_shallow`).
    """
    return tuple(item.revision for item in recorded(folder, path, version_in))


def recorded(folder: str, path: str, version_in: Callable[[bytes], str]) -> tuple[Recorded, ...]:
    """The versions as `versions` gives them, each with its commit."""
    if tools.find("git") is None or is_shallow(folder):
        return ()
    found: list[Recorded] = []
    changes = _changes(folder, path)
    for change, content in zip(
        changes, contents(folder, [f"{change.name}:{change.path}" for change in changes]), strict=True
    ):
        version = version_in(content) if content is not None else ""
        if version and (not found or found[-1].revision.version != version):
            revision = Revision(version, change.day, change.author, change.words)
            found.append(Recorded(change.name, revision))
    return tuple(found)


def _changes(folder: str, path: str) -> list[_Change]:
    """The commits that touched a line with the word version, oldest first, over all names that the file has had."""
    options = ["log", "-z", "--follow", "--name-only", "--encoding=UTF-8", "--no-ext-diff", "--no-textconv"]
    asked = ["-C", folder, "-c", "log.showSignature=false", *options, "-G", "version", _FORMAT, "--", path]
    done = tools.run("git", asked, check=False)
    records = done.text.split(_RECORD)[1:] if done.code == 0 else []
    return [change for record in reversed(records) if (change := _change(record))]


def _change(record: str) -> _Change | None:
    head, _, rest = record.partition("\0")
    path = rest.strip("\n\0").partition("\0")[0]
    if head.count(_FIELD) < 3 or not path:
        return None
    name, day, author, words = head.split(_FIELD, 3)
    return _Change(name, day, _printable(author), _printable(words), path)


def _printable(text: str) -> str:
    """A text without pictograms and signs that show nothing: no font of a document has those."""
    return " ".join("".join(sign for sign in text if unicodedata.category(sign) not in _NOT_PRINTED).split())
