import json

import pytest
from msgspec.structs import replace

from pipeline import __version__
from pipeline.report import sarif


def run(report):
    (only,) = json.loads(sarif.render(report))["runs"]
    return only


def only_result(clean, finding):
    (result,) = run(replace(clean, findings=(finding,)))["results"]
    return result


def test_a_log_is_valid_by_the_published_schema(report, clean, sarif_schema):
    sarif_schema.validate(json.loads(sarif.render(report)))
    sarif_schema.validate(json.loads(sarif.render(clean)))


def test_the_published_schema_refuses_what_is_not_a_log(report, sarif_schema):
    log = json.loads(sarif.render(report))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not sarif_schema.is_valid(log)


def test_a_result_names_its_rule_and_the_rule_has_its_page(report):
    found = run(report)
    rules = found["tool"]["driver"]["rules"]
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert rules[1]["shortDescription"]["text"] == "A reference names an ID that does not exist"
    assert rules[1]["fullDescription"]["text"] == "Nothing has the ID."
    assert rules[1]["help"]["markdown"].endswith("Why: nobody can follow it.")
    assert rules[1]["defaultConfiguration"]["level"] == "error"
    assert found["tool"]["driver"]["version"] == __version__


def test_a_finding_of_a_rule_that_is_not_listed_has_no_index(clean, dead):
    assert "ruleIndex" not in only_result(clean, replace(dead, code="PR-VAGUE"))


def test_a_result_tells_where_and_how_bad(report):
    warning, error = run(report)["results"]
    assert (warning["level"], error["level"]) == ("warning", "error")
    assert error["message"]["text"] == "REQ-999 does not exist\ndid you mean REQ-101?"
    (location,) = error["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {
        "uri": "docs/requirements/plan.md",
        "uriBaseId": "%SRCROOT%",
    }
    assert location["physicalLocation"]["region"] == {"startLine": 12, "startColumn": 13, "endColumn": 20}
    assert location["logicalLocations"] == [{"name": "REQ-102", "kind": "artifact"}]


def test_a_region_is_never_empty(clean, dead):
    (location,) = only_result(clean, replace(dead, length=0))["locations"]
    assert location["physicalLocation"]["region"]["endColumn"] == dead.column + 1


def test_columns_are_counted_in_characters(report):
    assert run(report)["columnKind"] == "unicodeCodePoints"


def test_what_is_not_known_of_the_place_is_left_out(clean, dead, sarif_schema):
    lineless = only_result(clean, replace(dead, line=0, column=0))
    assert "region" not in lineless["locations"][0]["physicalLocation"]
    columnless = only_result(clean, replace(dead, column=0))
    assert columnless["locations"][0]["physicalLocation"]["region"] == {"startLine": 12}
    sarif_schema.validate(json.loads(sarif.render(replace(clean, findings=(replace(dead, line=0),)))))


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("docs/a b.md", "docs/a%20b.md"),
        ("docs/réunion.md", "docs/r%C3%A9union.md"),
        ("notes: today.md", "notes%3A%20today.md"),
        ("100%.md", "100%25.md"),
        ("a#b?c.md", "a%23b%3Fc.md"),
    ],
)
def test_a_path_becomes_a_relative_uri(clean, dead, path, uri):
    result = only_result(clean, replace(dead, path=path))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_message_holds_no_placeholder_and_no_link(clean, dead):
    result = only_result(clean, replace(dead, message="{0} and {a: b}, [here](http://example.org)", hint=""))
    assert result["message"]["text"] == "{{0}} and {{a: b}}, [here] (http://example.org)"


def test_notes_are_notifications_of_the_run(report, clean):
    (notification,) = run(report)["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "warning"
    assert notification["message"]["text"].startswith("prose was not checked: vale was not found\n")
    assert run(clean)["invocations"][0]["toolExecutionNotifications"] == []


def test_results_keep_their_fingerprints_when_lines_move(clean, dead):
    moved = replace(dead, line=400, column=1)
    assert only_result(clean, dead)["partialFingerprints"] == only_result(clean, moved)["partialFingerprints"]
