"""`fix` in real folders: what it tells, what it leaves, and what it never overwrites."""

import os
import shutil
from pathlib import Path

import pytest

from pipeline.edit import write
from pipeline.errors import CouldNotRun
from tests.e2e.commands import call, digests
from tests.e2e.projects import make_programme, run
from tests.e2e.reference import make_reference

PLANS = """\
---
title: Plans
status: draft
---

# Plans

See BN-01 and REQ-1.

## REQ-002 Show the plan

```yaml {.artifact}
status: Draft   # not yet agreed
version: 0.10
level: system
type: functional
priority: most
satisfies: BN-001
verification: [test]
acceptance_criteria:
  - id: AC-1
    text: The plan is shown within 2 seconds.
```

When a payment is booked, the system shall show the plan within 2 seconds.
"""


MEETING = """\
---
id: MTG-001
status: issued
version: 1.0
date: 2026-02-02
type: steering
held_by: COM-1
---

# Steering

See BN-01.
"""


RISK = """\
---
id: RSK-001
status: open
version: 1.0
cause: The supplier lacks testers.
event: The test starts late.
effect: The release slips.
probability: 4
impact: 5
---

# Late test

The supplier lacks testers.
"""


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    folder = make_programme(tmp_path)
    (folder / "docs_src/plans.md").write_text(PLANS)
    return folder


def plans(programme: Path) -> Path:
    return programme / "docs_src/plans.md"


def fix(programme: Path, *arguments: str, status: int = 0):
    return call("fix", "--today", "2026-03-01", *arguments, cwd=programme, status=status)


def test_what_was_mended_and_what_remains_is_told(programme: Path):
    shown = fix(programme, status=1).out
    assert shown == (
        "  docs_src/plans.md:8:5 REF-DEAD BN-01 does not exist\n"
        "  docs_src/plans.md:8:15 REF-DEAD REQ-1 does not exist\n"
        "  docs_src/plans.md:13:9 SCHEMA status: 'Draft' is not allowed\n"
        "  docs_src/plans.md:14:10 SCHEMA version is a number, 0.1, but must be text\n"
        "  docs_src/plans.md:18:12 SCHEMA satisfies is text, 'BN-001', but must be a list\n"
        "mended 5 findings in 1 file; 2 remain, which need a person: paraph check\n"
    )
    text = plans(programme).read_text()
    assert 'status: draft   # not yet agreed\nversion: "0.10"\n' in text
    again = fix(programme, status=1).out
    assert again == "nothing to mend; 2 remain, which need a person: paraph check\n"
    plans(programme).write_text(
        text.replace("priority: most", "priority: must").replace("status: draft\n---", "---")
    )
    assert fix(programme).out == "nothing to mend; none remain\n"


def test_a_diff_can_be_applied_and_writes_nothing(programme: Path):
    text = plans(programme)
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n").rstrip())
    before, unmended = digests(programme), text.read_bytes()
    diff = run("paraph", "fix", "--diff", "--today", "2026-03-01", cwd=programme, status=1).stdout
    assert digests(programme) == before
    patch = programme / "mend.patch"
    raw = call("fix", "--diff", cwd=programme, status=1).out
    assert raw.replace("\r", "") == diff.replace("\r", "")
    patch.write_bytes(raw.encode())
    run("git", "apply", "-p0", "mend.patch", cwd=programme)
    applied = text.read_bytes()
    patch.unlink()
    text.write_bytes(unmended)
    fix(programme, status=1)
    assert text.read_bytes() == applied != unmended
    assert fix(programme, "--diff").out == ""


def test_a_diff_of_many_headers_that_are_alike_shows_what_changes_and_no_more(programme: Path):
    section = PLANS.partition("BN-01 and REQ-1.\n\n")[2].replace("most", "must")
    parts = [section.replace("REQ-002", f"REQ-{number:03}") for number in range(100, 140)]
    plans(programme).write_text("# Plans\n\n" + "\n".join(parts))
    lines = fix(programme, "--diff", status=1).out.splitlines()
    assert sum(line.startswith("+") for line in lines) == 1 + 3 * len(parts)
    assert sum(line.startswith("-") for line in lines) == 1 + 3 * len(parts)


def test_paths_and_codes_limit_what_is_mended(programme: Path):
    fix(programme, "docs_src/needs.md")
    assert plans(programme).read_text() == PLANS
    shown = fix(programme, "--select", "REF", "docs_src/plans.md").out
    assert shown.endswith("mended 2 findings in 1 file; none remain\n")
    assert plans(programme).read_text() == PLANS.replace("BN-01 and REQ-1", "BN-001 and REQ-001")
    assert "there is no rule RFE" in fix(programme, "--select", "RFE", status=2).err


def test_a_rule_that_is_switched_off_mends_nothing(programme: Path):
    settings = programme / "paraph.toml"
    settings.write_text('title = "Small"\n[severity]\nSCHEMA = "off"\nREF-DEAD = {merge = "off"}\n')
    assert fix(programme).out == "nothing to mend; none remain\n"
    assert plans(programme).read_text() == PLANS


def test_a_mend_that_would_bring_another_finding_is_left_out_and_told(programme: Path):
    # While the version is a number nobody can say that 2.0 never was.
    other = programme / "docs_src/index.md"
    other.write_text(
        "# Home\n\n"
        + PLANS.partition("BN-01 and REQ-1.\n\n")[2]
        .replace("REQ-002", "REQ-003")
        .replace("Draft", "draft")
        .replace("0.10", '"0.1"')
        .replace("most", "must")
        .replace("satisfies: BN-001", "satisfies: [BN-001]\nderived_from: [REQ-002@2.0]")
    )
    shown = fix(programme, "--select", "SCHEMA", "--select", "REF", status=1).out
    assert "  docs_src/plans.md:14:10 SCHEMA is left: its mend would bring another finding\n" in shown
    assert "version: 0.10\n" in plans(programme).read_text()
    assert "status: draft   #" in plans(programme).read_text()


def test_a_mend_is_tried_by_the_thresholds_of_the_project(programme: Path):
    # By the usual threshold the risk would be high, and nobody answers it.
    (programme / "paraph.toml").write_text('title = "Small"\n[thresholds]\nhigh_risk = 25\n')
    risk = programme / "docs_src/RSK-001-late.md"
    risk.write_text(RISK)
    assert "RK-HIGH" not in call("check", "--today", "2026-03-01", cwd=programme, status=1).out
    fix(programme, "docs_src/RSK-001-late.md")
    assert risk.read_text() == RISK.replace("version: 1.0", 'version: "1.0"')


def test_what_was_issued_stays(programme: Path):
    meeting = programme / "docs_src/MTG-001-steering.md"
    meeting.write_text(MEETING)
    before = meeting.read_bytes()
    fix(programme, "docs_src/MTG-001-steering.md", status=1)
    assert meeting.read_bytes() == before
    meeting.write_bytes(before.replace(b"issued", b"draft"))
    fix(programme, "docs_src/MTG-001-steering.md", status=1)
    assert b'version: "1.0"' in meeting.read_bytes()


def test_a_file_that_changed_meanwhile_is_not_overwritten(programme: Path, monkeypatch: pytest.MonkeyPatch):
    changes = write.change_all

    def late(planned):
        plans(programme).write_text("Somebody else was here.\n")
        changes(planned)

    monkeypatch.setattr(write, "change_all", late)
    done = fix(programme, status=2)
    assert "has changed in the meantime" in done.err
    assert plans(programme).read_text() == "Somebody else was here.\n"


def test_several_files_are_written_all_or_none(programme: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copy(plans(programme), programme / "docs_src/a.md")
    text = (programme / "docs_src/a.md").read_text().replace("REQ-002", "REQ-004")
    (programme / "docs_src/a.md").write_text(text)
    before, replace = digests(programme), os.replace
    monkeypatch.setattr(os, "replace", _second_fails(replace))
    fix(programme, status=2)
    monkeypatch.undo()
    assert digests(programme) == before


def _second_fails(replace):
    calls = []

    def call_replace(source, target):
        if str(target).endswith(".md"):
            calls.append(target)
            if len(calls) == 2:
                raise OSError(28, "No space left on device", str(target))
        return replace(source, target)

    return call_replace


def test_a_link_in_the_tree_and_the_mode_of_a_file_are_kept(programme: Path):
    real = programme / "docs_src/real"
    real.mkdir()
    plans(programme).rename(real / "plans.md")
    (programme / "docs_src/plans.md").symlink_to("real/plans.md")
    os.chmod(real / "plans.md", 0o640)
    fix(programme, "--select", "SCHEMA", status=1)
    assert (programme / "docs_src/plans.md").is_symlink()
    assert (real / "plans.md").stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_read_is_left_byte_by_byte(programme: Path):
    broken = plans(programme)
    broken.write_bytes(PLANS.encode() + b"\xff\x00 BN-01\n")
    before = broken.read_bytes()
    fix(programme, status=1)
    assert broken.read_bytes() == before


@pytest.mark.slow
def test_the_reference_programme_has_nothing_to_mend(tmp_path: Path):
    repository = make_reference(tmp_path)
    shown = call("fix", "--today", "2026-11-20", cwd=repository).out
    assert shown == "nothing to mend; none remain\n"
    assert run("git", "status", "--porcelain", cwd=repository).stdout == ""


def test_change_all_names_the_file_that_changed(tmp_path: Path):
    file = tmp_path / "a.md"
    file.write_text("new")
    with pytest.raises(CouldNotRun, match="has changed in the meantime"):
        write.change_all([write.Change(os.fspath(file), b"old", b"mended")])
