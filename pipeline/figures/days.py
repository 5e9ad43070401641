"""Days of the calendar, as artifacts state them, and the working days between them."""

from collections.abc import Collection
from datetime import date, timedelta
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


def working_day_after(start: date, days: int, closed: Collection[date] = ()) -> date | None:
    """The day that lies so many working days after another, `start` itself for none; None beyond the calendar.

    For the working days that `working_days` counts: it is the first day on which the count is reached.
    """
    day = start
    try:
        # As many days as are missing are never too many, and about a third of them are missing again.
        while missing := days - working_days(start, day, closed):
            day += timedelta(days=missing)
    except OverflowError:
        return None
    return day
