"""The pack as plain data: what stands in each block of a small programme, written by hand."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from pipeline.figures.pack import SHOWN, figures, pack_of
from pipeline.figures.pack.stated import stated, stated_value
from pipeline.figures.pack.values import Due
from pipeline.figures.registers import extract, restore
from pipeline.model.past import Moment, State
from tests import packs


@pytest.fixture(scope="module")
def pack():
    programme = packs.programme()
    return pack_of(programme.artifacts["RPT-001"], programme)


def test_the_state_is_what_the_report_says_beside_what_was_measured(pack):
    assert [(item.name, item.now, item.before) for item in pack.state] == [
        ("overall", "red", "amber"),
        ("time", "amber", "green"),
        ("cost", "amber", "amber"),
        ("scope", "red", "red"),
        ("quality", "green", ""),
        ("risk", "amber", ""),
    ]
    measured = {item.name: item.judged.state for item in pack.state if item.judged}
    # SPI 460/500 = 0.92; MS-003 is beyond. EAC 1020 is 2 % over; a fifth of the reserve is left. No defect is critical.
    assert measured == {"time": "amber", "cost": "amber", "quality": "green", "risk": "amber"}


def test_a_decision_is_asked_with_its_options(pack):
    (asked,) = pack.asks
    assert asked.id == "DEC-001"
    assert asked.statement == "The committee is asked to accept the first of April."
    assert [(item.id, item.recommended) for item in asked.choices] == [("A", True), ("B", False)]
    assert asked.deadline == date(2026, 3, 10)


def test_milestones_move_against_the_last_report_and_the_baseline(pack):
    moved = {item.id: (item.before, item.day, item.slip, item.state) for item in pack.milestones}
    # MS-001 was achieved before the period, MS-005 is more than ninety days away.
    assert moved == {
        "MS-002": (date(2026, 1, 30), date(2026, 2, 11), 8, "missed"),
        "MS-003": (date(2026, 3, 2), date(2026, 4, 1), 28, "moved"),
        "MS-004": (date(2026, 5, 4), date(2026, 5, 4), 0, "coming"),
    }
    assert [item.id for item in pack.milestones if item.beyond] == ["MS-002", "MS-003"]


def test_the_milestones_that_were_due_are_hit_missed_or_moved(pack):
    assert pack.due == Due(("MS-001",), ("MS-002",), ("MS-003",))
    assert pack.due.total == 3


def test_money_by_workstream_comes_to_the_budget(pack):
    assert [(item.workstream, item.bac, item.ac, item.eac, item.vac) for item in pack.shares] == [
        ("WS-001", Decimal(700), Decimal(380), Decimal(720), Decimal(-20)),
        ("WS-002", Decimal(300), Decimal(100), Decimal(300), Decimal(0)),
    ]
    assert sum(item.bac for item in pack.shares) == pack.figures["bac"].value
    assert sum(item.eac for item in pack.shares) == pack.figures["eac"].value


def test_the_first_risks_and_issues_with_what_is_done_about_them(pack):
    found = [(item.id, item.score, item.residual, item.grade, item.actions) for item in pack.pressing]
    assert found == [
        ("RSK-001", 20, 8, "", ("ACT-001",)),
        ("RSK-002", 6, None, "", ()),
        ("ISS-001", None, None, "high", ()),
    ]


def test_without_registers_before_only_what_is_open_now_is_known(pack):
    now = {item.kind: (item.before, item.now) for item in pack.registers}
    assert now == {
        "risk": (None, 3),
        "issue": (None, 1),
        "action": (None, 1),
        "decision": (None, 1),
        "defect": (None, 1),
    }
    assert all(item.ties for item in pack.registers)
    assert pack.before == {}


def test_actions_are_the_open_ones_and_those_done_since(pack):
    assert [(item.id, item.overdue, item.done) for item in pack.actions] == [
        ("ACT-001", True, None),
        ("ACT-002", False, date(2026, 2, 18)),
    ]


def test_the_last_steering_meeting_with_what_it_decided(pack):
    assert pack.minutes is not None
    assert (pack.minutes.id, pack.minutes.attended, pack.minutes.agenda) == ("MTG-001", 1, ("Budget",))
    assert (pack.minutes.decisions, pack.minutes.actions) == (("DEC-002",), ("ACT-002",))


def test_figures_as_a_report_keeps_them(pack):
    kept = {row["measure"]: row["value"] for row in stated(pack.figures)}
    assert kept["bac"] == "1000.00"
    assert kept["eac"] == "1020.00"
    assert kept["vac"] == "-20.00"
    assert kept["spi"] == "0.9200"
    assert kept["cpi"] == "0.9583"
    # 1000 x 480 / 460, to the cent.
    assert kept["eac-by-cpi"] == "1043.48"
    assert kept["reserve-left"] == "20.00"
    assert kept["milestones-on-baseline"] == "1/3"
    assert kept["open-high-risks"] == "2/3"
    assert kept["overdue-actions"] == "1/1"
    assert kept.keys() <= set(SHOWN)


def test_what_is_passed_is_executed_and_what_is_executed_is_planned():
    programme = packs.programme()
    found = figures(programme)
    assert not {"uat-passed", "uat-executed"} & found.keys()


@pytest.mark.parametrize(
    ("period", "as_of", "told"),
    [
        ('{from: "2026-03-01", until: "2026-03-30"}', "2026-03-30", False),
        ('{from: "2026-03-01", until: "2026-03-31"}', "2026-03-31", True),
        ('{from: "2025-12-15", until: "2026-01-14"}', "2026-01-14", True),
    ],
)
def test_benefits_are_told_when_a_quarter_ends_in_the_period(period, as_of, told):
    benefit = """# Benefits

## BEN-001 Less paper

```yaml {.artifact}
status: open
measure: Letters a year
baseline: 100
target: 10
date: "2027-12-31"
series: [{on: "2026-01-01", value: 90}, {on: "2026-12-31", value: 50}]
```
"""
    report = packs.REPORT.replace('{from: "2026-02-01", until: "2026-02-28"}', period)
    changed = {"benefits.md": benefit, "RPT-001-february.md": report.replace('"2026-02-28"', f'"{as_of}"')}
    programme = packs.programme(changed, as_of)
    found = pack_of(programme.artifacts["RPT-001"], programme).benefits
    assert [(item.id, item.first, item.last, item.target) for item in found] == (
        [("BEN-001", 100, 90 if as_of > "2026-01-01" else None, 10)] if told else []
    )


def test_a_budget_of_zero_and_a_cpi_that_is_not_defined_are_said_to_be_so():
    zero = """# Budget

## BUD-001 Budget

```yaml {.artifact}
status: approved
currency: EUR
vat: excl
bac: "0.00"
pv: "0.00"
ev: "0.00"
ac: "0.00"
etc: "0.00"
reserve: {opening: "0.00", left: "0.00"}
```
"""
    programme = packs.programme({"budget.md": zero})
    pack = pack_of(programme.artifacts["RPT-001"], programme)
    assert stated_value(pack.figures["cpi"]) == "not defined"
    assert stated_value(pack.figures["spi"]) == "not defined"
    assert stated_value(pack.figures["bac"]) == "0.00"
    cost = next(item for item in pack.state if item.name == "cost")
    assert cost.judged is None


def test_empty_registers_make_an_empty_pack():
    programme, _ = packs.programme_of({"RPT-001-february.md": packs.REPORT})
    pack = pack_of(programme.artifacts["RPT-001"], programme)
    assert (pack.asks, pack.milestones, pack.shares, pack.pressing, pack.registers) == ((), (), (), (), ())
    assert pack.figures == {}
    assert pack.minutes is None


def test_a_pack_of_restored_registers_is_the_same():
    programme = packs.programme()
    then = restore(extract(programme, "RPT-001", packs.DAY), programme)
    assert then is not None
    report = programme.artifacts["RPT-001"]
    assert pack_of(report, then, programme) == pack_of(report, programme)


def test_without_registers_before_the_history_says_how_it_was():
    fields = {"status": "open", "due": "2026-02-27", "owner": "PTY-001", "arises_from": ["RSK-001"]}
    budget = {"status": "approved", "currency": "EUR", "vat": "excl", "bac": "900.00"}
    moment = Moment(
        "2026-01-31",
        "2026-01",
        "0" * 40,
        {
            "ACT-001": State("action", "Do something", "open", "", fields),
            "ACT-002": State("action", "Do it", "open", "", {**fields, "due": "2026-02-20"}),
            "BUD-001": State("budget", "Budget", "approved", "", budget),
            "MS-003": State(
                "milestone", "Tested", "planned", "", {"status": "planned", "forecast": "2026-03-09"}
            ),
        },
    )
    programme = structs.replace(packs.programme(), past=(moment,))
    pack = pack_of(programme.artifacts["RPT-001"], programme)
    assert pack.before["bac"].value == Decimal("900.00")
    actions = next(item for item in pack.registers if item.kind == "action")
    assert (actions.before, actions.opened, actions.closed, actions.now) == (2, 0, 1, 1)
    moved = next(item for item in pack.milestones if item.id == "MS-003")
    assert moved.before == date(2026, 3, 9)
    # An issued report is told of its registers alone, whatever the clone knows of its history.
    issued = structs.replace(
        packs.programme({"RPT-001-february.md": packs.REPORT.replace("draft", "issued")}), past=(moment,)
    )
    assert pack_of(issued.artifacts["RPT-001"], issued).before == {}
