"""Figures as a report states them: exact, the same in every language."""

from typing import Any

from pipeline.figures.measures import Value
from pipeline.figures.pack.values import Figures

UNDEFINED = "not defined"


def stated_value(value: Value) -> str:
    """A figure as a report keeps it: a share as n/N, an amount or a ratio as a decimal number, else `not defined`."""
    if value.value is None:
        return UNDEFINED
    return f"{value.value}/{value.of}" if value.of is not None else str(value.value)


def stated(figures: Figures) -> list[dict[str, str]]:
    """The `figures` of a report, in their order."""
    return [{"measure": name, "value": stated_value(value)} for name, value in figures.items()]


def shares_of(fields: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """The n and N of the figures that a report states as shares, by their measure."""
    found = {}
    rows = fields.get("figures")
    for row in rows if isinstance(rows, list) else ():
        name, value = (row.get(key) for key in ("measure", "value")) if isinstance(row, dict) else ("", "")
        part, slash, whole = value.partition("/") if isinstance(value, str) else ("", "", "")
        if isinstance(name, str) and slash and part.isdecimal() and whole.isdecimal():
            found[name] = int(part), int(whole)
    return found
