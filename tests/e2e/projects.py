"""Small projects in folders of their own, and real commands in them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SECONDS = 600

NEEDS = """\
---
title: Business needs
---

# Business needs

## BN-001 Know the balance on the day

```yaml {.artifact}
status: draft
version: "0.1"
created: 2026-01-12
```

The collection offices need to know each debtor's balance on the day they decide on enforcement.
"""

REQUIREMENTS = """\
---
title: Requirements
---

# Requirements

## REQ-001 Recalculate a payment plan

```yaml {.artifact}
status: draft
version: "0.1"
created: 2026-01-12
level: system
type: functional
priority: must
satisfies: [BN-001]
verification: [test]
acceptance_criteria:
  - id: AC-1
    text: The new plan is shown within 2 seconds of the booking of the receipt.
```

When a payment is received, the system shall recalculate the payment plan within 2 seconds.
"""

INDEX = "---\ntitle: Home\n---\n\n# Home\n\nREQ-001 is the first requirement.\n"


def environment(*, path: Path = BIN, **more: str) -> dict[str, str]:
    """The variables of a command, with nothing of the hook or the CI job that the tests may run in.

    On PATH stands `path` instead of the programs of this environment.
    """
    foreign = ("GIT_", "PRE_COMMIT", "GITHUB_", "PYTEST_", "PYTHONPATH", "VIRTUAL_ENV")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign) and key != "CI"}
    others = [folder for folder in kept["PATH"].split(os.pathsep) if folder != str(BIN)]
    person = {"GIT_AUTHOR_NAME": "A. Person", "GIT_AUTHOR_EMAIL": "person@example.org"}
    person |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in person.items()}
    fixed = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return {**kept, **person, **fixed, "PATH": os.pathsep.join([str(path), *others]), **more}


def run(
    *command: str | Path, cwd: Path, env: dict[str, str] | None = None, status: int | None = 0
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and assert its exit status, unless that is None."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if status is not None:
        assert done.returncode == status, f"{command} left {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def make_programme(folder: Path) -> Path:
    """Write a programme without findings: a need and a requirement that satisfies it, each in a file of its own."""
    files = {
        "paraph.toml": 'title = "Small programme"\n',
        ".gitignore": ".paraph/\nbuild/\ndist/\nmkdocs.paraph*.yml\n.venv\n",
        "docs_src/index.md": INDEX,
        "docs_src/needs.md": NEEDS,
        "docs_src/requirements.md": REQUIREMENTS,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def make_repository(folder: Path) -> Path:
    """Commit everything in a folder as a new git repository; hooks that are put in later do not see that commit."""
    run("git", "init", "--quiet", "--initial-branch=main", ".", cwd=folder)
    run("git", "add", "--all", cwd=folder)
    run("git", "commit", "--quiet", "--message=Begin", cwd=folder)
    return folder


def break_link(folder: Path) -> None:
    """Take BN-001 out of its file; the file itself stays free of findings, but links to it lead nowhere."""
    path = folder / "docs_src/needs.md"
    path.write_text(path.read_text().replace("BN-001", "BN-002"))
