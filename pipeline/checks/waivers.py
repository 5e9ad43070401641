"""Waivers: findings that somebody accepts for a time, and what is wrong with waivers themselves.

A waiver never hides a finding: it is counted and shown as waived. These rules look at what all others found, so they
are run after them; their pages are here.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from msgspec import structs

from pipeline.checks.rule import on, told
from pipeline.checks.runner import Locator
from pipeline.figures.days import read_day
from pipeline.model import Artifact, Fault, Finding, Programme, Rule

NEVER = ("LC-", "SEC-", "WV-")

expired = told(
    "WV-OLD",
    """
    A waiver has expired.

    Its last day, `until`, has passed. As long as it stands there, the findings that it waived stay waived, and this one
    takes their place: a warning at the gate merge, an error at the gates issue and release. So a day that passes turns
    nobody else's merge red, and nothing leaves the house on an expired waiver.

    **Why.** What was accepted for a time becomes accepted for good when nobody looks at the date.

    **Mend.** Mend what was waived and remove the waiver, or have its owner accept it for longer.
    """,
    "calendar",
)

idle = told(
    "WV-IDLE",
    """
    A waiver waives nothing.

    The rule finds nothing at the artifact, or another waiver of the artifact names the same rule. Rules that did not
    run, such as those of wording without Vale, and rules that need a base are not judged. What stands in `defaults`
    is idle when it is so for every section.

    **Why.** It would silently accept the next fault of its sort, which nobody has seen yet.

    **Mend.** Remove it.
    """,
    "warn",
)

refused = told(
    "WV-RULE",
    """
    A waiver names a rule that does not exist, or that cannot be waived.

    Findings of lifecycles (`LC-`) and of security (`SEC-`) are never waived, nor are those on waivers themselves
    (`WV-`). Other rules are named by their whole code, in capitals.

    **Why.** Whoever wrote it believes that something is accepted, and it is not.

    **Mend.** Correct the code, which `paraph explain` lists; mend what cannot be waived.
    """,
)

RULES = (expired, idle, refused)


class Rules:
    """The rules by which waivers are judged: those of a project, those of wording, and the codes that did not run."""

    def __init__(self, rules: Iterable[Rule], wording: Iterable[Rule], unrun: Iterable[str]) -> None:
        every = {rule.code: rule for rule in (*rules, *wording)}
        self.codes = set(every)
        # What needs a base does not always run, so that nobody knows whether a waiver of it is of use.
        self.whole = {code for code, rule in every.items() if rule.reads != "base" and not rule.against}
        self.whole -= set(unrun)


class _Waiver(NamedTuple):
    """One waiver as it is written: the artifact, its index in the list, the rule, the last day or ''."""

    artifact: Artifact
    at: int
    rule: str
    until: str
    words: str

    def on(self, message: str, hint: str, key: str) -> Fault:
        """A fault of the waiver, at one of its keys."""
        return on(self.artifact, message, hint, "waivers", self.at, key)

    def holds(self, day: str) -> bool:
        """Whether it has not expired. One whose last day cannot be read holds: SCHEMA tells what is wrong."""
        return not self.until or not day or self.until >= day


Waivers = Mapping[tuple[str, str], list[_Waiver]]


def waive(findings: Iterable[Finding], programme: Programme) -> list[Finding]:
    """The findings, with what is waived marked by the reason, the owner and the last day of its waiver."""
    return _marked(findings, _by_rule(programme), set())


def judge_waivers(
    findings: Iterable[Finding], programme: Programme, rules: Rules, locator: Locator
) -> list[Finding]:
    """The findings as `waive` gives them, and those on the waivers themselves, in no order."""
    waivers = _by_rule(programme)
    if not waivers:
        return list(findings)
    used: set[tuple[str, int, int, str]] = set()
    marked = _marked(findings, waivers, used)
    faulty: dict[tuple[str, str, int, int], Finding] = {}
    active: set[tuple[str, str, int, int]] = set()
    for waiver in (item for group in waivers.values() for item in group):
        if programme.phase(waiver.artifact) == "ended":
            continue
        for code, fault in _faults(waiver, rules, programme.day):
            finding = locator.finding(code, fault, programme.documents.get(fault.path), programme)
            spot = (code, finding.path, finding.line, finding.column)
            if code == idle.code and _key(waiver) in used:
                active.add(spot)
            else:
                faulty.setdefault(spot, finding)
    return marked + [finding for spot, finding in faulty.items() if spot not in active]


def _by_rule(programme: Programme) -> dict[tuple[str, str], list[_Waiver]]:
    """All waivers by the ID of their artifact and the rule; those that hold longest come first."""
    found: dict[tuple[str, str], list[_Waiver]] = {}
    for document in programme.documents.values():
        for artifact in document.artifacts:
            if "waivers" in artifact.fields:
                for waiver in _waivers(artifact):
                    found.setdefault((artifact.id, waiver.rule), []).append(waiver)
    for group in found.values():
        group.sort(key=lambda item: item.until or "9999", reverse=True)
    return found


def _waivers(artifact: Artifact) -> Iterator[_Waiver]:
    stated: Any = artifact.fields["waivers"]
    for index, item in enumerate(stated if isinstance(stated, list) else ()):
        rule = item.get("rule") if isinstance(item, dict) else None
        if isinstance(rule, str):
            last = read_day(item.get("until"))
            until = last.isoformat() if last else ""
            reason, owner = (str(item.get(key, "")) for key in ("reason", "owner"))
            by = ", ".join(part for part in (owner, f"until {until}" if until else "") if part)
            yield _Waiver(artifact, index, rule, until, f"{reason} ({by})" if by else reason)


def _marked(
    findings: Iterable[Finding], waivers: Waivers, used: set[tuple[str, int, int, str]]
) -> list[Finding]:
    """The findings with their waivers; which waivers were of use is put into `used`."""
    marked = []
    for finding in findings:
        waiver = next(
            (item for item in waivers.get((finding.artifact, finding.code), ()) if _waives(item, finding)),
            None,
        )
        if waiver is not None:
            used.add(_key(waiver))
            finding = structs.replace(finding, waived=waiver.words)
        marked.append(finding)
    return marked


def _waives(waiver: _Waiver, finding: Finding) -> bool:
    """Whether a waiver may waive a finding of its artifact; of two with the same ID each has its own waivers."""
    places = (waiver.artifact.path, waiver.artifact.header.path)
    return finding.path in places and not finding.code.startswith(NEVER)


def _key(waiver: _Waiver) -> tuple[str, int, int, str]:
    return waiver.artifact.path, waiver.artifact.line, waiver.at, waiver.rule


def _faults(waiver: _Waiver, rules: Rules, day: str) -> Iterator[tuple[str, Fault]]:
    """What is wrong with a waiver; that it waives nothing is yielded for each that might, and judged by the caller."""
    code, codes = waiver.rule, rules.codes
    if code.startswith(NEVER) and code in codes:
        yield refused.code, waiver.on(f"findings of {code} cannot be waived", "mend what it finds", "rule")
    elif code not in codes:
        near = get_close_matches(code.upper(), sorted(codes), n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else "paraph explain lists the rules"
        yield refused.code, waiver.on(f"there is no rule {code}", hint, "rule")
    elif not waiver.holds(day):
        message = f"the waiver of {code} expired on {waiver.until}"
        hint = "mend what it waives and remove it, or have its owner accept it for longer"
        yield expired.code, waiver.on(message, hint, "until")
    elif code in rules.whole and not waiver.artifact.partial:
        yield idle.code, waiver.on(f"the waiver of {code} waives nothing", "remove it", "rule")
