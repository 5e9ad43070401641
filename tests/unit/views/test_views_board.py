"""The planning board: who planned what for which iteration, and what teams need from each other."""

import pytest

from pipeline.figures.dependencies import dependencies
from pipeline.views import Nothing, Several, show
from tests.unit.views.plans import LONG, chart, marks, milestone, overflowing, planned, rows, section, words

FIRST = '{name: First, from: "2026-03-02", until: "2026-03-13"}'
SECOND = '{name: Second, from: "2026-03-16", until: "2026-03-27"}'
ITERATIONS = f"[{FIRST}, {SECOND}]"


def interval(
    identity: str = "PI-001", first: str = "2026-03-02", last: str = "2026-03-27", **fields: str
) -> str:
    """A planning interval of two iterations."""
    window = f'{{from: "{first}", until: "{last}"}}'
    return section(
        identity, "Spring", **({"status": "open", "window": window, "iterations": ITERATIONS} | fields)
    )


def work(identity: str, team: str, iteration: str, title: str = "Work", **fields: str) -> str:
    """A work item that is planned in the interval."""
    stated = {
        "status": "open",
        "type": "feature",
        "team": team,
        "iteration": iteration,
        "planned_in": "[PI-001]",
    }
    return section(identity, title, **(stated | fields))


def need(identity: str, **fields: str) -> str:
    """A dependency that both agreed to, promised in time."""
    days = {"need_by": '"2026-03-13"', "commit_by": '"2026-03-12"'}
    agreed = {"agreed_provider": '"2026-02-02"', "agreed_consumer": '"2026-02-03"'}
    stated = {"status": "open", "provider": "Red", "consumer": "Blue"} | days | agreed
    return section(identity, "Events", **(stated | fields))


PLAN = (
    interval()
    + milestone("MS-001", "Go", forecast='"2026-03-20"')
    + milestone("MS-002", "Later", forecast='"2026-05-20"')
    + work("WI-001", "Red", "First", "Events", status="closed", points="5")
    + work("WI-002", "Blue", "Second", "Ledger", status="in-progress", points="8")
    + work("WI-003", "Blue", "Third", "Some day")
    + section("WI-004", "Elsewhere", status="open", team="Blue", iteration="First")
    + need("DEP-001", **{"from": "[WI-001]", "to": "[WI-002]"})
    + need("DEP-002", agreed_consumer="", to="[MS-001]")
)


def test_the_table_has_work_by_team_and_iteration_with_points_and_dependencies():
    assert rows(chart(planned(PLAN, "2026-03-05"), view="board")) == [
        ["Milestones", "Second", "MS-001", "", "DEP-002"],
        ["Blue", "Second", "WI-002", "8", "DEP-001"],
        ["Blue", "No iteration", "WI-003", "", ""],
        ["Red", "First", "WI-001", "5", "DEP-001"],
    ]


def test_it_says_how_far_the_work_is_and_which_dependencies_do_not_hold():
    shown = chart(planned(PLAN), "fr", view="board")
    assert shown.words == (
        "Travaux : 3, de 2 équipes, dont 1 terminés. "
        "Dépendances promises trop tard, ou sans l'accord des deux parties : DEP-002."
    )
    assert shown.caption == "PI-001 Spring"


def test_what_is_agreed_is_a_line_from_card_to_card_and_what_is_not_says_so():
    shown = chart(planned(PLAN), view="board")
    assert [row["mark"] for row in shown.picture.data["lines"] if row["mark"]] == [
        "paraph:DEP-001|DEP-001 Events"
    ]
    assert {"→ DEP-001", "← DEP-001", "← DEP-002 !", "✓ WI-001", "2 Mar – 13 Mar"} <= set(words(shown))
    assert "paraph:WI-002|WI-002 Ledger" in marks(shown)


@pytest.mark.parametrize(
    ("fields", "agreed", "margin", "troubled"),
    [
        ({}, 2, 1, False),
        ({"commit_by": '"2026-03-16"'}, 2, -1, True),
        ({"agreed_provider": ""}, 1, 1, True),
        ({"commit_by": ""}, 2, None, False),
        ({"commit_by": '"2026-03-16"', "status": "closed"}, 2, -1, False),
    ],
)
def test_a_dependency_holds_when_both_agreed_and_the_promise_is_in_time(fields, agreed, margin, troubled):
    (found,) = dependencies(planned(need("DEP-001", **fields)))
    assert (found.agreed, found.margin, found.troubled) == (agreed, margin, troubled)
    assert (found.provider, found.consumer) == ("Red", "Blue")


def test_a_rejected_dependency_is_none():
    assert dependencies(planned(need("DEP-001", status="rejected"))) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-05", "PI-001"), ("2026-03-30", "PI-002"), ("", "PI-001"), ("2036-01-01", "PI-002")],
)
def test_the_interval_that_runs_or_comes_next_is_shown(day, expected):
    text = interval() + interval("PI-002", "2026-04-01", "2026-05-01")
    text += work("WI-001", "Red", "First") + work("WI-002", "Red", "First", planned_in="[PI-002]")
    assert chart(planned(text, day), view="board").caption == f"{expected} Spring"


def test_several_intervals_are_several_boards():
    text = interval() + interval("PI-002")
    text += work("WI-001", "Red", "First") + work("WI-002", "Red", "First", planned_in="[PI-002]")
    shown = show(planned(text), {"view": "board", "ids": ["PI-002", "PI-001"], "caption": "Both"}, "en")
    assert isinstance(shown, Several)
    assert [part.caption for part in shown.parts] == ["Both", "Both"]


@pytest.mark.parametrize("text", ["", interval(), interval(iterations="soon", window="never")])
def test_without_planned_work_there_is_nothing(text):
    assert show(planned(text), {"view": "board"}) == Nothing()


def test_work_without_a_team_in_an_interval_without_iterations():
    text = interval(iterations="[]") + section("WI-001", "Work", status="open", planned_in="[PI-001]")
    text += milestone("MS-001", forecast='"2026-03-20"')
    assert rows(chart(planned(text), view="board")) == [
        ["Milestones", "No iteration", "MS-001", "", ""],
        ["No team", "No iteration", "WI-001", "", ""],
    ]


def test_beyond_ninety_cards_each_cell_is_counted():
    text = interval() + "".join(
        work(f"WI-{number:03}", "Red", "First", points="2") for number in range(1, 101)
    )
    shown = chart(planned(text), view="board")
    assert rows(shown) == [["Red", "First", "100 (200 points)", "", ""]]
    assert "100 (200 points)" in words(shown)


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
def test_long_titles_stay_inside_their_cards(title):
    shown = chart(planned(interval() + work("WI-001", title, "First", title)), view="board")
    assert overflowing(shown) == []
    card = next(row for row in shown.picture.data["areas"] if row["round"])
    assert all(row["limit"] <= card["w"] for row in shown.picture.data["words"] if row["size"] == 11)
    assert any(text.endswith("…") for text in words(shown))
