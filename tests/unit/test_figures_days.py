"""Working days, by hand from the calendar of 2026."""

from datetime import date

import pytest

from pipeline.figures.days import read_day, working_day_after, working_days

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


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (FRIDAY, 0, FRIDAY),
        (SUNDAY, 0, SUNDAY),
        (FRIDAY, 1, MONDAY),
        (SUNDAY, 1, MONDAY),
        (MONDAY, 4, date(2026, 3, 6)),
        (MONDAY, 5, date(2026, 3, 9)),
        (date(2026, 1, 1), 260, date(2026, 12, 31)),
        (date(9999, 12, 30), 1, date(9999, 12, 31)),
        (date(9999, 12, 30), 2, None),
        (MONDAY, 10**30, None),
    ],
)
def test_the_day_that_lies_so_many_working_days_later(start, days, end):
    assert working_day_after(start, days) == end


def test_days_on_which_nobody_works_are_gone_over():
    assert working_day_after(FRIDAY, 1, [MONDAY, date(2026, 3, 4)]) == date(2026, 3, 3)
    assert working_day_after(FRIDAY, 2, [MONDAY, date(2026, 3, 4)]) == date(2026, 3, 5)
