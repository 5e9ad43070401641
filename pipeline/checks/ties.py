"""Rules on what must tie out in a steering pack: each equation that a member can do on paper is a rule of its own.

That budgets are the sum of their parts and of what was approved is BG-SUM; that a reserve is what was not drawn is
BG-FLOW; that amounts are in one currency and on one VAT basis is BG-UNIT; that what was executed was planned is
REF-DRAFT.
"""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import lacks, listing, table
from pipeline.figures.days import read_day
from pipeline.figures.money import Budget, budgets, one_unit, total
from pipeline.figures.pack.before import before, highlights, previous_of, told_of
from pipeline.figures.pack.ties import later, unbroken, untold
from pipeline.model import Artifact, Fault, Programme

# What earned value is made of, besides the BAC, which BG-SUM adds up.
_EARNED = ("pv", "ev", "ac", "etc")


@rule("TIE-EAC", "block", "programme")
def wrong_estimate(programme: Programme) -> Iterator[Fault]:
    """The estimate at completion of a budget is not that of its lines.

    Its `ac` or `etc`, or its `pv` or `ev`, is not what its lines, or else the budgets within it, come to. EAC is AC +
    ETC and VAC is BAC - EAC, and neither is stored; so they tie out exactly where these do. Amounts are compared where
    the budget and each of its parts state them, and the parts make up its `bac`. Of a wrong part
    the whole is not told.

    **Why.** The pack shows the estimate for the whole and by workstream; a member who adds the column must get the
    total.

    **Mend.** Correct the amount that is wrong: mostly the lines were brought up to date, and the budget was not.
    """
    known = budgets(programme)
    found = {key: _wrong_amounts(budget) for key, budget in known.items()}
    for key, wrong in found.items():
        budget = known[key]
        if wrong and not any(found.get(part.id) for part in budget.parts):
            names = listing(
                f"{name} is {own:,.2f} and its parts come to {sums:,.2f}" for name, own, sums in wrong
            )
            message = f"the estimate of {key} does not tie out: its {names}"
            yield on(budget.account.artifact, message, "correct the amount that is wrong", wrong[0][0])


def _wrong_amounts(budget: Budget) -> list[tuple[str, Decimal, Decimal]]:
    """The amounts of a budget that its parts do not come to: name, as stated, as added up."""
    parts, own = budget.lines or budget.parts, budget.account
    unsure = any(item.artifact.partial for item in (own, *parts)) or not one_unit((own, *parts))
    if not parts or unsure or own.bac is None or total(item.bac for item in parts) != own.bac:
        return []
    found = []
    for name in _EARNED:
        stated = own.amounts.get(name)
        amounts = [item.amounts.get(name) for item in parts]
        if stated is not None and None not in amounts and total(amounts) != stated:
            found.append((name, stated, total(amounts)))
    return found


@rule("TIE-DUE", "block", "programme")
def uncounted(programme: Programme) -> Iterator[Fault]:
    """A milestone that was due is neither hit, nor missed, nor moved.

    It was achieved and has no `baseline`, where others have one; or it was cancelled after its `baseline` had come, and
    no decision in `decided_by` says so.

    **Why.** The milestones that were due are those hit, missed and moved. One that is in none of the three makes the
    share that was hit look better than it was.

    **Mend.** State the `baseline` that was agreed; name the decision by which it was cancelled in `decided_by`.
    """
    today = read_day(programme.day)
    every = [item for item in programme.artifacts.values() if item.kind == "milestone"]
    agreed = any("baseline" in item.fields for item in every)
    for item in every:
        baseline = read_day(item.fields.get("baseline"))
        if item.status == "achieved" and agreed and lacks(item, "baseline"):
            message = f"{item.id} was achieved, but without a baseline it is neither hit nor missed"
            yield on(item, message, "add baseline: the day that was agreed", "status")
        elif item.status != "cancelled" or _is_decided(item, programme):
            continue
        elif baseline and today and baseline <= today:
            message = f"{item.id} was due on {baseline} and cancelled, and no decision says so"
            yield on(item, message, "name the decision in decided_by", "status")


def _is_decided(artifact: Artifact, programme: Programme) -> bool:
    """Whether a decision stands behind it; one that cannot be read whole is given the benefit of the doubt."""
    named = [link.target for link in artifact.links if link.role == "decided_by"]
    decisions = [programme.artifacts.get(target) for target in named]
    return not lacks(artifact, "decided_by") and (
        not decisions or any(item is None or item.status in ("taken", "superseded") for item in decisions)
    )


@rule("TIE-OPEN", "block", "programme")
def broken_off(programme: Programme) -> Iterator[Fault]:
    """A highlight report does not begin where the one before it ended.

    A state in `previous_rag` is not the one that the last issued highlight report of an earlier day has in `rag`; or
    its `period` does not begin on the day after the period of that one.

    **Why.** The closing state of one report is the opening state of the next. A month that nobody reports on, or a red
    that was amber in hindsight, is what a committee never hears of.

    **Mend.** Take over the states of the report before, and begin on the day after it. What was wrong there is said in
    the text of this one.
    """
    for report in highlights(programme):
        previous = previous_of(report, programme) if not report.partial else None
        for field, words in unbroken(report, previous) if previous else ():
            yield on(report, words, "take over what the report before it states", *field)


@rule("TIE-MOVE", "block", "programme")
def vanished(programme: Programme) -> Iterator[Fault]:
    """What was open in the last report is gone, or money moved, and nothing says how.

    The registers of a highlight report are compared with those of the one before it. There is a finding where an
    artifact that was open then is in no register any more; where the `bac` of a budget is not the earlier one with all
    `changes` after that day; where its reserve is not the earlier one without all `drawdowns` after that day. A
    draft is judged by the present registers.

    **Why.** What was open, and what came, less what was closed is what is open now. Only what is closed with a reason
    may leave a register.

    **Mend.** Put back what was deleted, and close or reject it; state the change or the drawdown with its day.
    """
    for report in highlights(programme):
        then = told_of(report, programme) if not report.partial else None
        for item in untold(then, before(report, programme)) if then else ():
            message = f"{report.id} does not follow from the report before it: {item.words}"
            field = () if lacks(report, "as_of") else ("as_of",)
            yield on(report, message, "close what is gone, or state the change with its day", *field)


@rule("TIE-DAY", "block", "programme")
def of_two_days(programme: Programme) -> Iterator[Fault]:
    """A highlight report tells the state of more than one day.

    Its `as_of` is not the last day of its `period`; or the registers of which an issued one was made are of another
    day, or tell of something that happened after it.

    **Why.** A budget of the end of the month beside milestones of yesterday describes a programme that never was.

    **Mend.** Let the period end on the as-of date. A report on an earlier day is made of the registers as they were
    then: check out that revision.
    """
    for report in highlights(programme):
        day = read_day(report.fields.get("as_of"))
        if report.partial or day is None:
            continue
        until = read_day(table(report.fields.get("period")).get("until"))
        then = told_of(report, programme) if programme.phase(report) == "firm" else None
        words = ""
        if until and until != day:
            words = f"its period ends on {until}"
        elif then is not None and then.day != day.isoformat():
            words = f"its registers are of {then.day}"
        elif then is not None and (beyond := next(later(then, day), None)):
            words = f"its registers tell of a later day: {beyond.words}"
        if words:
            message = f"{report.id} is as of {day}, but {words}"
            yield on(report, message, "let all of it be of one day", "as_of")


RULES = (wrong_estimate, uncounted, broken_off, vanished, of_two_days)
