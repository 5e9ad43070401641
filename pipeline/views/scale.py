"""Amounts on the axis of a chart: in units, thousands or millions, so that few digits are left to read."""

from decimal import Decimal
from typing import NamedTuple

from pipeline.views.numbers import number
from pipeline.views.words import say


class Scale(NamedTuple):
    """By what amounts are divided, how many digits are told behind the point, and what the axis is called."""

    by: Decimal
    digits: int
    title: str

    def of(self, amount: Decimal) -> float:
        """Where an amount stands on the axis. Only a drawing is made from it."""
        return float(amount / self.by)

    def told(self, amount: Decimal, lang: str) -> str:
        """An amount in the unit of the axis."""
        return number(amount / self.by, lang, self.digits)


def scale_for(most: Decimal, lang: str, currency: str) -> Scale:
    """The scale for amounts up to one."""
    for power, name in ((6, "millions"), (3, "thousands")):
        by = Decimal(10) ** power
        if most >= 2 * by:
            return Scale(by, 2 if most < 1000 * by else 0, say(name, lang, currency=currency))
    return Scale(Decimal(1), 2 if most < 100 else 0, currency)


def month_step(days: int) -> int:
    """How many months lie between two ticks of an axis of so many days, for ten ticks at most."""
    return next((step for step in (1, 2, 3, 6, 12, 24, 60) if days <= step * 310), 120)
