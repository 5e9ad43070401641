"""The milestone trend analysis, against what was written down by hand."""

import time
from itertools import pairwise

import pytest

from pipeline.render.charts.draw import draw, template_folders
from pipeline.views import Nothing, show
from tests.unit.views.plans import LONG, chart, marks, milestone, overflowing, planned, rows, section, words

PLAN = (
    milestone(
        "MS-001",
        "Start",
        created='"2026-01-05"',
        status="achieved",
        baseline='"2026-02-02"',
        actual='"2026-02-02"',
    )
    + milestone(
        "MS-002",
        "Letters sent",
        created='"2026-01-05"',
        baseline='"2026-04-01"',
        forecast='"2026-06-01"',
        forecast_history=(
            '[{on: "2026-03-10", to: "2026-06-01", reason: The printer moved.}, '
            '{on: "2026-02-10", to: "2026-05-04", reason: Paper is late.}]'
        ),
    )
    + milestone("MS-003", "Ledger open", created='"2026-02-09"', forecast='"2026-09-01"')
    + milestone("MS-004", "Some day")
)
DAY = "2026-03-20"


def test_the_table_has_each_expectation_with_the_day_since_when_and_why():
    assert rows(chart(planned(PLAN, DAY), view="trend")) == [
        ["MS-001", "5 Jan 2026", "2 Feb 2026", ""],
        ["MS-002", "5 Jan 2026", "1 Apr 2026", ""],
        ["MS-002", "10 Feb 2026", "4 May 2026", "Paper is late."],
        ["MS-002", "10 Mar 2026", "1 Jun 2026", "The printer moved."],
        ["MS-003", "9 Feb 2026", "1 Sep 2026", ""],
    ]


def test_it_says_what_moved_most_and_what_is_beyond_tolerance():
    assert chart(planned(PLAN, DAY), view="trend").words == (
        "Milestones that moved: 1 of 3 (33%), most of all MS-002, from 1 Apr 2026 to 1 Jun 2026. "
        "Later than baseline and tolerance allow: MS-002."
    )
    tolerant = PLAN + section("PLN-001", status="approved", level="programme", tolerances="{time: 60}")
    assert "tolerance" not in chart(planned(tolerant, DAY), view="trend").words
    assert chart(planned(PLAN, DAY), "nl", view="trend", ids=["MS-003"]).words == (
        "Geen enkele verwachte datum is verschoven."
    )


def test_each_movement_says_why_when_it_is_pointed_at():
    shown = marks(chart(planned(PLAN, DAY), view="trend"))
    assert "paraph:MS-002|MS-002 Letters sent: 10 Feb 2026 → 4 May 2026. Paper is late." in shown


def test_a_forecast_that_moved_without_being_written_down_moves_on_the_day_of_the_state():
    text = milestone("MS-001", created='"2026-01-05"', baseline='"2026-04-01"', forecast='"2026-05-04"')
    assert rows(chart(planned(text, DAY), view="trend")) == [
        ["MS-001", "5 Jan 2026", "1 Apr 2026", ""],
        ["MS-001", "20 Mar 2026", "4 May 2026", ""],
    ]


def test_one_point_in_a_series():
    text = milestone("MS-001", created=f'"{DAY}"', baseline='"2026-04-01"')
    shown = chart(planned(text, DAY), view="trend")
    assert rows(shown) == [["MS-001", "20 Mar 2026", "1 Apr 2026", ""]]
    assert overflowing(shown) == []


@pytest.mark.parametrize(
    "history", ["soon", "[soon]", "[{on: soon, to: later}]", '[{to: "2026-05-04"}]', "{}"]
)
def test_a_history_that_cannot_be_read_is_left_out(history):
    text = milestone("MS-001", created='"2026-01-05"', baseline='"2026-04-01"', forecast_history=history)
    assert rows(chart(planned(text, DAY), view="trend")) == [["MS-001", "5 Jan 2026", "1 Apr 2026", ""]]


@pytest.mark.parametrize("text", ["", milestone("MS-001")])
def test_without_any_day_there_is_nothing(text):
    assert show(planned(text, DAY), {"view": "trend"}) == Nothing()


def test_names_beside_the_lines_do_not_lie_on_each_other():
    text = "".join(milestone(f"MS-{number:03}", baseline='"2026-04-01"') for number in range(1, 25))
    shown = chart(planned(text, DAY), view="trend")
    heights = sorted(row["y"] for row in shown.picture.data["words"] if row["text"].startswith("MS-"))
    assert len(heights) == 24
    assert min(below - above for above, below in pairwise(heights)) >= 16
    assert overflowing(shown) == []


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
def test_long_titles_are_cut_and_stay_inside(title):
    shown = chart(
        planned(milestone("MS-001", title, baseline='"2026-03-02"'), "2036-03-02"), "fr", view="trend"
    )
    assert overflowing(shown) == []
    assert [text for text in words(shown) if text.endswith("…")]


@pytest.mark.slow
def test_of_two_thousand_milestones_those_that_moved_most_are_shown_within_five_seconds():
    text = "".join(
        milestone(
            f"MS-{number:04}",
            baseline='"2026-04-01"',
            forecast=f'"20{27 + number // 366}-01-01"',
            after=f"[MS-{max(1, number - 1):04}]" if number > 1 else "[]",
        )
        for number in range(1, 2001)
    )
    programme = planned(text, DAY)
    begin = time.process_time()
    shown = chart(programme, view="trend")
    draw(shown.picture, template_folders())
    assert time.process_time() - begin < 5
    assert len({row[0] for row in rows(shown)}) == 24
    assert "Of 2,000 milestones the 24 that moved most are shown." in shown.words
