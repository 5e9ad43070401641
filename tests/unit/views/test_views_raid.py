"""Risks, issues, assumptions and dependencies as tables, and the map of risks."""

import pytest
from msgspec import structs

from pipeline.model.thresholds import Thresholds
from pipeline.views import Badge, Chart, Nothing, Ref, Several, Table, Words, show
from pipeline.views.riskmap import ACROSS, DOWN, LEFT, TOP
from tests.registers import register, section

LONG = "Ünïcödé ελληνικά 中文文字 " * 15


def words(table: Table) -> list[list[str]]:
    """A table as texts; IDs and values stand for references and badges."""
    return [[" ".join(_part(part) for part in cell) for cell in row] for row in table.rows]


def _part(part) -> str:
    text = part.text if isinstance(part, Words) else part.id if isinstance(part, Ref) else part.value
    return text.replace("\u00a0", " ")


def log():
    """A small RAID log."""
    return register(
        section("PTY-1", "Head of works", status="approved"),
        section("RSK-1", probability=2, impact=3, response="reduce", owner="PTY-1"),
        section("RSK-2", probability=4, impact=5, residual={"probability": 2, "impact": 5}, response="share"),
        section("RSK-3", probability=1, impact=1, status="closed"),
        section("ACT-1", arises_from=["RSK-2"]),
        section("ACT-2", arises_from=["RSK-2"], status="closed"),
        section("ISS-1", urgency="high", impact="low", escalation={"to": "PTY-1", "on": "2026-11-01"}),
        section("ASM-1", validate_by="2026-12-18", affects=["MS-1"]),
        section("MS-1", status="planned", forecast="2027-01-29"),
        section("DEP-1", provider="Team A", consumer="Team B", need_by="2026-12-14", commit_by="2026-12-15"),
    )


def test_the_log_shows_what_presses_first_in_four_tables():
    shown = show(log(), {"view": "raid"})
    assert isinstance(shown, Several)
    assert [part.caption for part in shown.parts] == [
        "Open risks: 2, the highest first",
        "Open issues: 1, the most pressing first",
        "Assumptions to be confirmed: 1, by day",
        "Open dependencies: 1, the most pressing first",
    ]
    assert [words(part) for part in shown.parts] == [
        [
            ["RSK-2", "20 (4 × 5)", "10 (2 × 5)", "share", "", "ACT-1"],
            ["RSK-1", "6 (2 × 3)", "not stated", "reduce", "Head of works", ""],
        ],
        [["ISS-1", "high", "low", "", "Head of works 1 November 2026", ""]],
        [["ASM-1", "18 December 2026", "", "MS-1"]],
        [["DEP-1", "Team A", "Team B", "14 December 2026", "15 December 2026", "1 working day too late"]],
    ]
    assert shown.parts[0].rows[0][3] == (Badge("response", "share"),)


@pytest.mark.parametrize(
    ("lang", "caption", "state"),
    [
        ("fr", "Risques : 1 des 2 ouverts, du plus élevé au moins élevé", "1 jour ouvrable trop tard"),
        ("nl", "Risico’s: 1 van de 2 openstaande, het hoogste eerst", "1 werkdag te laat"),
    ],
)
def test_a_block_says_how_many_and_which_parts(lang, caption, state):
    shown = show(log(), {"view": "raid", "top": 1, "parts": ["risks", "dependencies"]}, lang)
    assert shown.parts[0].caption == caption
    assert [len(part.rows) for part in shown.parts] == [1, 1]
    assert words(shown.parts[1])[0][-1] == state


def test_an_empty_log_shows_nothing():
    programme = register(section("RSK-1", status="closed"), section("BN-1", status="approved"))
    assert show(programme, {"view": "raid"}) == Nothing()
    assert show(programme, {"view": "heatmap"}) == Nothing()
    assert show(programme, {"view": "raid", "top": "many", "parts": [3]}) == Nothing()


def chips(shown: Chart, look: str) -> dict[str, tuple[int, int]]:
    """In which column and row of cells, from the left and from above, each frame of a look stands."""
    return {
        row["words"]: (int((row["x"] - LEFT) // 125) + 1, int((row["y"] - TOP) // 94) + 1)
        for row in shown.picture.data["chips"]
        if row["look"] == look
    }


def test_each_risk_stands_in_its_cell_and_where_it_is_to_go():
    programme = register(
        section("RSK-1", "First", probability=4, impact=5, residual={"probability": 2, "impact": 3}),
        section("RSK-2", probability=1, impact=1, residual={"probability": 1, "impact": 1}),
        section("RSK-3", probability=3, impact=2, response="exploit"),
        section("RSK-4", probability=5, impact=5, status="closed"),
    )
    shown = show(programme, {"view": "heatmap"})
    assert isinstance(shown, Chart)
    # Impact goes to the right, probability goes up.
    assert chips(shown, "before") == {"RSK-1": (5, 2), "RSK-2 =": (1, 5), "RSK-3 +?": (2, 3)}
    assert chips(shown, "after") == {"RSK-1": (3, 4)}
    assert len(shown.picture.data["arrows"]) == 1
    marks = {row["mark"] for row in shown.picture.data["chips"] if row["words"] == "RSK-1"}
    assert marks == {"paraph:RSK-1|RSK-1 First"}
    assert shown.words == (
        "Open risks beyond the appetite (a score of 15 or more): 1 of 3 (33%); expected after the response: 0. "
        "Highest: RSK-1, RSK-3, RSK-2."
    )
    assert words(shown.table)[1] == ["RSK-3", "6 (3 × 2)", "not stated", "exploit", ""]
    assert shown.day == "2026-11-27"


def test_the_appetite_is_the_score_from_which_a_risk_is_high():
    programme = register(section("RSK-1", probability=3, impact=4))
    beyond = {}
    for high in (15, 12, 25, 1):
        known = structs.replace(programme, thresholds=Thresholds(high_risk=high))
        data = show(known, {"view": "heatmap"}).picture.data
        beyond[high] = sum(cell["level"] == "beyond" for cell in data["cells"])
        # Its line has a piece for each side that a cell beyond shares with one that is not.
        assert data["line"][0]["path"].count("M") == {15: 6, 12: 6, 25: 2, 1: 0}[high]
    # From 15 on: 3×5, 4×4, 4×5, 5×3, 5×4 and 5×5; from 12 on 3×4 and 4×3 as well.
    assert beyond == {15: 6, 12: 8, 25: 1, 1: 25}


def many(count: int, **fields):
    return register(*(section(f"RSK-{number}", LONG, **fields) for number in range(1, count + 1)))


def test_as_many_as_fit_are_named_and_two_hundred_are_counted():
    fits = show(many(ACROSS * DOWN, probability=5, impact=5), {"view": "heatmap"})
    assert len(fits.picture.data["chips"]) == 8
    places = {(row["x"], row["y"]) for row in fits.picture.data["chips"]}
    assert len(places) == 8
    over = show(
        many(200, probability=5, impact=5, residual={"probability": 1, "impact": 1}), {"view": "heatmap"}
    )
    data = over.picture.data
    assert data["chips"] == []
    assert [(row["words"], row["names"], row["arrive"]) for row in data["counts"]] == [
        ("", "", "after: 200"),
        ("200 risks", "RSK-1 RSK-2 …", "after: 0"),
    ]
    assert [row["words"] for row in data["pills"]] == ["200"]
    assert words(over.table) == [
        ["25 (5 × 5)", "1 (1 × 1)", "200", " ".join(f"RSK-{n}" for n in range(1, 13)) + " and 188 more"]
    ]


def moving(*counts: tuple[int, int, int]):
    """Risks in the upper right corner, so many of which are to go to each place."""
    spots = [(p, i) for count, p, i in counts for _ in range(count)]
    return register(
        *(
            section(f"RSK-{at}", probability=5, impact=5, residual={"probability": p, "impact": i})
            for at, (p, i) in enumerate(spots, start=1)
        )
    )


def test_of_many_moves_the_most_frequent_are_drawn_and_the_rest_is_told():
    shown = show(moving((6, 1, 1), (5, 2, 2), (4, 3, 3)), {"view": "heatmap"}, "fr")
    # No more than two from one cell.
    assert [row["words"] for row in shown.picture.data["pills"]] == ["6", "5"]
    assert shown.words.endswith("Sur 3 passages d’une case à l’autre, les 2 plus fréquents sont dessinés.")


def test_moves_of_less_than_a_twentieth_are_not_drawn():
    spots = [(1, p, i) for p in range(1, 6) for i in range(1, 6)][:-1]
    shown = show(moving(*spots), {"view": "heatmap"})
    assert shown.picture.data["arrows"] == shown.picture.data["pills"] == []
    assert shown.words.endswith("The risks are expected to move in 24 ways, which the table has.")


def test_a_risk_without_a_valid_score_is_told_in_words():
    programme = register(section("RSK-1", probability=3, impact=9), section("RSK-2", probability=1, impact=2))
    shown = show(programme, {"view": "heatmap"}, "nl")
    assert shown.words.endswith("Niet op de kaart, want zonder geldige score: RSK-1.")
    assert list(chips(shown, "before")) == ["RSK-2 ?"]
    assert show(register(section("RSK-1", probability=0)), {"view": "heatmap"}) == Nothing()


def test_long_ids_have_a_row_each():
    """Cut off, they would all look the same."""
    fits = section("RSK-1234567", probability=5, impact=5), section("RSK-1234568", probability=5, impact=5)
    data = show(register(*fits), {"view": "heatmap"}).picture.data
    assert [row["words"] for row in data["chips"]] == ["RSK-1234567 ?", "RSK-1234568 ?"]
    assert data["chips"][0]["x"] == data["chips"][1]["x"]
    more = [section(f"RSK-123456{n}", probability=5, impact=5) for n in range(5)]
    assert show(register(*more), {"view": "heatmap"}).picture.data["chips"] == []


def test_an_arrow_goes_round_an_id_where_it_can():
    """The way straight down leads under RSK-2, so the place beside it is taken, at the foot of the cell."""
    programme = register(
        section("RSK-1", probability=5, impact=1, residual={"probability": 1, "impact": 1}),
        section("RSK-2", probability=1, impact=1),
    )
    data = show(programme, {"view": "heatmap"}).picture.data
    places = {(row["words"], row["look"]): (row["x"], row["y"]) for row in data["chips"]}
    assert places["RSK-1", "after"][0] > places["RSK-2 ?", "before"][0]
    straight = show(
        register(section("RSK-1", probability=5, impact=1, residual={"probability": 1, "impact": 1})),
        {"view": "heatmap"},
    )
    first, second = straight.picture.data["chips"]
    assert first["x"] == second["x"]
    assert second["y"] == places["RSK-1", "after"][1]
