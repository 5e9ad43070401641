"""The curve of a budget: its days, its budget over time, and where it is heading."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from pipeline.figures.curve import Point, curves
from pipeline.figures.money import eac_by_both
from pipeline.model.past import Moment, State
from tests.registers import register, section

UNIT = {"status": "approved", "currency": "EUR", "vat": "excl"}


def curve(**fields):
    """The curve of one budget."""
    (found,) = curves(register(section("BUD-1", **{**UNIT, **fields})))
    return found


def test_the_days_are_those_of_the_series_in_order():
    found = curve(
        series=[
            {"on": "2026-12-31", "pv": "30.00"},
            {"on": "2026-10-31", "pv": "20.00", "ev": "10.00", "ac": "12.00"},
            {"on": "2026-11-30"},
            {"on": "soon", "pv": "1.00"},
            {"on": "2026-09-30", "pv": "1e3", "ac": "5.00"},
        ]
    )
    assert found.points == (
        Point(date(2026, 9, 30), None, None, Decimal(5)),
        Point(date(2026, 10, 31), Decimal(20), Decimal(10), Decimal(12)),
        Point(date(2026, 12, 31), Decimal(30), None, None),
    )
    assert found.status == found.points[1]
    assert found.last == date(2026, 12, 31)


def test_without_a_series_the_history_says_what_it_stated_and_the_budget_what_it_states():
    def moment(day, **fields):
        state = State("budget", "All", "approved", "1.0", fields)
        return Moment(day, "", "abc", {"BUD-1": state, "BL-1": state})

    programme = register(section("BUD-1", **UNIT, pv="9.00", ev="8.00", ac="7.00"))
    past = (moment("2026-08-31", pv="2.00"), moment("2026-09-30", pv="4.00", ac="3.00"), moment("2026-10-31"))
    (found,) = curves(structs.replace(programme, past=past))
    assert found.points == (
        Point(date(2026, 8, 31), Decimal(2), None, None),
        Point(date(2026, 9, 30), Decimal(4), None, Decimal(3)),
        Point(date(2026, 11, 27), Decimal(9), Decimal(8), Decimal(7)),
    )


def test_the_budget_moves_on_the_days_of_its_changes():
    found = curve(
        bac="125.00",
        original_bac="100.00",
        changes=[
            {"by": "CR-2", "amount": "-5.00", "on": "2026-06-01"},
            {"by": "CR-1", "amount": "20.00", "on": "2026-03-01"},
            {"by": "CR-0", "amount": "10.00", "on": "2025-12-01"},
        ],
        series=[{"on": "2026-01-31", "pv": "1.00"}, {"on": "2026-12-31", "pv": "125.00"}],
    )
    assert found.bac == (
        (date(2026, 1, 31), Decimal(110)),
        (date(2026, 3, 1), Decimal(130)),
        (date(2026, 6, 1), Decimal(125)),
    )


def test_a_change_without_a_day_leaves_the_budget_as_it_is_now():
    found = curve(bac="120.00", original_bac="100.00", changes=[{"by": "CR-1", "amount": "20.00"}], pv="1.00")
    assert found.bac == ((date(2026, 11, 27), Decimal(120)),)


def test_a_budget_that_is_part_of_another_has_no_curve_of_its_own_unless_it_is_named():
    programme = register(
        section("BUD-1", **UNIT, pv="9.00"), section("BUD-2", **UNIT, pv="4.00", part_of=["BUD-1"])
    )
    assert [found.budget.account.id for found in curves(programme)] == ["BUD-1"]
    assert [found.budget.account.id for found in curves(programme, ["BUD-2", "BUD-9"])] == ["BUD-2"]


@pytest.mark.parametrize("series", [None, [], "x", [1], [{"on": "2026-01-31"}], {"on": 1}])
def test_a_budget_without_amounts_has_no_curve(series):
    assert curves(register(section("BUD-1", **UNIT, bac="5.00", series=series))) == []


def test_the_estimates_at_the_end_are_those_that_are_defined():
    """The fence of R. Mulcahy, *PMP Exam Prep*, with 1,600 to spend; by both indices 2,800 + 1,500 / (25/28 × 5/6)."""
    fence = {"bac": "4000.00", "pv": "3000.00", "ev": "2500.00", "ac": "2800.00", "etc": "1600.00"}
    assert curve(**fence).ends == {"etc": 4400, "cpi": 4480, "cpi-spi": 4816}
    assert curve(**{**fence, "ev": "0.00"}).ends == {"etc": 4400}


@pytest.mark.parametrize("lacking", ["bac", "pv", "ev", "ac"])
def test_an_estimate_by_both_indices_needs_all_amounts(lacking):
    stated = {name: Decimal(5) for name in ("bac", "pv", "ev", "ac") if name != lacking}
    assert eac_by_both(stated) is None
    assert eac_by_both({**stated, lacking: Decimal(5)}) == 5
