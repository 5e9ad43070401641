"""Findings as SARIF 2.1.0, for code scanning and for the viewers in editors."""

from typing import Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.model import Finding, Report, Rule
from pipeline.report.fingerprint import fingerprint_all
from pipeline.report.plain import dump, visible, visible_lines, wording

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"


def render(report: Report) -> str:
    """Give a log with one run: the rules that ran, a result a finding, and notes as notifications.

    What is waived is a result as well, and suppressed.
    """
    places = {rule.code: index for index, rule in enumerate(report.rules)}
    found = (*report.findings, *report.waived)
    run = {
        "tool": {"driver": _driver(report)},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the programme."}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(*pair, places) | _state(pair[0], report)
            for pair in zip(found, fingerprint_all(found), strict=True)
        ],
        "properties": {"gate": report.gate, "failOn": report.fail_on, "day": report.day},
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "paraph",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in report.rules],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    title, _, rest = rule.page.strip().partition("\n")
    level = "error" if rule.weight == "block" else "warning"
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rest.strip().split("\n\n")[0] or title},
        "help": {"text": rule.page.strip(), "markdown": rule.page.strip()},
        "defaultConfiguration": {"level": level},
        "properties": {"weight": rule.weight, "problem.severity": level},
    }


def _invocation(report: Report) -> dict[str, Any]:
    notes = [{"level": "warning", "message": {"text": _message(note)}} for note in report.notes]
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _result(finding: Finding, name: str, places: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {"ruleId": finding.code}
    if finding.code in places:
        result["ruleIndex"] = places[finding.code]
    return (
        result
        | {
            "level": "error" if finding.severity == "error" else "warning",
            "message": {"text": _message(wording(finding))},
            "locations": [_location(finding)],
            "partialFingerprints": {"paraphFinding/v1": name},
        }
        | _suppression(finding)
    )


def _suppression(finding: Finding) -> dict[str, Any]:
    """That a finding is waived in the document itself, and why; a viewer then leaves it out of what is open."""
    if not finding.waived:
        return {}
    reason = visible(finding.waived)
    return {"suppressions": [{"kind": "inSource", "status": "accepted", "justification": reason}]}


def _state(finding: Finding, report: Report) -> dict[str, Any]:
    """Whether a result is new beside those that are recorded; nothing where none is."""
    if not report.known:
        return {}
    return {"baselineState": "unchanged" if finding.known else "new"}


def _message(text: str) -> str:
    # A viewer makes a link of what looks like one, and a document must not be able to place links.
    unlinked = visible_lines(text).replace("](", "] (")
    # A single brace begins a placeholder, which the standard has a viewer fill in.
    return unlinked.replace("{", "{{").replace("}", "}}")


def _location(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.path), "uriBaseId": _ROOT}}
    if finding.line > 0:
        physical["region"] = _region(finding)
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.artifact:
        location["logicalLocations"] = [{"name": visible(finding.artifact), "kind": "artifact"}]
    return location


def _region(finding: Finding) -> dict[str, int]:
    if finding.column < 1:
        return {"startLine": finding.line}
    stop = finding.column + max(finding.length, 1)
    return {"startLine": finding.line, "startColumn": finding.column, "endColumn": stop}


def _uri(path: str) -> str:
    return quote(path, errors="replace")
