"""What of the RAID log comes first, for the views, the packs and the rules alike."""

from datetime import date

import pytest

from pipeline.figures.raid import assumptions, dependencies, issues, risks
from pipeline.figures.risks import Spot, score, spot
from tests.registers import register, section


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"probability": 1, "impact": 5}, Spot(1, 5)),
        ({"probability": 0, "impact": 5}, None),
        ({"probability": 6, "impact": 5}, None),
        ({"probability": True, "impact": 5}, None),
        ({"probability": 2.0, "impact": 5}, None),
        ({"probability": "2", "impact": 5}, None),
        ({"impact": 5}, None),
        (None, None),
        ([3, 4], None),
    ],
)
def test_a_place_on_the_map_is_two_whole_steps_from_1_to_5(fields, found):
    assert spot(fields) == found
    assert score(fields) == (5 if found else 0)


def test_the_highest_risk_comes_first_and_what_has_ended_not_at_all():
    programme = register(
        section("RSK-1", probability=2, impact=3),
        section("RSK-2", probability=4, impact=4, residual={"probability": 1, "impact": 2}),
        section("RSK-10", probability=4, impact=4, residual={"probability": 3, "impact": 2}),
        # What its response leaves is not stated, so it counts as it is.
        section("RSK-9", probability=4, impact=4),
        section("RSK-3", probability=5, impact=5, status="closed"),
        section("RSK-4", probability=5, impact=5, status="occurred"),
        section("RSK-5", probability=9, impact=5, status="proposed"),
    )
    found = risks(programme)
    assert [item.id for item in found] == ["RSK-9", "RSK-10", "RSK-2", "RSK-1", "RSK-5"]
    assert [item.score for item in found] == [16, 16, 16, 6, 0]
    assert [item.residual for item in found] == [None, Spot(3, 2), Spot(1, 2), None, None]


def test_issues_by_the_worse_of_urgency_and_impact_then_the_other_then_the_oldest():
    programme = register(
        section("ISS-1", urgency="high", impact="high", created="2026-01-05"),
        section("ISS-2", urgency="low", impact="critical", created="2026-05-01"),
        section("ISS-3", urgency="critical", impact="medium", created="2026-06-01"),
        section("ISS-4", urgency="high", impact="high", created="2025-12-31"),
        section("ISS-5", urgency="low"),
        section("ISS-6", urgency="critical", impact="critical", status="closed"),
        section("ISS-7", urgency="dreadful"),
    )
    assert [item.id for item in issues(programme)] == ["ISS-3", "ISS-2", "ISS-4", "ISS-1", "ISS-5", "ISS-7"]


def test_assumptions_by_their_day_those_without_one_last():
    programme = register(
        section("ASM-1"),
        section("ASM-2", validate_by="2027-03-31"),
        section("ASM-3", validate_by="2026-12-18"),
        section("ASM-4", validate_by="soon"),
        section("ASM-5", validate_by="2026-12-01", status="closed"),
    )
    assert [item.id for item in assumptions(programme)] == ["ASM-3", "ASM-2", "ASM-1", "ASM-4"]


def test_a_dependency_that_comes_late_then_one_that_is_not_agreed_then_the_others():
    both = {"agreed_provider": "2026-11-01", "agreed_consumer": "2026-11-02"}
    programme = register(
        # Friday 29 January 2027; two weeks before it is ten working days.
        section("DEP-1", need_by="2027-01-29", commit_by="2027-01-15", **both),
        section("DEP-2", need_by="2027-03-01", commit_by="2027-02-01", agreed_provider="2026-11-01"),
        # From Monday 14 to Friday 18 December are four working days.
        section("DEP-3", need_by="2026-12-14", commit_by="2026-12-18", **both),
        section("DEP-4", need_by="2026-12-14"),
        section("DEP-5", need_by="2026-11-01", commit_by="2026-12-18", status="closed"),
    )
    found = dependencies(programme)
    assert [(item.artifact.id, item.state, item.float) for item in found] == [
        ("DEP-3", "late", -4),
        ("DEP-4", "open", None),
        ("DEP-2", "open", 20),
        ("DEP-1", "agreed", 10),
    ]
    assert found[0].needed == date(2026, 12, 14)


def test_an_empty_register_has_nothing():
    programme = register(section("BN-001", status="approved"))
    assert risks(programme) == issues(programme) == assumptions(programme) == dependencies(programme) == []
