"""Asks outloud what a PDF would tell a screen reader badly."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from tests.e2e.projects import BIN


class Finding(Struct, frozen=True):
    """A finding: its rule, what is wrong, on which page (0 where it is of the document), and the text it is about."""

    rule: str
    message: str
    page: int
    evidence: str


def findings(files: Iterable[Path]) -> dict[str, list[Finding]]:
    """What outloud finds in each file, by the file's name."""
    named = [str(file) for file in files]
    command = (str(BIN / "outloud"), "--quiet", "--fail-on", "never", "--json", "-", *named)
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr or done.stdout
    results = json.loads(done.stdout[done.stdout.index("{") :])["results"]
    assert [(result["path"], result["error"]) for result in results] == [(name, None) for name in named]
    return {Path(result["path"]).name: [_finding(each) for each in result["findings"]] for result in results}


def _finding(said: dict[str, object]) -> Finding:
    return Finding(
        str(said["rule"]), str(said["message"]), int(str(said["page"] or 0)), str(said.get("evidence") or "")
    )
