"""Working days, by hand from the calendar of 2026."""

from datetime import date

import pytest

from pipeline.figures.days import read_day, working_days

FRIDAY, SUNDAY, MONDAY = date(2026, 2, 27), date(2026, 3, 1), date(2026, 3, 2)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, SUNDAY, 0),
        (FRIDAY, MONDAY, 1),
        (SUNDAY, MONDAY, 1),
        (date(2026, 2, 24), SUNDAY, 3),
        (MONDAY, date(2026, 3, 9), 5),
        (date(2026, 1, 1), date(2026, 12, 31), 260),
        (MONDAY, FRIDAY, -1),
    ],
)
def test_working_days_run_from_monday_to_friday(start, end, days):
    assert working_days(start, end) == days


def test_a_closed_day_does_not_count_unless_it_is_in_the_weekend_or_outside():
    assert working_days(FRIDAY, date(2026, 3, 6), [MONDAY, MONDAY, SUNDAY, FRIDAY]) == 4


@pytest.mark.parametrize("value", [None, 20260301, "20260301", "2026-3-1", "2026-02-30", "2026-W09-7", ""])
def test_what_is_no_day_as_the_schemas_write_it(value):
    assert read_day(value) is None
