"""The chain from needs to verdicts: as bars, as a grid, and as a flow with what is missing."""

import pytest

from pipeline.views import Chart, Nothing, show
from pipeline.views.bands import LEAST, Place, lay_out
from tests.registers import register, section
from tests.unit.test_figures_flow import APPROVED, TESTED, small
from tests.unit.views.test_views_raid import LONG, words


def test_bars_say_what_coverage_counts():
    shown = show(small(), {"view": "coverage"})
    assert isinstance(shown, Chart)
    assert words(shown.table) == [
        ["Needs with a requirement", "2 of 3 (67%)", "BN-3"],
        ["Requirements with a need", "4 of 5 (80%)", "REQ-4"],
        # REQ-3 is of quality: nobody builds it.
        ["Requirements with work", "3 of 4 (75%)", "REQ-2"],
        ["Requirements with a test", "3 of 4 (75%)", "REQ-2"],
        ["Requirements whose tests passed", "0 of 4 (0%)", "REQ-1 REQ-2 REQ-4 REQ-5"],
        ["Work with a requirement", "3 of 3 (100%)", ""],
        ["Tests with a requirement", "3 of 3 (100%)", ""],
        ["Tests that were run", "3 of 3 (100%)", ""],
        ["Tests that passed", "1 of 3 (33%)", "TC-2 TC-3"],
        ["Runs with a test", "3 of 3 (100%)", ""],
    ]
    bars = shown.picture.data["bars"]
    assert [bar["full"] for bar in bars][:3] == [200.0, 240.0, 225.0]
    assert shown.words == (
        "4 of 10 steps are complete. Least covered: requirements whose tests passed, 0 of 4 (0%)."
    )


@pytest.mark.parametrize(
    ("lang", "caption", "rows", "told", "words_of"),
    [
        ("en", "Requirements by priority: what has its next step", "Must Could", "3 of 4 (75%)", "2 of 3"),
        (
            "fr",
            "Exigences par priorité : ce qui a sa suite",
            "Indispensable Souhaitable",
            "3 sur 4 (75 %)",
            "2 sur 3",
        ),
        (
            "nl",
            "Vereisten per prioriteit: wat een vervolg heeft",
            "Noodzakelijk Wenselijk",
            "3 van 4 (75 %)",
            "2 van 3",
        ),
    ],
)
def test_a_grid_has_a_row_for_each_priority(lang, caption, rows, told, words_of):
    shown = show(small(), {"view": "coverage", "by": "priority"}, lang)
    assert shown.caption == caption
    table = words(shown.table)
    assert [row[:2] for row in table] == [[rows.split()[0], "4"], [rows.split()[1], "1"]]
    assert [row["name"] for row in shown.picture.data["rows"]] == rows.split()
    # With a need, with work, with a test, whose tests passed.
    assert table[0][2].replace("\u00a0", " ") == told
    assert table[0][3].startswith(words_of)
    assert shown.picture.data["cells"][0]["full"] == pytest.approx(140 * 0.75)


def test_a_field_that_no_requirement_is_counted_by_shows_the_bars():
    assert (
        words(show(small(), {"view": "coverage", "by": "colour"}).table)[0][0] == "Needs with a requirement"
    )


def test_a_flow_counts_each_requirement_once_in_a_box_and_says_what_is_missing():
    shown = show(small(), {"view": "sankey"})
    assert isinstance(shown, Chart)
    boxes = {(row["x"], row["head"]): row["tail"] for row in shown.picture.data["boxes"]}
    assert [(head, tail) for (_, head), tail in boxes.items()] == [
        ("BN-1 · 3", "Title of BN-1"),
        ("BN-2 · 2", "Title of BN-2"),
        ("BN-3 · 1", "Title of BN-3"),
        ("No need", "1"),
        ("Must", "4"),
        ("Could", "1"),
        ("No requirement", "1"),
        ("Done", "1"),
        ("Not done yet", "2"),
        ("None asked", "1"),
        ("No work item", "1"),
        ("User acceptance", "2"),
        ("Other tests", "1"),
        ("Another method", "1"),
        ("No test", "1"),
        ("Failed", "2"),
        ("No valid run", "1"),
    ]
    looks = {row["head"]: row["look"] for row in shown.picture.data["boxes"]}
    assert [head for head, look in looks.items() if look == "missing"] == [
        "No need",
        "No requirement",
        "No work item",
        "No test",
        "No valid run",
    ]
    assert shown.words == (
        "Requirements with a test: 3 of 5 (60%); with passed tests: 0 of 5 (0%). "
        "Links that are missing: no need (1), no requirement (1), no work item (1), no test (1), no valid run (1)."
    )


def test_the_table_of_a_flow_has_a_row_for_each_band():
    rows = words(show(small(), {"view": "sankey"}).table)
    assert rows[:5] == [
        ["BN-1", "Must", "3", "REQ-1 REQ-2 REQ-3"],
        ["BN-2", "Must", "1", "REQ-1"],
        ["BN-2", "Could", "1", "REQ-5"],
        ["BN-3", "No requirement", "1", "BN-3"],
        ["No need", "Must", "1", "REQ-4"],
    ]
    assert ["No work item", "No test", "1", "REQ-2"] in rows
    assert rows[-1] == ["Other tests", "No valid run", "1", "REQ-5"]


def test_states_and_priorities_are_said_in_the_language_of_the_page():
    grid = show(small(), {"view": "coverage", "by": "status"}, "nl")
    assert [row[0] for row in words(grid.table)] == ["Goedgekeurd"]
    flow = show(small(), {"view": "sankey"}, "nl")
    assert ["BN-2", "Wenselijk", "1", "REQ-5"] in words(flow.table)


def test_where_nothing_is_missing_it_says_so():
    programme = register(
        section("BN-1", **APPROVED),
        section("REQ-1", satisfies=["BN-1"], **TESTED),
        section("TC-1", verifies=["REQ-1"], level="uat", **APPROVED),
        section("TR-1", executes=["TC-1"], verdict="pass", status="issued"),
    )
    shown = show(programme, {"view": "sankey"}, "fr")
    assert shown.words == (
        "Exigences avec un test : 1 sur 1 (100\u00a0%) ; aux tests réussis : 1 sur 1 (100\u00a0%). "
        "Aucun maillon ne manque."
    )
    # Nobody keeps work here, so it has no column.
    assert [row["words"] for row in shown.picture.data["heads"]] == ["Besoin", "Exigence", "Test", "Verdict"]


def crowd(needs: int, processes: int):
    return register(
        *(section(f"BN-{n}", LONG, process=f"process {n % processes}", **APPROVED) for n in range(needs)),
        *(section(f"REQ-{n}", LONG, satisfies=[f"BN-{n}"], **TESTED) for n in range(needs)),
    )


def heads(shown: Chart) -> list[str]:
    return [row["head"] for row in shown.picture.data["boxes"] if row["x"] == 0]


def test_many_needs_are_put_together_by_process_and_small_ones_at_the_end():
    assert heads(show(crowd(11, 2), {"view": "sankey"})) == ["Process 0", "Process 1"]
    many = heads(show(crowd(40, 30), {"view": "sankey"}))
    # Those of ten needs have two each; one of the ten boxes is for all others.
    assert many[:2] == ["Process 0", "Process 1"]
    assert len(many) == 10
    assert many[-1] == "Other needs"
    assert heads(show(crowd(3, 3), {"view": "sankey", "by": "status"})) == ["Approved"]


def test_an_empty_programme_has_no_flow_and_no_coverage():
    programme = register(section("RSK-1", status="closed"))
    assert show(programme, {"view": "sankey"}) == show(programme, {"view": "coverage"}) == Nothing()
    assert show(programme, {"view": "coverage", "by": "priority"}) == Nothing()


def test_bands_are_as_thick_as_what_they_carry_and_boxes_never_overlap():
    columns = [["a", "b"], ["c"]]
    layout = lay_out(columns, {(0, "a", "c"): 3, (0, "b", "c"): 1}, [Place(0, 50), Place(100, 50)], 10)
    tall = {(box.column, box.key): (box.y, box.height) for box in layout.boxes}
    # All four threads are 330 pixels: three are 247.5, one is 82.5.
    assert tall == {(0, "a"): (10, 247.5), (0, "b"): (265.5, 82.5), (1, "c"): (10, 330)}
    assert layout.bands[0].path == "M50,10C75,10 75,10 100,10L100,257.5C75,257.5 75,257.5 50,257.5Z"
    assert layout.height == 348.0
    thin = lay_out(
        [["a", "b"], ["c"]], {(0, "a", "c"): 999, (0, "b", "c"): 1}, [Place(0, 50), Place(100, 50)]
    )
    assert thin.boxes[1].height == LEAST
    assert thin.boxes[1].y >= thin.boxes[0].y + thin.boxes[0].height
