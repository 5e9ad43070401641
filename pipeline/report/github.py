"""Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request."""

from pipeline.model import Finding, Report
from pipeline.report.plain import visible_lines, wording
from pipeline.report.summary import summarise


def render(report: Report) -> str:
    """Give one command a line: the findings, the notes, and the summary when there are findings or waived ones."""
    commands = [_command(finding.severity, _place(finding), wording(finding)) for finding in report.new]
    commands += [_command("warning", {"title": "paraph"}, note) for note in report.notes]
    if report.findings or report.waived:
        commands.append(_command("notice", {"title": "paraph"}, summarise(report)))
    return "".join(f"{command}\n" for command in commands)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _place(finding: Finding) -> dict[str, str]:
    place = {"file": finding.path}
    if finding.line > 0:
        place["line"] = str(finding.line)
    if finding.line > 0 and finding.column > 0:
        # The last column is meant, not the one after it: GitHub takes the first for it when none is given.
        last = finding.column + max(finding.length, 1) - 1
        place |= {"col": str(finding.column), "endColumn": str(last)}
    return place | {"title": finding.code}


def _data(text: str) -> str:
    return visible_lines(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
