"""How much findings of coverage, tests and waivers weigh: by status, by release, by the gate that is open."""

from pathlib import Path

import pytest

from pipeline.checks import CHECKS
from pipeline.checks.grade import grade
from pipeline.model import Finding
from pipeline.run import Options, check
from pipeline.settings import Settings
from tests.trees import NEED, REQUIREMENT, project, write

REQ = "# Requirements\n\n" + REQUIREMENT
LINE = "satisfies: [BN-001]\n"
RELEASE = "## REL-001 First\n\n```yaml {{.artifact}}\nstatus: {}\n```\n"
GATE = "\n## GAT-001 Gate\n\n```yaml {{.artifact}}\nstatus: {}\ntype: {}\n{}```\n"


def severities(
    folder: Path, texts: dict[str, str], gate: str = "merge", day: str = "2026-03-01"
) -> dict[str, str]:
    """The severity of each code that is found."""
    write(folder / "docs", {"BN-001-paper.md": NEED, **texts})
    report = check(project(folder, Settings()), Options(day=day, prose=False, gate=gate))
    return {item.code: item.severity for item in report.findings}


def requirement(status: str, *lines: str, level: str = "system", priority: str = "should") -> str:
    text = REQ.replace("status: approved", f"status: {status}").replace(
        "priority: must", f"priority: {priority}"
    )
    return text.replace("level: system", f"level: {level}").replace(
        LINE, LINE + "".join(f"{item}\n" for item in lines)
    )


@pytest.mark.parametrize(
    ("status", "release", "severity"),
    [
        ("draft", "proposed", "warning"),
        ("draft", "open", "warning"),
        ("approved", "proposed", "warning"),
        ("in-review", "proposed", "warning"),
        ("approved", "open", "error"),
        ("in-review", "in-progress", "error"),
        ("approved", "closed", "error"),
        ("withdrawn", "open", None),
    ],
)
def test_a_must_without_test_weighs_by_its_status_and_its_release(tmp_path, status, release, severity):
    text = requirement(status, "release: [REL-001]", priority="must")
    found = severities(tmp_path, {"r.md": text, "plan.md": "# Plan\n\n" + RELEASE.format(release)})
    assert found.get("RQ-TEST") == severity


@pytest.mark.parametrize(
    ("gate", "about", "severity"),
    [
        ("proposed", "", "warning"),
        ("open", "", "error"),
        ("in-progress", "covers: [REL-001]\n", "error"),
        ("open", "covers: [REL-002]\n", "warning"),
        ("closed", "", "warning"),
    ],
)
def test_a_draft_without_acceptance_test_blocks_while_its_gate_is_open(tmp_path, gate, about, severity):
    plan = "# Plan\n\n" + RELEASE.format("open") + RELEASE.format("open").replace("REL-001", "REL-002")
    text = requirement("draft", "release: [REL-001]", level="stakeholder")
    found = severities(tmp_path, {"r.md": text, "plan.md": plan + GATE.format(gate, "uat-entry", about)})
    assert found["RQ-UAT"] == severity


@pytest.mark.parametrize(("gate", "severity"), [("proposed", "warning"), ("open", "error")])
def test_what_is_not_built_blocks_at_the_gate_of_the_stage(tmp_path, gate, severity):
    plan = "# Plan\n\n" + RELEASE.format("in-progress") + GATE.format(gate, "stage", "covers: [REL-001]\n")
    work = "# Work\n\n## WI-001 Other\n\n```yaml {.artifact}\nstatus: rejected\ntype: story\n```\n"
    texts = {"r.md": requirement("approved", "release: [REL-001]"), "plan.md": plan, "work.md": work}
    assert severities(tmp_path, texts) == {"RQ-IMPL": severity}


@pytest.mark.parametrize(("status", "severity"), [("draft", "warning"), ("issued", "error")])
def test_a_pass_without_evidence_weighs_by_its_status(tmp_path, status, severity):
    tests = (
        '# Tests\n\n## TC-001 Test\n\n```yaml {.artifact}\nstatus: approved\nversion: "1.0"\nlevel: system\n'
        "verifies: [REQ-101]\n```\n\n## TR-001 Run\n\n```yaml {.artifact}\n"
        f"status: {status}\ndate: 2026-02-01\nverdict: pass\nexecutes: [TC-001@1.0]\n```\n"
    )
    assert severities(tmp_path, {"r.md": REQ, "t.md": tests}) == {"TC-EVID": severity}


WAIVED = REQ.replace("verification: [test]", "verification: []").replace(
    LINE, LINE + "waivers:\n  - {rule: RQ-VERIF, reason: Later., owner: Delegate, until: 2026-03-01}\n"
)


@pytest.mark.parametrize(
    ("day", "gate", "found"),
    [
        ("2026-03-01", "merge", {}),
        ("2026-03-01", "release", {}),
        ("2026-03-02", "merge", {"WV-OLD": "warning"}),
        ("2026-03-02", "issue", {"WV-OLD": "error"}),
        ("2026-03-02", "release", {"WV-OLD": "error"}),
    ],
)
def test_a_waiver_that_expires_overnight_fails_no_merge_and_every_release(tmp_path, day, gate, found):
    assert severities(tmp_path, {"r.md": WAIVED}, gate, day) == found


def test_what_sections_take_from_defaults_is_told_once_and_as_the_gravest():
    rule = next(each for each in CHECKS if each.code == "RQ-VERIF")
    place = ("r.md", 5, 3, rule.code, "no method", "add one")
    draft = Finding(*place, "REQ-001", "draft", "early")
    firm = Finding(*place, "REQ-002", "approved", "firm")
    ended = Finding(*place, "REQ-003", "withdrawn", "ended")
    other = Finding("r.md", 9, 3, rule.code, "no method", "add one", "REQ-004", "draft", "early")
    found = grade([draft, firm, ended, other], {rule.code: rule}, {}, "merge")
    assert [(item.artifact, item.severity) for item in found] == [
        ("REQ-002", "error"),
        ("REQ-004", "warning"),
    ]


def test_two_findings_of_one_artifact_at_one_place_are_both_told():
    place = ("r.md", 5, 3, "SCHEMA")
    pair = [Finding(*place, message, "", "REQ-001", "draft", "early") for message in ("too long", "no text")]
    assert len(grade(pair, {}, {}, "merge")) == 2
