import re

from msgspec.structs import replace

from pipeline.model import Finding, Report
from pipeline.report import text

HOSTILE = Finding(
    path="docs/\x1b[2Jplan.md",
    line=1,
    column=4,
    code="YAML-BAD",
    message='an unexpected \u202e in \n"notes.md:1:1: error',
    hint="take out \x07 and \u2028",
    severity="error",
)


def test_findings_show_the_line_a_caret_and_a_hint(report, golden):
    assert text.render(report) == golden("findings.txt")


def test_a_clean_run_says_so_in_one_line(clean, golden):
    assert text.render(clean) == golden("clean.txt")


def test_what_a_document_holds_cannot_forge_output(clean, golden):
    source = {(HOSTILE.path, 1): "\t日本\u202eERR\x1b[31m"}
    hostile = replace(clean, findings=(HOSTILE,), lines=source, documents=1, artifacts=0)
    assert text.render(hostile) == golden("hostile.txt")


def test_colour_adds_nothing_but_colour(report):
    coloured = text.render(report, colour=True)
    assert "\x1b[1;31m" in coloured
    assert "\x1b[1;33m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text.render(report)


def test_a_finding_without_its_line_is_shown_without_an_excerpt(report: Report):
    shown = text.render(replace(report, lines={}))
    assert "REQ-999 does not exist\n   = help: did you mean REQ-101?\n" in shown
    assert "^" not in shown


def test_notes_are_told_when_nothing_was_found(clean):
    shown = text.render(replace(clean, notes=("prose was not checked",)))
    assert (
        shown == "WARNING: prose was not checked\n\nNo findings in 60 documents (61 artifacts), gate merge\n"
    )


def test_findings_outside_the_documents_are_not_counted_as_documents(report):
    summary = text.render(replace(report, documents=1, artifacts=1)).splitlines()[-2]
    assert summary == "1 error, 1 warning in 1 document (1 artifact), gate merge"


def test_explain_is_named_once(report, dead):
    assert text.render(replace(report, findings=(dead,) * 5)).count("paraph explain") == 1


def test_the_artifact_is_not_named_twice(report, overdue):
    assert text.render(replace(report, findings=(overdue,))).count("= artifact:") == 0
