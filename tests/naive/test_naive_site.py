"""The tables and tiles of the built site, against the registers read a second time; the issued pack likewise."""

import hashlib
import json
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.e2e.reference import DAY
from tests.naive.figures import OVER, figures, verdict
from tests.naive.pages import at, compact, tables
from tests.naive.reading import figures_in
from tests.naive.registers import ids, of_prefix, read
from tests.naive.test_naive_measures import THRESHOLDS

pytestmark = pytest.mark.slow

Registers = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def counted(registers: Registers) -> dict[str, str]:
    return figures(registers, date.fromisoformat(DAY), THRESHOLDS["closed"], THRESHOLDS["high_risk"])


def test_the_plan_has_the_days_of_the_register(built: Path, registers: Registers):
    rows = tables(built, "state/plan")["Milestones: Milestone"]
    wanted = {
        item["id"]: [
            compact(item["baseline"]),
            compact(item.get("actual") or item.get("forecast") or item["baseline"]),
        ]
        for item in of_prefix(registers, "MS")
        if item["status"] != "cancelled"
    }
    assert {at(row, 0)[0]: at(row, 1, 2) for row in rows} == wanted


def test_what_moved_has_every_change_of_a_forecast(built: Path, registers: Registers):
    rows = tables(built, "state/plan")["What moved: Milestone"]
    told = {tuple(at(row, 0, 1, 2)) for row in rows}
    stated = {
        (item["id"], compact(change["on"]), compact(change["to"]))
        for item in of_prefix(registers, "MS")
        for change in item.get("forecast_history", [])
    }
    assert stated <= told


def test_the_map_of_risks_has_the_scores_of_the_register(built: Path, registers: Registers):
    found = tables(built, "state/raid")
    rows = next(value for key, value in found.items() if key.startswith("Map of risks"))
    live = {item["id"]: item for item in of_prefix(registers, "RSK") if item["status"] == "open"}
    told = {at(row, 0)[0]: row for row in rows}
    assert told.keys() == live.keys()
    for identity, item in live.items():
        numbers = [figure for cell in told[identity][1:] for figure in figures_in(cell)]
        assert str(item["probability"] * item["impact"]) in numbers, told[identity]


def test_coverage_counts_what_the_registers_hold(built: Path, registers: Registers, counted: dict[str, str]):
    rows = {
        row[0]: figures_in(row[1])[:2]
        for row in tables(built, "state/requirements")["Covered, and not: Step"]
    }
    assert "/".join(rows["Needs with a requirement"]) == counted["needs-with-requirement"]
    assert "/".join(rows["Requirements with work"]) == counted["requirements-with-work"]
    assert "/".join(rows["Requirements whose tests passed"]) == counted["requirements-passed"]
    cases = [item for item in of_prefix(registers, "TC") if item["status"] not in OVER]
    passed = sum(verdict(registers, case) == "pass" for case in cases)
    assert rows["Tests that passed"] == [str(passed), str(len(cases))]


def test_the_flow_ends_where_the_runs_do(built: Path, registers: Registers):
    rows = tables(built, "state/requirements")["From need to verdict: From"]
    live = [item for item in of_prefix(registers, "REQ") if item["status"] not in OVER]
    into = {}
    for row in rows:
        into.setdefault(row[1], 0)
        into[row[1]] += int(figures_in(row[2])[0])
    # Each live requirement is one thread, whatever its verdict.
    verdicts = sum(
        count for name, count in into.items() if name in ("Passed", "Failed", "Blocked", "No valid run")
    )
    assert verdicts == len(live)


def test_the_budget_adds_up_line_by_line(built: Path, registers: Registers, counted: dict[str, str]):
    found = tables(built, "state/budget")
    lines = {item["id"]: item for item in of_prefix(registers, "BL")}
    rows = {at(row, 0)[0]: row for key, value in found.items() if key.startswith("Lines") for row in value}
    assert rows
    for identity, row in rows.items():
        line = lines[identity]
        names = ("bac", "pv", "ev", "ac", "etc")
        assert at(row, 1, 2, 3, 4, 5) == [line[name] for name in names]
        eac = Decimal(line["ac"]) + Decimal(line["etc"])
        assert at(row, 8, 9) == [str(eac), str(Decimal(line["bac"]) - eac)]
        for column, part, whole in ((6, "ev", "pv"), (7, "ev", "ac")):
            defined = Decimal(line[whole])
            ratio = (
                (Decimal(line[part]) / defined).quantize(Decimal("0.0001"), ROUND_HALF_UP)
                if defined
                else None
            )
            assert row[column] == (str(ratio) if ratio is not None else "not defined")
    (whole,) = (key for key in found if key.startswith("Earned value"))
    told = {row[0]: figures_in(row[1])[0] for row in found[whole] if figures_in(row[1])}
    assert told["Budget at completion (BAC)"] == counted["bac"]
    assert told["Estimate at completion (EAC = AC + ETC)"] == counted["eac"]
    assert told["Variance at completion (VAC = BAC − EAC)"] == counted["vac"]


def test_every_open_action_stands_under_its_owner(built: Path, registers: Registers):
    rows = tables(built, "state/decisions")["Open actions, by owner: Owner"]
    owners = {
        item["id"]: registers[item["owner"]]["title"]
        for item in of_prefix(registers, "ACT")
        if item["status"] not in OVER
    }
    dues = {item["id"]: compact(item["due"]) for item in of_prefix(registers, "ACT")}
    assert {at(row, 1)[0]: row[0] for row in rows} == owners
    assert all(at(row, 2)[0] == dues[at(row, 1)[0]] for row in rows)


def test_every_review_that_is_due_is_listed(built: Path, registers: Registers):
    found = tables(built, "state/documents")
    (key,) = (key for key in found if key.startswith("Reviews due"))
    wanted = {
        identity: compact(item["review_due"])
        for identity, item in registers.items()
        if "review_due" in item and item["status"] not in OVER
    }
    assert {at(row, 0)[0]: at(row, 2)[0] for row in found[key]} == wanted


def test_the_tiles_of_the_first_page_are_the_figures(built: Path, counted: dict[str, str]):
    root = html.parse(str(built / "dist/site/index.html")).getroot()
    told = " ".join(root.find(".//article").text_content().split())
    for name, words in (
        ("milestones-achieved", "Milestones achieved"),
        ("eac", "Estimate at completion"),
        ("reserve-left", "Reserve left"),
        ("requirements-passed", "Requirements whose tests passed|Requirements whose tests all passed"),
        ("uat-passed", "UAT test cases passed"),
    ):
        found = re.search(rf"(?:{words})\D*(.{{0,40}})", told)
        assert found, words
        numbers = [item.removesuffix(".00") for item in figures_in(found[1])]
        wanted = counted[name].split("/")
        assert any(
            numbers[n : n + len(wanted)] == [item.removesuffix(".00") for item in wanted]
            for n in range(len(numbers))
        ), (
            words,
            numbers,
        )


def test_the_figures_of_the_issued_report_are_those_of_the_registers_that_it_was_issued_with(built: Path):
    folder = built / "docs_src/reports/RPT-004"
    extract = json.loads((folder / "registers.json").read_text(encoding="utf-8"))
    report = read(built / "docs_src")["RPT-004"]
    assert extract["as_of"] == report["as_of"]
    digest = hashlib.sha256((folder / "registers.json").read_bytes()).hexdigest()
    assert report["snapshot_digest"] == f"sha256:{digest}"
    held = {item["id"]: item["fields"] for item in extract["artifacts"]}
    counted = figures(
        held, date.fromisoformat(report["as_of"]), THRESHOLDS["closed"], THRESHOLDS["high_risk"]
    )
    stated = {item["measure"]: item["value"] for item in report["figures"]}
    assert {name: counted[name] for name in stated} == stated


def test_coverage_by_priority(built: Path, registers: Registers):
    found = tables(built, "state/requirements")
    live = [item for item in of_prefix(registers, "REQ") if item["status"] not in OVER]
    cases = [item for item in of_prefix(registers, "TC") if item["status"] not in OVER]
    work = {target for item in of_prefix(registers, "WI") for target in ids(item.get("implements"))}
    covered = {criterion for case in cases for criterion in case.get("criteria", [])}
    for row in found["By priority: Priority"]:
        mine = [item for item in live if item["priority"] == row[0].casefold()]
        built_ones = [item for item in mine if item["type"] in ("functional", "interface", "data")]
        criteria = [
            f"{item['id']}/{each['id']}" for item in mine for each in item.get("acceptance_criteria", [])
        ]
        tested = {
            item["id"]: [case for case in cases if item["id"] in ids(case["verifies"])] for item in mine
        }
        passed = sum(
            bool(its) and all(verdict(registers, case) == "pass" for case in its) for its in tested.values()
        )
        wanted = [
            (sum(bool(ids(item.get("satisfies"))) for item in mine), len(mine)),
            (sum(item["id"] in work for item in built_ones), len(built_ones)),
            (sum(map(bool, tested.values())), len(mine)),
            (sum(item in covered for item in criteria), len(criteria)),
            (passed, len(mine)),
        ]
        assert row[1] == str(len(mine))
        assert [figures_in(cell)[:2] for cell in row[2:]] == [[str(n), str(of)] for n, of in wanted], row[0]


def test_needs_flow_to_the_priorities_of_what_satisfies_them(built: Path, registers: Registers):
    rows = tables(built, "state/requirements")["From need to verdict: From"]
    live = [item for item in of_prefix(registers, "REQ") if item["status"] not in OVER]
    told = {(row[0], row[1].casefold()): int(row[2]) for row in rows if row[0].startswith("BN-")}
    wanted: dict[tuple[str, str], int] = {}
    for item in live:
        for need in ids(item.get("satisfies")):
            wanted[need, item["priority"]] = wanted.get((need, item["priority"]), 0) + 1
    assert told == wanted


def test_indicators_show_the_last_value_of_their_series(built: Path, registers: Registers):
    root = html.parse(str(built / "dist/site/state/budget/index.html")).getroot()
    told = " ".join(root.find(".//article").text_content().split())
    for item in of_prefix(registers, "KPI"):
        last = max(item["series"], key=lambda point: point["on"])
        found = re.search(rf"{item['id']} {re.escape(item['title'])} (\S+)", told)
        assert found, item["id"]
        assert Decimal(figures_in(found[1])[0]) == Decimal(str(last["value"])), item["id"]


def test_meetings_that_were_held_have_their_decisions_and_actions(built: Path, registers: Registers):
    found = tables(built, "state/committees")
    (key,) = (key for key in found if key.startswith("Meetings held"))
    held = {item["id"]: item for item in of_prefix(registers, "MTG") if item["date"] <= DAY}
    told = {next(word for word in figures_in(row[1]) if word.startswith("MTG-")): row for row in found[key]}
    assert told.keys() == held.keys()
    for identity, row in told.items():
        assert figures_in(row[0])[0] == compact(held[identity]["date"])
        for column, prefix, role in ((4, "DEC", "made_in"), (5, "ACT", "arises_from")):
            wanted = {item["id"] for item in of_prefix(registers, prefix) if identity in ids(item.get(role))}
            assert set(figures_in(row[column])) == wanted, (identity, prefix)
