"""A small programme whose deliverable is approved, issued and signed by people who do not exist."""

from pathlib import Path
from typing import NamedTuple

from tests.e2e.commands import Done, call
from tests.e2e.projects import INDEX, NEEDS, REQUIREMENTS, run
from tests.repositories import Repository

SETTINGS = """title = "Small programme"
organisation = "Agency"

[policies.deliverable]
before = ["Business owner"]
"""
PARTIES = """---
title: Parties
defaults: {{status: approved, version: "1.0", created: "2026-01-05"}}
---

# Parties

## PTY-001 Business owner

```yaml {{.artifact}}
name: Ann Unreal
role: Business owner
mandate: {{from: "2026-01-01", scope: All of it}}
keys: [{{type: ssh, fingerprint: "{owner}", from: "2026-01-01"}}]
```

Answers for the requirements.

## PTY-002 Secretariat

```yaml {{.artifact}}
name: Bo Unreal
role: Secretary
mandate: {{from: "2026-01-01", scope: All of it}}
keys: [{{type: ssh, fingerprint: "{clerk}", from: "2026-01-01"}}]
```

Keeps the ledgers.
{more}"""
SIGNER = """
## {identity} {title}

```yaml {{.artifact}}
name: {name}
role: {role}
mandate: {{from: "2026-01-01", scope: All of it}}
keys: [{{type: x509, fingerprint: "{fingerprint}", from: "2026-01-01"}}]
{more}```

Signs what is laid before the office.
"""
DELIVERABLE = """---
id: DLV-001
status: in-review
version: "{version}"
created: "2026-01-12"
owner: PTY-002
authors: [PTY-002]
classification: internal
required_signatures: [{roles}]
---

# DLV-001 Requirements of lot 1

What lot 1 does.

## All requirements

```yaml {{.view}}
view: cards
kind: requirement
```
"""
FILE = "docs_src/deliverables/DLV-001-lot-1.md"
PDF = "approvals/DLV-001/1.0/DLV-001-1.0.pdf"


class Keys(NamedTuple):
    """Files of SSH keys: that of the business owner, of the secretariat, and of nobody known."""

    owner: Path
    clerk: Path
    stranger: Path


def new_keys(folder: Path) -> Keys:
    """Make the keys in a folder."""
    folder.mkdir(exist_ok=True)
    for name in Keys._fields:
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name, cwd=folder)
    return Keys(*(folder / name for name in Keys._fields))


def fingerprint(key: Path) -> str:
    """The fingerprint of a key as ssh-keygen shows it."""
    return run("ssh-keygen", "-l", "-f", key, cwd=key.parent).stdout.split()[1]


def programme(
    keys: Keys, *signers: str, roles: str = "Director", version: str = "1.0"
) -> dict[str, str | bytes]:
    """The files of the programme; `signers` are parties besides, as Markdown."""
    ours = {"owner": fingerprint(keys.owner), "clerk": fingerprint(keys.clerk), "more": "".join(signers)}
    return {
        "paraph.toml": SETTINGS,
        ".gitignore": ".paraph/\nbuild/\ndist/\n",
        "docs_src/index.md": INDEX,
        "docs_src/needs.md": NEEDS,
        "docs_src/requirements.md": REQUIREMENTS,
        "docs_src/parties.md": PARTIES.format(**ours),
        FILE: DELIVERABLE.format(version=version, roles=roles),
    }


def committed(folder: Path, files: dict[str, str | bytes]) -> Repository:
    """A git repository with these files in its first commit."""
    repository = Repository(folder)
    repository.put(files)
    commit(repository)
    return repository


def commit(repository: Repository) -> None:
    """Commit all that is there."""
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=Go on")


def decide(folder: Path, key: Path, decision: str, *more: str) -> None:
    """Have the business owner approve or reject the deliverable."""
    call(decision, "DLV-001", "--role", "Business owner", "--key", key, *more, cwd=folder)


def issue(folder: Path, key: Path, *, status: int | None = 0, **env: str) -> Done:
    """Run `paraph issue` on the deliverable."""
    return call("issue", "DLV-001", "--key", key, cwd=folder, status=status, **env)
