"""Findings for a person at a terminal: where, what, the line itself, and how to mend it."""

from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.model import Finding, Report
from pipeline.report.excerpt import excerpt
from pipeline.report.plain import visible
from pipeline.report.summary import summarise

_STYLES = {"error": "1;31", "warning": "1;33", "bold": "1", "gutter": "34", "help": "36"}

Paint = Callable[[str, str], str]


def render(report: Report, colour: bool = False) -> str:
    """Give the findings with their source lines, what is waived, notes, and one line that sums up."""
    paint = _coloured if colour else _uncoloured
    blocks = [_finding(report, finding, paint) for finding in report.new]
    blocks += ["\n".join(_waived(finding, paint) for finding in report.waived)] if report.waived else []
    blocks += [_known(report)] if report.known else []
    blocks += [_note(note, paint) for note in report.notes]
    return "\n\n".join([*blocks, _ending(report, paint)]) + "\n"


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def _uncoloured(text: str, _: str) -> str:
    return text


def _finding(report: Report, finding: Finding, paint: Paint) -> str:
    place = paint(f"{visible(finding.path)}:{finding.line}:{finding.column}:", "bold")
    severity = paint(f"{finding.severity} {visible(finding.code)}", _style(finding))
    lines = [f"{place} {severity} {visible(finding.message)}"]
    lines += _excerpt(report, finding, paint)
    margin = " " * len(str(finding.line))
    for name, words in _remarks(finding):
        lines.append(f"{margin} {paint('=', 'gutter')} {paint(f'{name}:', 'help')} {visible(words)}")
    return "\n".join(lines)


def _waived(finding: Finding, paint: Paint) -> str:
    place = paint(f"{visible(finding.path)}:{finding.line}:{finding.column}:", "bold")
    words = f"waived {visible(finding.code)} {visible(finding.message)}"
    return f"{place} {words}\n  {paint('=', 'gutter')} {paint('waiver:', 'help')} {visible(finding.waived)}"


def _known(report: Report) -> str:
    """How many findings of each rule are known, the most first."""
    found = Counter(finding.code for finding in report.findings if finding.known)
    shown = ", ".join(f"{visible(code)} {number}" for code, number in found.most_common())
    return f"known, and blocking nothing: {shown}"


def _remarks(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.hint:
        yield "help", finding.hint
    if finding.artifact and finding.artifact not in finding.message:
        yield "artifact", finding.artifact


def _excerpt(report: Report, finding: Finding, paint: Paint) -> list[str]:
    source = report.lines.get((finding.path, finding.line))
    if source is None:
        return []
    shown = excerpt(source, finding.column, finding.length)
    blank = paint(" " * len(str(finding.line)) + " |", "gutter")
    return [
        blank,
        f"{paint(f'{finding.line} |', 'gutter')} {shown.line}".rstrip(),
        f"{blank} {paint(shown.carets, _style(finding))}",
    ]


def _style(finding: Finding) -> str:
    return "error" if finding.severity == "error" else "warning"


def _note(note: str, paint: Paint) -> str:
    first, *rest = [visible(line) for line in note.splitlines()] or [""]
    return "\n".join([f"{paint('WARNING:', 'warning')} {first}", *(f"         {line}" for line in rest)])


def _ending(report: Report, paint: Paint) -> str:
    lines = [paint(summarise(report), "bold")]
    if report.new:
        code = visible(report.new[0].code)
        lines.append(f"`paraph explain {code}` says what a rule is for and how to mend what it finds.")
    return "\n".join(lines)
