"""The tables of the issued steering pack, against the registers that it was issued with, read a second time."""

import json
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.naive.figures import OVER, day, figures, verdict
from tests.naive.reading import figures_in
from tests.naive.registers import ids, of_prefix
from tests.naive.test_naive_measures import THRESHOLDS
from tests.naive.test_naive_site import compact, tables

pytestmark = pytest.mark.slow

Registers = dict[str, dict[str, Any]]
Rows = list[list[str]]
REPORT = "docs_src/reports/RPT-004/registers.json"


@pytest.fixture(scope="module")
def extract(built: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((built / REPORT).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def held(extract: dict[str, Any]) -> Registers:
    return {item["id"]: item["fields"] for item in extract["artifacts"]}


@pytest.fixture(scope="module")
def as_of(extract: dict[str, Any]) -> date:
    return day(extract["as_of"])


@pytest.fixture(scope="module")
def shown(built: Path) -> dict[str, Rows]:
    return tables(built, "packs/RPT-004-en")


def rows(shown: dict[str, Rows], first: str) -> Rows:
    """The rows of the table whose first header begins so."""
    (key,) = (key for key in shown if key.partition(": ")[2].startswith(first))
    return shown[key]


def first_id(cell: str) -> str:
    return figures_in(cell)[0]


def test_milestones_of_the_next_ninety_days_are_there_with_their_days(
    shown: dict[str, Rows], held: Registers, as_of: date
):
    told = {
        first_id(row[0]): (figures_in(row[1])[0], figures_in(row[3])[0]) for row in rows(shown, "Milestone")
    }
    waiting = {item["id"]: item for item in of_prefix(held, "MS") if item["status"] == "planned"}
    soon = {key for key, item in waiting.items() if as_of <= day(item["forecast"]) <= as_of + timedelta(90)}
    assert soon <= told.keys() <= waiting.keys()
    for identity, days in told.items():
        assert days == (compact(waiting[identity]["baseline"]), compact(waiting[identity]["forecast"]))


def test_the_money_of_each_workstream(shown: dict[str, Rows], held: Registers):
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    counted = [item for item in of_prefix(held, "BL") if item["status"] in ("open", "in-progress", "closed")]
    for line in counted:
        amounts = (Decimal(line["bac"]), Decimal(line["ac"]), Decimal(line["ac"]) + Decimal(line["etc"]))
        key = ids(line["for"])[0]
        sums[key] = [was + more for was, more in zip(sums[key], amounts, strict=True)]
    (whole,) = (
        item for item in of_prefix(held, "BUD") if not item.get("part_of") and item["status"] not in OVER
    )
    table = rows(shown, "By workstream")
    for row in table[:-2]:
        bac, spent, estimate = sums.pop(first_id(row[0]))
        assert [figures_in(cell)[0] for cell in row[1:]] == [
            str(item) for item in (bac, spent, estimate, bac - estimate)
        ]
    assert not sums
    assert figures_in(table[-1][1])[0] == whole["bac"]
    assert sum(Decimal(figures_in(row[1])[0]) for row in table[:-1]) == Decimal(whole["bac"])


def test_acceptance_by_process(shown: dict[str, Rows], held: Registers):
    cases: dict[str, list[str]] = defaultdict(list)
    for case in of_prefix(held, "TC"):
        if case["level"] == "uat" and case["status"] not in OVER:
            needs = {need for target in ids(case["verifies"]) for need in ids(held[target].get("satisfies"))}
            for process in {held[need]["process"] for need in needs}:
                cases[process].append(verdict(held, case))
    for row in rows(shown, "Acceptance by process"):
        found = cases.pop(row[0])
        ran = [item for item in found if item in ("pass", "fail")]
        assert row[1] == str(len(found))
        assert figures_in(row[2].replace("/", " "))[:2] == [str(len(ran)), str(len(found))]
        assert figures_in(row[3].replace("/", " "))[:2] == [str(ran.count("pass")), str(len(ran))]
    assert not cases


def test_defects_by_age(shown: dict[str, Rows], held: Registers, as_of: date):
    for row in rows(shown, "Open defects"):
        mine = [
            (as_of - day(item["created"])).days
            for item in of_prefix(held, "DEF")
            if item["status"] not in OVER and item["severity"] == row[0].casefold()
        ]
        bands = [
            sum(age <= 7 for age in mine),
            sum(7 < age <= 30 for age in mine),
            sum(30 < age <= 90 for age in mine),
            sum(age > 90 for age in mine),
        ]
        assert row[1:] == [str(number) for number in (len(mine), *bands)]


def test_the_first_five_risks(shown: dict[str, Rows], held: Registers):
    live = [item for item in of_prefix(held, "RSK") if item["status"] == "open"]
    scores = {item["id"]: item["probability"] * item["impact"] for item in live}
    after = {
        item["id"]: item["residual"]["probability"] * item["residual"]["impact"]
        for item in live
        if "residual" in item
    }
    told = rows(shown, "Risk, the first five")
    assert [int(figures_in(row[1])[0]) for row in told] == sorted(
        (scores[first_id(row[0])] for row in told), reverse=True
    )
    threats = [item["id"] for item in live if item["response"] not in ("exploit", "enhance")]
    assert sorted((scores[key] for key in threats), reverse=True)[:5] == [
        scores[first_id(row[0])] for row in told
    ]
    for row in told:
        identity = first_id(row[0])
        assert figures_in(row[1]) == [str(scores[identity]), str(after[identity])]
        open_actions = {
            item["id"]
            for item in of_prefix(held, "ACT")
            if item["status"] not in OVER and identity in ids(item.get("arises_from"))
        }
        assert set(figures_in(row[4])) == open_actions


def test_what_is_open_in_each_register(shown: dict[str, Rows], held: Registers):
    (row,) = rows(shown, "Register")
    open_now = [
        len([item for item in of_prefix(held, prefix) if item["status"] not in OVER])
        for prefix in ("RSK", "ISS", "ACT", "CR")
    ]
    asked = [item for item in of_prefix(held, "DEC") if item["status"] in ("requested", "deferred")]
    defects = [item for item in of_prefix(held, "DEF") if item["status"] not in OVER]
    assert row[1:4] == [str(number) for number in open_now[:3]]
    assert row[5:] == [str(len(asked)), str(len(defects))]


def test_every_figure_of_the_pack_by_its_name(shown: dict[str, Rows], held: Registers, as_of: date):
    counted = figures(held, as_of, THRESHOLDS["closed"], THRESHOLDS["high_risk"])
    told = {row[0]: figures_in(row[1]) for key in shown if key.endswith(": Figure") for row in shown[key]}
    for words, name in (
        ("Original budget", "original-bac"),
        ("Current budget (BAC)", "bac"),
        ("Committed", "commitment"),
        ("Planned value (PV)", "pv"),
        ("Estimate at completion (AC + ETC)", "eac"),
        ("Estimate at completion (BAC / CPI)", "eac-by-cpi"),
        ("Variance at completion (VAC)", "vac"),
        ("Schedule performance (SPI)", "spi"),
        ("Cost performance (CPI)", "cpi"),
        ("Reserve left", "reserve-left"),
        ("Requirements", "requirements"),
        ("Requirements: approved", "requirements-approved"),
        ("Requirements whose tests all passed", "requirements-passed"),
        ("UAT test cases passed", "uat-passed"),
    ):
        wanted = counted[name].split("/")
        assert told[words][: len(wanted)] == wanted, words
