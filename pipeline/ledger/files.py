"""Where ledgers lie: `approvals/<ID>/`, one file an entry, its detached signature beside it.

An entry's file is called by the first sixteen digits of its SHA-256. Folders below a ledger, and other files, are not
of it.
"""

import os
from typing import NamedTuple

ENTRY = ".json"
SIGNATURE = ".json.sig"

Stat = tuple[int, int, int, int]


class LedgerFile(NamedTuple):
    """A file of a ledger: the name of its folder, its own, and the stat values that change when it does."""

    id: str
    name: str
    stat: Stat


def walk_ledgers(folder: str) -> list[LedgerFile]:
    """The files of all ledgers below a folder, sorted; none where there is no such folder."""
    found = []
    try:
        ledgers = [entry.name for entry in os.scandir(folder) if entry.is_dir() and entry.name[0] != "."]
    except (FileNotFoundError, NotADirectoryError):
        return []
    for name in ledgers:
        for entry in os.scandir(f"{folder}/{name}"):
            if entry.name.endswith((ENTRY, SIGNATURE)) and entry.is_file():
                stat = entry.stat()
                values = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
                found.append(LedgerFile(name, entry.name, values))
    return sorted(found)


def stem(digest: str) -> str:
    """The name of an entry's files without their endings, by its digest."""
    return digest.removeprefix("sha256:")[:16]
