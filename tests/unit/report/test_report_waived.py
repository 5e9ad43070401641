"""What is waived is in every report that has a place for it, counts as waived, and fails nothing."""

import json
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from pipeline.report import REPORTERS

REASON = "The minister signs in May. (PTY-004, until 2026-05-31)"


@pytest.fixture
def waived(clean, dead):
    return replace(clean, waived=(replace(dead, waived=REASON),))


def test_text_tells_what_is_waived_and_why_and_counts_it(waived, dead):
    assert REPORTERS["text"](waived) == (
        f"{dead.path}:{dead.line}:{dead.column}: waived REF-DEAD {dead.message}\n"
        f"  = waiver: {REASON}\n\n"
        "No findings in 60 documents (61 artifacts), gate merge, 1 waived\n"
    )


def test_json_tells_the_finding_beside_the_others(waived, dead, findings_schema):
    told = json.loads(REPORTERS["json"](waived))
    findings_schema.validate(told)
    assert (told["findings"], told["waived"], told["failed"], told["errors"]) == ([], 1, False, 0)
    (only,) = told["suppressions"]
    assert (only["code"], only["waiver"], only["severity"]) == ("REF-DEAD", REASON, dead.severity)


def test_sarif_suppresses_the_result(waived, sarif_schema):
    log = json.loads(REPORTERS["sarif"](waived))
    sarif_schema.validate(log)
    (result,) = log["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": REASON}]


def test_junit_skips_the_case(waived, junit_schema):
    suite = ElementTree.fromstring(REPORTERS["junit"](waived).encode())[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("2", "0", "1")
    assert [case.find("skipped").get("message") for case in suite if case.find("skipped") is not None] == [
        REASON
    ]


def test_github_counts_it(waived):
    assert REPORTERS["github"](waived) == (
        "::notice title=paraph::No findings in 60 documents (61 artifacts), gate merge, 1 waived\n"
    )


def test_nothing_fails(waived):
    assert not waived.failed
    assert not replace(waived, fail_on="warning").failed
