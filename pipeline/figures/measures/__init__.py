"""The figures of the whole programme, each computed in one place and under one name.

Tiles, pages, packs and reports take their figures from here and nowhere else, so that a figure is the same wherever it
is shown. Every one is exact: an amount to the cent, a ratio to four digits, a mean to a tenth, halves away from zero.
"""

from collections.abc import Iterable
from types import MappingProxyType

from pipeline.figures.measures import (
    cost,
    funds,
    governance,
    quality,
    risk,
    scope,
    time,
    upkeep,
)
from pipeline.figures.measures.values import Measure, Value

_FAMILIES = (time, cost, funds, scope, quality, risk, governance, upkeep)

MEASURES = MappingProxyType({measure.name: measure for family in _FAMILIES for measure in family.MEASURES})


# Those that follow from headers alone, so that they can be told wherever the headers are.
FROM_HEADERS = tuple(name for name in MEASURES if name not in upkeep.FROM_TEXTS)


def reads_of(names: Iterable[str]) -> dict[str, set[str]]:
    """What some measures read: for each kind, or * for every kind, the fields of its artifacts."""
    wanted, found = set(names), dict[str, set[str]]()
    for family in _FAMILIES:
        if wanted & {measure.name for measure in family.MEASURES}:
            for kind, fields in family.READS.items():
                found.setdefault(kind, set()).update(fields)
    return found


def measure_named(words: str) -> Measure | None:
    """The measure of a name, or of what it is called in any language; how it is spaced and capitalised is not asked."""
    wanted = _plain(words)
    return MEASURES.get(wanted) or next(
        (measure for measure in MEASURES.values() if wanted in map(_plain, measure.labels.values())), None
    )


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


__all__ = ["FROM_HEADERS", "MEASURES", "Measure", "Value", "measure_named", "reads_of"]
