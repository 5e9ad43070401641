"""What a report comes to, in one line of words that several reporters share."""

from collections import Counter

from pipeline.model import Report
from pipeline.report.plain import visible


def summarise(report: Report) -> str:
    """Give the line that ends a report: how many errors and warnings in how many documents, at which gate."""
    artifacts = count(report.artifacts, "artifact")
    whole = f"{count(report.documents, 'document')} ({artifacts}), gate {report.gate}"
    whole += f", base {visible(report.base)}" if report.base else ""
    whole += f", {len(report.waived)} waived" if report.waived else ""
    whole += f", {report.known} known" if report.known else ""
    if not report.new:
        return f"No {'new ' if report.known else ''}findings in {whole}"
    touched = len({finding.path for finding in report.new})
    # A finding may lie outside the documents, in a settings file say, and "3 of 2" would be nonsense.
    share = f"{touched} of {whole}" if touched <= report.documents else whole
    return f"{count_severities(report)} in {share}"


def count_severities(report: Report) -> str:
    """Give the number of errors and of warnings that are not known, leaving out what there is none of."""
    found = Counter(finding.severity for finding in report.new)
    return ", ".join(count(found[severity], severity) for severity in ("error", "warning") if found[severity])


def count(number: int, noun: str) -> str:
    """Give the number with its noun, in the plural where it takes one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
