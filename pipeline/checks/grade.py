"""From a finding to its severity: the rule's weight, the artifact's phase, the gate, and the project's settings."""

from collections.abc import Iterable, Mapping

from msgspec import structs

from pipeline.model import Finding, Rule

GATES = ("merge", "issue", "release")

Severities = Mapping[str, str | Mapping[str, str]]


def grade(
    findings: Iterable[Finding], rules: Mapping[str, Rule], severities: Severities, gate: str
) -> list[Finding]:
    """The findings with their severity, without those that are ignored, in the order in which they are shown.

    What sections take from the `defaults` of their file is found in each of them, and told once.
    """
    graded = []
    for finding in findings:
        rule = rules.get(finding.code)
        weight = finding.weight or (rule.weight if rule else "block")
        severity = _stated(finding, severities.get(finding.code), gate) or weigh(weight, finding.phase, gate)
        if severity != "off":
            graded.append(structs.replace(finding, severity=severity))
    graded.sort(key=Finding.order)
    return _told_once(graded)


def _told_once(findings: list[Finding]) -> list[Finding]:
    """The findings, of several artifacts at one place those of one alone: of the first for which it is an error."""
    tellers: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        known = tellers.setdefault(_place(finding), finding)
        if finding.severity == "error" and known.severity != "error":
            tellers[_place(finding)] = finding
    return [finding for finding in findings if finding.artifact == tellers[_place(finding)].artifact]


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.line, finding.column, finding.code, finding.waived


def _stated(finding: Finding, setting: str | Mapping[str, str] | None, gate: str) -> str:
    """What the settings say: by status before by gate."""
    if setting is None or isinstance(setting, str):
        return setting or ""
    return setting.get(finding.status) or setting.get(gate) or ""


def weigh(weight: str, phase: str, gate: str) -> str:
    """The default severity. Completeness warns early, blocks when firm and ignores what has ended; what only the
    calendar makes wrong, and what must hold only once it is issued, warns at merge and blocks at the other gates."""
    if weight == "completeness":
        return {"early": "warning", "ended": "off"}.get(phase, "error")
    if weight in ("calendar", "issue"):
        return "warning" if gate == "merge" else "error"
    return "warning" if weight == "warn" else "error"


def unknown_setting(
    severities: Severities, codes: Iterable[str], statuses: Iterable[str]
) -> tuple[tuple[str, ...], str, list[str]] | None:
    """The first severity that is set for nothing there is: its path, what is wrong with it, and what there is."""
    known, places = sorted(codes), [*GATES, *sorted(statuses)]
    for code, setting in severities.items():
        if code not in known:
            return (code,), f"there is no rule {code!r}", known
        for place in () if isinstance(setting, str) else setting:
            if place not in places:
                return (code, place), f"{place!r} is neither a gate nor a status", places
    return None
