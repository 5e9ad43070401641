"""Figures as readers write them: English 9,412,600.00, French and German 9.412.600,00, Dutch 9.412.600,00.

French texts of the federal administration group thousands by points in amounts, as the Dutch ones do.
"""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from pipeline.model.share import whole_percent
from pipeline.views.words import say

# More than any figure has.
_DIGITS = 80
_MINUS = "\u2212"


def number(value: Decimal | int, lang: str, digits: int = 0, *, sign: bool = False) -> str:
    """A figure with so many digits behind the point; halves are rounded away from zero.

    With `sign`, one above zero has a plus.
    """
    with localcontext(prec=_DIGITS):
        exact = Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    words = f"{abs(exact):,.{digits}f}"
    if lang != "en":
        words = words.translate(str.maketrans(",.", ".,"))
    plus = "+" if sign and exact > 0 else ""
    return f"{_MINUS}{words}" if exact < 0 else f"{plus}{words}"


def amount(value: Decimal, lang: str, currency: str = "EUR", digits: int = 2) -> str:
    """An amount with its currency before it, held together."""
    return f"{currency}\u00a0{number(value, lang, digits)}"


def percent(part: int | Decimal, whole: int | Decimal, lang: str) -> str:
    """A share in whole per cent, of which 100 means all and 0 none; '' of nothing."""
    if not whole:
        return ""
    gap = "" if lang == "en" else "\u00a0"
    return f"{number(whole_percent(part, whole), lang)}{gap}%"


def share(part: int, whole: int, lang: str) -> str:
    """A share with what it is of: 12 of 40 (30%)."""
    told = say("of", lang, n=number(part, lang), all=number(whole, lang))
    return f"{told} ({percent(part, whole, lang)})" if whole else told
