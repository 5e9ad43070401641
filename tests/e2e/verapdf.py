"""Asks veraPDF which PDFs keep to a standard."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.e2e.projects import ROOT

CLASSES = ROOT / ".venv/verapdf/*"
PROGRAM = "org.verapdf.apps.GreenfieldCliWrapper"


def breaches(profile: str, files: Iterable[Path]) -> dict[str, list[str]]:
    """The rules of a profile (`3a`, `ua1`) that each file breaks, by the file's name; none where it breaks none."""
    named = [str(file) for file in files]
    command = ("java", "-Xmx700m", "-cp", str(CLASSES), PROGRAM, "--format", "json", "-f", profile, *named)
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode in (0, 1), done.stderr or done.stdout
    jobs = json.loads(done.stdout)["report"]["jobs"]
    assert [job["itemDetails"]["name"] for job in jobs] == named
    return {Path(job["itemDetails"]["name"]).name: _broken(job) for job in jobs}


def _broken(job: dict[str, Any]) -> list[str]:
    (result,) = job["validationResult"]
    rules = [
        f"{rule['clause']}-{rule['testNumber']}: {rule['description']}"
        for rule in result["details"]["ruleSummaries"]
    ]
    assert result["compliant"] == (not rules)
    return rules
