"""Gantt charts, worked out by hand on the calendar of 2026 (2 March is a Monday)."""

import time

import pytest

from pipeline.render.charts.draw import draw, template_folders
from pipeline.views import Nothing, Table, show
from tests.unit.views.plans import LONG, chart, marks, milestone, overflowing, planned, rows, section, words

PLAN = (
    section("WS-001", "Letters", status="approved")
    + milestone("MS-001", "Start", status="achieved", baseline='"2026-03-02"', actual='"2026-03-04"')
    + milestone(
        "MS-002",
        "Letters sent",
        after="[MS-001]",
        duration="{low: 2, likely: 3, high: 9}",
        baseline='"2026-03-09"',
        **{"for": "[WS-001]"},
    )
    + milestone(
        "MS-003", "Ledger open", after="[MS-001, MS-002]", forecast='"2026-03-16"', baseline='"2026-03-11"'
    )
    + milestone("MS-004", "Given up", status="cancelled", baseline='"2026-03-09"')
)


def test_the_table_has_days_slips_slack_and_what_is_critical():
    shown = chart(planned(PLAN, "2026-03-05"), view="gantt", caption="The plan")
    assert rows(shown) == [
        ["MS-001", "2 Mar 2026", "4 Mar 2026", "+2", "", ""],
        # Three working days after 4 March it can come, on Monday 9 March; Monday 16 March is five later.
        ["MS-002", "9 Mar 2026", "9 Mar 2026", "0", "5", ""],
        ["MS-003", "11 Mar 2026", "16 Mar 2026", "+3", "0", "yes"],
    ]
    assert (shown.caption, shown.day) == ("The plan", "2026-03-05")


def test_it_says_what_there_is_to_see():
    assert chart(planned(PLAN), view="gantt").words == (
        "The last milestone, MS-003 Ledger open, is expected on 16 Mar 2026. On the critical path: MS-003. "
        "Later than their baseline: 2 of 3 (67%), most of all MS-003, by 3 working days."
    )
    assert chart(planned(PLAN), "nl", view="gantt", ids=["MS-002"]).words == (
        "De laatste mijlpaal, MS-002 Letters sent, wordt verwacht op 9 mrt. 2026. "
        "Geen enkele mijlpaal komt later dan zijn referentiedatum."
    )


def test_milestones_lie_in_lanes_of_workstreams_or_of_another_field():
    shown = words(chart(planned(PLAN), view="gantt"))
    lanes = [shown.index(text) for text in ("WS-001 Letters", "MS-002", "Not assigned", "MS-001", "MS-003")]
    assert lanes == sorted(lanes)
    by_status = words(chart(planned(PLAN), "nl", view="gantt", by="status"))
    lanes = [by_status.index(text) for text in ("bereikt", "MS-001", "gepland", "MS-002")]
    assert lanes == sorted(lanes)


def test_each_milestone_is_a_link_that_says_its_day_and_its_slip():
    assert "paraph:MS-003|MS-003 Ledger open: 16 Mar 2026 (+3)" in marks(chart(planned(PLAN), view="gantt"))


def test_the_day_of_the_state_is_a_line_unless_it_lies_beyond_the_plan():
    assert "State of 5 Mar 2026" in words(chart(planned(PLAN, "2026-03-05"), view="gantt"))
    beyond = words(chart(planned(PLAN, "2036-03-05"), view="gantt", ids=["MS-001"]))
    assert not [text for text in beyond if "State" in text]


def test_the_legend_explains_only_what_is_there():
    shown = words(chart(planned(milestone("MS-001", baseline='"2026-03-02"')), view="gantt"))
    assert "planned, without slack (critical)" in shown
    assert not {"achieved", "baseline, and the slip since"} & set(shown)


def test_what_is_critical_has_no_line_of_slack_also_where_its_day_is_too_early():
    text = milestone("MS-001", forecast='"2026-03-09"')
    text += milestone("MS-002", after="[MS-001]", forecast='"2026-03-05"')
    shown = chart(planned(text), view="gantt")
    assert [row[4:] for row in rows(shown)] == [["0", "yes"], ["0", "yes"]]
    assert not [row for row in shown.picture.data["lines"] if row["dash"] == [1, 3]]


def test_a_milestone_without_dates_is_named():
    shown = chart(planned(PLAN + milestone("MS-005", "Some day")), view="gantt")
    assert shown.words.endswith("Without a date: MS-005.")
    assert rows(shown)[-1][:4] == ["MS-005", "", "", ""]
    assert "no date" in words(shown)


def test_without_any_date_there_is_a_table():
    shown = show(planned(milestone("MS-001")), {"view": "gantt", "caption": "Plan"})
    assert isinstance(shown, Table)
    assert (rows(shown), shown.caption) == ([["MS-001", "", "", "", "", ""]], "Plan")


@pytest.mark.parametrize("text", ["", milestone("MS-001", status="cancelled", baseline='"2026-03-09"')])
def test_a_register_without_milestones_shows_nothing(text):
    assert show(planned(text), {"view": "gantt"}) == Nothing()


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_long_titles_are_cut_and_stay_inside(title, lang):
    text = section("WS-001", title, status="approved")
    text += milestone("MS-001", title, baseline='"2026-03-02"', **{"for": "[WS-001]"})
    shown = chart(planned(text, "2026-03-01"), lang, view="gantt")
    assert overflowing(shown) == []
    assert [text for text in words(shown) if text.endswith("…")]
    assert any(title.strip() in mark for mark in marks(shown))


@pytest.mark.parametrize(
    "days", [("0001-01-01", "9999-12-31"), ("9999-12-30", "9999-12-31"), ("0001-01-01",) * 2]
)
def test_the_ends_of_the_calendar(days):
    text = milestone("MS-001", baseline=f'"{days[0]}"', forecast=f'"{days[1]}"')
    assert overflowing(chart(planned(text, days[1]), view="gantt")) == []


@pytest.mark.slow
def test_two_thousand_milestones_are_counted_and_take_less_than_five_seconds():
    text = "".join(
        milestone(
            f"MS-{number:04}",
            baseline=f'"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"',
            duration="{low: 1, likely: 2, high: 9}",
            **({"after": f"[MS-{number - 13:04}]"} if number > 13 else {}),
        )
        for number in range(1, 2001)
    )
    programme = planned(text, "2026-03-05")
    begin = time.process_time()
    shown = chart(programme, view="gantt")
    draw(shown.picture, template_folders())
    assert time.process_time() - begin < 5
    assert len(rows(shown)) == 61
    assert rows(shown)[-1][0] == "1,940 others"
    assert "Of 2,000 milestones 60 are shown one by one" in shown.words
