"""Waivers: what they waive is still told, as waived; from the cache as well as without it."""

from pathlib import Path

import pytest

from pipeline.run import Options, check
from tests.trees import GOOD, REQUIREMENT, project, write

WAIVER = "waivers:\n  - {{rule: {}, reason: Later., owner: Delegate, until: 2026-03-31}}\n"


def tree(folder: Path, rule: str, *changes: tuple[str, str]) -> Path:
    text = REQUIREMENT.replace("satisfies:", WAIVER.format(rule) + "satisfies:")
    for old, new in changes:
        text = text.replace(old, new)
    write(folder / "docs", GOOD | {"requirements.md": "# Requirements\n\n" + text})
    return folder


def run(folder: Path, **options):
    return check(project(folder), Options(day="2026-03-01", prose=False, **options))


def test_a_waived_finding_is_told_with_its_reason_its_owner_and_its_last_day(tmp_path: Path):
    report = run(tree(tmp_path, "RQ-VERIF", ("[test]", "[]")))
    assert report.findings == ()
    (waived,) = report.waived
    assert (waived.path, waived.line, waived.column, waived.code) == ("requirements.md", 3, 4, "RQ-VERIF")
    assert (waived.severity, waived.waived) == ("error", "Later. (Delegate, until 2026-03-31)")


def test_the_cache_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from pipeline import work as pipeline_work

    real = pipeline_work.now
    monkeypatch.setattr(pipeline_work, "now", lambda: real() + 60_000_000_000)
    cold = run(tree(tmp_path, "RQ-VERIF", ("[test]", "[]")))
    assert run(tmp_path) == cold
    tree(tmp_path, "RQ-VERIF")
    assert [item.code for item in run(tmp_path).findings] == ["WV-IDLE"]
    assert run(tree(tmp_path, "RQ-VERIF", ("[test]", "[]"))) == cold


def test_a_waiver_reaches_no_other_artifact(tmp_path: Path):
    tree(tmp_path, "RQ-VERIF", ("[test]", "[]"))
    other = REQUIREMENT.replace("REQ-101", "REQ-102").replace("[test]", "[]")
    write(tmp_path / "docs", {"other.md": "# Other\n\n" + other})
    report = run(tmp_path)
    assert [(item.path, item.code) for item in report.findings] == [("other.md", "RQ-VERIF")]
    assert len(report.waived) == 1


@pytest.mark.parametrize("rule", ["RQ-VERIF", "WV-IDLE", "SEC-LINK", "NO-RULE"])
def test_what_does_not_hold_waives_nothing(tmp_path: Path, rule: str):
    text = ("letter by mail.", "letter [by mail](../../../x).")
    report = run(tree(tmp_path, rule, text, ("REQ-101 Send", "REQ-101 Send")))
    assert "SEC-LINK" in [item.code for item in report.findings]
    assert report.waived == ()


def test_paths_and_codes_that_are_asked_for_limit_what_is_told_as_waived(tmp_path: Path):
    tree(tmp_path, "RQ-VERIF", ("[test]", "[]"))
    assert len(run(tmp_path, select=("RQ",)).waived) == 1
    assert run(tmp_path, select=("REF",)).waived == ()


def test_a_waiver_of_a_rule_that_is_switched_off_is_not_judged(tmp_path: Path):
    from pipeline.settings import Settings

    tree(tmp_path, "RQ-VERIF")
    off = project(tmp_path, Settings(severity={"RQ-VERIF": "off"}))
    assert check(off, Options(day="2026-03-01", prose=False)).findings == ()
