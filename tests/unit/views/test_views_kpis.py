"""Tiles: the value, its state, where it turns, and where it is going."""

from decimal import Decimal

import pytest
from msgspec import structs

from pipeline.views import Nothing, Ref, Tile, Tiles, Words, show
from pipeline.views.kpis import Limits, state_of
from tests.registers import register, section

UP = {"measure": "Speed", "direction": "up", "target": 1, "amber": 0.97, "red": 0.9}
DOWN = {"measure": "Queue", "direction": "down", "unit": "%", "target": 2, "amber": 5, "red": 8}
SERIES = [{"on": "2026-09-30", "value": 0.962}, {"on": "2026-10-31", "value": 0.948}]
BUDGET = {
    "status": "approved", "currency": "EUR", "vat": "excl", "bac": "1000.00", "pv": "100.00", "ev": "90.00",
    "ac": "0.00", "etc": "1000.00",
}  # fmt: skip


def tiles(*sections, lang="en", day="2026-11-27", **fields):
    """The tiles of a block."""
    shown = show(structs.replace(register(*sections), day=day), {"view": "kpis", **fields}, lang)
    assert isinstance(shown, Tiles)
    return shown.tiles


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "direction", "state"),
    [
        ("0.971", "up", "green"),
        ("0.97", "up", "amber"),
        ("0.901", "up", "amber"),
        ("0.9", "up", "red"),
        ("0.899", "down", "green"),
        ("0.9", "down", "red"),
    ],
)
def test_a_value_turns_at_the_threshold_itself(value, direction, state):
    amber, red = (Decimal("0.97"), Decimal("0.9")) if direction == "up" else (Decimal("0.95"), Decimal("0.9"))
    assert state_of(Decimal(value), Limits(direction, None, amber, red)) == state


def test_without_thresholds_there_is_no_state():
    assert state_of(5, Limits("up", Decimal(9))) == ""


def test_a_kpi_shows_its_last_value_and_how_it_moved():
    (tile,) = tiles(section("KPI-1", **UP, series=SERIES))
    assert structs.replace(tile, limits=plain(tile.limits)) == Tile(
        (Ref("KPI-1", titled=True),),
        "0.948",
        "31 Oct 2026",
        "amber",
        "Amber",
        "target 1 · amber ≤ 0.97 · red ≤ 0.90",
        "down",
        "worse than 0.962 on 30 Sep 2026",
        (("2026-09-30", Decimal("0.962")), ("2026-10-31", Decimal("0.948"))),
    )


def test_less_may_be_better():
    series = [{"on": "2026-06-30", "value": 7.1}, {"on": "2026-09-30", "value": 6.8}]
    (tile,) = tiles(section("KPI-1", **DOWN, series=series), lang="nl")
    assert (plain(tile.value), tile.word, tile.trend) == ("6,8 %", "Oranje", "down")
    assert plain(tile.since) == "beter dan 7,1 % op 30 jun. 2026"
    assert plain(tile.limits) == "doel 2 % · oranje ≥ 5 % · rood ≥ 8 %"


def test_what_was_measured_after_the_day_is_not_known_yet():
    (tile,) = tiles(section("KPI-1", **UP, series=SERIES), day="2026-10-30", lang="fr")
    assert (tile.value, tile.detail, tile.trend) == ("0,962", "30 sept. 2026", "")


@pytest.mark.parametrize(
    "series", [None, [], "x", [1], [{"on": "2026-10-31"}], [{"on": "later", "value": 1}]]
)
def test_a_kpi_without_a_value_says_so(series):
    (tile,) = tiles(section("KPI-1", **UP, series=series))
    assert (tile.value, tile.state, tile.trend) == ("no value yet", "", "")


def test_a_value_that_stays_is_unchanged():
    (tile,) = tiles(section("KPI-1", **UP, series=[SERIES[1], {"on": "2026-11-20", "value": 0.948}]))
    assert (tile.trend, tile.since) == ("level", "unchanged since 31 Oct 2026")


def test_a_figure_of_the_registers_is_the_present_value():
    (tile,) = tiles(section("KPI-1", **UP, figure="spi", series=SERIES), section("BUD-1", **BUDGET))
    assert (tile.value, tile.detail, tile.state) == ("0.900", "27 Nov 2026", "red")
    assert tile.since == "worse than 0.948 on 31 Oct 2026"


def test_a_figure_that_has_not_moved_since_it_was_measured_is_not_measured_again():
    budget = {**BUDGET, "ev": "94.81", "pv": "100.00"}
    (tile,) = tiles(section("KPI-1", **UP, figure="spi", series=SERIES), section("BUD-1", **budget))
    assert (tile.value, tile.detail) == ("0.948", "31 Oct 2026")


def test_a_figure_that_is_not_defined_leaves_what_was_measured():
    (tile,) = tiles(section("KPI-1", **UP, figure="cpi", series=SERIES), section("BUD-1", **BUDGET))
    assert (tile.value, tile.detail) == ("0.948", "31 Oct 2026")


def test_figures_are_told_in_their_units():
    shown = tiles(
        section("BUD-1", **BUDGET),
        section("ACT-1", due="2026-11-26"),
        section("ACT-2", due="2026-11-28"),
        section("MS-1", status="planned", baseline="2026-11-02", forecast="2026-11-03"),
        section("DEF-1"),
        figures=[
            "cpi",
            "spi",
            "eac",
            "overdue-actions",
            "mean-slip",
            "open-defects",
            "open-high-risks",
            "no-name",
        ],
        lang="fr",
    )
    assert [(tile.name, plain(tile.value), plain(tile.detail), tile.state) for tile in shown] == [
        ((Words("Indice de performance des coûts (CPI)"),), "non défini", "", ""),
        ((Words("Indice de performance des délais (SPI)"),), "0,9000", "", "red"),
        ((Words("Coût final estimé (AC + ETC)"),), "EUR 1.000,00", "", ""),
        ((Words("Actions en retard"),), "1 sur 2", "50 %", ""),
        ((Words("Glissement moyen des jalons"),), "1 jour ouvrable", "", ""),
        ((Words("Anomalies ouvertes"),), "1", "", ""),
    ]


def test_a_kpi_that_names_a_figure_says_where_it_turns():
    kpi = section("KPI-1", **{**UP, "amber": 0.92, "red": 0.85}, figure="spi")
    (tile,) = tiles(section("BUD-1", **BUDGET), kpi, figures=["spi"])
    assert (tile.state, plain(tile.limits)) == ("amber", "target 1 · amber ≤ 0.92 · red ≤ 0.85")
    closed = kpi.replace("figure:", "x: 1\nfigure:").replace('status: "open"', 'status: "closed"')
    (tile,) = tiles(section("BUD-1", **BUDGET), closed, figures=["spi"])
    assert (tile.state, plain(tile.limits)) == ("red", "amber ≤ 0.95 · red ≤ 0.90")


def test_a_share_is_held_against_thresholds_in_per_cent():
    kpi = section(
        "KPI-1", measure="x", direction="down", unit="%", amber=40, red=60, figure="overdue-actions"
    )
    acts = (section("ACT-1", due="2026-11-26"), section("ACT-2", due="2026-11-28"))
    (tile,) = tiles(*acts, kpi, figures=["overdue-actions"])
    assert (tile.value, tile.state, plain(tile.limits)) == ("1 of 2", "amber", "amber ≥ 40 % · red ≥ 60 %")


def test_a_ratio_is_judged_to_the_digits_that_are_shown():
    (tile,) = tiles(section("BUD-1", **{**BUDGET, "ev": "90.01"}), figures=["spi"])
    assert (tile.value, tile.state) == ("0.9001", "amber")


def test_figures_stand_alone_unless_kpis_are_named_too():
    sections = (section("KPI-1", **UP), section("KPI-2", **UP), section("DEF-1"))
    assert len(tiles(*sections)) == 2
    assert len(tiles(*sections, figures=["open-defects"])) == 1
    assert len(tiles(*sections, figures=["open-defects"], ids=["KPI-2"])) == 2


def test_a_kpi_that_was_closed_is_shown_only_where_it_is_named():
    closed = section("KPI-1", **UP, status="closed")
    assert show(register(closed), {"view": "kpis"}, "en") == Nothing()
    assert len(tiles(closed, ids=["KPI-1"])) == 1


@pytest.mark.parametrize("value", ['"x"', "true", "[1]", "{a: 1}", ".nan", ".inf", "1e400", "9" * 40, "null"])
def test_a_number_that_is_none_is_passed_over(value):
    text = (
        section("KPI-1", measure="x", direction="up", series=SERIES)
        .replace("direction:", f"amber: {value}\nred: {value}\ndirection:")
        .replace("0.962", value)
    )
    (tile,) = tiles(text)
    assert (tile.value, tile.state, tile.limits) == ("0.948", "", "")
