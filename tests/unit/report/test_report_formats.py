import json
import re

import pytest
from lxml import etree
from msgspec.structs import replace

from pipeline import __version__
from pipeline.report import REPORTERS


def rendered(name, report):
    return json.loads(REPORTERS[name](report))


def cases(report):
    return etree.fromstring(REPORTERS["junit"](report).encode()).findall(".//testcase")


def test_every_format_of_the_command_has_its_reporter():
    assert list(REPORTERS) == ["text", "json", "sarif", "github", "gitlab", "junit"]


@pytest.mark.parametrize("name", REPORTERS)
def test_the_same_report_gives_the_same_text(name, report):
    assert REPORTERS[name](report) == REPORTERS[name](report)
    assert REPORTERS[name](report).endswith("\n")


def test_json_is_valid_by_its_schema(report, clean, findings_schema):
    findings_schema.validate(rendered("json", report))
    findings_schema.validate(rendered("json", clean))


def test_json_holds_no_lone_surrogate(clean, dead):
    (found,) = rendered("json", replace(clean, findings=(replace(dead, message="a\udc80\u202eb"),)))[
        "findings"
    ]
    assert found["message"] == "a\ufffd\u202eb"


def test_the_schema_of_json_refuses_what_is_not_a_report(report, findings_schema):
    without = rendered("json", report)
    del without["findings"][0]["code"]
    assert not findings_schema.is_valid(without)
    assert not findings_schema.is_valid(rendered("json", report) | {"extra": 1})


def test_what_is_known_fails_nothing_and_every_format_has_it(
    report, findings_schema, sarif_schema, code_quality_schema
):
    first, second = report.findings
    mixed = replace(report, findings=(first, replace(second, known=True)))
    assert not mixed.failed
    assert replace(mixed, fail_on="warning").failed
    findings_schema.validate(rendered("json", mixed))
    sarif_schema.validate(rendered("sarif", mixed))
    code_quality_schema.validate(rendered("gitlab", mixed))
    whole = rendered("json", mixed)
    assert (whole["known"], whole["errors"], whole["warnings"]) == (1, 0, 1)
    (run,) = rendered("sarif", mixed)["runs"]
    assert [item["baselineState"] for item in run["results"]] == ["new", "unchanged"]
    assert "known, and blocking nothing: REF-DEAD 1" in REPORTERS["text"](mixed)


def test_json_tells_all_of_a_finding(report):
    whole = rendered("json", report)
    found = whole.pop("findings")[1]
    assert re.fullmatch("[0-9a-f]{32}:1", found.pop("fingerprint"))
    assert found == {
        "path": "docs/requirements/plan.md",
        "line": 12,
        "column": 13,
        "length": 7,
        "severity": "error",
        "code": "REF-DEAD",
        "message": "REQ-999 does not exist",
        "hint": "did you mean REQ-101?",
        "artifact": "REQ-102",
        "status": "approved",
        "phase": "firm",
        "known": False,
    }
    assert whole == {
        "$schema": "paraph.findings/1",
        "tool": {"name": "paraph", "version": __version__},
        "day": "2026-03-04",
        "gate": "merge",
        "fail_on": "error",
        "base": "",
        "failed": True,
        "documents": 60,
        "artifacts": 61,
        "errors": 1,
        "warnings": 1,
        "waived": 0,
        "suppressions": [],
        "known": 0,
        "notes": ["prose was not checked: vale was not found\n`paraph doctor` says how to get it"],
    }


@pytest.mark.parametrize(
    ("severities", "fail_on", "failed"),
    [
        (["error"], "error", True),
        (["warning"], "error", False),
        (["warning"], "warning", True),
        (["warning", "error"], "warning", True),
        ([], "warning", False),
    ],
)
def test_a_run_fails_on_findings_as_bad_as_asked_for(clean, dead, severities, fail_on, failed):
    findings = tuple(replace(dead, severity=severity) for severity in severities)
    assert replace(clean, findings=findings, fail_on=fail_on).failed is failed


def test_code_quality_is_valid_by_its_schema(report, clean, code_quality_schema):
    code_quality_schema.validate(rendered("gitlab", report))
    assert rendered("gitlab", clean) == []


def test_code_quality_tells_where_and_how_bad(report):
    warning, error = rendered("gitlab", report)
    assert (warning["severity"], error["severity"]) == ("minor", "major")
    assert error["check_name"] == "REF-DEAD"
    assert error["description"] == "REQ-999 does not exist did you mean REQ-101?"
    assert error["location"] == {"path": "docs/requirements/plan.md", "lines": {"begin": 12}}


def test_code_quality_has_a_line_for_a_finding_about_a_whole_file(clean, dead, code_quality_schema):
    whole = replace(clean, findings=(replace(dead, line=0, column=0),))
    code_quality_schema.validate(rendered("gitlab", whole))


def test_junit_is_valid_by_its_schema(report, clean, junit_schema):
    junit_schema.assertValid(etree.fromstring(REPORTERS["junit"](report).encode()))
    junit_schema.assertValid(etree.fromstring(REPORTERS["junit"](clean).encode()))


def test_junit_fails_the_cases_that_fail_the_run(report):
    warning, error, run = cases(report)
    assert [case.find("failure") is not None for case in (warning, error, run)] == [False, True, False]
    assert error.find("failure").get("message") == "REQ-999 does not exist"
    assert "docs/requirements/plan.md:12:13" in error.find("failure").text
    assert "2026-02-01" in warning.findtext("system-out")
    warning, *_ = cases(replace(report, fail_on="warning"))
    assert warning.find("failure").get("type") == "warning"


def test_junit_counts_what_it_holds(report):
    root = etree.fromstring(REPORTERS["junit"](report).encode())
    for element in (root, root.find("testsuite")):
        assert (element.get("tests"), element.get("failures"), element.get("errors")) == ("3", "1", "0")


def test_junit_has_a_case_when_nothing_was_found(clean):
    (case,) = cases(clean)
    assert case.findtext("system-out") == "No findings in 60 documents (61 artifacts), gate merge"


def test_junit_names_each_case_once_and_without_its_line(clean, dead):
    twice = cases(replace(clean, findings=(dead, replace(dead, line=20))))
    assert [case.get("name") for case in twice[:2]] == [
        "REF-DEAD: REQ-999 does not exist",
        "REF-DEAD: REQ-999 does not exist (2)",
    ]


def test_junit_replaces_what_xml_cannot_hold(clean, dead):
    case, _ = cases(replace(clean, findings=(replace(dead, message="a\x00b\ufffec\uffffd\udc80e"),)))
    assert case.get("name") == "REF-DEAD: a\\x00b\ufffdc\ufffdd\\udc80e"


def test_junit_tells_the_notes(report):
    assert "WARNING: prose was not checked" in REPORTERS["junit"](report)
