"""The figures of the whole programme, each computed in one place and under one name.

Tiles, pages, packs and reports take their figures from here and nowhere else, so that a figure is the same wherever it
is shown. Every one is exact: an amount to the cent, a ratio to four digits, a mean to a tenth, halves away from zero.
"""

from types import MappingProxyType

from pipeline.figures.measures import cost, funds, governance, quality, risk, scope, time
from pipeline.figures.measures.values import Measure, Value

_FAMILIES = (time, cost, funds, scope, quality, risk, governance)

MEASURES = MappingProxyType({measure.name: measure for family in _FAMILIES for measure in family.MEASURES})


def measure_named(words: str) -> Measure | None:
    """The measure of a name, or of what it is called in any language; how it is spaced and capitalised is not asked."""
    wanted = _plain(words)
    return MEASURES.get(wanted) or next(
        (measure for measure in MEASURES.values() if wanted in map(_plain, measure.labels.values())), None
    )


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


__all__ = ["MEASURES", "Measure", "Value", "measure_named"]
