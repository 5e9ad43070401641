"""The measures of money, each against a count by hand, and what is not defined where nothing was spent."""

from decimal import Decimal

import pytest

from pipeline.figures.measures import Value
from tests.unit.measured import measured

BUDGET = """
status: approved
currency: EUR
vat: excl
original_bac: "900.00"
changes: [{by: CR-001, amount: "150.00"}, {by: DEC-002, amount: "-50.00"}]
bac: "1000.00"
commitment: "700.00"
invoiced: "410.00"
paid: "400.10"
pv: "500.00"
ev: "400.00"
ac: "500.00"
etc: "700.00"
reserve: {opening: "80.00", drawdowns: [{by: DEC-001, amount: "30.00"}]}
"""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("original-bac", "900.00"),
        ("approved-changes", "100.00"),
        ("bac", "1000.00"),
        ("eac", "1200.00"),
        ("eac-by-cpi", "1250.00"),
        ("vac", "-200.00"),
        ("cv", "-100.00"),
        ("sv", "-100.00"),
        ("commitment", "700.00"),
        ("invoiced", "410.00"),
        ("paid", "400.10"),
        ("reserve-opening", "80.00"),
        ("reserve-drawn", "30.00"),
        ("reserve-left", "50.00"),
    ],
)
def test_amounts_are_exact_and_in_their_currency(name, value):
    found = measured(name, ("BUD-001", BUDGET))
    assert found is not None
    assert (str(found.value), found.unit) == (value, "EUR")


def test_indices_are_ratios():
    assert measured("spi", ("BUD-001", BUDGET)) == Value(Decimal("0.8"), None, "ratio", ("BUD-001",))
    assert measured("cpi", ("BUD-001", BUDGET)) == Value(Decimal("0.8"), None, "ratio", ("BUD-001",))


def test_changes_name_what_decided_them():
    found = measured("approved-changes", ("BUD-001", BUDGET))
    assert found is not None
    assert found.ids == ("CR-001", "DEC-002")


def part(identity, amounts, unit="EUR", of="BUD-001"):
    """A line of a budget."""
    return identity, f"status: open\ncurrency: {unit}\nvat: excl\npart_of: [{of}]\n{amounts}"


def test_what_a_budget_does_not_state_is_the_sum_of_its_lines():
    bare = ("BUD-001", "status: approved\ncurrency: EUR\nvat: excl")
    lines = (part("BL-001", 'bac: "0.10"\npv: "1.00"'), part("BL-002", 'bac: "0.20"'))
    found = measured("bac", bare, *lines)
    assert found is not None
    assert found.value == Decimal("0.30")
    assert measured("pv", bare, *lines) is None, "one line does not say what was planned"


def test_budgets_that_are_no_part_of_another_are_added():
    two = [(f"BUD-00{n}", BUDGET) for n in (1, 2)]
    within = ("BUD-003", BUDGET + "part_of: [BUD-001]")
    found = measured("bac", *two, within)
    assert found is not None
    assert (found.value, found.ids) == (2000, ("BUD-001", "BUD-002"))


def test_budgets_of_two_currencies_have_no_sum():
    assert measured("bac", ("BUD-001", BUDGET), ("BUD-002", BUDGET.replace("EUR", "USD"))) is None


NOTHING_SPENT = (
    'status: approved\ncurrency: EUR\nvat: excl\nbac: "0.00"\npv: "0.00"\nev: "0.00"\nac: "0.00"\netc: "0.00"'
)


@pytest.mark.parametrize("name", ["spi", "cpi", "eac-by-cpi"])
def test_what_would_divide_by_zero_is_not_defined(name):
    found = measured(name, ("BUD-001", NOTHING_SPENT))
    assert found is not None
    assert found.value is None
    assert found.ids == ("BUD-001",)


def test_a_budget_of_zero_has_amounts_of_zero():
    assert [getattr(measured(name, ("BUD-001", NOTHING_SPENT)), "value", None) for name in ("bac", "eac", "vac")] == [
        0, 0, 0,
    ]  # fmt: skip
