"""Money, to the cent: sums of budgets and their lines, and earned value.

Amounts are exact decimals from the text that states them; a float never holds one.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any, NamedTuple

from pipeline.model import Artifact, Programme

_AMOUNT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{2})?")
_CENT, _RATIO = Decimal("0.01"), Decimal("0.0001")
NOTHING = Decimal(0)
# Enough for the product of three amounts, so that nothing is rounded before the end.
_DIGITS = 80

# What a budget and its lines state of money, beside what a line sets aside.
AMOUNTS = ("bac", "commitment", "liquidation", "invoiced", "paid", "pv", "ev", "ac", "etc")


def read_amount(value: Any) -> Decimal | None:
    """The amount that a text states, as the schemas ask: "1250000.00". None for anything else."""
    return Decimal(value) if isinstance(value, str) and _AMOUNT.fullmatch(value) else None


class Earned(NamedTuple):
    """Earned value, as in ISO 21508; None where something it needs is missing, or where it would divide by zero.

    `eac` is AC + ETC, `vac` is BAC - EAC; `cv` is EV - AC, `sv` is EV - PV; `spi` is EV / PV and `cpi` EV / AC, to four
    digits; `eac_by_cpi` is BAC / CPI, to the cent. Halves are rounded away from zero.
    """

    eac: Decimal | None
    vac: Decimal | None
    cv: Decimal | None
    sv: Decimal | None
    spi: Decimal | None
    cpi: Decimal | None
    eac_by_cpi: Decimal | None


def earned(stated: dict[str, Decimal]) -> Earned:
    """The earned value of the amounts that are stated: of bac, pv, ev, ac and etc."""
    bac, pv, ev, ac, etc = (stated.get(name) for name in ("bac", "pv", "ev", "ac", "etc"))
    eac = _minus(ac, -etc) if etc is not None else None
    with localcontext(prec=_DIGITS):
        by_cpi = bac * ac / ev if bac is not None and ac is not None and ev else None
        return Earned(
            eac,
            _minus(bac, eac),
            _minus(ev, ac),
            _minus(ev, pv),
            _ratio(ev, pv),
            _ratio(ev, ac),
            by_cpi.quantize(_CENT, ROUND_HALF_UP) if by_cpi is not None else None,
        )


def eac_by_both(stated: dict[str, Decimal]) -> Decimal | None:
    """The estimate at completion where cost and time go on as up to now, to the cent: AC + (BAC - EV) / (CPI * SPI).

    The formula is that of the PMBOK Guide (sixth edition, 7.4.2.2). None where a part is missing, or nothing is earned.
    """
    bac, pv, ev, ac = (stated.get(name) for name in ("bac", "pv", "ev", "ac"))
    if bac is None or pv is None or ac is None or not ev:
        return None
    with localcontext(prec=_DIGITS):
        return (ac + (bac - ev) * ac * pv / (ev * ev)).quantize(_CENT, ROUND_HALF_UP)


def _minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one - other if one is not None and other is not None else None


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return (part / whole).quantize(_RATIO, ROUND_HALF_UP) if part is not None and whole else None


class Reserve(NamedTuple):
    """A reserve: what it held at first, what was drawn, and what is left by that and by the books (None: not said)."""

    opening: Decimal
    drawn: Decimal
    left: Decimal
    stated: Decimal | None


class Account(NamedTuple):
    """A budget or a budget line: its unit (currency and VAT basis), the amounts that it states, what it is for."""

    artifact: Artifact
    currency: str
    vat: str
    amounts: dict[str, Decimal]
    workstreams: tuple[str, ...]
    category: str
    year: int | None

    @property
    def id(self) -> str:
        """The ID of the budget or line."""
        return self.artifact.id

    @property
    def bac(self) -> Decimal | None:
        """The budget at completion, or None."""
        return self.amounts.get("bac")


class Budget(NamedTuple):
    """A budget with its lines and the budgets that are parts of it. Parts that do not count are left out.

    `original` and `changed` are the first BAC and the sum of its changes, None where no first one is stated.
    """

    account: Account
    lines: tuple[Account, ...]
    parts: tuple[Account, ...]
    original: Decimal | None
    changed: Decimal | None
    reserve: Reserve | None


def lines_below(budget: Budget, known: dict[str, Budget]) -> tuple[Account, ...]:
    """The lines of a budget, or else those of the budgets within it, each once.

    A budget within it that is not yet broken down stands for its lines.
    """
    found: dict[str, Account] = {}
    waiting, seen = [budget], {budget.account.id}
    for item in waiting:
        found.update((line.id, line) for line in item.lines)
        for part in () if item.lines else item.parts:
            below = known.get(part.id)
            if below is None or not (below.lines or below.parts):
                found[part.id] = part
            elif part.id not in seen:
                seen.add(part.id)
                waiting.append(below)
    return tuple(found.values())


def account_of(artifact: Artifact) -> Account:
    """What a budget or a line states; a value that is none counts as not stated."""
    fields = artifact.fields
    currency, vat, category, year = (fields.get(name) for name in ("currency", "vat", "category", "year"))
    amounts = {name: amount for name in AMOUNTS if (amount := read_amount(fields.get(name))) is not None}
    return Account(
        artifact,
        currency if isinstance(currency, str) else "",
        vat if isinstance(vat, str) else "",
        amounts,
        tuple(link.target for link in artifact.links if link.role == "for"),
        category if isinstance(category, str) else "",
        year if type(year) is int else None,
    )


def budgets(programme: Programme) -> dict[str, Budget]:
    """All budgets that have not ended, by ID."""
    return {
        artifact.id: budget_of(artifact, programme)
        for artifact in programme.artifacts.values()
        if artifact.kind == "budget" and programme.phase(artifact) in ("early", "firm")
    }


def budget_of(artifact: Artifact, programme: Programme) -> Budget:
    """A budget with all that counts into it.

    A line counts unless it was rejected; one that is only proposed counts in a budget that is a draft too.
    """
    early = programme.phase(artifact) == "early"
    lines, parts = [], []
    for source, link in programme.incoming.get(artifact.id, ()):
        if link.role != "part_of" or programme.artifacts.get(source.id) is not source:
            continue
        phase = programme.phase(source)
        if source.kind == "budget-line" and source.status != "rejected" and (early or phase != "early"):
            lines.append(account_of(source))
        elif source.kind == "budget" and phase in ("early", "firm"):
            parts.append(account_of(source))
    original = read_amount(artifact.fields.get("original_bac"))
    changed = total(_listed(artifact.fields.get("changes"))) if original is not None else None
    reserve = reserve_of(artifact)
    return Budget(account_of(artifact), tuple(lines), tuple(parts), original, changed, reserve)


def reserve_of(artifact: Artifact) -> Reserve | None:
    """The reserve of a budget; None where it has none, or none whose opening can be read."""
    stated = artifact.fields.get("reserve")
    opening = read_amount(stated.get("opening")) if isinstance(stated, dict) else None
    if opening is None or not isinstance(stated, dict):
        return None
    drawn = total(_listed(stated.get("drawdowns")))
    return Reserve(opening, drawn, opening - drawn, read_amount(stated.get("left")))


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of amounts; what is not stated adds nothing."""
    return sum((amount for amount in amounts if amount is not None), NOTHING)


def _listed(rows: Any) -> list[Decimal | None]:
    return [
        read_amount(row.get("amount"))
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict)
    ]


class Sums(NamedTuple):
    """The BAC of some lines in one unit, in all and by workstream, category and year; '' where a line names none."""

    total: Decimal
    by_workstream: dict[str, Decimal]
    by_category: dict[str, Decimal]
    by_year: dict[str, Decimal]


def sums(lines: Iterable[Account]) -> Sums:
    """The sums of lines. A line that names several workstreams counts for the first."""
    found = Sums(NOTHING, {}, {}, {})
    for line in lines:
        bac = line.bac or NOTHING
        found = found._replace(total=found.total + bac)
        year = "" if line.year is None else str(line.year)
        workstream = line.workstreams[0] if line.workstreams else ""
        for table, key in (
            (found.by_workstream, workstream),
            (found.by_category, line.category),
            (found.by_year, year),
        ):
            table[key] = table.get(key, NOTHING) + bac
    return found


def one_unit(accounts: Iterable[Account]) -> bool:
    """Whether all are in one currency and on one VAT basis."""
    return len({(item.currency, item.vat) for item in accounts}) <= 1
