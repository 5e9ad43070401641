"""Findings as JUnit XML, which nearly every CI server shows as a list of tests.

One test case a finding: most viewers show a single failure of a case and drop the rest. What does not fail
the run is a case that passes and says so in its output, so the viewer's verdict is the run's. A last case
that always passes keeps the list from being empty, which some servers take for a broken run.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.model import Finding, Report
from pipeline.report.plain import visible_lines, wording
from pipeline.report.summary import summarise

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What XML 1.0 does not allow even as a character reference and that is still there in visible text.
_FORBIDDEN = re.compile("[\ufffe\uffff]")


def render(report: Report) -> str:
    """Give one suite with a case a finding, a skipped case for each that is waived, and a case for the run itself."""
    from xml.etree import ElementTree

    failures = sum(map(report.fails, report.findings))
    count = len(report.findings) + len(report.waived) + 1
    totals = {"tests": str(count), "failures": str(failures), "errors": "0"}
    root = ElementTree.Element("testsuites", {"name": "paraph", **totals})
    about = {"name": "paraph", **totals, "skipped": str(len(report.waived))}
    when = {"time": "0", "timestamp": f"{report.day}T00:00:00"}
    suite = ElementTree.SubElement(root, "testsuite", about | when)
    names = _names((*report.findings, *report.waived))
    for finding, name in zip(report.findings, names[: len(report.findings)], strict=True):
        _add_case(suite, finding, name, report.fails(finding))
    for finding, name in zip(report.waived, names[len(report.findings) :], strict=True):
        case = _add(suite, "testcase", classname=finding.path, name=name, time="0")
        _add(case, "skipped", message=finding.waived)
    _add_run(suite, report)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _names(findings: tuple[Finding, ...]) -> list[str]:
    """Name the cases by code and message, numbered where alike: a line number would change too often."""
    seen: Counter[tuple[str, str, str]] = Counter()
    names = []
    for finding in findings:
        key = (finding.path, finding.code, finding.message)
        seen[key] += 1
        again = f" ({seen[key]})" if seen[key] > 1 else ""
        names.append(f"{finding.code}: {finding.message}{again}")
    return names


def _add_case(suite: "Element", finding: Finding, name: str, fails: bool) -> None:
    case = _add(suite, "testcase", classname=finding.path, name=name, time="0")
    words = f"{_clean(_where(finding))}\n{_clean(wording(finding))}"
    if fails:
        _add(case, "failure", type=finding.severity, message=finding.message).text = words
    else:
        _add(case, "system-out").text = words


def _where(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}: {finding.severity} {finding.code}"
    place += " known" if finding.known else ""
    return f"{place} ({finding.artifact})" if finding.artifact else place


def _add_run(suite: "Element", report: Report) -> None:
    case = _add(suite, "testcase", classname="paraph", name="the check ran", time="0")
    _add(case, "system-out").text = summarise(report)
    if report.notes:
        _add(suite, "system-err").text = "\n".join(f"WARNING: {_clean(note)}" for note in report.notes)


def _add(parent: "Element", tag: str, **attributes: str) -> "Element":
    from xml.etree.ElementTree import SubElement

    return SubElement(parent, tag, {key: _clean(value) for key, value in attributes.items()})


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", visible_lines(text))
