"""The measures of the whole programme, each against a count by hand, and what is not defined."""

from decimal import Decimal

from msgspec import structs

from pipeline.figures.measures import MEASURES, Value
from pipeline.figures.measures.quality import Uat, defects_by_age, uat_by_process
from pipeline.figures.measures.scope import requirements_by_state
from pipeline.model.past import Moment, State
from tests.unit.measured import measured, written

MILESTONES = (
    ("MS-001", 'status: achieved\nbaseline: "2026-03-02"\nactual: "2026-03-02"'),
    ("MS-002", 'status: achieved\nbaseline: "2026-03-02"\nactual: "2026-03-09"'),
    ("MS-003", 'status: planned\nbaseline: "2026-06-30"\nforecast: "2026-07-02"'),
    ("MS-004", 'status: planned\nbaseline: "2026-07-01"\nforecast: "2026-06-30"'),
    ("MS-005", 'status: cancelled\nbaseline: "2026-01-05"'),
    ("MS-006", "status: planned"),
)


def test_milestones_are_held_to_their_baselines():
    """Three baselines have come, one of them was met; the slips are 0, 5, 2 and -1 working days."""
    assert measured("milestones-on-baseline", *MILESTONES) == Value(1, 3, "share", ("MS-001",))
    assert measured("milestones-achieved", *MILESTONES) == Value(2, 5, "share", ("MS-001", "MS-002"))
    slips = ("MS-001", "MS-002", "MS-003", "MS-004")
    assert measured("mean-slip", *MILESTONES) == Value(Decimal("1.5"), None, "working-days", slips)
    assert measured("largest-slip", *MILESTONES) == Value(2, None, "working-days", ("MS-003",))


def test_a_mean_rounds_halves_away_from_zero():
    """The slips are 1, 0, 0 and 0: a quarter of a day is 0.3 to a tenth."""
    moved = ("MS-001", 'status: planned\nbaseline: "2026-07-06"\nforecast: "2026-07-07"')
    still = [(f"MS-00{n}", 'status: planned\nbaseline: "2026-07-06"') for n in (2, 3, 4)]
    found = measured("mean-slip", moved, *still)
    assert found is not None
    assert found.value == Decimal("0.3")


REQUIREMENTS = (
    ("BN-001", "status: approved\nprocess: Receipts"),
    ("BN-002", "status: approved"),
    ("REQ-001", "status: approved\ntype: functional\nsatisfies: [BN-001]\nverification: [test]"),
    ("REQ-002", "status: draft\ntype: functional\nverification: [test]"),
    ("REQ-003", "status: approved\ntype: constraint\nverification: [inspection]"),
    ("REQ-004", "status: withdrawn\ntype: functional"),
    ("WI-001", "status: open\nimplements: [REQ-001]"),
    ("TC-001", 'status: approved\nversion: "1.0"\nlevel: uat\nverifies: [REQ-001]'),
    ("TC-002", 'status: approved\nversion: "2.0"\nlevel: uat\nverifies: [REQ-002]'),
    ("TC-003", 'status: approved\nversion: "1.0"\nlevel: uat'),
    ("TC-004", 'status: approved\nversion: "1.0"\nlevel: system\nverifies: [REQ-002]'),
    ("TC-005", 'status: withdrawn\nversion: "1.0"\nlevel: uat'),
    ("TR-001", 'status: issued\ndate: "2026-06-01"\nverdict: pass\nexecutes: [TC-001@1.0]'),
    ("TR-002", 'status: issued\ndate: "2026-06-01"\nverdict: pass\nexecutes: [TC-002@1.0]'),
    ("TR-003", 'status: issued\ndate: "2026-06-01"\nverdict: fail\nexecutes: [TC-003@1.0]'),
)


def test_requirements_are_counted_by_state_and_followed_down():
    assert measured("requirements", *REQUIREMENTS) == Value(
        4, None, "count", ("REQ-001", "REQ-002", "REQ-003", "REQ-004")
    )
    assert measured("requirements-approved", *REQUIREMENTS) == Value(2, 4, "share", ("REQ-001", "REQ-003"))
    assert measured("requirements-superseded", *REQUIREMENTS) == Value(0, 4, "share")
    assert measured("needs-with-requirement", *REQUIREMENTS) == Value(1, 2, "share", ("BN-001",))
    assert measured("requirements-with-work", *REQUIREMENTS) == Value(1, 2, "share", ("REQ-001",))
    assert measured("requirements-with-uat", *REQUIREMENTS) == Value(2, 2, "share", ("REQ-001", "REQ-002"))


def test_every_state_of_a_requirement_has_its_measure():
    states = requirements_by_state(written(*REQUIREMENTS))
    assert all(f"requirements-{state}" in MEASURES for state in states)
    assert {state: len(items) for state, items in states.items() if items} == {
        "draft": 1, "approved": 2, "withdrawn": 1,
    }  # fmt: skip


def test_user_acceptance_counts_the_present_version():
    """The run of TC-002 is of its version 1.0, and a failed test was carried out all the same."""
    assert measured("uat-executed", *REQUIREMENTS) == Value(2, 3, "share", ("TC-001", "TC-003"))
    assert measured("uat-passed", *REQUIREMENTS) == Value(1, 3, "share", ("TC-001",))
    assert uat_by_process(written(*REQUIREMENTS)) == {
        "Receipts": Uat(("TC-001",), ("TC-001",), ("TC-001",)),
        "": Uat(("TC-002", "TC-003"), ("TC-003",), ()),
    }


def test_a_blocked_test_was_not_executed():
    blocked = ("TR-001", 'status: issued\ndate: "2026-06-02"\nverdict: blocked\nexecutes: [TC-001@1.0]')
    found = measured("uat-executed", ("TC-001", 'status: approved\nversion: "1.0"\nlevel: uat'), blocked)
    assert found == Value(0, 1, "share")


DEFECTS = (
    ("DEF-001", 'status: open\nseverity: critical\ncreated: "2026-06-23"'),
    ("DEF-002", 'status: in-progress\nseverity: high\ncreated: "2026-06-22"'),
    ("DEF-003", "status: open\nseverity: high"),
    ("DEF-004", 'status: closed\nseverity: critical\ncreated: "2025-01-01"'),
)


def test_open_defects_have_an_age():
    assert measured("open-defects", *DEFECTS) == Value(3, None, "count", ("DEF-001", "DEF-002", "DEF-003"))
    assert measured("open-defects-critical", *DEFECTS) == Value(1, None, "count", ("DEF-001",))
    assert measured("open-defects-low", *DEFECTS) == Value(0, None, "count")
    assert measured("mean-defect-age", *DEFECTS) == Value(
        Decimal("7.5"), None, "days", ("DEF-001", "DEF-002")
    )
    assert measured("oldest-defect", *DEFECTS) == Value(8, None, "days", ("DEF-002",))
    assert defects_by_age(written(*DEFECTS)) == {
        "critical": [("DEF-001",), (), (), (), ()],
        "high": [(), ("DEF-002",), (), (), ("DEF-003",)],
        "medium": [(), (), (), (), ()],
        "low": [(), (), (), (), ()],
    }


def test_no_open_defect_is_not_the_same_as_no_register_of_defects():
    assert measured("open-defects", DEFECTS[3]) == Value(0, None, "count")
    assert measured("open-defects", *MILESTONES) is None


def test_decisions_count_from_the_day_they_were_asked_for():
    """10 and 5 days. What was decided over a year ago, or does not say when it was asked for, is passed over."""
    decisions = (
        ("DEC-001", 'status: taken\nrequested: "2026-06-01"\ncreated: "2026-06-11"\ndate: "2026-06-11"'),
        ("DEC-002", 'status: taken\ncreated: "2026-06-06"\ndate: "2026-06-11"'),
        ("DEC-003", 'status: taken\ncreated: "2026-06-11"\ndate: "2026-06-11"'),
        ("DEC-004", 'status: taken\ncreated: "2025-01-11"\ndate: "2025-06-30"'),
        ("DEC-005", 'status: deferred\nrequested: "2026-05-01"\ndate: "2026-06-11"'),
        ("DEC-006", "status: requested"),
    )
    assert measured("decision-latency", *decisions) == Value(
        Decimal("7.5"), None, "days", ("DEC-001", "DEC-002")
    )
    assert measured("decisions-asked", *decisions) == Value(2, None, "count", ("DEC-005", "DEC-006"))


def test_what_is_late_is_late_the_day_after():
    actions = (
        ("ACT-001", 'status: open\ndue: "2026-06-29"\nreview_due: "2026-06-30"'),
        ("ACT-002", 'status: open\ndue: "2026-06-30"\nreview_due: "2026-06-29"'),
        ("ACT-003", 'status: closed\ndue: "2026-01-01"\nreview_due: "2026-01-01"'),
    )
    assert measured("overdue-actions", *actions) == Value(1, 2, "share", ("ACT-001",))
    assert measured("overdue-reviews", *actions) == Value(1, 2, "share", ("ACT-002",))
    assert measured("overdue-actions", *actions, day="") == Value(0, 2, "share"), "on no day, nothing is late"


def test_a_future_day_makes_late_what_will_be():
    action = ("ACT-001", 'status: open\ndue: "2026-06-29"')
    assert measured("overdue-actions", action, day="2099-12-31") == Value(1, 1, "share", ("ACT-001",))


def test_waivers_that_hold_for_thirty_days_at_most():
    def waived(*days):
        rows = "".join(f'\n  - {{rule: RQ-AC, reason: r, owner: PTY-001, until: "{day}"}}' for day in days)
        return f"status: open\nwaivers:{rows}"

    found = measured(
        "waivers-expiring",
        ("ACT-001", waived("2026-06-29", "2026-07-30")),
        ("ACT-002", waived("2026-07-31", "2026-06-30")),
        ("ACT-003", waived("2026-07-01").replace("open", "closed")),
    )
    assert found == Value(2, 3, "share", ("ACT-001", "ACT-002"))


def test_risks_issues_and_dependencies():
    register = (
        ("RSK-001", "status: open\nprobability: 3\nimpact: 5"),
        ("RSK-002", "status: open\nprobability: 2\nimpact: 5"),
        ("RSK-003", "status: closed\nprobability: 5\nimpact: 5"),
        ("ISS-001", "status: open\nimpact: low\nurgency: critical"),
        ("DEP-001", 'status: open\nagreed_provider: "2026-01-01"\nagreed_consumer: "2026-01-02"'),
        ("DEP-002", 'status: open\nagreed_provider: "2026-01-01"'),
    )
    assert measured("open-high-risks", *register) == Value(1, 2, "share", ("RSK-001",))
    assert measured("open-critical-issues", *register) == Value(1, 1, "share", ("ISS-001",))
    assert measured("dependencies-agreed", *register) == Value(1, 2, "share", ("DEP-001",))


def test_a_translation_is_stale_until_it_says_what_it_translates():
    original = ("ACT-001", "status: open")
    twin = ("ACT-002", "status: open\ntranslation_of: [ACT-001]")
    assert measured("stale-translations", original, twin) == Value(1, 1, "share", ("ACT-002",))
    assert measured("stale-translations", original) is None


def test_empty_registers_give_nothing():
    assert [name for name, measure in MEASURES.items() if measure.of(written()) is not None] == []


def test_requirements_that_came_went_or_changed_within_a_month():
    """Of three that held on 31 May one was changed, one withdrawn; one came since. 30 June is the day."""

    def state(status="approved", version="1.0", kind="requirement"):
        return State(kind, "Title", status, version, {})

    held = {"REQ-001": state(), "REQ-002": state(version="0.9"), "REQ-003": state()}
    passed_over = {"REQ-009": state("withdrawn"), "TC-001": state(kind="test-case")}
    now = written(
        ("REQ-001", 'status: approved\nversion: "1.0"'),
        ("REQ-002", 'status: approved\nversion: "1.0"'),
        ("REQ-003", 'status: withdrawn\nversion: "1.0"'),
        ("REQ-004", 'status: draft\nversion: "0.1"'),
    )
    past = (Moment("2026-05-31", "", "a", held | passed_over), Moment("2026-06-15", "", "b", {}))
    volatility = MEASURES["requirements-volatility"].of
    found = volatility(structs.replace(now, past=past))
    assert found == Value(3, 3, "share", ("REQ-002", "REQ-003", "REQ-004"))
    assert volatility(structs.replace(now, past=past[1:])) is None, "nothing is known of a month ago"
    assert volatility(now) is None
