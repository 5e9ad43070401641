"""Rules on money: budgets add up to the cent, in one unit and with their series; nothing is paid uncommitted."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import items, table
from pipeline.figures.days import read_day
from pipeline.figures.money import (
    NOTHING,
    Account,
    Budget,
    account_of,
    budgets,
    one_unit,
    read_amount,
    reserve_of,
    total,
)
from pipeline.model import Artifact, Fault, Programme

# States of what would change a budget, and was refused. That it was decided is asked of each change (BG-BASE).
_REFUSED = ("rejected", "deferred")
# States of what may take from a reserve, once it has been decided.
_DECIDED = ("taken", "superseded")
_ADDS_UP = "correct the amount that is wrong"


@rule("BG-SUM", "block", "programme")
def wrong_sum(programme: Programme) -> Iterator[Fault]:
    """A budget does not add up.

    Its `bac` is not what its lines and the budgets within it come to; it is not `original_bac` with all `changes`; or a
    budget within it for one workstream, category or year is not what the lines for that come to. Or a part is of
    another year, category or workstream than its budget, or a change of the budget was refused. Amounts are
    compared to the cent. A line that was rejected does not count, nor one that is only proposed, unless the budget is a
    draft as well.

    **Why.** Whoever adds the lines gets another figure than the one that was approved, and trusts neither.

    **Mend.** Correct the amount, or write down the change that explains the difference.
    """
    found = budgets(programme)
    wrong: set[str] = set()
    faults = {identity: list(_total_faults(budget)) for identity, budget in found.items()}
    wrong.update(identity for identity, told in faults.items() if told)
    for identity, budget in found.items():
        # A part that is wrong by itself makes the whole wrong as well, and is told once.
        if not any(part.id in wrong for part in budget.parts):
            yield from faults[identity]
        yield from _misfits(budget, programme)
        yield from _refused(budget.account.artifact, programme)
        if identity not in wrong:
            yield from _cut_faults(budget, wrong)


def _total_faults(budget: Budget) -> Iterator[Fault]:
    """The BAC of a budget against its parts, and against its first BAC and what changed; one fault at most."""
    bac, own = budget.account.bac, budget.account.artifact
    if bac is None or own.partial:
        return
    words = []
    for accounts in _additive(budget):
        sure = not any(item.artifact.partial or _is_unread(item) for item in accounts)
        if accounts and sure and one_unit((budget.account, *accounts)):
            come_to = total(item.bac for item in accounts)
            if come_to != bac:
                words.append(f"its {_named(accounts)} come to {_money(come_to)}")
    if budget.original is not None and budget.changed is not None:
        agreed = budget.original + budget.changed
        if agreed != bac:
            words.append(f"what was approved at first and its changes come to {_money(agreed)}")
    if words:
        message = f"the bac of {own.id} is {_money(bac)}, but {' and '.join(words)}"
        yield on(own, message, _ADDS_UP, "bac")


def _is_unread(account: Account) -> bool:
    """Whether it has a BAC that is no amount: SCHEMA tells that, and no sum can be made."""
    return "bac" in account.artifact.fields and account.bac is None


def _additive(budget: Budget) -> list[tuple[Account, ...]]:
    """What makes up a budget: its lines; or else the budgets within it, a group for each way of cutting it."""
    if budget.lines:
        return [budget.lines]
    groups: dict[tuple[bool, ...], list[Account]] = {}
    for part in budget.parts:
        groups.setdefault(_cut(part, budget.account), []).append(part)
    return [tuple(group) for group in groups.values()]


def _cut(part: Account, whole: Account) -> tuple[bool, ...]:
    """Whether a part is for one year, category or workstream, where the whole is not."""
    return (
        part.year is not None and whole.year is None,
        bool(part.category) and not whole.category,
        bool(part.workstreams) and not whole.workstreams,
    )


def _cut_faults(budget: Budget, wrong: set[str]) -> Iterator[Fault]:
    """The budgets within one that has lines of its own, each against the lines that it is for.

    Of one way of cutting only the first is told: what is missing in one is too much in another.
    """
    if not budget.lines or not one_unit((budget.account, *budget.lines)):
        return
    if any(line.artifact.partial or _is_unread(line) for line in budget.lines):
        return
    told = set()
    for part in budget.parts:
        bac, cut = part.bac, _cut(part, budget.account)
        if bac is None or part.id in wrong or cut in told or not one_unit((budget.account, part)):
            continue
        come_to = total(line.bac for line in budget.lines if not _contradicts(line, part))
        if come_to != bac:
            told.add(cut)
            theirs = f"the lines of {budget.account.id} for it come to {_money(come_to)}"
            message = f"the bac of {part.id} is {_money(bac)}, but {theirs}"
            yield on(part.artifact, message, _ADDS_UP, "bac")


def _contradicts(part: Account, whole: Account) -> str:
    """The field in which a part is not of its whole, or ''; a whole that says nothing holds all."""
    if whole.year is not None and part.year != whole.year:
        return "year"
    if whole.category and part.category != whole.category:
        return "category"
    if whole.workstreams and not set(part.workstreams) & set(whole.workstreams):
        return "for"
    return ""


def _misfits(budget: Budget, programme: Programme) -> Iterator[Fault]:
    for part in (*budget.lines, *budget.parts):
        field = _contradicts(part, budget.account)
        stated = {
            "year": part.year is not None,
            "category": bool(part.category),
            "for": bool(part.workstreams) and all(item in programme.artifacts for item in part.workstreams),
        }
        if field and stated[field]:
            message = f"{part.id} is part of {budget.account.id}, but is for another {_NAMES[field]}"
            yield on(part.artifact, message, f"correct {field}, or the budget in part_of", field)


_NAMES = {"year": "year", "category": "category", "for": "workstream"}


def _refused(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """The changes of a budget that were refused."""
    for index, row in enumerate(items(artifact.fields.get("changes"))):
        cause = programme.artifacts.get(str(table(row).get("by")))
        if cause is not None and cause.status in _REFUSED:
            message = f"{cause.id} is {cause.status}, but changes the bac of {artifact.id}"
            yield on(
                artifact, message, "take the change out, and its amount off the bac", "changes", index, "by"
            )


@rule("BG-FLOW", "block", "artifact", "budget", "budget-line")
def wrong_flow(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """More is paid than invoiced, or invoiced than committed; or a reserve does not add up.

    `paid` is at most `invoiced`, `invoiced` at most `commitment`, and `liquidation` at most `commitment`; what is not
    stated is passed over. In the `reserve` of a budget, `opening` without all `drawdowns` is what is `left`, and each
    was decided.

    **Why.** A public body pays what is owed, and owes what it committed within its credits. A difference is an error
    in the books or a payment without ground.

    **Mend.** Correct the figure, or write down the commitment, the invoice or the drawdown that is missing.
    """
    amounts = account_of(artifact).amounts
    exceeded: set[str] = set()
    for names in (("paid", "invoiced", "commitment"), ("liquidation", "commitment")):
        stated = [(name, amounts[name]) for name in names if name in amounts and name not in exceeded]
        for (low, less), (high, more) in pairwise(stated):
            if less > more:
                exceeded.add(high)
                message = f"{low} is {_money(less)}, above {high}, which is {_money(more)}"
                yield on(artifact, message, "correct the figure, or write down what is missing", low)
    if artifact.kind != "budget":
        return
    reserve = reserve_of(artifact)
    if reserve is not None and reserve.stated is not None and reserve.stated != reserve.left:
        message = (
            f"the reserve of {artifact.id} held {_money(reserve.opening)}, of which {_money(reserve.drawn)} was drawn; "
            f"{_money(reserve.left)} is left, not {_money(reserve.stated)}"
        )
        yield on(artifact, message, "correct what is left, or write down the drawdown", "reserve", "left")
    for index, row in enumerate(items(table(artifact.fields.get("reserve")).get("drawdowns"))):
        decision = programme.artifacts.get(str(table(row).get("by")))
        if decision is not None and decision.kind == "decision" and decision.status not in _DECIDED:
            message = (
                f"{decision.id} is {decision.status or 'without a status'}: the drawdown was not decided"
            )
            where = ("reserve", "drawdowns", index, "by")
            yield on(artifact, message, "have it decided, or take the drawdown out", *where)


@rule("BG-UNIT", "block", "artifact", "budget", "budget-line")
def mixed_unit(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A part of a budget has another currency or VAT basis than the budget.

    Its `currency` or its `vat` is not that of the budget in `part_of`.

    **Why.** A sum of euros and dollars, or of amounts with and without value added tax, is no amount.

    **Mend.** State the amounts in the unit of the budget.
    """
    own = account_of(artifact)
    for link in artifact.links:
        whole = programme.artifacts.get(link.target) if link.role == "part_of" else None
        if whole is None or whole.kind != "budget":
            continue
        budget = account_of(whole)
        for field, mine, theirs in (
            ("currency", own.currency, budget.currency),
            ("vat", own.vat, budget.vat),
        ):
            if mine and theirs and mine != theirs:
                message = f"the {_UNITS[field]} of {artifact.id} is {mine}, that of {whole.id} {theirs}"
                yield on(artifact, message, f"state the amounts in the unit of {whole.id}", field)


_UNITS = {"currency": "currency", "vat": "VAT basis"}


@rule("BG-SERIES", "block", "artifact", "budget")
def wrong_series(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """The series of a budget is out of order, or does not end with what the budget states.

    The days in `series` rise. On the last of them that has an `ev` or an `ac`, the `pv`, `ev` and `ac` are those of the
    budget; what one of the two does not state is passed over.

    **Why.** The curve and the table beside it show the same money, and a reader who compares them trusts neither.

    **Mend.** Add a day with the present amounts, or correct the one that is wrong.
    """
    rows = [(index, table(row)) for index, row in enumerate(items(artifact.fields.get("series")))]
    days = [(index, day) for index, row in rows if (day := read_day(row.get("on")))]
    late = next((index for (_, before), (index, day) in pairwise(days) if day <= before), None)
    if late is not None:
        message = f"{artifact.fields['series'][late]['on']} does not come after the day before it"
        yield on(artifact, message, "put the days in order, each once", "series", late, "on")
        return
    actual = [(index, row) for index, row in rows if "ev" in row or "ac" in row]
    if not actual:
        return
    index, row = actual[-1]
    for name in ("pv", "ev", "ac"):
        told, stated = read_amount(row.get(name)), read_amount(artifact.fields.get(name))
        if told is not None and stated is not None and told != stated:
            message = f"{name} is {_money(stated)}, but {_money(told)} on the last day of the series, {row.get('on')}"
            hint = "add a day with the present amounts, or correct the one that is wrong"
            yield on(artifact, message, hint, "series", index, name)
            return


def _named(accounts: tuple[Account, ...]) -> str:
    return "lines" if accounts[0].artifact.kind == "budget-line" else "parts"


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}" if amount != NOTHING else "0.00"


RULES = (wrong_sum, wrong_flow, mixed_unit, wrong_series)
