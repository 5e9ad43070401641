"""Findings as a GitLab Code Quality report, which merge requests show as what they add and what they mend.

The format has no place for what is not about a line of a file, so notes are not in it.
"""

from typing import Any

from pipeline.model import Finding, Report
from pipeline.report.fingerprint import fingerprint_all
from pipeline.report.plain import dump, wording


def render(report: Report) -> str:
    """Give a JSON array with one entry a finding."""
    names = fingerprint_all(report.findings)
    return dump([_entry(*pair) for pair in zip(report.findings, names, strict=True)])


def _entry(finding: Finding, name: str) -> dict[str, Any]:
    return {
        "description": wording(finding, " "),
        "check_name": finding.code,
        "fingerprint": name,
        "severity": "info" if finding.known else "major" if finding.severity == "error" else "minor",
        "location": {"path": finding.path, "lines": {"begin": max(finding.line, 1)}},
    }
