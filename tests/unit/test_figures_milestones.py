"""The figures of a plan, worked out by hand on the calendar of 2026 (2 March is a Monday)."""

from datetime import date

from pipeline.figures.milestones import plan_of
from tests.support import programme_of


def milestone(identity: str, **fields: str) -> str:
    rows = "\n".join(f"{key}: {value}" for key, value in ({"status": "planned"} | fields).items())
    return f"## {identity} Title\n\n```yaml {{.artifact}}\n{rows}\n```\n\n"


TEXT = "# Plan\n\n" + "".join(
    [
        milestone("MS-001", status="achieved", baseline='"2026-03-02"', actual='"2026-03-04"'),
        milestone(
            "MS-002", duration="{low: 3, likely: 5, high: 9}", after="[MS-001]", baseline='"2026-03-09"'
        ),
        milestone(
            "MS-003", duration="{low: 1, likely: 2, high: 2}", after="[MS-001]", baseline='"2026-03-06"'
        ),
        milestone(
            "MS-004",
            after="[MS-002, MS-003]",
            part_of="[GAT-001]",
            baseline='"2026-03-11"',
            forecast='"2026-03-16"',
            forecast_history='[{on: "2026-03-01", to: "2026-03-16", reason: Rain}]',
        ),
        milestone("MS-005", status="cancelled", baseline='"2025-01-01"', after="[MS-004]"),
        milestone("PLN-001", status="approved", level="programme", tolerances="{time: 20}"),
        milestone("PLN-002", status="approved", level="stage", tolerances="{time: 2}", covers="[GAT-001]"),
        milestone("GAT-001", status="open", type="stage"),
    ]
)


def test_days_slack_slips_and_tolerances():
    plan = plan_of(programme_of({"plan.md": TEXT})[0])
    found = plan.milestones
    assert set(found) == {"MS-001", "MS-002", "MS-003", "MS-004"}
    assert [item.slip for item in found.values()] == [2, 0, 0, 3]
    assert [item.early for item in found.values()] == [
        date(2026, 3, 4),
        date(2026, 3, 11),
        date(2026, 3, 6),
        date(2026, 3, 16),
    ]
    assert [item.late for item in found.values()] == [
        None,
        date(2026, 3, 16),
        date(2026, 3, 16),
        date(2026, 3, 16),
    ]
    assert [item.slack for item in found.values()] == [None, 3, 6, 0]
    assert [item.critical for item in found.values()] == [False, False, False, True]
    assert [(item.plan, item.tolerance) for item in found.values()] == [("PLN-001", 20)] * 3 + [
        ("PLN-002", 2)
    ]
    assert found["MS-004"].movements == 1
    assert plan.critical_path == ("MS-004",)


def test_milestones_in_a_circle_have_days_but_no_slack():
    text = milestone("MS-001", after="[MS-002]", baseline='"2026-03-02"') + milestone(
        "MS-002", after="[MS-001]", forecast='"2026-03-03"'
    )
    plan = plan_of(programme_of({"plan.md": text})[0])
    assert plan.knotted == {"MS-001", "MS-002"}
    assert [(item.day, item.slack, item.early) for item in plan.milestones.values()] == [
        (date(2026, 3, 2), None, None),
        (date(2026, 3, 3), None, None),
    ]


def test_milestones_without_any_date():
    plan = plan_of(programme_of({"plan.md": milestone("MS-001")})[0])
    assert plan.milestones["MS-001"].early is None
    assert plan.critical_path == ()


def test_an_estimate_without_end_breaks_nothing():
    text = milestone("MS-001", status="achieved", actual='"2026-03-02"')
    for number, likely in enumerate(["1000000000", ".inf", "2.5"], 2):
        text += milestone(
            f"MS-{number:03}", after="[MS-001]", duration=f"{{low: 1, likely: {likely}, high: 9}}"
        )
    found = plan_of(programme_of({"plan.md": text})[0]).milestones
    assert [item.early for item in found.values()] == [
        date(2026, 3, 2),
        date(2026, 3, 2),
        date(2026, 3, 2),
        date(2026, 3, 5),
    ]


def test_what_lies_beyond_the_calendar_has_no_early_day():
    text = milestone("MS-001", status="achieved", actual='"9999-12-30"')
    text += milestone("MS-002", after="[MS-001]", duration="{low: 1, likely: 2, high: 9}")
    assert plan_of(programme_of({"plan.md": text})[0]).milestones["MS-002"].early is None


def test_the_plan_of_the_programme_holds_for_what_comes_to_no_gate_also_where_it_covers_gates():
    text = milestone("GAT-001", status="open", type="stage") + milestone("MS-001", baseline='"2026-03-02"')
    text += milestone(
        "PLN-001", status="approved", level="programme", tolerances="{time: 20}", covers="[GAT-001]"
    )
    text += milestone("PLN-002", status="approved", level="stage", tolerances="{time: 5}", covers="[GAT-001]")
    text += milestone("MS-002", baseline='"2026-03-02"', part_of="[GAT-001]")
    found = plan_of(programme_of({"plan.md": text})[0]).milestones
    assert [(item.plan, item.tolerance) for item in found.values()] == [("PLN-001", 20), ("PLN-002", 5)]
