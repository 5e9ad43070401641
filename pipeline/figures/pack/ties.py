"""What must tie out in a pack, and does not: each a function of its own, which the rules and issuing both ask."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.measures.cost import top_budgets
from pipeline.figures.money import NOTHING, Budget, read_amount, total
from pipeline.figures.order import natural_id
from pipeline.figures.pack.before import Before
from pipeline.figures.pack.controls import registers
from pipeline.model import Artifact, Programme

# Fields that say when something happened, by kind: none can be after the day whose state is told.
_HAPPENED = {
    "milestone": ("actual",),
    "action": ("done_on",),
    "test-run": ("date",),
    "decision": ("date",),
    "acceptance": ("date",),
}
# Lists whose rows say on which day each happened.
_ROWS = {
    "milestone": ("forecast_history",),
    "kpi": ("series",),
    "benefit": ("series",),
    "budget": ("changes",),
}


class Untied(NamedTuple):
    """Something that does not tie out: the artifact that it is about, and in words what."""

    id: str
    words: str


def later(programme: Programme, as_of: date) -> Iterator[Untied]:
    """What the registers say happened after the day whose state they are to tell."""
    for item in sorted(programme.artifacts.values(), key=lambda each: natural_id(each.id)):
        for field, day in _days(item):
            if day > as_of:
                yield Untied(item.id, f"{item.id} has {field} on {day}")
                break


def _days(artifact: Artifact) -> Iterator[tuple[str, date]]:
    fields = artifact.fields
    for field in _HAPPENED.get(artifact.kind, ()):
        # The day of a decision that is still to be taken is one to come.
        if (day := read_day(fields.get(field))) and artifact.status != "requested":
            yield field, day
    lists = [(field, fields.get(field)) for field in _ROWS.get(artifact.kind, ())]
    if artifact.kind == "budget" and isinstance(reserve := fields.get("reserve"), dict):
        lists.append(("reserve", reserve.get("drawdowns")))
    for field, rows in lists:
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and (day := read_day(row.get("on"))):
                yield field, day


def untold(programme: Programme, before: Before) -> Iterator[Untied]:
    """What moved since the last report without a trace: what was open and is gone, and money that nobody decided on."""
    then = before.programme
    if then is None or before.day is None:
        return
    for register in registers(programme, before):
        for identity in register.lost:
            yield Untied(identity, f"{identity} was open in the report before and is in no register any more")
    were = {budget.account.id: budget for budget in top_budgets(then)}
    for budget in top_budgets(programme):
        if budget.account.id in were:
            yield from _moved(were[budget.account.id], budget, before.day)


def _moved(then: Budget, now: Budget, since: date) -> Iterator[Untied]:
    identity, fields = now.account.id, now.account.artifact.fields
    if then.account.bac is not None and now.account.bac is not None:
        decided = _sum_since(fields.get("changes"), since)
        words = f"the bac of {identity} was {then.account.bac}, changes since come to {decided}"
        if then.account.bac + decided != now.account.bac:
            yield Untied(identity, f"{words}, and it is {now.account.bac}")
    if then.reserve and now.reserve:
        stated = fields.get("reserve")
        drawn = _sum_since(stated.get("drawdowns") if isinstance(stated, dict) else None, since)
        words = f"the reserve of {identity} held {then.reserve.left}, drawdowns since come to {drawn}"
        if then.reserve.left - drawn != now.reserve.left:
            yield Untied(identity, f"{words}, and {now.reserve.left} is left")


def _sum_since(rows: Any, since: date) -> Decimal:
    listed = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    recent = [row for row in listed if (day := read_day(row.get("on"))) and day > since]
    return total(read_amount(row.get("amount")) for row in recent) if recent else NOTHING


def unbroken(report: Artifact, previous: Artifact) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where a report does not begin where the one before it ended: the field, and in words what."""
    was, stated = previous.fields.get("rag"), report.fields.get("previous_rag")
    if isinstance(was, dict) and isinstance(stated, dict):
        for name, state in stated.items():
            if name in was and was[name] != state:
                words = f"{report.id} has {name} {state} before, but it was {was[name]} in {previous.id}"
                yield ("previous_rag", name), words
    first, last = _day_of(report, "from"), _day_of(previous, "until")
    if first and last and first != last + timedelta(days=1):
        words = f"{report.id} begins on {first}, but {previous.id} ended on {last}"
        yield ("period", "from"), words


def _day_of(report: Artifact, end: str) -> date | None:
    period = report.fields.get("period")
    return read_day(period.get(end)) if isinstance(period, dict) else None
