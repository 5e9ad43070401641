"""Whatever documents hold, every report is well formed and says nothing that the findings do not say."""

import json
import re
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from pipeline.model import Finding, Report
from pipeline.report import REPORTERS
from pipeline.report.plain import dump, visible

NASTY = (
    "\x00\t\n\r\x1b\x7f\x85\u00ad\u061c\u200b\u2028\u202e\u2066\ufeff\ufffe\uffff\ud800\udcff\U000e0041"
    ",:%]({0}<&>\"'"
)
PIECE = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=6))
TEXT = st.lists(PIECE, max_size=10).map("".join)
PATH = TEXT.map(lambda text: f"docs/{text}")
FINDING = st.builds(
    Finding,
    path=PATH,
    line=st.integers(0, 10**9),
    column=st.integers(0, 10**6),
    code=st.sampled_from(["REF-DEAD", "RQ-AC", "PR-VAGUE"]),
    message=TEXT.filter(bool),
    hint=TEXT,
    artifact=TEXT,
    length=st.integers(0, 10**6),
    severity=st.sampled_from(["error", "warning"]),
)


@st.composite
def reports(draw):
    findings = tuple(draw(st.lists(FINDING, max_size=4)))
    waived = tuple(draw(st.lists(st.builds(replace, FINDING, waived=TEXT.filter(bool)), max_size=2)))
    lines = {(found.path, found.line): draw(TEXT) for found in findings}
    return Report(
        findings=findings,
        rules=(),
        documents=9,
        artifacts=9,
        gate="merge",
        fail_on=draw(st.sampled_from(["error", "warning"])),
        day="2026-03-04",
        notes=tuple(draw(st.lists(TEXT, max_size=2))),
        lines=lines,
        waived=waived,
    )


# The schemas are compiled once, and checking changes nothing in them.
with_schemas = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def unsafe(text):
    return {
        character for character in text if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


@given(TEXT)
def test_visible_text_is_one_line_that_obeys_nobody(text):
    assert not unsafe(visible(text)) - set("\u200c\u200d")


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_visible_text_is_the_text_when_that_is_safe(text):
    assert visible(text) == text


@given(TEXT)
def test_dumped_text_reads_back_as_it_was(text):
    dumped = dump([text])
    assert not unsafe(dumped) - set("\n\u200c\u200d")
    assert json.loads(dumped) == [re.sub("[\ud800-\udfff]", "\ufffd", text)]


@given(reports())
def test_text_has_no_line_but_those_of_the_report(report):
    written = REPORTERS["text"](report)
    assert not unsafe(written) - set("\n\u200c\u200d")
    blocks = written.split("\n\n")
    more = bool(report.waived) + bool(report.known) + len(report.notes)
    assert len(blocks) == len(report.new) + more + 1
    for block, finding in zip(blocks, report.new, strict=False):
        assert len(block.splitlines()) == 4 + bool(finding.hint) + (finding.artifact not in finding.message)


@with_schemas
@given(report=reports())
def test_json_is_always_valid(report, findings_schema):
    written = json.loads(REPORTERS["json"](report))
    findings_schema.validate(written)
    told = [*written["findings"], *written["suppressions"]]
    assert len({found["fingerprint"] for found in told}) == len(report.findings) + len(report.waived)


@with_schemas
@given(report=reports())
def test_sarif_is_always_valid(report, sarif_schema):
    written = json.loads(REPORTERS["sarif"](report))
    sarif_schema.validate(written)
    for result in written["runs"][0]["results"]:
        assert "](" not in result["message"]["text"]
        assert not re.search(r"(?<!\{)(\{\{)*\{\d+\}", result["message"]["text"])


@with_schemas
@given(report=reports())
def test_code_quality_is_always_valid(report, code_quality_schema):
    written = json.loads(REPORTERS["gitlab"](report))
    code_quality_schema.validate(written)
    assert len({entry["fingerprint"] for entry in written}) == len(report.findings)


@with_schemas
@given(report=reports())
def test_junit_is_always_valid(report, junit_schema):
    root = etree.fromstring(REPORTERS["junit"](report).encode())
    junit_schema.assertValid(root)
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names) == len(report.findings) + len(report.waived) + 1


@given(reports())
def test_github_has_one_command_a_line(report):
    lines = REPORTERS["github"](report).splitlines()
    assert len(lines) == len(report.new) + len(report.notes) + bool(report.findings or report.waived)
    for line in lines:
        assert re.fullmatch("::(error|warning|notice) (file|title)=[^:]*::.*", line)
        assert not re.search("%(?!25|0A|3A|2C)", line)
