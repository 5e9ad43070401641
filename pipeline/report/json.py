"""Findings for other programs, in the format that `schemas/reports/findings.schema.json` describes."""

from collections import Counter
from typing import Any

from pipeline import __version__
from pipeline.model import Finding, Report
from pipeline.report.fingerprint import fingerprint_all
from pipeline.report.plain import dump

FORMAT = "paraph.findings/1"


def render(report: Report) -> str:
    """Give the whole report as one JSON object."""
    severities = Counter(finding.severity for finding in report.new)
    names = fingerprint_all((*report.findings, *report.waived))
    count = len(report.findings)
    return dump(
        {
            "$schema": FORMAT,
            "tool": {"name": "paraph", "version": __version__},
            "day": report.day,
            "gate": report.gate,
            "fail_on": report.fail_on,
            "base": report.base,
            "failed": report.failed,
            "documents": report.documents,
            "artifacts": report.artifacts,
            "errors": severities["error"],
            "warnings": severities["warning"],
            "waived": len(report.waived),
            "known": report.known,
            "notes": list(report.notes),
            "findings": [_finding(*pair) for pair in zip(report.findings, names[:count], strict=True)],
            "suppressions": [
                _finding(*pair) | {"waiver": pair[0].waived}
                for pair in zip(report.waived, names[count:], strict=True)
            ],
        }
    )


def _finding(finding: Finding, name: str) -> dict[str, Any]:
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "length": finding.length,
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
        "artifact": finding.artifact,
        "status": finding.status,
        "phase": finding.phase,
        "fingerprint": name,
        "known": finding.known,
    }
