"""Rules on reports: what an issued one states is what its registers say, and its colours are what was measured."""

from collections.abc import Iterator
from typing import Any

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import items, lacks, table
from pipeline.figures.measures import MEASURES
from pipeline.figures.pack.before import highlights, told_of
from pipeline.figures.pack.stated import stated_value
from pipeline.figures.rag import STATES, Because, Judged, judge, overall_may_be
from pipeline.figures.registers import digest_of, restore
from pipeline.model import Artifact, Fault, Programme
from pipeline.sources.evidence import registers_path, rests_on_registers

_ISSUE = "go back to what was issued; a report that was wrong is followed by another"


@rule("RP-NUM", "block", "programme")
def altered(programme: Programme) -> Iterator[Fault]:
    """A figure of an issued report is not the one that its registers give.

    A report that was issued, and states `figures` or `snapshot_digest`, was made of a `registers.json`, which lies in
    a folder of its ID beside it. Every figure is computed again from that file, by its measure. There is a finding
    where a figure differs, or is of no measure; where the file is missing, is no extract of registers, or has another
    SHA-256 than `snapshot_digest` says.

    **Why.** Whoever decided on these figures must be able to have them shown again, years later, to the cent.

    **Mend.** Take back what was changed since it was issued. A draft gets figures and registers by `paraph pack ID
    --issue`.
    """
    for report in programme.artifacts.values():
        if programme.phase(report) == "firm" and rests_on_registers(report) and not report.partial:
            yield from _registers_faults(report, programme)


def _registers_faults(report: Artifact, programme: Programme) -> Iterator[Fault]:
    if lacks(report, "snapshot_digest"):
        message = f"{report.id} states figures, but not the digest of the registers that they are from"
        yield on(report, message, f"issue it by `paraph pack {report.id} --issue`", "figures")
        return
    registers, path = programme.registers.get(report.id), registers_path(report)
    if registers is None:
        yield on(report, f"{path}, of which {report.id} was made, is missing", _ISSUE, "snapshot_digest")
    elif digest_of(registers) != report.fields.get("snapshot_digest"):
        message = f"{path} has another digest than {report.id} says: one of them was changed"
        yield on(report, message, _ISSUE, "snapshot_digest")
    elif (then := restore(registers, programme)) is None:
        yield on(report, f"{path} is no extract of registers", _ISSUE, "snapshot_digest")
    else:
        yield from _figure_faults(report, then)


def _figure_faults(report: Artifact, then: Programme) -> Iterator[Fault]:
    for index, row in enumerate(items(report.fields.get("figures"))):
        name, value = table(row).get("measure"), table(row).get("value")
        if not isinstance(name, str) or not isinstance(value, str):
            continue
        measure = MEASURES.get(name)
        if measure is None:
            hint = "name a measure of the handbook, or state it in the text"
            yield on(report, f"there is no measure {name!r}", hint, "figures", index, "measure")
            continue
        found = measure.of(then)
        now = stated_value(found) if found else "nothing"
        if now != value:
            message = f"{name} is {value} in {report.id}, but {now} by its registers"
            yield on(report, message, _ISSUE, "figures", index, "value")


@rule("RP-RAG", "completeness", "programme")
def miscoloured(programme: Programme) -> Iterator[Fault]:
    """The state of a dimension contradicts its thresholds, and no override says why.

    In a highlight report, time is measured by SPI and the milestones that slip beyond their tolerance; cost by CPI, by
    what the estimate at completion exceeds the budget, and by the reserve that is left; quality by the share of UAT
    test cases that passed and by open critical defects; risk by open high risks, opportunities left out, and by those
    that no action answers.
    The worst of these is the state. The thresholds are the settings `thresholds.rag`. Overall is at most one step
    better than the worst other dimension, and not worse than that. An issued report is judged by its registers, a draft
    by the present ones; what nothing is known of is not judged.

    **Why.** A colour that means something else every month tells nobody anything; one that is set against the figures
    needs somebody who answers for it.

    **Mend.** Correct the state, or state in `rag_override` the dimension, the reason, and by whom it was judged so.
    """
    for report in highlights(programme):
        states = table(report.fields.get("rag"))
        then = told_of(report, programme)
        if report.partial or not states or then is None:
            continue
        excused = {table(row).get("dimension") for row in items(report.fields.get("rag_override"))}
        judged = judge(then)
        for name, state in states.items():
            if name not in excused and state in STATES:
                yield from _state_fault(report, name, state, states, judged.get(name))


def _state_fault(
    report: Artifact, name: str, state: str, states: dict[str, Any], judged: Judged | None
) -> Iterator[Fault]:
    hint = f"correct it, or give the reason in rag_override: [{{dimension: {name}, reason: ..., by: ...}}]"
    if name == "overall":
        allowed = overall_may_be(states)
        if state not in allowed:
            worst = allowed[-1]
            words = f"{report.id} is {state} overall, but the worst dimension is {worst}"
            yield on(report, words, hint, "rag", name)
    elif judged is not None and state != judged.state:
        words = f"{report.id} has {name} {state}, but by its thresholds it is {judged.state}: {_why(judged)}"
        yield on(report, words, hint, "rag", name)


def _why(judged: Judged) -> str:
    return "; ".join(_said(item) for item in judged.because)


def _said(because: Because) -> str:
    figure = f"{because.actual}/{because.of}" if because.of is not None else str(because.actual)
    words, unit = _WORDS[because.name]
    return f"{words} {figure}{unit if because.of is None else ''} (threshold {because.limit}{unit})"


# What each is called in a message, and its unit.
_WORDS = {
    "spi": ("SPI", ""),
    "cpi": ("CPI", ""),
    "late": ("milestones beyond tolerance", ""),
    "overrun": ("over the budget by", " %"),
    "reserve": ("reserve left", " %"),
    "passed": ("UAT passed", " %"),
    "defects": ("critical defects", ""),
    "risks": ("high risks", ""),
    "unanswered": ("high risks without action", ""),
}

RULES = (altered, miscoloured)
