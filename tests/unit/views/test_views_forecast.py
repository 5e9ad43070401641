"""Forecasts of milestones as charts, by hand on the calendar of 2026 (2 March is a Monday)."""

import time

import pytest

from pipeline.render.charts.draw import draw, template_folders
from pipeline.views import Nothing, show
from tests.unit.views.plans import LONG, chart, milestone, overflowing, planned, rows, words

PLAN = (
    milestone("MS-001", "Start", status="achieved", baseline='"2026-03-02"', actual='"2026-03-02"')
    + milestone(
        "MS-002",
        "Letters sent",
        after="[MS-001]",
        forecast='"2026-03-16"',
        duration="{low: 0, likely: 10, high: 20}",
    )
    + milestone("MS-003", "Ledger open", after="[MS-002]", forecast='"2026-03-20"')
)


def test_the_table_has_the_days_by_which_half_and_four_fifths_of_the_draws_end():
    """Half of a triangle over 0, 10, 20 lies below 10, the expected day; four fifths below 20 - sqrt(40): 14 days."""
    assert rows(chart(planned(PLAN), view="forecast", caption="Forecast")) == [
        ["MS-002", "16 Mar 2026", "16 Mar 2026", "20 Mar 2026", "5,000 of 10,000 (50%)"],
        # It is 14 working days after the start; 1 - 6² / 200 = 0.82 of the draws end by then.
        ["MS-003", "20 Mar 2026", "20 Mar 2026", "20 Mar 2026", "8,200 of 10,000 (82%)"],
    ]


def test_it_says_what_comes_when_and_how_that_was_found():
    assert chart(planned(PLAN), "fr", view="forecast", ids=["MS-002"]).words == (
        "Selon les estimations, MS-002 Letters sent est atteint au plus tard le 16 mars 2026 dans la moitié des "
        "tirages, et au plus tard le 20 mars 2026 dans quatre sur cinq. La date prévue la moins sûre est celle de "
        "MS-002 : 50\u00a0% des tirages la tiennent. 10.000 tirages de durées triangulaires, indépendantes entre "
        "elles, avec la graine 20260101 ; rien ne vient avant sa date prévue."
    )


@pytest.mark.parametrize(
    "text", ["", milestone("MS-001"), milestone("MS-001", status="achieved", actual='"2026-03-02"')]
)
def test_without_planned_milestones_that_have_a_day_there_is_nothing(text):
    assert show(planned(text), {"view": "forecast"}) == Nothing()


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
def test_long_titles_are_cut_and_stay_inside(title):
    shown = chart(
        planned(milestone("MS-001", title, baseline='"2026-03-02"'), "2036-03-02"), "nl", view="forecast"
    )
    assert overflowing(shown) == []
    assert [text for text in words(shown) if text.endswith("…")]


@pytest.mark.slow
def test_two_thousand_milestones_take_less_than_five_seconds():
    text = "".join(
        milestone(
            f"MS-{number:04}",
            baseline=f'"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"',
            duration=f"{{low: 1, likely: 2, high: {9 + number % 50}}}",
            **({"after": f"[MS-{number - 13:04}]"} if number > 13 else {}),
        )
        for number in range(1, 2001)
    )
    programme = planned(text, "2026-03-05")
    begin = time.process_time()
    shown = chart(programme, view="forecast")
    draw(shown.picture, template_folders())
    assert time.process_time() - begin < 5
    assert len(rows(shown)) == 60
    assert "Of 2,000 milestones the 60 least sure are shown." in shown.words
