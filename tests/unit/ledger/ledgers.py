"""Ledgers for tests: keys that anyone can make, and entries that say what a test wants."""

from pathlib import Path

from msgspec import structs

from pipeline.ledger.append import append
from pipeline.model import Entry
from tests.e2e.projects import run

CONTENT = "sha256:" + "1" * 64
OTHER = "sha256:" + "2" * 64


def new_key(folder: Path, name: str) -> str:
    """An Ed25519 key without passphrase; gives its file."""
    path = folder / name
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path), cwd=folder)
    return str(path)


def entry(**fields: object) -> Entry:
    """An approval, but for the fields that are given."""
    usual = Entry(
        artifact="REQ-1",
        version="1.0",
        content=CONTENT,
        decision="approve",
        role="Director",
        party="PTY-1",
        name="Ann Onyme",
        date="2026-03-02T09:00:00Z",
        key="SHA256:" + "A" * 43,
        heads=(),
        form="paraph.entry/1",
    )
    return structs.replace(usual, **fields)


def add(folder: Path, key: str, **fields: object) -> Path:
    """Append an entry; gives its file."""
    return Path(append(str(folder), entry(**fields), key))
