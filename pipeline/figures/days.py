"""Days of the calendar, as artifacts state them."""

from datetime import date
from typing import Any


def read_day(value: Any) -> date | None:
    """The day of a value that is written as the schemas ask, 2026-03-31; None for anything else."""
    if not isinstance(value, str) or len(value) != 10 or value[4] != "-" or value[7] != "-":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
