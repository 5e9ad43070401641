"""The steering pack: state, decisions asked, milestones, budget, scope and tests, RAID; annexes after them.

One value is computed here of the registers, and site, PDF and the comparison with the report before are made of it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.figures.days import read_day
from pipeline.figures.measures import MEASURES
from pipeline.figures.measures.cost import top_budgets
from pipeline.figures.measures.quality import defects_by_age, uat_by_process
from pipeline.figures.money import Account, budgets, lines_below, one_unit
from pipeline.figures.pack import controls, plan
from pipeline.figures.pack.before import Before, as_of, before, first_baselines
from pipeline.figures.pack.values import Ask, Choice, Dimension, Figures, Pack, Share, Tests
from pipeline.figures.rag import DIMENSIONS, judge
from pipeline.model import Artifact, Programme

__all__ = ["MONEY", "SCOPE", "SHOWN", "Pack", "figures", "pack_of"]

MONEY = (
    "original-bac", "approved-changes", "bac", "commitment", "invoiced", "paid", "pv", "ev", "ac", "etc", "eac",
    "eac-by-cpi", "vac", "spi", "cpi", "reserve-opening", "reserve-drawn", "reserve-left",
)  # fmt: skip
SCOPE = (
    "requirements", "requirements-draft", "requirements-in-review", "requirements-approved",
    "needs-with-requirement", "requirements-with-work", "requirements-with-uat", "requirements-passed",
    "uat-executed", "uat-passed",
)  # fmt: skip
# All that a pack states and its report keeps, each figure by its measure. What rests on more than the registers (the
# findings, the translations of a text) is not among them: it could not be made again.
SHOWN = (
    "milestones-on-baseline", "milestones-achieved", "mean-slip", "largest-slip", *MONEY, *SCOPE, "open-defects",
    "open-defects-critical", "open-defects-high", "open-defects-medium", "open-defects-low", "open-high-risks",
    "open-critical-issues", "dependencies-agreed", "decision-latency", "overdue-actions",
)  # fmt: skip


def figures(programme: Programme) -> Figures:
    """The figures of a pack; those that the registers hold nothing of are left out."""
    found = {name: MEASURES[name].of(programme) for name in SHOWN}
    return {name: value for name, value in found.items() if value is not None}


def pack_of(report: Artifact, programme: Programme, around: Programme | None = None) -> Pack:
    """The pack of a report by a programme, on the programme's day.

    `around` is the programme in which the reports before it are looked up, where that is another: one that was
    restored from registers holds no registers of other reports.
    """
    known = around or programme
    today = read_day(programme.day) or as_of(report, known) or date.min
    # What was issued is made of registers alone: a clone without its history shows the same.
    then = before(report, known, programme.past if known.phase(report) == "early" else ())
    return Pack(
        report.id,
        today,
        then.day,
        _state(report, programme, then),
        tuple(_ask(programme.artifacts[key]) for key in _asked(report) if key in programme.artifacts),
        plan.movements(programme, today, then),
        plan.due(programme, today),
        plan.due(programme, today, first_baselines(report, known)),
        plan.needed(programme),
        _shares(programme),
        _tests(programme),
        {name: tuple(map(len, bands)) for name, bands in defects_by_age(programme).items()},
        controls.pressing(programme),
        controls.registers(programme, then),
        controls.actions(programme, today, then.day),
        controls.minutes(programme, today),
        controls.benefits(programme, today) if _ends_a_quarter(report, today) else (),
        figures(programme),
        figures(then.programme) if then.programme else {},
        then.report.id if then.report else "",
        then.programme is not None,
    )


def _asked(report: Artifact) -> list[str]:
    return [link.target for link in report.links if link.role == "asks"]


def _state(report: Artifact, programme: Programme, then: Before) -> tuple[Dimension, ...]:
    """The dimensions that the report states, in the usual order."""
    now, was = _table(report.fields.get("rag")), _table(report.fields.get("previous_rag"))
    if not was and then.report is not None:
        was = _table(then.report.fields.get("rag"))
    judged = judge(programme)
    overrides = {
        row.get("dimension"): (_text(row.get("reason")), _text(row.get("by")))
        for row in _rows(report.fields.get("rag_override"))
    }
    return tuple(
        Dimension(name, _text(now[name]), _text(was.get(name)), judged.get(name), overrides.get(name))
        for name in DIMENSIONS
        if name in now
    )


def _ask(decision: Artifact) -> Ask:
    fields = decision.fields
    choices = tuple(
        Choice(_text(row.get("id")), _text(row.get("text")), row.get("recommended") is True)
        for row in _rows(fields.get("options"))
    )
    statement, context = _text(fields.get("statement")), _text(fields.get("rationale"))
    return Ask(decision.id, decision.lang, statement, context, choices, read_day(fields.get("deadline")))


def _shares(programme: Programme) -> tuple[Share, ...]:
    """The money by workstream, in the order of their IDs; none where the lines are not all in one unit.

    A line that names several workstreams counts for the first.
    """
    known = budgets(programme)
    lines = [line for budget in top_budgets(programme) for line in lines_below(budget, known)]
    if not one_unit(lines):
        return ()
    found: dict[str, list[Account]] = {}
    for line in lines:
        found.setdefault(line.workstreams[0] if line.workstreams else "", []).append(line)
    return tuple(
        Share(key, _sum(found[key], "bac"), _sum(found[key], "ac"), _sum(found[key], "ac", "etc"))
        for key in sorted(found, key=lambda key: (not key, key))
    )


def _sum(lines: Iterable[Account], *names: str) -> Decimal | None:
    """The sum of some amounts of lines; None where a line does not state one."""
    amounts = [line.amounts.get(name) for line in lines for name in names]
    return sum((item for item in amounts if item is not None), Decimal(0)) if None not in amounts else None


def _tests(programme: Programme) -> tuple[Tests, ...]:
    return tuple(
        Tests(process, *(len(ids) for ids in found)) for process, found in uat_by_process(programme).items()
    )


def _ends_a_quarter(report: Artifact, today: date) -> bool:
    """Whether a quarter ended in the period of a report, or ends on its as-of date: then the benefits are told."""
    period = _table(report.fields.get("period"))
    first = read_day(period.get("from")) or today
    ends = (date(year, month, day) for year in (first.year, today.year) for month, day in _QUARTERS)
    return any(first <= end <= today for end in ends)


_QUARTERS = ((3, 31), (6, 30), (9, 30), (12, 31))


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
