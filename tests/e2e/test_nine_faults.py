"""Nine faults among a thousand items, each of which other tools miss or hide, by the command as it comes.

A clean programme passes. Each fault by itself fails the check with the one finding that is right, at its line and
column, and so do all nine together.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.projects import BIN, run
from tests.mutations.cases import Edit, Expected, place_of
from tests.mutations.percepta import edited

EVENTS = """
a debtor moves house; the bank returns a transfer; an officer opens a file; a letter comes back unread; the
night begins; a court annuls a fine; a plan ends; an heir refuses an estate; a bailiff reports a visit; the
ledger closes a month; a company is dissolved; a register sends a change; a debt is paid twice; the printer
runs out of paper; a lawyer objects; a rate changes on 1 January; a session lasts ten minutes; a document is
scanned; an order is withdrawn; a year is over; a town merges with another; an auditor asks for a sample; a
deadline falls on a Sunday; a password expires; a child inherits
"""
RESPONSES = """
store the former address for ten years; refund 25.00 EUR to the payer; show the balance per debt; print a
second copy; send the list to accounting before 06:00; reopen the debt with its costs; compute the interest
anew; divide the share by three; write one line in the log; refuse entries dated before; notify the
liquidator within 2 days; compare both records by number; hold the surplus on the suspense account; queue
the letter for the next day; suspend enforcement for 30 days; apply the new tariff; close the screen and
release the lock; attach the image to the file; mark the instalment as unpaid; assign the number 001
"""
ITEM = """
## REQ-{number} Item {number}

```yaml {{.artifact}}
level: system
type: functional
priority: should
satisfies: [BN-{need}]
verification: [test]
effort: 4
acceptance_criteria:
  - id: AC-1
    text: After event {number} the tester reads the figure {number} on the list of the day.
```

When {event}, the system shall {response}.

## TC-{number} Test of item {number}

```yaml {{.artifact}}
level: system
verifies: [REQ-{number}]
criteria: [REQ-{number}/AC-1]
steps:
  - Bring about event {number}.
expected: The figure {number} is on the list.
```

Carried out at each build.
"""
HEADER = """---
title: Part {part}
defaults:
  status: approved
  version: "1.0"
---

# Part {part}
"""
NEED = """
## BN-{need} What part {part} is for

```yaml {{.artifact}}
sponsor: Head of office {part}
```

Office {part} needs to finish the files that it receives.
"""

FILE = "docs_src/part-{}.md"
# The edit of the clean programme, and the finding that it gives: what is wrong, where it stands in the file.
FAULTS = {
    "dangling": (
        Edit(FILE.format(101), "verifies: [REQ-10103]", "verifies: [REQ-99999]"),
        "REF-DEAD @ verifies: [>>REQ-99999]",
    ),
    "duplicate": (
        Edit(FILE.format(102), "## TC-10204 Test", "## TC-10203 Test"),
        "ID-UNIQ @ ## >>TC-10203 Test of item 10204",
    ),
    "cycle": (
        Edit(
            FILE.format(103),
            "satisfies: [BN-103]",
            "satisfies: [BN-103]\nderived_from: [REQ-10306]",
            "REQ-10305",
        ),
        "REF-CYCLE @ derived_from: [>>REQ-10306]",
    ),
    "wrong type": (
        Edit(FILE.format(104), "effort: 4", "effort: four", "REQ-10407"),
        "SCHEMA @ effort: >>four",
    ),
    "bad enum": (
        Edit(FILE.format(105), "priority: should", "priority: urgent", "REQ-10509"),
        "SCHEMA @ priority: >>urgent",
    ),
    "missing field": (Edit(FILE.format(106), "level: system\n", "", "REQ-10611"), "SCHEMA @ ## >>REQ-10611"),
    "unknown field": (
        Edit(FILE.format(107), "effort: 4", "effort: 4\ncolour: red", "REQ-10713"),
        "SCHEMA @ >>colour: red",
    ),
    "syntax": (
        Edit(FILE.format(108), "verification: [test]", "verification: [test", "REQ-10815"),
        "SRC-YAML @ verification: >>[test",
    ),
    "orphan": (Edit(FILE.format(109), "satisfies: [BN-109]\n", "", "REQ-10917"), "RQ-NEED @ ## >>REQ-10917"),
}


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty documents with a need, 25 requirements and a test of each: 1,020 items."""
    folder = tmp_path_factory.mktemp("thousand")
    (folder / "docs_src").mkdir()
    events, responses = (" ".join(words.split()).split("; ") for words in (EVENTS, RESPONSES))
    for row, response in enumerate(responses):
        part = 101 + row
        text = HEADER.format(part=part) + NEED.format(part=part, need=part)
        for column, event in enumerate(events):
            number = part * 100 + column + 1
            text += ITEM.format(number=number, need=part, event=event, response=response)
        (folder / FILE.format(part)).write_text(text, encoding="utf-8")
    # In the one cycle that there can be, the other half is there already.
    edit = Edit(
        FILE.format(103), "satisfies: [BN-103]", "satisfies: [BN-103]\nderived_from: [REQ-10305]", "REQ-10306"
    )
    change(folder, edit)
    return folder


def change(folder: Path, edit: Edit) -> None:
    file = folder / edit.file
    file.write_bytes(edited(file.read_bytes(), edit))


@contextmanager
def with_faults(folder: Path, *names: str) -> Iterator[list[str]]:
    """The programme with faults in it, and where they are to be found; restored after."""
    edits = [FAULTS[name][0] for name in names]
    saved = {folder / edit.file: (folder / edit.file).read_bytes() for edit in edits}
    try:
        for edit in edits:
            change(folder, edit)
        yield [place(folder, *FAULTS[name]) for name in names]
    finally:
        for file, data in saved.items():
            file.write_bytes(data)


def place(folder: Path, edit: Edit, finding: str) -> str:
    code, _, at = finding.partition(" @ ")
    text = (folder / edit.file).read_text(encoding="utf-8")
    section = edit.section if code != "ID-UNIQ" else ""
    line, column = place_of(text, Expected(code, at, edit.file, section))
    return f"{edit.file}:{line}:{column}: error {code}"


def findings(folder: Path, status: int) -> list[str]:
    """The heads of all findings that the command prints, each with its severity and its code."""
    done = run(BIN / "paraph", "check", cwd=folder, status=status)
    assert done.stderr == ""
    return re.findall(r"^\S+:\d+:\d+: \w+ [A-Z][A-Z0-9-]+", done.stdout, re.MULTILINE)


@pytest.mark.slow
def test_a_clean_programme_of_a_thousand_items_passes(programme: Path):
    assert findings(programme, status=0) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_fails_the_check_with_one_finding_in_its_place(name: str, programme: Path):
    with with_faults(programme, name) as expected:
        assert findings(programme, status=1) == expected


@pytest.mark.slow
def test_nine_faults_together_give_nine_findings(programme: Path):
    with with_faults(programme, *FAULTS) as expected:
        assert findings(programme, status=1) == sorted(expected)
