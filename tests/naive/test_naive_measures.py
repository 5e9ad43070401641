"""Every measure of the reference programme, against the same counted a second time from the files."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from pipeline.figures.measures import MEASURES
from pipeline.figures.measures.values import Value
from pipeline.model import Programme, Thresholds
from tests.naive.figures import figures
from tests.naive.registers import read
from tests.support import ROOT, programme_in

SOURCES = Path(ROOT) / "docs_src"
THRESHOLDS = tomllib.loads((Path(ROOT) / "pyproject.toml").read_text())["tool"]["paraph"]["thresholds"]
# What the reference programme has none of, or what its present state cannot tell.
NONE = {"requirements-volatility", "waivers-expiring", "stale-translations"}
DAYS = ["2026-11-27", "2026-12-24", "2027-02-01", "2027-07-02"]


def programme_on(day: str) -> Programme:
    programme, _ = programme_in(str(SOURCES))
    thresholds = Thresholds(high_risk=THRESHOLDS["high_risk"], closed=tuple(THRESHOLDS["closed"]))
    return structs.replace(programme, day=day, thresholds=thresholds)


def told(value: Value | None) -> str:
    if value is None:
        return ""
    return f"{value.value}/{value.of}" if value.of is not None else str(value.value)


def test_both_read_the_same_artifacts():
    programme, _ = programme_in(str(SOURCES))
    assert read(SOURCES).keys() == programme.artifacts.keys()


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_each_is_as_counted_a_second_time(day):
    programme = programme_on(day)
    counted = figures(read(SOURCES), date.fromisoformat(day), THRESHOLDS["closed"], THRESHOLDS["high_risk"])
    computed = {name: told(measure.of(programme)) for name, measure in MEASURES.items() if name not in NONE}
    assert computed == counted


@pytest.mark.slow
def test_what_there_is_none_of_is_not_counted():
    assert {
        name for name in NONE & MEASURES.keys() if MEASURES[name].of(programme_on(DAYS[0])) is not None
    } == set()
