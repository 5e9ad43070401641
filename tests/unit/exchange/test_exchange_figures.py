"""The figures in `paraph export json`: as the schema says, and sober where there is nothing to add up."""

import json
from pathlib import Path
from typing import Any

import jsonschema

from pipeline.exchange.programme import export_json
from tests.support import programme_of

SCHEMA = json.loads((Path(__file__).parents[3] / "schemas/reports/programme.schema.json").read_text("utf-8"))


def section(heading: str, **fields: str) -> str:
    rows = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return f"## {heading}\n\n```yaml {{.artifact}}\n{rows}\n```\n\n"


def figures(*sections: str) -> dict[str, Any]:
    programme, _ = programme_of({"register.md": "# Register\n\n" + "".join(sections)})
    exported = json.loads(export_json(programme, (), "Title", "2026-03-01"))
    jsonschema.validate(exported, SCHEMA)
    found: dict[str, Any] = exported["figures"]
    return found


def budget(heading: str, bac: str, **more: str) -> str:
    return section(
        heading, **({"status": "approved", "currency": "EUR", "vat": "excl", "bac": f'"{bac}"'} | more)
    )


def test_without_plan_and_money():
    assert figures() == {"milestones": [], "critical_path": [], "without_order": [], "budgets": []}


def test_a_budget_of_zero_divides_by_nothing():
    (found,) = figures(budget("BUD-001 Nil", "0", pv='"0"', ev='"0"', ac='"0.00"', etc='"0"'))["budgets"]
    assert found["earned_value"] == {
        "eac": "0.00",
        "vac": "0.00",
        "cv": "0.00",
        "sv": "0.00",
        "spi": None,
        "cpi": None,
        "eac_by_cpi": None,
    }
    assert (found["original_bac"], found["reserve"], found["lines"]["count"]) == (None, None, 0)


def test_what_is_in_two_units_has_no_sum():
    found = figures(
        budget("BUD-001 Euros", "10"),
        budget("BL-001 Dollars", "10", status="open", currency="USD", part_of="[BUD-001]"),
    )
    assert found["budgets"][0]["lines"] is None


def test_lines_are_summed_below_parts_and_a_part_without_lines_stands_for_them():
    whole, *_ = figures(
        budget("BUD-001 Whole", "30.30"),
        budget("BUD-002 This year", "10.10", year="2026", part_of="[BUD-001]"),
        budget("BUD-003 Next year", "20.20", year="2027", part_of="[BUD-001]"),
        budget("BL-001 Line", "10.10", status="open", year="2026", category="staff", part_of="[BUD-002]"),
    )["budgets"]
    assert whole["parts"] == ["BUD-002", "BUD-003"]
    assert whole["lines"] == {
        "count": 2,
        "bac": "30.30",
        "by_workstream": {"": "30.30"},
        "by_category": {"staff": "10.10", "": "20.20"},
        "by_year": {"2026": "10.10", "2027": "20.20"},
    }


def test_milestones_in_a_circle():
    found = figures(
        section("MS-001 One", status="planned", after="[MS-002]", forecast='"2026-03-02"'),
        section("MS-002 Two", status="planned", after="[MS-001]"),
        section("MS-003 Three", status="planned", baseline='"2026-03-02"', forecast='"2026-03-04"'),
    )
    assert found["without_order"] == ["MS-001", "MS-002"]
    assert found["critical_path"] == ["MS-003"]
    assert [item["slip"] for item in found["milestones"]] == [None, None, 2]
    assert [item["slack"] for item in found["milestones"]] == [None, None, 0]
