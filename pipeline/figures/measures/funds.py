"""Funds: what was committed, liquidated, invoiced and paid, and the reserve."""

from collections.abc import Callable
from typing import Literal

from pipeline.figures.measures import cost
from pipeline.figures.measures.cost import money, of_stated, sum_known, top_budgets, value_in
from pipeline.figures.measures.values import Value, labels
from pipeline.model import Programme


def _of_reserve(name: Literal["opening", "drawn", "left"]) -> Callable[[Programme], Value | None]:
    """A measure of the reserves of the budgets that have one; None where none has."""

    def of(programme: Programme) -> Value | None:
        reserves = [budget.reserve for budget in top_budgets(programme) if budget.reserve]
        amount = sum_known(getattr(reserve, name) for reserve in reserves)
        return value_in(programme, amount) if amount is not None else None

    return of


READS = cost.READS

MEASURES = (
    money(
        "commitment",
        labels("Committed", "Engagé", "Vastgelegd", "Gebunden"),
        of_stated("commitment"),
    ),
    money(
        "liquidation",
        labels("Liquidated", "Liquidé", "Vereffend", "Festgestellt"),
        of_stated("liquidation"),
    ),
    money(
        "invoiced",
        labels("Invoiced", "Facturé", "Gefactureerd", "In Rechnung gestellt"),
        of_stated("invoiced"),
    ),
    money("paid", labels("Paid", "Payé", "Betaald", "Bezahlt"), of_stated("paid")),
    money(
        "reserve-opening",
        labels("Reserve at the opening", "Réserve initiale", "Oorspronkelijke reserve", "Anfangsreserve"),
        _of_reserve("opening"),
    ),
    money(
        "reserve-drawn",
        labels(
            "Drawn from the reserve",
            "Prélevé sur la réserve",
            "Opgenomen uit de reserve",
            "Entnahmen aus der Reserve",
        ),
        _of_reserve("drawn"),
    ),
    money(
        "reserve-left",
        labels("Reserve left", "Solde de la réserve", "Resterende reserve", "Verbleibende Reserve"),
        _of_reserve("left"),
        "up",
    ),
)
