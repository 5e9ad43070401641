"""Graphs of artifacts and their links."""

import os
import subprocess
import sys
import time

import pytest

from pipeline.render.charts.draw import draw, template_folders
from pipeline.views import Nothing, show
from tests.support import ROOT
from tests.unit.views.plans import LONG, chart, marks, milestone, overflowing, planned, rows, section, words

PLAN = (
    milestone("MS-001", "Start", status="achieved", actual='"2026-03-02"')
    + milestone("MS-002", "Letters", after="[MS-001]", forecast='"2026-03-09"')
    + milestone("MS-003", "Ledger", after="[MS-001]", forecast='"2026-03-20"')
    + milestone("MS-004", "End", after="[MS-002, MS-003]", duration="{low: 1, likely: 2, high: 3}")
    + milestone("MS-005", "Alone", forecast='"2026-03-09"')
)


def boxes(shown):
    """The height at which each box begins, by its ID."""
    areas = shown.picture.data["areas"]
    return {row["mark"].removeprefix("paraph:").split("|")[0]: row["y"] for row in areas if row["mark"]}


def test_what_comes_first_stands_above_what_comes_after_it():
    shown = chart(planned(PLAN), view="graph", kind="milestone", roles=["after"])
    heights = boxes(shown)
    assert heights["MS-001"] < heights["MS-002"] == heights["MS-003"] < heights["MS-004"]
    assert rows(shown) == [
        ["MS-001", ""],
        ["MS-002", "MS-001"],
        ["MS-003", "MS-001"],
        ["MS-004", "MS-002 MS-003"],
    ]
    assert shown.words == "Artifacts: 4, joined by 4 links in 3 steps. On the critical path: MS-003, MS-004."
    assert "✓ MS-001" in words(shown)
    assert "paraph:MS-004|MS-004 End" in marks(shown)


def test_a_dependency_stands_between_who_gives_and_who_needs():
    text = section("WI-001", "Events", status="open") + section("WI-002", "Ledger", status="open")
    stated = {"from": "[WI-001]", "to": "[WI-002]", "provider": "Red", "consumer": "Blue"}
    text += section("DEP-001", "Form", status="open", agreed_provider='"2026-03-02"', **stated)
    shown = chart(planned(text), "nl", view="graph", kind="dependency", roles=["from", "to"])
    assert sorted(boxes(shown), key=boxes(shown).get) == ["WI-001", "DEP-001", "WI-002"]
    assert {"Red → Blue", "DEP-001 !"} <= set(words(shown))
    assert shown.words == (
        "Artefacten: 3, verbonden door 2 koppelingen in 3 stappen. "
        "Afhankelijkheden die te laat beloofd zijn, of niet door beide partijen aanvaard: DEP-001."
    )


def test_chosen_artifacts_bring_their_neighbours():
    shown = chart(planned(PLAN), view="graph", ids=["MS-002"], roles=["after"])
    assert [row[0] for row in rows(shown)] == ["MS-001", "MS-002", "MS-004"]


def test_a_circle_is_drawn():
    text = milestone("MS-001", after="[MS-002]") + milestone("MS-002", after="[MS-001]")
    assert rows(chart(planned(text), view="graph", kind="milestone", roles=["after"])) == [
        ["MS-001", "MS-002"],
        ["MS-002", "MS-001"],
    ]


@pytest.mark.parametrize("roles", [[], ["nothing"], "after", None])
def test_without_links_there_is_nothing(roles):
    assert show(planned(PLAN), {"view": "graph", "kind": "milestone", "roles": roles}) == Nothing()


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
def test_long_titles_stay_in_their_boxes(title):
    text = milestone("MS-001", title) + "".join(
        milestone(f"MS-{number:03}", title, after="[MS-001]") for number in range(2, 8)
    )
    shown = chart(planned(text), view="graph", kind="milestone", roles=["after"])
    assert overflowing(shown) == []
    assert all(row["limit"] <= 178 for row in shown.picture.data["words"])
    assert any(text.endswith("…") for text in words(shown))


def test_of_many_artifacts_none_stands_alone():
    text = "".join(
        milestone(f"MS-{number:03}", after=f"[MS-{number + 100:03}]" if number <= 50 else "[]")
        for number in (*range(1, 51), *range(101, 151))
    )
    shown = chart(planned(text), view="graph", kind="milestone", roles=["after"])
    linked = {identity for row in rows(shown) for identity in (row[0], *row[1].split()) if row[1]}
    assert {row[0] for row in rows(shown)} == linked
    assert 10 <= len(linked) <= 60


@pytest.mark.slow
def test_of_two_thousand_milestones_the_most_pressing_are_drawn_within_five_seconds():
    text = "".join(
        milestone(f"MS-{number:04}", after=f"[MS-{max(1, number - 7):04}]" if number > 1 else "[]")
        for number in range(1, 2001)
    )
    programme = planned(text)
    begin = time.process_time()
    shown = chart(programme, view="graph", kind="milestone", roles=["after"])
    draw(shown.picture, template_folders())
    assert time.process_time() - begin < 5
    assert len(rows(shown)) == 60
    assert "Of 2,000 artifacts 60 are shown" in shown.words


ORDER = """
from tests.support import programme_of
from pipeline.views import show
from tests.unit.views.plans import milestone
steps = [milestone(f"MS-{n:03}", "Step", after=f"[MS-{n - 1:03}]") for n in range(2, 12)]
programme, _ = programme_of({"plan.md": "# Plan\\n" + milestone("MS-001", "First") + "".join(steps)})
print(show(programme, {"view": "graph", "kind": "milestone", "roles": ["after"]}, "en"))
"""


def test_a_graph_is_the_same_in_every_process():
    """The order in which a set is walked differs from one process to the next."""
    shown = {
        subprocess.run(
            [sys.executable, "-c", ORDER],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "77", "4711")
    }
    assert len(shown) == 1
    assert "MS-011" in shown.pop()
