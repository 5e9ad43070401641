"""Cost: what was approved, earned and spent over the whole programme.

The amounts are those of the budgets that are part of no other. Where such a budget states an amount, that counts; where
it does not, the sum of its lines counts, provided that each of them states it. Budgets in more than one currency or VAT
basis have no sum, and nothing is given.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Literal

from pipeline.figures.measures.values import Measure, Value, labels
from pipeline.figures.money import (
    AMOUNTS,
    Budget,
    Earned,
    budgets,
    eac_by_both,
    earned,
    lines_below,
    one_unit,
    total,
)
from pipeline.model import Programme

Amount = Decimal | None
_LOW, _LOWER = Decimal("0.95"), Decimal("0.90")


def top_budgets(programme: Programme) -> list[Budget]:
    """The budgets that are part of no other, where all of them are in one unit; else none."""
    known = budgets(programme)
    found = [budget for key, budget in known.items() if not _wholes(budget) & (known.keys() - {key})]
    return found if one_unit(budget.account for budget in found) else []


def _wholes(budget: Budget) -> set[str]:
    return {link.target for link in budget.account.artifact.links if link.role == "part_of"}


def stated_amounts(programme: Programme) -> dict[str, Decimal]:
    """The amounts of the whole programme: each of `figures.money.AMOUNTS` that is known."""
    known, tops = budgets(programme), top_budgets(programme)
    found = {name: sum_known(_amount(budget, name, known) for budget in tops) for name in AMOUNTS}
    return {name: amount for name, amount in found.items() if amount is not None}


def _amount(budget: Budget, name: str, known: dict[str, Budget]) -> Amount:
    """What a budget states, else what all its lines state together."""
    own = budget.account.amounts.get(name)
    if own is not None:
        return own
    lines = lines_below(budget, known)
    return sum_known(line.amounts.get(name) for line in lines) if one_unit((budget.account, *lines)) else None


def sum_known(amounts: Iterable[Amount]) -> Amount:
    """The sum, where there is something to add and each part of it is known."""
    every = list(amounts)
    return total(every) if every and None not in every else None


def earned_value(programme: Programme) -> Earned:
    """The earned value of the whole programme."""
    return earned(stated_amounts(programme))


def value_in(programme: Programme, amount: Amount, unit: str = "") -> Value | None:
    """An amount of the programme's budgets, or a ratio of such; None where there is no budget."""
    tops = top_budgets(programme)
    if not tops:
        return None
    return Value(amount, None, unit or tops[0].account.currency, tuple(budget.account.id for budget in tops))


def of_stated(name: str) -> Callable[[Programme], Value | None]:
    """A measure that is an amount of the budgets; None where they do not state it."""

    def of(programme: Programme) -> Value | None:
        amount = stated_amounts(programme).get(name)
        return value_in(programme, amount) if amount is not None else None

    return of


def _of_earned(name: str, unit: str = "") -> Callable[[Programme], Value | None]:
    """A measure that follows from earned value; undefined where it would divide by zero.

    None where an amount that it needs is not stated.
    """

    def of(programme: Programme) -> Value | None:
        amounts = stated_amounts(programme)
        needed = _NEEDED[name] <= amounts.keys()
        return value_in(programme, getattr(earned(amounts), name), unit) if needed else None

    return of


def eac_by_both_indices(programme: Programme) -> Value | None:
    """What the work will cost where both cost and time go on as up to now."""
    amounts = stated_amounts(programme)
    needed = {"bac", "pv", "ev", "ac"} <= amounts.keys()
    return value_in(programme, eac_by_both(amounts)) if needed else None


_NEEDED = {
    "eac": {"ac", "etc"},
    "vac": {"bac", "ac", "etc"},
    "cv": {"ev", "ac"},
    "sv": {"ev", "pv"},
    "spi": {"ev", "pv"},
    "cpi": {"ev", "ac"},
    "eac_by_cpi": {"bac", "ev", "ac"},
}


def original_bac(programme: Programme) -> Value | None:
    """What was first approved, before any change."""
    amount = sum_known(budget.original for budget in top_budgets(programme))
    return value_in(programme, amount) if amount is not None else None


def approved_changes(programme: Programme) -> Value | None:
    """What the changes of the budgets come to; the artifacts by which they were decided."""
    tops = top_budgets(programme)
    amount, found = sum_known(budget.changed for budget in tops), value_in(programme, None)
    if amount is None or found is None:
        return None
    return found._replace(value=amount, ids=_causes(tops))


def _causes(tops: Iterable[Budget]) -> tuple[str, ...]:
    stated = [budget.account.artifact.fields.get("changes") for budget in tops]
    rows = [row for listed in stated if isinstance(listed, list) for row in listed]
    named = [row.get("by") for row in rows if isinstance(row, dict)]
    return tuple(dict.fromkeys(name for name in named if isinstance(name, str)))


def money(
    name: str,
    words: dict[str, str],
    of: Callable[[Programme], Value | None],
    direction: Literal["up", "down", ""] = "",
) -> Measure:
    """A measure that is an amount."""
    return Measure(name, words, "money", direction, of)


# What the measures read, by kind: the fields of its artifacts.
READS = {
    "budget": (*AMOUNTS, "status", "currency", "vat", "original_bac", "changes", "reserve", "part_of"),
    "budget-line": (*AMOUNTS, "status", "currency", "vat", "part_of"),
}

MEASURES = (
    money(
        "original-bac",
        labels("Original budget", "Budget initial", "Oorspronkelijk budget", "Ursprüngliches Budget"),
        original_bac,
    ),
    money(
        "approved-changes",
        labels(
            "Approved changes of the budget",
            "Modifications approuvées du budget",
            "Goedgekeurde wijzigingen van het budget",
            "Genehmigte Budgetänderungen",
        ),
        approved_changes,
    ),
    money(
        "bac",
        labels(
            "Current budget (BAC)", "Budget actuel (BAC)", "Huidig budget (BAC)", "Aktuelles Budget (BAC)"
        ),
        of_stated("bac"),
    ),
    money(
        "pv",
        labels("Planned value (PV)", "Valeur prévue (PV)", "Geplande waarde (PV)", "Planwert (PV)"),
        of_stated("pv"),
    ),
    money(
        "ev",
        labels(
            "Earned value (EV)", "Valeur acquise (EV)", "Verdiende waarde (EV)", "Fertigstellungswert (EV)"
        ),
        of_stated("ev"),
    ),
    money(
        "ac",
        labels("Actual cost (AC)", "Coût réel (AC)", "Werkelijke kost (AC)", "Ist-Kosten (AC)"),
        of_stated("ac"),
    ),
    money(
        "etc",
        labels(
            "Estimate to complete (ETC)",
            "Reste à faire (ETC)",
            "Nog te besteden (ETC)",
            "Geschätzte Restkosten (ETC)",
        ),
        of_stated("etc"),
    ),
    money(
        "eac",
        labels(
            "Estimate at completion (AC + ETC)",
            "Coût final estimé (AC + ETC)",
            "Vermoedelijke eindkost (AC + ETC)",
            "Geschätzte Gesamtkosten (AC + ETC)",
        ),
        _of_earned("eac"),
        "down",
    ),
    money(
        "eac-by-cpi",
        labels(
            "Estimate at completion (BAC / CPI)",
            "Coût final estimé (BAC / CPI)",
            "Vermoedelijke eindkost (BAC / CPI)",
            "Geschätzte Gesamtkosten (BAC / CPI)",
        ),
        _of_earned("eac_by_cpi"),
        "down",
    ),
    money(
        "eac-by-cpi-spi",
        labels(
            "Estimate at completion (AC + (BAC − EV) / (CPI × SPI))",
            "Coût final estimé (AC + (BAC − EV) / (CPI × SPI))",
            "Vermoedelijke eindkost (AC + (BAC − EV) / (CPI × SPI))",
            "Geschätzte Gesamtkosten (AC + (BAC − EV) / (CPI × SPI))",
        ),
        eac_by_both_indices,
        "down",
    ),
    money(
        "vac",
        labels(
            "Variance at completion (VAC)",
            "Écart à l'achèvement (VAC)",
            "Verschil bij voltooiing (VAC)",
            "Abweichung bei Fertigstellung (VAC)",
        ),
        _of_earned("vac"),
        "up",
    ),
    money(
        "cv",
        labels("Cost variance (CV)", "Écart de coût (CV)", "Kostenverschil (CV)", "Kostenabweichung (CV)"),
        _of_earned("cv"),
        "up",
    ),
    money(
        "sv",
        labels(
            "Schedule variance (SV)", "Écart de délai (SV)", "Planningsverschil (SV)", "Planabweichung (SV)"
        ),
        _of_earned("sv"),
        "up",
    ),
    Measure(
        "spi",
        labels(
            "Schedule performance (SPI)",
            "Indice de performance des délais (SPI)",
            "Planningsindex (SPI)",
            "Terminindex (SPI)",
        ),
        "ratio",
        "up",
        _of_earned("spi", "ratio"),
        _LOW,
        _LOWER,
    ),
    Measure(
        "cpi",
        labels(
            "Cost performance (CPI)",
            "Indice de performance des coûts (CPI)",
            "Kostenindex (CPI)",
            "Kostenindex (CPI)",
        ),
        "ratio",
        "up",
        _of_earned("cpi", "ratio"),
        _LOW,
        _LOWER,
    ),
)
