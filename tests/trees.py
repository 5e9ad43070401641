"""Small trees of documents in a folder, and what a check finds in them, a line a finding."""

import os
import shutil
from pathlib import Path

from pipeline.run import Options, check
from pipeline.settings import Project, Settings

DAY = "2026-03-01"

NEED = """---
id: BN-001
status: approved
version: "1.0"
---

# Less paper

The office wants fewer letters.
"""

REQUIREMENT = """## REQ-101 Send by mail

```yaml {.artifact}
status: approved
version: "1.0"
priority: must
type: functional
level: system
satisfies: [BN-001]
verification: [test]
acceptance_criteria:
  - id: AC-1
    text: The letter arrives within a day.
```

The system shall send a letter by mail.
"""

# A tree without findings: a need that a file is, and a requirement in a section.
GOOD = {"BN-001-paper.md": NEED, "requirements.md": "# Requirements\n\n" + REQUIREMENT}


def write(root: Path, files: dict[str, str | bytes]) -> None:
    """Write files by path."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def project(folder: Path, settings: Settings | None = None) -> Project:
    """A project whose sources are `docs` below the folder, and whose cache lies beside them."""
    root = folder / "docs"
    root.mkdir(parents=True, exist_ok=True)
    return Project(os.fspath(folder), os.fspath(root), settings or Settings())


def report(folder: Path, settings: Settings | None = None):
    """The report of a check without prose, on a fixed day."""
    return check(project(folder, settings), Options(day=DAY, prose=False))


def cold_report(folder: Path):
    """What is found without the cache, which is put back."""
    cache, aside = folder / ".paraph", folder / "aside"
    os.rename(cache, aside)
    try:
        return report(folder)
    finally:
        shutil.rmtree(cache, ignore_errors=True)
        os.rename(aside, cache)


def found(folder: Path, settings: Settings | None = None) -> list[str]:
    """The findings as `path:line:column CODE`, in the order in which they are shown."""
    return [
        f"{item.path}:{item.line}:{item.column} {item.code}" for item in report(folder, settings).findings
    ]
