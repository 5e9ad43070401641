"""Colours by thresholds: the first value that is wrong, and the last that is not."""

from decimal import Decimal

import pytest
from msgspec import structs

from pipeline.figures.rag import judge, overall_may_be
from pipeline.model.thresholds import Rag, Thresholds
from tests import packs


def judged(name: str, changed: dict[str, str], **limits: tuple[int, int]) -> dict[str, str]:
    programme = packs.programme(changed)
    programme = structs.replace(programme, thresholds=Thresholds(rag=Rag(**limits)))
    return {item.name: item.state for item in judge(programme)[name].measured}


@pytest.mark.parametrize(
    ("ev", "state"), [("475.00", "green"), ("474.97", "amber"), ("425.00", "amber"), ("424.97", "red")]
)
def test_spi_is_judged_to_four_digits(ev, state):
    # Of 500 planned: 474.97 / 500 is 0.9499 as it is told, below 0.95; 424.97 / 500 is 0.8499, below 0.85.
    text = packs.BUDGET.replace('pv: "500.00"\nev: "460.00"', f'pv: "500.00"\nev: "{ev}"')
    assert judged("time", {"budget.md": text})["spi"] == state


@pytest.mark.parametrize(
    ("etc", "state"), [("540.00", "green"), ("540.01", "amber"), ("570.00", "amber"), ("570.01", "red")]
)
def test_what_exceeds_the_budget_is_judged_to_the_cent(etc, state):
    # AC 480 + ETC against 1000: 2 % are 1020.00, 5 % are 1050.00.
    text = packs.BUDGET.replace('etc: "540.00"', f'etc: "{etc}"')
    assert judged("cost", {"budget.md": text})["overrun"] == state


@pytest.mark.parametrize(
    ("left", "state"), [("25.01", "green"), ("25.00", "amber"), ("10.01", "amber"), ("10.00", "red")]
)
def test_the_reserve_is_judged_by_what_is_left(left, state):
    drawn = Decimal("100.00") - Decimal(left)
    text = packs.BUDGET.replace('amount: "80.00"', f'amount: "{drawn}"').replace(
        'left: "20.00"', f'left: "{left}"'
    )
    assert judged("cost", {"budget.md": text})["reserve"] == state


@pytest.mark.parametrize(("limits", "state"), [((2, 3), "green"), ((1, 2), "amber"), ((1, 1), "red")])
def test_milestones_beyond_tolerance_are_counted(limits, state):
    assert judged("time", {}, late=limits)["late"] == state


def test_a_high_risk_without_an_action_is_red():
    # RSK-003 scores 25, and is an opportunity.
    assert judged("risk", {}) == {"risks": "amber", "unanswered": "green"}
    alone = packs.CONTROL.replace("arises_from: [RSK-001]", "arises_from: [ISS-001]")
    assert judged("risk", {"control.md": alone}) == {"risks": "amber", "unanswered": "red"}
    accepted = alone.replace("response: reduce", "response: accept")
    assert judged("risk", {"control.md": accepted}) == {"risks": "amber", "unanswered": "green"}


def test_where_nothing_is_known_nothing_is_judged():
    programme, _ = packs.programme_of({"RPT-001-february.md": packs.REPORT})
    assert judge(programme) == {}


@pytest.mark.parametrize(
    ("stated", "allowed"),
    [
        ({"time": "red", "cost": "green"}, ("amber", "red")),
        ({"time": "amber"}, ("green", "amber")),
        ({"time": "green"}, ("green",)),
        ({"overall": "red"}, ("green", "amber", "red")),
    ],
)
def test_overall_is_at_most_one_step_better_than_the_worst(stated, allowed):
    assert overall_may_be(stated) == allowed
