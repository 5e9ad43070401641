"""Shares in whole per cent, the same wherever one is told: in views, packs and reports."""

from decimal import ROUND_HALF_UP, Decimal


def whole_percent(part: int | Decimal, whole: int | Decimal) -> int:
    """A share in whole per cent, halves away from zero; but 100 is said only of all, and 0 only of none."""
    exact = Decimal(part) * 100 / Decimal(whole)
    rounded = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return min(99, max(1, rounded)) if 0 < exact < 100 else rounded
