"""Forecasts by many draws, against what is known of sums of triangular durations, and by hand on a calendar."""

import math
from datetime import date
from random import Random

import pytest

from pipeline.figures.forecast import (
    SEED,
    Estimate,
    Forecast,
    durations,
    forecast_of,
    quantile,
    reached,
    simulate,
)
from tests.support import programme_of


def chain(estimates: list[Estimate]) -> tuple[dict[str, Estimate], dict[str, list[str]]]:
    """Steps one after the other."""
    names = [f"S-{number}" for number in range(len(estimates))]
    after = {name: names[place - 1 : place] if place else [] for place, name in enumerate(names)}
    return dict(zip(names, estimates, strict=True)), after


def last(estimates: list[Estimate], draws: int, seed: int = SEED) -> list[float]:
    """The ends of the last step of a chain, in order."""
    steps, after = chain(estimates)
    return sorted(simulate(steps, after, draws, seed)[f"S-{len(estimates) - 1}"])


def irwin_hall(terms: int, share: float) -> float:
    """The point that a share of the sums of so many uniform numbers from 0 to 1 does not exceed (Irwin, Hall: 1927)."""

    def below(x: float) -> float:
        parts = ((-1) ** k * math.comb(terms, k) * (x - k) ** terms for k in range(math.floor(x) + 1))
        return sum(parts) / math.factorial(terms)

    low, high = 0.0, float(terms)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < share else (low, middle)
    return low


@pytest.mark.parametrize("seed", [SEED, 1, 2])
@pytest.mark.parametrize("length", [1, 2, 5])
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_a_chain_of_symmetric_estimates_ends_as_the_closed_form_says(length, share, seed):
    """A triangle over 0, 10, 20 is ten times the sum of two uniform ones from 0 to 1; a chain, of twice as many."""
    found = quantile(last([Estimate(0, 10, 20)] * length, 10_000, seed), share)
    assert found == pytest.approx(10 * irwin_hall(2 * length, share), rel=0.01)


@pytest.mark.parametrize("draws", [1_000, 10_000])
def test_a_long_chain_ends_as_the_sum_of_means_and_variances_says(draws):
    """Mean (a + m + b) / 3 and variance (a² + m² + b² - am - ab - mb) / 18 a step; their sum is near the normal one."""
    estimates = [Estimate(low, low + 5, low + 20) for low in range(40)]
    mean = sum((step.low + step.likely + step.high) / 3 for step in estimates)
    # Steps of one shape, moved: 25 + 400 - 100 over 18.
    deviation = math.sqrt(40 * 325 / 18)
    ends = last(estimates, draws)
    assert sum(ends) / draws == pytest.approx(mean, rel=0.001)
    assert quantile(ends, 0.5) == pytest.approx(mean, rel=0.01)
    assert quantile(ends, 0.8) == pytest.approx(mean + 0.8416 * deviation, rel=0.01)


def test_the_inverse_is_that_of_the_distribution_function():
    """Over 15, 20, 35: a quarter lies below 20, seven eighths below 35 - sqrt(300 / 8) = 28.876."""
    step = Estimate(15, 20, 35)
    assert [reached(step, x) for x in (10, 15, 20, 35, 40)] == [0, 0, 0.25, 1, 1]
    assert reached(step, 28.8763) == pytest.approx(0.875, abs=1e-5)
    drawn = sorted(durations(step, 1_000, Random(1)))
    assert [round(quantile(drawn, share), 1) for share in (0.25, 0.875)] == [20.0, 28.9]
    assert (drawn[0] > 15, drawn[-1] < 35) == (True, True)


def test_where_two_ways_meet_the_later_one_counts():
    """The later of two: both triangles over 0, 10, 20 lie below x with the square of one's probability."""
    steps = {"a": Estimate(0, 10, 20), "b": Estimate(0, 10, 20), "c": Estimate()}
    ends = sorted(simulate(steps, {"a": [], "b": [], "c": ["a", "b"]}, 10_000)["c"])
    # sqrt(1/2) = 0.70711 = 1 - (20 - x)² / 200
    assert quantile(ends, 0.5) == pytest.approx(20 - math.sqrt(200 * (1 - math.sqrt(0.5))), rel=0.01)


def test_time_that_has_passed_is_not_drawn_again():
    """Over 10, 20, 30 with 20 spent, the upper half is left: its median has 1/8 of the area above it, 30 - sqrt(50)."""
    drawn = sorted(durations(Estimate(10, 20, 30, spent=20), 10_000, Random(1)))
    assert drawn[0] >= 20
    assert quantile(drawn, 0.5) == pytest.approx(30 - math.sqrt(50), rel=0.001)
    assert set(durations(Estimate(10, 20, 30, spent=35), 10, Random(1))) == {35}
    assert set(durations(Estimate(5, 5, 5), 10, Random(1))) == {5}


def test_a_step_more_leaves_the_draws_of_the_others():
    steps, after = chain([Estimate(1, 2, 9)] * 3)
    before = simulate(steps, after, 100)
    more = simulate({"A-0": Estimate(1, 2, 9)} | steps, {"A-0": []} | after, 100)
    assert {name: more[name] for name in steps} == before
    assert simulate(steps, after, 100, 2) != before


def test_a_circle_has_no_end():
    steps = {"a": Estimate(1, 1, 1), "b": Estimate(1, 1, 1), "c": Estimate(1, 1, 1)}
    assert simulate(steps, {"a": [], "b": ["c"], "c": ["b"]}, 2) == {"a": [1, 1]}


def milestone(identity: str, **fields: str) -> str:
    """A milestone as a section."""
    rows = "\n".join(f"{key}: {value}" for key, value in ({"status": "planned"} | fields).items())
    return f"## {identity} Title\n\n```yaml {{.artifact}}\n{rows}\n```\n\n"


def forecast(text: str, day: str = "") -> Forecast:
    """The forecast of a programme of one file, as of a day."""
    programme = programme_of({"plan.md": "# Plan\n\n" + text})[0]
    return forecast_of(type(programme)(**{name: getattr(programme, name) for name in FIELDS} | {"day": day}))


FIELDS = ("documents", "kinds", "prefixes", "artifacts", "twins", "incoming", "files")


def test_days_on_the_calendar():
    """2 March 2026 is a Monday. Over 0, 10, 20, half the draws take up to 10 days, four in five up to 20 - sqrt(40) =
    13.68, so 14; in 9 days come 81 of 200."""
    text = milestone("MS-001", status="achieved", baseline='"2026-03-02"', actual='"2026-03-02"')
    text += milestone(
        "MS-002", after="[MS-001]", baseline='"2026-03-13"', duration="{low: 0, likely: 10, high: 20}"
    )
    text += milestone("MS-003", after="[MS-002]", forecast='"2026-03-18"')
    text += milestone("MS-004", after="[MS-003]", duration="{low: 5, likely: 5, high: 5}")
    found = forecast(text)
    assert list(found.outlooks) == ["MS-002", "MS-003", "MS-004"]
    second, third, fourth = found.outlooks.values()
    assert (second.day, second.p50, second.p80) == (date(2026, 3, 13), date(2026, 3, 16), date(2026, 3, 20))
    assert second.kept == pytest.approx(found.draws * 81 / 200, abs=1)
    # It follows the second, but has a date before which it does not come.
    assert (third.p50, third.p80) == (date(2026, 3, 18), date(2026, 3, 20))
    assert third.kept == pytest.approx(found.draws * 136 / 200, abs=1)
    assert (fourth.day, fourth.p50, fourth.p80, fourth.kept) == (
        None,
        date(2026, 3, 25),
        date(2026, 3, 27),
        None,
    )
    assert (found.draws, found.seed) == (10_000, SEED)


def test_what_is_planned_never_comes_before_the_day_of_the_programme():
    text = milestone("MS-001", status="achieved", actual='"2026-03-02"')
    text += milestone("MS-002", after="[MS-001]", duration="{low: 1, likely: 2, high: 3}")
    text += milestone("MS-003", baseline='"2026-03-03"')
    found = forecast(text, "2026-04-01").outlooks
    assert [(item.p50, item.p80, item.kept) for item in found.values()] == [
        (date(2026, 4, 1), date(2026, 4, 1), None),
        (date(2026, 4, 1), date(2026, 4, 1), 0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        milestone("MS-001"),
        milestone("MS-001", duration="{low: 1, likely: 2, high: 3}"),
        milestone("MS-001", status="achieved", actual='"2026-03-02"'),
        milestone("MS-001", status="cancelled", baseline='"2026-03-02"'),
    ],
)
def test_without_anything_planned_that_has_a_place_in_time_there_is_no_forecast(text):
    assert forecast(text).outlooks == {}


@pytest.mark.parametrize(
    "duration",
    [
        "{low: 9, likely: 5, high: 1}",
        "{likely: 5}",
        "{low: 5, likely: 5, high: .inf}",
        "{low: .nan, likely: 5, high: 1.0e+300}",
        "{low: 4.5, likely: 5.0, high: 5}",
    ],
)
def test_an_estimate_that_is_wrong_in_part_counts_as_far_as_it_goes(duration):
    text = milestone("MS-001", baseline='"2026-03-02"') + milestone(
        "MS-002", after="[MS-001]", duration=duration
    )
    found = forecast(text).outlooks["MS-002"]
    assert (found.p50, found.p80) == (date(2026, 3, 9), date(2026, 3, 9))


@pytest.mark.parametrize("duration", ["soon", "[1, 2]", "{low: 1}", "{likely: -3}", "{likely: 1.0e+300}"])
def test_an_estimate_that_is_none_takes_no_time(duration):
    text = milestone("MS-001", baseline='"2026-03-02"') + milestone(
        "MS-002", after="[MS-001]", duration=duration
    )
    assert forecast(text).outlooks["MS-002"].p80 == date(2026, 3, 2)


def test_what_lies_beyond_the_calendar_has_no_day():
    text = milestone("MS-001", baseline='"9999-12-31"') + milestone(
        "MS-002", after="[MS-001]", duration="{low: 0, likely: 1999999, high: 2000000}"
    )
    found = forecast(text).outlooks
    assert (found["MS-001"].p80, found["MS-002"].p50) == (date(9999, 12, 31), None)
