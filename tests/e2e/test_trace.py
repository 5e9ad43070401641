"""`paraph trace`: the matrix both ways, what is covered, what is missing, what a change touches, which way leads on."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from tests.e2e.commands import call
from tests.e2e.projects import ROOT

SCHEMA = json.loads((ROOT / "schemas/reports/trace.schema.json").read_text())

GOALS = """\
---
title: Goals
---

# Goals

## OBJ-001 Debtors pay on time

```yaml {.artifact}
status: approved
version: "1.0"
```

Nine of ten debtors pay on time.

## OBJ-002 Fewer letters

```yaml {.artifact}
status: approved
version: "1.0"
```

A third of the letters is not sent.

## BN-001 Know the balance

```yaml {.artifact}
status: approved
version: "1.0"
supports: [OBJ-001]
```

Offices need to know the balance.

## BN-002 Write less

```yaml {.artifact}
status: approved
version: "1.0"
```

Offices need to write fewer letters.
"""

# A deliverable with five requirements: one tested and built, one derived from it, one without a need, one not for this
# time, and one that was withdrawn and counts for nothing.
BASELINE = """\
---
id: DLV-001
status: approved
version: "1.0"
---

# Baseline

## REQ-001 Show the balance

```yaml {.artifact}
status: approved
version: "1.1"
level: system
type: functional
priority: must
verification: [test]
satisfies: [BN-001]
acceptance_criteria:
  - id: AC-1
    text: The balance is shown.
  - id: AC-2
    text: The balance is that of the day.
```

The system shall show the balance.

## REQ-002 Show the balance in euro

```yaml {.artifact}
status: draft
version: "0.1"
level: software
type: functional
priority: should
verification: [test]
derived_from: [REQ-001]
```

The system shall show the balance in euro.

## REQ-003 Keep a log

```yaml {.artifact}
status: draft
version: "0.1"
level: system
type: quality
priority: should
verification: [inspection]
```

The system shall keep a log.

## REQ-004 Speak the balance

```yaml {.artifact}
status: draft
version: "0.1"
level: system
type: functional
priority: wont
satisfies: [BN-001]
```

The system shall speak the balance.

## REQ-005 Print the balance

```yaml {.artifact}
status: withdrawn
version: "1.0"
level: system
type: functional
priority: must
satisfies: [BN-002]
```

The system shall print the balance.
"""

PROOF = """\
---
title: Proof
---

# Proof

## WI-001 Build the screen

```yaml {.artifact}
status: closed
version: "1.0"
type: feature
implements: [REQ-001]
```

The screen.

## WI-002 Build the printer

```yaml {.artifact}
status: rejected
version: "1.0"
type: feature
implements: [REQ-002]
```

The printer.

## TC-001 Look at the balance

```yaml {.artifact}
status: approved
version: "1.1"
level: system
verifies: [REQ-001]
criteria: [REQ-001/AC-1]
```

Look.

## TC-002 Look at the day

```yaml {.artifact}
status: approved
version: "1.0"
level: system
verifies: [REQ-001]
criteria: [REQ-001/AC-1]
```

Look again.

## TR-001 First look

```yaml {.artifact}
status: issued
version: "1.0"
executes: [TC-001@1.0]
date: "2026-02-01"
verdict: pass
```

Seen.

## TR-002 The day, which failed

```yaml {.artifact}
status: issued
version: "1.0"
executes: [TC-002@1.0]
date: "2026-02-02"
verdict: fail
```

Not seen.

## TR-003 The day again

```yaml {.artifact}
status: issued
version: "1.0"
executes: [TC-002@1.0]
date: "2026-02-03"
verdict: pass
```

Seen.

## TR-004 The day, not issued yet

```yaml {.artifact}
status: draft
version: "0.1"
executes: [TC-002@1.0]
date: "2026-02-04"
verdict: fail
```

Not seen.

## ACC-001 Acceptance of the baseline

```yaml {.artifact}
status: issued
version: "1.0"
accepts: [DLV-001@1.0]
stage: provisional
result: accepted
```

Accepted.
"""


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return write(tmp_path, {"goals.md": GOALS, "DLV-001.md": BASELINE, "proof.md": PROOF})


def write(folder: Path, texts: dict[str, str]) -> Path:
    (folder / "docs_src").mkdir()
    (folder / "paraph.toml").write_text('title = "Small"\n')
    for name, text in texts.items():
        (folder / "docs_src" / name).write_text(text)
    return folder


def trace(cwd: Path, *arguments: str, status: int = 0):
    return call("trace", *arguments, "--today", "2026-03-01", cwd=cwd, status=status, COLUMNS="100")


def as_json(cwd: Path, *arguments: str):
    value = json.loads(trace(cwd, *arguments, "--format", "json").out)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    return value


def as_csv(cwd: Path, *arguments: str) -> list[dict[str, str]]:
    text = trace(cwd, *arguments, "--format", "csv").out
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_matrix_leads_from_needs_to_runs(programme: Path):
    rows = as_json(programme, "matrix")["rows"]
    pairs = [
        (row["need"] and row["need"]["id"], row["requirement"] and row["requirement"]["id"]) for row in rows
    ]
    assert pairs == [
        ("BN-001", "REQ-001"),
        ("BN-001", "REQ-002"),
        ("BN-001", "REQ-004"),
        ("BN-002", None),
        (None, "REQ-003"),
    ]
    first = rows[0]
    assert first["objectives"] == ["OBJ-001"]
    assert first["work"] == ["WI-001"]
    assert first["tests"] == [
        {"id": "TC-001", "run": "TR-001", "verdict": "outdated", "day": "2026-02-01"},
        {"id": "TC-002", "run": "TR-003", "verdict": "pass", "day": "2026-02-03"},
    ]
    assert first["verdict"] == "open"
    assert (first["deliverables"], first["acceptances"]) == (["DLV-001"], ["ACC-001"])
    assert (rows[1]["work"], rows[1]["verdict"]) == ([], "")


def test_the_matrix_reads_well(programme: Path):
    assert (
        trace(programme, "matrix").out
        == """\
BN-001 Know the balance for OBJ-001
  Requirement                     Work    Tests and their last runs        Verdict  Held by
  REQ-001 Show the balance        WI-001  TC-001 outdated (TR-001),        open     DLV-001, ACC-001
                                          TC-002 pass (TR-003)
  REQ-002 Show the balance in     -       -                                -        DLV-001, ACC-001
  euro (draft)
  REQ-004 Speak the balance       -       -                                -        DLV-001, ACC-001
  (draft)

BN-002 Write less
  no requirement satisfies it

Requirements without a business need
  Requirement                 Work  Tests and their last runs  Verdict  Held by
  REQ-003 Keep a log (draft)  -     -                          -        DLV-001, ACC-001

2 business needs, 4 requirements
"""
    )


def test_the_matrix_leads_up_again(programme: Path):
    rows = {row["item"]["id"]: row for row in as_json(programme, "matrix", "--up")["rows"]}
    assert list(rows) == ["WI-001", "TC-001", "TC-002", "TR-001", "TR-002", "TR-003", "TR-004"]
    assert rows["TR-002"] | {"item": ""} == {
        "item": "",
        "tests": ["TC-002"],
        "requirements": ["REQ-001"],
        "needs": ["BN-001"],
        "objectives": ["OBJ-001"],
        "verdict": "fail",
    }
    assert rows["TC-001"]["verdict"] == "outdated"
    assert "TR-004 The day, not issued yet" in trace(programme, "matrix", "--up").out


def test_coverage_counts_what_has_its_next_step(programme: Path):
    found = as_json(programme, "coverage")
    steps = {step["name"]: (step["have"], step["of"], step["lacks"]) for step in found["steps"]}
    assert steps == {
        "objective-need": (1, 2, ["OBJ-002"]),
        "need-objective": (1, 2, ["BN-002"]),
        "need-requirement": (1, 2, ["BN-002"]),
        "requirement-need": (3, 4, ["REQ-003"]),
        "requirement-work": (1, 2, ["REQ-002"]),
        "requirement-test": (1, 2, ["REQ-002"]),
        "criterion-test": (1, 2, ["REQ-001/AC-2"]),
        "requirement-pass": (0, 2, ["REQ-001", "REQ-002"]),
        "work-requirement": (1, 1, []),
        "test-requirement": (2, 2, []),
        "test-run": (2, 2, []),
        "test-pass": (1, 2, ["TC-001"]),
        "run-test": (4, 4, []),
        "requirement-deliverable": (4, 4, []),
        "deliverable-acceptance": (1, 1, []),
    }
    groups = [(group["by"], group["value"], group["requirements"]) for group in found["groups"]]
    assert groups == [
        ("priority", "must", 1),
        ("priority", "should", 2),
        ("priority", "wont", 1),
        ("status", "draft", 3),
        ("status", "approved", 1),
    ]
    text = trace(programme, "coverage").out
    assert "Requirements with a business need                        3/4      75 %\n" in text
    assert "Requirements by status  All  Need" in text


def test_gaps_say_what_is_missing_and_where(programme: Path):
    line = BASELINE[: BASELINE.index("## REQ-002")].count("\n") + 1
    found = [(gap["step"], gap["item"]["id"], gap["missing"]) for gap in as_json(programme, "gaps")["gaps"]]
    assert found == [
        ("objective-need", "OBJ-002", "no business need supports it"),
        ("need-objective", "BN-002", "it supports no objective"),
        ("need-requirement", "BN-002", "no requirement satisfies it"),
        ("requirement-need", "REQ-003", "it satisfies no business need"),
        ("requirement-work", "REQ-002", "no work item implements it"),
        ("requirement-test", "REQ-002", "no test case verifies it"),
        ("criterion-test", "REQ-001", "no test case covers AC-2"),
        ("test-pass", "TC-001", "the last run, TR-001, is of another version than 1.1"),
    ]
    text = trace(programme, "gaps").out
    assert (
        "1 requirement: no test case verifies it\n"
        f"  docs_src/DLV-001.md:{line}  REQ-002 Show the balance in euro (draft)\n"
    ) in text
    assert text.endswith("\n8 gaps in 6 artifacts\n")


def test_impact_shows_the_way(programme: Path):
    assert (
        trace(programme, "impact", "BN-001").out
        == """\
A change of BN-001 Know the balance touches 13 artifacts
  REQ-001 Show the balance: satisfies BN-001
    DLV-001 Baseline: holds REQ-001
      ACC-001 Acceptance of the baseline: accepts DLV-001
    REQ-002 Show the balance in euro (draft): derived from REQ-001
      WI-002 Build the printer (rejected): implements REQ-002
    TC-001 Look at the balance: verifies REQ-001
      TR-001 First look: executes TC-001
    TC-002 Look at the day: verifies REQ-001
      TR-002 The day, which failed: executes TC-002
      TR-003 The day again: executes TC-002
      TR-004 The day, not issued yet (draft): executes TC-002
    WI-001 Build the screen (closed): implements REQ-001
  REQ-004 Speak the balance (draft): satisfies BN-001

Deliverables: DLV-001
"""
    )


def test_impact_of_nothing_else(programme: Path):
    assert trace(programme, "impact", "TR-001").out == "A change of TR-001 First look touches nothing else.\n"
    assert as_json(programme, "impact", "TR-001@1.0")["touched"] == []


def test_a_path_goes_one_way_where_one_does(programme: Path):
    found = as_json(programme, "path", "OBJ-001", "TR-001")
    (chain,) = found["chains"]
    assert [item["id"] for item in chain["items"]] == ["OBJ-001", "BN-001", "REQ-001", "TC-001", "TR-001"]
    assert [(hop["source"], hop["role"], hop["target"]) for hop in chain["hops"]] == [
        ("BN-001", "supports", "OBJ-001"),
        ("REQ-001", "satisfies", "BN-001"),
        ("TC-001", "verifies", "REQ-001"),
        ("TR-001", "executes", "TC-001"),
    ]
    back = as_json(programme, "path", "TR-001", "OBJ-001")
    assert back["chains"] == [{"items": chain["items"][::-1], "hops": chain["hops"][::-1]}]


def test_a_path_turns_where_it_must(programme: Path):
    line = BASELINE[: BASELINE.index("## REQ-003")].count("\n") + 1
    assert (
        trace(programme, "path", "REQ-003", "ACC-001").out
        == f"""\
REQ-003 Keep a log (draft)  docs_src/DLV-001.md:{line}
  <- holds
DLV-001 Baseline  docs_src/DLV-001.md:1
  <- accepts
ACC-001 Acceptance of the baseline  docs_src/proof.md:{PROOF[: PROOF.index("## ACC-001")].count(chr(10)) + 1}

1 chain of 2 steps
"""
    )
    found = as_json(programme, "path", "TC-001", "TC-002")
    assert [[item["id"] for item in way["items"]] for way in found["chains"]] == [
        ["TC-001", "REQ-001", "TC-002"]
    ]


def test_no_path_and_no_way_to_go(programme: Path):
    assert "No chain of links leads from OBJ-002" in trace(programme, "path", "OBJ-002", "TR-001").out
    assert as_json(programme, "path", "OBJ-002", "TR-001")["number"] == 0
    assert "give two" in trace(programme, "path", "REQ-001", "REQ-001").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("impact", "REQ-01"), "did you mean REQ-001?"),
        (("impact", "req-001"), "did you mean REQ-001?"),
        (("path", "BN-001", "TC-02"), "did you mean TC-002?"),
        (("impact", "zzz"), "lists what there is"),
        (("gap",), "Did you mean 'gaps'?"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(programme: Path, arguments, words: str):
    done = call("trace", *arguments, cwd=programme, status=2)
    assert words in done.err
    assert done.out == ""


def test_a_programme_without_these_kinds_has_nothing_to_trace(tmp_path: Path):
    write(tmp_path, {"index.md": "---\ntitle: Home\n---\n\n# Home\n"})
    assert "nothing to trace" in trace(tmp_path, "matrix").out
    assert "nothing to trace" in trace(tmp_path, "matrix", "--up").out
    assert "nothing to count" in trace(tmp_path, "coverage").out
    assert trace(tmp_path, "gaps").out == "No gaps: all that should have a next step has it.\n"
    for view in ("matrix", "coverage", "gaps"):
        as_json(tmp_path, view)
        assert as_csv(tmp_path, view) == []


def test_a_cycle_ends(programme: Path):
    page = programme / "docs_src/DLV-001.md"
    text = page.read_text().replace(
        "satisfies: [BN-001]\nacc", "satisfies: [BN-001]\nderived_from: [REQ-002]\nacc"
    )
    page.write_text(text)
    rows = as_json(programme, "matrix")["rows"]
    assert [row["requirement"]["id"] for row in rows[:3]] == ["REQ-001", "REQ-002", "REQ-004"]
    touched = [item["item"]["id"] for item in as_json(programme, "impact", "REQ-002")["touched"]]
    assert "REQ-001" in touched
    assert "REQ-002" not in touched
    assert as_json(programme, "path", "REQ-002", "REQ-001")["number"] == 1


def test_csv_holds_no_formula_and_no_stray_line(programme: Path):
    page = programme / "docs_src/goals.md"
    page.write_text(
        page.read_text()
        .replace("## BN-001 Know the balance", '## BN-001 =HYPERLINK("x"), or "so"')
        .replace("## BN-002 Write less", "## BN-002 @SUM(1) é")
    )
    rows = as_csv(programme, "matrix")
    assert rows[0]["need_title"] == '\'=HYPERLINK("x"), or "so"'
    assert [row["need_title"] for row in rows if row["need"] == "BN-002"] == ["'@SUM(1) é"]
    assert rows[0]["tests"] == "TC-001; TC-002"
    assert rows[0]["place"].startswith("docs_src/DLV-001.md:")
    assert {row["missing"] for row in as_csv(programme, "gaps") if row["id"] == "REQ-003"} == {
        "it satisfies no business need"
    }
    impact = {row["id"]: row["way"] for row in as_csv(programme, "impact", "BN-001")}
    assert impact["TR-001"] == "REQ-001 satisfies BN-001; TC-001 verifies REQ-001; TR-001 executes TC-001"
    path = as_csv(programme, "path", "BN-001", "TC-001")
    assert [(row["id"], row["link"]) for row in path] == [
        ("BN-001", ""),
        ("REQ-001", "REQ-001 satisfies BN-001"),
        ("TC-001", "TC-001 verifies REQ-001"),
    ]
    coverage = as_csv(programme, "coverage")
    assert next(row["percent"] for row in coverage if row["step"] == "requirement-need") == "75"
    assert [row["id"] for row in as_csv(programme, "matrix", "--up")][:2] == ["WI-001", "TC-001"]


@pytest.mark.parametrize("view", ["matrix", "coverage", "gaps"])
def test_our_own_programme_is_traced(view: str):
    assert trace(ROOT, view).out
    as_json(ROOT, view)
