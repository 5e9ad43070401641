"""`paraph import`: results and issues from elsewhere, again and again, and what is wrong with the files."""

import hashlib
import json
import tracemalloc
from pathlib import Path

import pytest

from pipeline.exchange.jira import read_issues
from tests.e2e.commands import call, digests
from tests.e2e.projects import REQUIREMENTS, make_programme

CASES = """\
---
title: Test cases
---

# Test cases

## TC-101 Look at the plan

```yaml {.artifact}
status: draft
version: "1.2"
created: 2026-01-12
level: system
verifies: [REQ-001]
```

Look at the plan.

## TC-7 Look at the sum

```yaml {.artifact}
status: draft
version: "0.1"
created: 2026-01-12
level: system
verifies: [REQ-001]
```

Look at the sum.
"""

JUNIT = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="plans" timestamp="2026-02-20T10:00:00">
    <properties><property name="build" value="collect-0.9"/><property name="tester">PTY-007</property></properties>
    <testcase classname="plans" name="test_TC_101_shown"/>
    <testcase classname="plans" name="test_TC_101_late">
      <failure message="REQ-999 &lt;b&gt; ``` 3 s">at x</failure>
    </testcase>
    <testcase classname="plans" name="sum">
      <properties><property name="test_case" value="TC-007"/></properties>
    </testcase>
    <testcase classname="plans" name="other"><system-out>TC-101</system-out></testcase>
  </testsuite>
</testsuites>
"""

WORK = """\
---
title: Work items
defaults:
  status: open
---

# Work items

## WI-001 Build the plan

```yaml {.artifact}
version: "1.0"
created: 2026-01-12
type: feature
key: PER-1  # in the tracker
points: 5
team: "Team Plans"
implements: [REQ-001]
```

The plan.

## WI-002 Draw the plan

```yaml {.artifact}
status: in-progress # since May
version: "1.0"
created: 2026-01-12
type: story
key: PER-2
part_of:
  - WI-001
implements: [REQ-001]
```

The drawing.
"""

HEAD = "Issue key,Summary,Issue Type,Status,Custom field (Story Points),Labels,Labels,Parent\n"
SAME = HEAD + "PER-1,Build the plan,Feature,To Do,5.0,,,\nPER-2,Draw the plan,Story,In Progress,,,,PER-1\n"


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    folder = make_programme(tmp_path / "programme")
    (folder / "docs_src/tests").mkdir()
    (folder / "docs_src/tests/test-cases.md").write_text(CASES)
    (folder / "docs_src/work").mkdir()
    (folder / "docs_src/work/work-items.md").write_text(WORK)
    return folder


def take(programme: Path, form: str, content: str | bytes, *more: str, status: int = 0, name: str = ""):
    path = programme.parent / (name or {"junit": "r.xml", "results": "r.json", "jira": "issues.csv"}[form])
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return call("import", form, path, *more, "--today", "2026-03-01", cwd=programme, status=status)


def findings(programme: Path) -> str:
    return call("check", "--no-prose", cwd=programme, status=None).out


def test_results_of_junit_become_runs(programme: Path):
    done = take(programme, "junit", JUNIT, "--environment", "CI")
    assert (
        done.out
        == """\
  TR-001  pass     TC-7 Look at the sum
  TR-002  fail     TC-101 Look at the plan
  left out  plans.other: names no test case
2 new runs of 4 tests in docs_src/tests/test-runs.md
Look through them, then run: paraph check docs_src/tests/test-runs.md
"""
    )
    digest = hashlib.sha256(JUNIT.encode()).hexdigest()
    name = f"r-{digest[:12]}.xml"
    assert (programme / "docs_src/tests/evidence" / name).read_bytes() == JUNIT.encode()
    text = (programme / "docs_src/tests/test-runs.md").read_text()
    assert text.startswith(
        "---\ntitle: Test runs\n---\n\n# Test runs\n\n## TR-001 Look at the sum, build collect-0.9\n"
    )
    assert text.endswith(f"""\
## TR-002 Look at the plan, build collect-0.9

```yaml {{.artifact}}
status: draft
version: "1.0"
created: 2026-03-01
executes: [TC-101@1.2]
date: 2026-02-20
build: "collect-0.9"
environment: CI
tester: PTY-007
verdict: fail
evidence:
  - file: "evidence/{name}"
    sha256: "{digest}"
```

Recorded from 2 automated tests, of which 1 passed.

````text
fail: plans.test_TC_101_late: REQ-999 <b> ``` 3 s
````
""")
    report = findings(programme)
    assert "REQ-999" not in report
    assert "SCHEMA" not in report


def test_the_same_results_are_taken_over_once(programme: Path):
    take(programme, "junit", JUNIT)
    before = digests(programme)
    assert "TR-002  is there already, with the same results of TC-101" in take(programme, "junit", JUNIT).out
    assert digests(programme) == before
    take(programme, "junit", JUNIT.replace("10:00", "11:00"))
    assert "## TR-004 Look at the plan" in (programme / "docs_src/tests/test-runs.md").read_text()


def test_several_files_make_one_run_of_a_case(programme: Path):
    first, second = programme.parent / "a.xml", programme.parent / "b.xml"
    first.write_text('<testsuite><testcase name="TC-101 one"/></testsuite>')
    second.write_text('<testsuite><testcase name="TC-101 two"><skipped/></testcase></testsuite>')
    arguments = ("import", "junit", first, second, "--date", "2026-02-02", "--status", "issued")
    out = call(*arguments, cwd=programme).out
    assert "TR-001  blocked  TC-101" in out
    text = (programme / "docs_src/tests/test-runs.md").read_text()
    assert text.count("  - file:") == 2
    assert "status: issued\n" in text
    assert "## TR-001 Look at the plan, 2026-02-02\n" in text
    assert call("trace", "gaps", "--format", "csv", cwd=programme).out.count("says blocked") == 1


def test_results_below_the_sources_are_named_and_not_copied(programme: Path):
    (programme / "docs_src/tests/kept").mkdir()
    path = programme / "docs_src/tests/kept/r.xml"
    path.write_text(JUNIT)
    call("import", "junit", path, cwd=programme)
    assert not (programme / "docs_src/tests/evidence").exists()
    assert '- file: "kept/r.xml"' in (programme / "docs_src/tests/test-runs.md").read_text()


def test_nothing_is_written_in_a_dry_run(programme: Path):
    before = digests(programme)
    assert (
        "would be written to docs_src/tests/test-runs.md" in take(programme, "junit", JUNIT, "--dry-run").out
    )
    done = take(
        programme,
        "jira",
        SAME.replace("To Do", "Done") + "PER-3,New,Story,Done,,,,\n",
        "--update",
        "--dry-run",
        status=1,
    )
    assert "WI-003  new, PER-3" in done.out
    assert digests(programme) == before


def test_results_of_xray_become_runs_and_what_is_odd_is_told(programme: Path):
    tests = [
        {
            "testKey": "TC-101",
            "status": "PASSED",
            "finish": "2026-02-03T10:00:00+01:00",
            "executedBy": "PTY-007",
        },
        {"testKey": "PER-9", "status": "FAIL", "testInfo": {"summary": "TC-7 sum"}, "comment": "wrong"},
        {"testKey": "TC-101", "status": "TODO"},
        {"testKey": "TC-101", "status": "PERHAPS\x1b[1m"},
        {"testKey": "TC-555", "status": "PASS"},
        {"testKey": "PER-10", "status": "PASS"},
        7,
    ]
    info = {"version": "1.4", "testEnvironments": ["A1", "A2"], "startDate": "2026-02-02T09:00:00Z"}
    done = take(programme, "results", json.dumps({"info": info, "tests": tests}), status=1)
    assert (
        done.out
        == """\
  TR-001  fail     TC-7 Look at the sum
  TR-002  pass     TC-101 Look at the plan
  left out  TC-101: not carried out yet
  left out  PER-10: names no test case
  left out  test 7 of the list: names no test case
  left out  TC-555: names a test case that does not exist (TC-555)
  left out  TC-101: has a verdict that is not known (PERHAPS\\x1b[1m)
2 new runs of 7 tests in docs_src/tests/test-runs.md
Look through them, then run: paraph check docs_src/tests/test-runs.md
"""
    )
    text = (programme / "docs_src/tests/test-runs.md").read_text()
    assert 'date: 2026-02-02\nbuild: "1.4"\nenvironment: A1, A2\nverdict: fail\n' in text.replace(
        '"A1, A2"', "A1, A2"
    )
    assert "tester: PTY-007\nverdict: pass\n" in text


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>\n<testsuite name="&b;"/>'


@pytest.mark.parametrize(
    ("form", "content", "words"),
    [
        ("junit", LAUGHS, "r.xml:1: the XML declares a document type, which is not read"),
        ("junit", '<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<testsuite/>', "declares a document type"),
        ("junit", JUNIT[:200], "this is no XML"),
        ("junit", "", "this is no XML"),
        ("junit", "<html/>", "the XML begins with <html>"),
        ("junit", '<?xml version="1.0" encoding="klingon"?><testsuite/>', "encoding"),
        ("junit", JUNIT.replace(' timestamp="2026-02-20T10:00:00"', ""), "does not say on which day TC-7 was run"),
        ("results", '{"tests": [{"testKey": "TC-101",', "r.json:1:33: this is no JSON"),
        ("results", '{"a": 1}', "holds no list of tests"),
        ("results", b"\xff{}", "is no JSON"),
        ("results", "[" * 100_000, "nested too deeply"),
        ("jira", "a,b\n1,2\n", "has no column 'Issue key'; its columns are a, b"),
        ("jira", "a\x1b[31mred,b\n", "its columns are a\ufffd[31mred, b"),
        ("jira", "", "its columns are none"),
        ("jira", HEAD + 'PER-3,"cut off', "issues.csv:2: this is no CSV"),
        ("jira", HEAD + "PER-3,a,b,c,d,e,f,g,h\n", "9 cells below 8 columns"),
        ("jira", b"\x81\x8d\0", "is neither in UTF-8 nor in Windows-1252"),
        ("jira", '{"issues": [{"key": "PER-3"', "this is no JSON"),
        ("jira", '{"issues": 3}', "holds no list of issues"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_and_nothing_is_written(
    programme: Path, form: str, content, words: str
):
    before = digests(programme)
    assert words in take(programme, form, content, status=2).err
    assert digests(programme) == before


@pytest.mark.parametrize("name", ["test-case", "test-run"])
def test_a_kind_whose_schema_is_broken_is_named(programme: Path, name: str):
    (programme / "schemas").mkdir()
    (programme / f"schemas/{name}.schema.json").write_text("{")
    assert f"the kind {name} has no schema that can be read" in take(programme, "junit", JUNIT, status=2).err


def test_a_file_that_is_not_there(programme: Path):
    assert "No such file" in call("import", "junit", "none.xml", cwd=programme, status=2).err


def test_an_export_that_agrees_changes_nothing(programme: Path):
    before = digests(programme)
    assert take(
        programme, "jira", SAME, "--update"
    ).out == "2 issues: 0 new, 0 differ, 2 the same, 0 gone\n".replace("differ", "updated")
    assert digests(programme) == before


def test_new_issues_become_work_items_once(programme: Path):
    export = SAME + (
        'PER-4,"Tell, ""now"" <b>`x`</b> {#id}",User Story,Backlog,"2,5",x,REQ-001,PER-5\n'
        "PER-5,Epic,EPIC,Done,,,,\n"
        "PER-6,Broken,Bug,To Do,,,,\n"
    )
    done = take(programme, "jira", export)
    assert (
        done.out
        == """\
  WI-003  new, PER-4
  WI-004  new, PER-5
  left out, of types that are no work items: Bug 1
5 issues: 2 new, 0 differ, 2 the same, 0 gone
New ones are in docs_src/work/work-items.md; run: paraph check docs_src/work/work-items.md
"""
    )
    text = (programme / "docs_src/work/work-items.md").read_text()
    assert (
        text
        == WORK
        + """
## WI-003 Tell, "now" ‹b›'x'‹/b› (#id)

```yaml {.artifact}
status: proposed
version: "1.0"
created: 2026-03-01
type: story
key: PER-4
points: 2.5
part_of: [WI-004]
implements: [REQ-001]
```

Mirrors `PER-4` of the tracker.

## WI-004 Epic

```yaml {.artifact}
status: closed
version: "1.0"
created: 2026-03-01
type: epic
key: PER-5
```

Mirrors `PER-5` of the tracker.
"""
    )
    before = digests(programme)
    again = take(programme, "jira", export, "--update").out
    assert "5 issues: 0 new, 0 updated, 4 the same, 0 gone" in again
    assert digests(programme) == before


def test_drift_is_shown_and_written_where_it_is_asked(programme: Path):
    export = (
        HEAD + "PER-1,Build the whole plan,Epic,Done,8,,,\nPER-2,Draw the plan,Story,Open,3,,,PER-3\n"
        "PER-3,Plans,Epic,Open,,,,\n"
    )
    (programme / "docs_src/work/work-items.md").write_bytes(WORK.replace("\n", "\r\n").encode())
    line = WORK[: WORK.index("## WI-001")].count("\n") + 1
    before = digests(programme)
    shown = take(programme, "jira", export, "--dry-run", status=1).out
    assert (
        f"""\
  WI-001  PER-1 differs, docs_src/work/work-items.md:{line}
    title: Build the plan here, Build the whole plan in the export
    type: feature here, epic in the export
    status: open here, closed in the export
    points: 5 here, 8 in the export
"""
        in shown
    )
    assert digests(programme) == before
    take(programme, "jira", export, "--update")
    text = (programme / "docs_src/work/work-items.md").read_bytes().decode()
    changed = (
        WORK.replace("WI-001 Build the plan", "WI-001 Build the whole plan")
        .replace("type: feature", "type: epic")
        .replace("points: 5", "points: 8")
        .replace(
            "implements: [REQ-001]\n```\n\nThe plan", "implements: [REQ-001]\nstatus: closed\n```\n\nThe plan"
        )
        .replace("status: in-progress # since May", "status: open # since May")
        .replace(
            "implements: [REQ-001]\n```\n\nThe drawing",
            "implements: [REQ-001]\npoints: 3\n```\n\nThe drawing",
        )
    )
    assert text.startswith(changed.replace("\n", "\r\n"))
    # PER-3 was new: now that it is a work item, it is the parent.
    again = take(programme, "jira", export, "--update").out
    assert "    part_of: WI-001 here, WI-003 in the export\n" in again
    assert (
        "part_of: [WI-003]\r\nimplements" in (programme / "docs_src/work/work-items.md").read_bytes().decode()
    )
    assert "3 issues: 0 new, 0 updated, 3 the same, 0 gone" in take(programme, "jira", export, "--update").out
    assert "SCHEMA" not in findings(programme)


def test_what_is_gone_is_told_and_kept(programme: Path):
    before = digests(programme)
    line = WORK[: WORK.index("## WI-002")].count("\n") + 1
    out = take(programme, "jira", SAME[: SAME.index("PER-2")], "--update").out
    assert f"  WI-002  PER-2 is not in the export, docs_src/work/work-items.md:{line}\n" in out
    assert digests(programme) == before
    assert "0 gone" in take(programme, "jira", HEAD + "ABC-1,Other,Bug,Open,,,,\n").out


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ";"), ("utf-8-sig", ","), ("utf-16", "\t"), ("cp1252", ";"), ("utf-16", ";")],
)
def test_an_export_in_another_encoding(programme: Path, encoding: str, separator: str):
    text = (HEAD + "PER-4,Crédit façade à éclaircir,Story,À faire,,,,\n").replace(",", separator)
    take(programme, "jira", text.replace("\n", "\r\n").encode(encoding))
    written = (programme / "docs_src/work/work-items.md").read_text()
    assert "## WI-003 Crédit façade à éclaircir\n\n```yaml {.artifact}\nstatus: open\n" in written


def test_an_export_as_json(programme: Path):
    issue = {
        "key": "PER-4",
        "fields": {
            "summary": "From JSON",
            "issuetype": {"name": "Story"},
            "status": {"name": "Done"},
            "resolution": {"name": "Won't Do"},
            "customfield_10016": 3.0,
            "customfield_10020": [{"name": "Sprint 1"}, {"name": "Sprint 2"}],
            "labels": ["REQ-001", "x"],
            "parent": {"key": "PER-1"},
        },
    }
    export = {
        "names": {"customfield_10016": "Story Points", "customfield_10020": "Sprint"},
        "issues": [issue],
    }
    take(programme, "jira", json.dumps(export), name="issues.json")
    assert (
        (programme / "docs_src/work/work-items.md")
        .read_text()
        .endswith("""\
## WI-003 From JSON

```yaml {.artifact}
status: rejected
version: "1.0"
created: 2026-03-01
type: story
key: PER-4
points: 3
iteration: Sprint 2
part_of: [WI-001]
implements: [REQ-001]
```

Mirrors `PER-4` of the tracker.
""")
    )


def test_rows_that_are_wrong_are_told_and_the_rest_is_taken_over(programme: Path):
    export = SAME + (
        ",No key,Story,Open,,,,\nper-7,Small,Story,Open,,,,\nPER-8,,Story,Open,,,,\nPER-2,Again,Story,Open,,,,\n"
        "PER-9,Odd,Story,Perhaps,many,,,\n"
    )
    done = take(programme, "jira", export, status=1)
    assert (
        done.out
        == """\
  WI-003  new, PER-9
  row 4: no key
  row 5: 'per-7' is no key
  row 6: PER-8 has no summary
  row 7: PER-2 stands there twice; the first counts
  row 8: PER-9 has the status 'Perhaps', which is not known
  row 8: PER-9 has 'many' points, which is no number
7 issues: 1 new, 0 differ, 2 the same, 0 gone
New ones are in docs_src/work/work-items.md; run: paraph check docs_src/work/work-items.md
"""
    )


def test_of_many_wrong_rows_the_first_are_told_and_all_are_counted(programme: Path):
    done = take(programme, "jira", SAME + ",No key,Story,Open,,,,\n" * 500, status=1)
    assert done.out.count("no key\n") == 10
    assert "  row 13: no key\n  and 490 more\n502 issues: 0 new" in done.out


def test_a_key_that_two_work_items_have_is_told(programme: Path):
    page = programme / "docs_src/work/work-items.md"
    page.write_text(page.read_text().replace("key: PER-2", "key: PER-1"))
    assert (
        "WI-001 and WI-002 both have the key PER-1; neither is compared"
        in take(programme, "jira", SAME[: SAME.index("PER-2")], status=1).out
    )


def test_words_that_yaml_takes_for_something_else_stay_words(programme: Path):
    head = HEAD.replace("Labels,Labels", "Team,Sprint")
    take(programme, "jira", head + "PER-4,True,Story,Open,,null,No,\nPER-5,0x1F,Story,Open,,a: b # c,1.10,\n")
    text = (programme / "docs_src/work/work-items.md").read_text()
    assert 'team: "null"\n' in text
    assert 'team: "a: b # c"\niteration: "1.10"\n' in text
    assert "SCHEMA" not in findings(programme)


def test_an_export_that_would_burst_the_document_is_refused(programme: Path):
    settings = programme / "paraph.toml"
    settings.write_text(settings.read_text() + "[limits]\nfile = 20000\n")
    rows = "".join(f"PER-{number},Story {number},Story,Open,,,,\n" for number in range(10, 400))
    before = digests(programme)
    done = take(programme, "jira", SAME + rows, status=2)
    assert "more than the 20,000 bytes that a document may have" in done.err
    assert "--linked" in done.err
    assert digests(programme) == before
    linked = take(programme, "jira", SAME + rows + "PER-9,Story of REQ-001,Story,Open,,,,\n", "--linked")
    assert "  WI-003  new, PER-9\n  left out, naming no requirement: 390\n" in linked.out


@pytest.mark.slow
def test_a_long_export_is_read_row_by_row(tmp_path: Path):
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write(HEAD)
        for number in range(200_000):
            file.write(f"PER-{number},A story of {number} that says a little more,Bug,Open,3,a,b,\n")
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_issues(str(path))) == 200_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_no_import_changes_what_it_only_reads(programme: Path):
    take(programme, "junit", JUNIT)
    assert (programme / "docs_src/requirements.md").read_text() == REQUIREMENTS
