"""Money: a published example of earned value, divisions by zero, and sums to the cent."""

from decimal import Decimal

import pytest

from pipeline.figures.money import account_of, budgets, earned, read_amount, sums
from tests.support import programme_of


def test_the_published_example():
    """The fence of four sides in R. Mulcahy, *PMP Exam Prep* (earned value exercise), at the end of the third day.

    The book divides by a CPI rounded to 0.893 and so has 4,479 for the EAC; without rounding it is 4,480.
    """
    found = earned({"bac": Decimal(4000), "pv": Decimal(3000), "ev": Decimal(2500), "ac": Decimal(2800)})
    assert (found.cv, found.sv) == (-300, -500)
    assert (found.cpi, found.spi) == (Decimal("0.8929"), Decimal("0.8333"))
    assert found.eac_by_cpi == 4480
    assert (found.eac, found.vac) == (None, None)


def test_an_estimate_to_complete_gives_the_estimate_at_completion():
    found = earned({"bac": Decimal("100.00"), "ac": Decimal("60.10"), "etc": Decimal("50.00")})
    assert (found.eac, found.vac) == (Decimal("110.10"), Decimal("-10.10"))


@pytest.mark.parametrize(
    ("stated", "undefined"),
    [
        ({"pv": 0, "ev": 0, "ac": 0, "bac": 0}, {"spi", "cpi", "eac_by_cpi"}),
        ({"pv": 5, "ev": 0, "ac": 5, "bac": 9}, {"eac_by_cpi"}),
        ({"pv": 0, "ev": 1, "ac": 5, "bac": 9}, {"spi"}),
    ],
)
def test_what_would_divide_by_zero_is_undefined(stated, undefined):
    found = earned({key: Decimal(value) for key, value in (stated | {"etc": 0}).items()})
    assert {name for name, value in found._asdict().items() if value is None} == undefined


def test_halves_are_rounded_away_from_zero():
    assert earned({"pv": Decimal(80000), "ev": Decimal(4)}).spi == Decimal("0.0001")
    assert earned({"bac": Decimal("0.01"), "ac": Decimal(1), "ev": Decimal(2)}).eac_by_cpi == Decimal("0.01")


@pytest.mark.parametrize("value", ["1,000.00", "1.5", "1e3", " 1", "1.005", "", "١", 10, 10.5, None, "NaN"])
def test_what_is_no_amount(value):
    assert read_amount(value) is None


def test_the_largest_amounts_are_exact_to_the_cent():
    most = Decimal("999999999999999.99")
    found = earned({"bac": most, "pv": most, "ev": Decimal("0.01"), "ac": most, "etc": most})
    assert found.eac_by_cpi == Decimal("99999999999999998000000000000000.01")
    assert read_amount("9" * 16) is None


TEXT = """
## BUD-001 All

```yaml {.artifact}
status: approved
currency: EUR
vat: excl
bac: "0.30"
original_bac: "0.10"
changes: [{by: DEC-001, amount: "0.20"}]
reserve: {opening: "5.00", drawdowns: [{by: DEC-001, amount: "1.10"}]}
```

## BL-001 One

```yaml {.artifact}
status: open
currency: EUR
vat: excl
bac: "0.10"
year: 2026
category: services
for: [WS-001]
part_of: [BUD-001]
```

## BL-002 Two

```yaml {.artifact}
status: closed
currency: EUR
vat: excl
bac: "0.20"
year: 2027
category: services
part_of: [BUD-001]
```

## BL-003 Not yet

```yaml {.artifact}
status: proposed
currency: EUR
vat: excl
bac: "7"
part_of: [BUD-001]
```
"""


def test_sums_by_workstream_category_and_year():
    programme, _ = programme_of({"budget.md": TEXT})
    budget = budgets(programme)["BUD-001"]
    found = sums(budget.lines)
    assert found.total == budget.account.bac == Decimal("0.30")
    assert found.by_workstream == {"WS-001": Decimal("0.10"), "": Decimal("0.20")}
    assert found.by_category == {"services": Decimal("0.30")}
    assert found.by_year == {"2026": Decimal("0.10"), "2027": Decimal("0.20")}
    assert budget.original is not None
    assert budget.original + budget.changed == Decimal("0.30")
    assert budget.reserve == (Decimal("5.00"), Decimal("1.10"), Decimal("3.90"), None)
    assert account_of(programme.artifacts["BL-002"]).workstreams == ()
