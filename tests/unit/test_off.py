"""Rules that are switched off: they do not run, unless a base may judge otherwise."""

import pytest
from msgspec import structs

from pipeline import checks
from pipeline.run import Options, check
from pipeline.settings import Settings
from tests.trees import DAY, GOOD, project, write


@pytest.fixture
def ran(monkeypatch):
    """How often the rule on criteria ran."""
    times: list[str] = []

    def count(artifact, programme):
        times.append(artifact.id)
        return iter(())

    rules = tuple(
        structs.replace(rule, run=count) if rule.code == "RQ-AC" else rule for rule in checks.CHECKS
    )
    monkeypatch.setattr(checks, "CHECKS", rules)
    return times


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ({}, ["REQ-101"]),
        ({"RQ-AC": "off"}, []),
        # At one gate it still counts.
        ({"RQ-AC": {"merge": "off"}}, ["REQ-101"]),
    ],
)
def test_a_rule_that_is_off_everywhere_does_not_run(severity, expected, ran, tmp_path):
    found = project(tmp_path, Settings(severity=severity))
    write(tmp_path / "docs", GOOD)
    check(found, Options(day=DAY, prose=False))
    assert ran == expected


def test_switched_on_again_it_runs_although_nothing_else_changed(ran, tmp_path):
    write(tmp_path / "docs", GOOD)
    off, on = (
        project(tmp_path, Settings(severity=severity)) for severity in ({"RQ-AC": "off"}, {"RQ-AC": "error"})
    )
    check(off, Options(day=DAY, prose=False))
    assert ran == []
    check(on, Options(day=DAY, prose=False))
    assert ran == ["REQ-101"]
