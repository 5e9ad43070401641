"""Days of the calendar, as artifacts state them, and the working days between them."""

from collections.abc import Collection
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


def working_days(start: date, end: date, closed: Collection[date] = ()) -> int:
    """The working days after `start` up to and with `end`; less than zero when `end` comes first.

    A working day is one from Monday to Friday that is not among the `closed` ones.
    """
    if end < start:
        return -working_days(end, start, closed)
    weeks, rest = divmod((end - start).days, 7)
    last = range(start.weekday() + 1, start.weekday() + 1 + rest)
    count = weeks * 5 + sum(day % 7 < 5 for day in last)
    return count - sum(start < day <= end and day.weekday() < 5 for day in set(closed))
