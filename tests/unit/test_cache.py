"""The cache is a saving and never the truth: what it answers is what a check without it would find."""

import json
import os
import threading
from pathlib import Path

import pytest

from pipeline import cache as pipeline_cache
from pipeline import work as pipeline_work
from pipeline.cache import FOLDER
from pipeline.run import Options, check
from pipeline.settings import Glossary, Settings, Site
from tests.support import ROOT
from tests.trees import DAY, GOOD, REQUIREMENT, cold_report, found, project, report, write

# Of checks without wording rules.
INDEX, RECORDS, CHANGES = "index-plain", "records-plain", "changes-plain"
BAD = GOOD | {"page.md": "# Page\n\nREQ-404 is none. [gone](gone.md)\n"}


class Reads:
    """Which documents were opened, counted where the pipeline opens them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []
        real = os.open

        def opened(path, *arguments, **more):
            if str(path).endswith(".md"):
                self.paths.append(os.path.basename(path))
            return real(path, *arguments, **more)

        monkeypatch.setattr(os, "open", opened)

    def take(self) -> list[str]:
        taken, self.paths = sorted(set(self.paths)), []
        return taken


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute later: long enough that no file counts as only just changed."""
    real = pipeline_work.now
    monkeypatch.setattr(pipeline_work, "now", lambda: real() + 60_000_000_000)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, later: None) -> Reads:
    return Reads(monkeypatch)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    write(tmp_path / "docs", BAD)
    return tmp_path


def test_nothing_changed_and_no_document_is_read(tree: Path, reads: Reads):
    cold = report(tree)
    assert reads.take() == sorted(BAD)
    # Even the lines that are shown are read only where there are findings.
    assert report(tree) == cold
    assert reads.take() == []


def test_only_what_changed_is_read(tree: Path, reads: Reads):
    report(tree)
    reads.take()
    write(tree / "docs", {"requirements.md": "# Requirements\n\n" + REQUIREMENT + "\nMore.\n"})
    report(tree)
    assert reads.take() == ["requirements.md"]


def test_a_file_changed_just_now_is_read_again_since_its_time_may_lie(tree: Path, monkeypatch):
    reads = Reads(monkeypatch)
    report(tree)
    reads.take()
    report(tree)
    assert reads.take() == sorted(BAD)


def test_a_change_that_keeps_size_and_time_is_seen(tree: Path, later: None):
    before = found(tree)
    page = tree / "docs/page.md"
    stat = page.stat()
    page.write_text(page.read_text().replace("REQ-404", "REQ-101"))
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    after = found(tree)
    assert [line for line in before if "REF-DEAD" in line]
    assert not [line for line in after if "REF-DEAD" in line]


def damaged(data: bytes) -> dict[str, bytes]:
    return {
        "empty": b"",
        "short": data[:3],
        "cut": data[: len(data) // 2],
        "one bit": data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
        "longer": data + b"\0",
        "foreign": b"SQLite format 3\0" * 50,
        "text": b'{"key": 1}',
        "nested": b"\x91" * 100_000,
        "another version": data[4:],
    }


@pytest.mark.parametrize("name", [INDEX, RECORDS])
@pytest.mark.parametrize("damage", sorted(damaged(b"\0" * 20)))
def test_a_damaged_cache_equals_none(tree: Path, later: None, name: str, damage: str):
    cold = report(tree)
    file = tree / FOLDER / name
    whole = file.read_bytes()
    file.write_bytes(damaged(whole)[damage])
    assert report(tree) == cold
    write(tree / "docs", {"new.md": "# New\n\nREQ-405 is none.\n"})
    file.write_bytes(damaged(whole)[damage])
    assert len(report(tree).findings) == len(cold.findings) + 1


@pytest.fixture
def patient(later: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """All records are never written anew, however many changed."""
    monkeypatch.setattr(pipeline_cache, "_MANY", 0)


def test_of_few_changes_only_these_are_written(tree: Path, patient: None):
    report(tree)
    whole = (tree / FOLDER / RECORDS).read_bytes()
    for number in range(3):
        write(tree / "docs", {f"new-{number}.md": f"# New\n\nREQ-40{number} is none.\n"})
        assert report(tree) == cold_report(tree)
    (tree / "docs/new-1.md").unlink()
    assert report(tree) == cold_report(tree)
    assert (tree / FOLDER / RECORDS).read_bytes() == whole
    assert (tree / FOLDER / CHANGES).exists()


def test_of_many_changes_all_is_written_anew(tree: Path, later: None):
    report(tree)
    whole = (tree / FOLDER / RECORDS).read_bytes()
    write(tree / "docs", {"new.md": "# New\n"})
    report(tree)
    assert (tree / FOLDER / RECORDS).read_bytes() != whole
    assert not (tree / FOLDER / CHANGES).exists()


@pytest.mark.parametrize("damage", [*sorted(damaged(b"\0" * 20)), "gone", "of another run"])
def test_damaged_changes_equal_no_cache(tree: Path, patient: None, damage: str):
    report(tree)
    write(tree / "docs", {"new.md": "# New\n\nREQ-405 is none.\n"})
    report(tree)
    file = tree / FOLDER / CHANGES
    former = file.read_bytes()
    write(tree / "docs", {"more.md": "# More\n\nREQ-406 is none.\n"})
    report(tree)
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes({**damaged(file.read_bytes()), "of another run": former}[damage])
    write(tree / "docs", {"last.md": "# Last\n\nREQ-407 is none.\n"})
    assert report(tree) == cold_report(tree)


def test_a_cache_with_a_right_checksum_and_wrong_content_equals_none(tree: Path, later: None):
    import zlib

    import msgspec

    cold = report(tree)
    for value in ([], [1, 2], {"a": 1}, None, [b"x"] * 9, "text"):
        data = msgspec.msgpack.encode(value)
        for name in (INDEX, RECORDS):
            (tree / FOLDER / name).write_bytes(zlib.crc32(data).to_bytes(4, "big") + data)
        assert report(tree) == cold


def test_halves_of_two_caches_equal_none(tree: Path, later: None):
    cold = report(tree)
    records = (tree / FOLDER / RECORDS).read_bytes()
    write(tree / "docs", {"page.md": "# Page\n\nREQ-405 and REQ-406 are none.\n"})
    report(tree)
    (tree / FOLDER / RECORDS).write_bytes(records)
    write(tree / "docs", {"page.md": BAD["page.md"]})
    assert report(tree) == cold


@pytest.mark.parametrize("obstacle", ["file", "folders", "read-only"])
def test_a_cache_that_cannot_be_written_is_a_note_and_no_failure(
    tree: Path, obstacle: str, monkeypatch: pytest.MonkeyPatch
):
    cold = report(tree)
    for path in (tree / FOLDER).iterdir():
        path.unlink()
    if obstacle == "file":
        (tree / FOLDER).rmdir()
        (tree / FOLDER).write_text("in the way")
    elif obstacle == "folders":
        (tree / FOLDER / INDEX).mkdir()
        (tree / FOLDER / RECORDS).mkdir()
    else:
        monkeypatch.setattr("pipeline.cache.os.makedirs", refuse)
    again = report(tree)
    assert again.findings == cold.findings
    assert len(again.notes) == 1
    assert again.notes[0].startswith("the cache could not be written (")
    assert not list((tree / FOLDER).glob("*.*")) or obstacle == "folders"


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_what_a_killed_run_left_behind_is_swept_away(tree: Path):
    report(tree)
    left = tree / FOLDER / "records.4194304"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    fresh = tree / FOLDER / "records.4194303"
    fresh.write_bytes(b"another run may still be writing it")
    report(tree)
    assert not left.exists()
    assert fresh.exists()


def test_checks_at_the_same_time_do_not_harm_each_other(tree: Path, later: None):
    cold = report(tree).findings
    seen: list[bool] = []

    def work(number: int) -> None:
        for turn in range(6):
            write(tree / "docs", {f"own-{number}.md": f"# Own\n\nTurn {turn}.\n"})
            reported = check(project(tree), Options(day=DAY, prose=False)).findings
            seen.append(tuple(item for item in reported if item.path == "page.md") == cold)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 12
    assert report(tree).findings == cold


def schema_in(tree: Path, change: dict[str, object]) -> None:
    schema = json.loads(Path(ROOT, "schemas/requirement.schema.json").read_text())
    write(tree / "schemas", {"requirement.schema.json": json.dumps(schema | change)})


def test_a_change_of_settings_counts(tree: Path, reads: Reads):
    report(tree)
    reads.take()
    report(tree, Settings(site=Site(url="https://example.org/")))
    assert reads.take() == sorted(BAD)
    assert [item.severity for item in report(tree, Settings(severity={"REF-DEAD": "warning"})).findings] == [
        "warning",
        "error",
    ]


def test_a_change_of_a_schema_counts(tree: Path, later: None):
    assert "SCHEMA" not in str(found(tree))
    schema_in(tree, {"required": ["level", "type", "priority", "owner"]})
    assert "SCHEMA" in str(found(tree))
    (tree / "schemas/requirement.schema.json").unlink()
    assert "SCHEMA" not in str(found(tree))


def test_another_day_counts(tree: Path, reads: Reads):
    report(tree)
    reads.take()
    check(project(tree), Options(day="2026-03-02", prose=False))
    assert reads.take() == sorted(BAD)


def test_a_change_of_the_program_counts(tree: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch):
    report(tree)
    reads.take()
    monkeypatch.setattr(pipeline_work, "program", lambda: [("check.py", 1, 2)])
    report(tree)
    assert reads.take() == sorted(BAD)


def test_a_file_that_comes_or_goes_beside_the_documents_counts(tree: Path, later: None):
    assert "LINK-DEAD" in str(found(tree))
    write(tree / "docs", {"gone.md": "# Gone\n"})
    assert "LINK-DEAD" not in str(found(tree))
    write(tree / "docs", {"page.md": "# Page\n\n![a](a.png)\n", "a.png": "x"})
    assert "LINK-DEAD" not in str(found(tree))
    (tree / "docs/a.png").unlink()
    assert "LINK-DEAD" in str(found(tree))


def test_a_faulty_schema_is_told_of_again_when_only_a_document_changed(tree: Path, later: None):
    schema_in(tree, {"required": "level"})
    cold = found(tree)
    assert "KIND-FILE" in str(cold)
    write(tree / "docs", {"new.md": "# New\n"})
    assert found(tree) == cold


def test_wording_and_none_do_not_drive_out_each_other(tree: Path, reads: Reads):
    check(project(tree), Options(day=DAY))
    report(tree)
    reads.take()
    check(project(tree), Options(day=DAY))
    report(tree)
    assert reads.take() == []


def test_a_passage_goes_to_vale_once(tree: Path, later: None, monkeypatch: pytest.MonkeyPatch):
    from pipeline.prose import vale

    sent: list[str] = []
    real = vale.lint
    monkeypatch.setattr(
        vale,
        "lint",
        lambda passages, *more: sent.extend(path for path, _ in passages) or real(passages, *more),
    )
    options = Options(day=DAY)
    vague = REQUIREMENT.replace("a letter", "a fast and user-friendly letter")
    write(tree / "docs", {"vague.md": "# More\n\n" + vague.replace("REQ-101", "REQ-102")})
    first = check(project(tree), options)
    assert set(sent) == {"requirements.md", "vague.md"}
    assert "WD-VAGUE" in str(first.findings)
    sent.clear()
    write(tree / "docs", {"requirements.md": "# Requirements\n\n" + REQUIREMENT + "\nMore.\n"})
    second = check(project(tree), options)
    assert set(sent) == {"requirements.md"}
    assert second.findings == first.findings


TERM = """## TERM-001 User-friendly letter

```yaml {.artifact}
version: "1.0"
status: approved
owner: PTY-001
authors: [PTY-001]
created: "2026-01-05"
updated: "2026-01-05"
definition: A letter that 9 of 10 readers understand at once.
```
"""


def test_a_term_that_comes_to_the_glossary_sends_the_passages_that_hold_it_again(
    tree: Path, later: None, monkeypatch: pytest.MonkeyPatch
):
    from pipeline.prose import vale

    options = Options(day=DAY, select=("WD",))
    named = REQUIREMENT.replace("a letter", "a user-friendly letter").replace("REQ-101", "REQ-102")
    write(tree / "docs", {"named.md": "# More\n\n" + named})
    assert [item.code for item in check(project(tree), options).findings] == ["WD-VAGUE"]
    sent: list[str] = []
    real = vale.lint
    monkeypatch.setattr(
        vale,
        "lint",
        lambda passages, *more: sent.extend(path for path, _ in passages) or real(passages, *more),
    )
    write(tree / "docs", {"terms.md": "# Terms\n\n" + TERM})
    assert check(project(tree), options).findings == ()
    assert set(sent) == {"named.md"}
    (tree / "docs" / "terms.md").unlink()
    assert [item.code for item in check(project(tree), options).findings] == ["WD-VAGUE"]


def test_an_abbreviation_that_the_glossary_defines_no_longer_is_found_in_documents_that_did_not_change(
    tree: Path, reads: Reads
):
    options = Options(day=DAY, select=("GL-TERM",), prose=False)
    short = REQUIREMENT.replace("a letter", "a letter through the BNB").replace("REQ-101", "REQ-102")
    write(tree / "docs", {"short.md": "# More\n\n" + short})
    assert [item.path for item in check(project(tree), options).findings] == ["short.md"]
    defined = TERM.replace("definition:", "abbreviations: {en: [BNB]}\ndefinition:")
    write(tree / "docs", {"terms.md": "# Terms\n\n" + defined})
    reads.take()
    assert check(project(tree), options).findings == ()
    assert reads.take() == ["terms.md"]
    write(tree / "docs", {"terms.md": "# Terms\n\n" + TERM})
    assert [item.path for item in check(project(tree), options).findings] == ["short.md"]


def test_an_abbreviation_that_the_settings_name_needs_no_term(tree: Path):
    options = Options(day=DAY, select=("GL-TERM",), prose=False)
    short = REQUIREMENT.replace("a letter", "a letter through the BNB").replace("REQ-101", "REQ-102")
    write(tree / "docs", {"short.md": "# More\n\n" + short})
    assert len(check(project(tree), options).findings) == 1
    known = Settings(glossary=Glossary(known=("BNB",)))
    assert check(project(tree, known), options).findings == ()
    assert len(check(project(tree), options).findings) == 1


def test_a_run_leaves_the_garbage_collector_as_it_was(tree: Path):
    import gc

    assert gc.isenabled()
    report(tree)
    assert gc.isenabled()


def test_evidence_that_changes_counts_and_is_read_once(
    tree: Path, later: None, monkeypatch: pytest.MonkeyPatch
):
    from hashlib import sha256

    from pipeline import refresh

    hashed: list[str] = []
    real = refresh._sha256
    monkeypatch.setattr(refresh, "_sha256", lambda path: hashed.append(path) or real(path))
    run = (
        '# Tests\n\n## TC-001 Test\n\n```yaml {.artifact}\nstatus: approved\nversion: "1.0"\nlevel: system\n'
        "verifies: [REQ-101]\n```\n\n## TR-001 Run\n\n```yaml {.artifact}\nstatus: issued\ndate: 2026-02-01\n"
        "verdict: pass\nexecutes: [TC-001@1.0]\nbuild: b\ntester: T\nevidence:\n  - file: run.log\n"
        f"    sha256: {sha256(b'passed').hexdigest()}\n```\n"
    )
    write(tree / "docs", {"tests.md": run, "run.log": "passed"})
    cold = found(tree)
    assert "TC-EVID" not in str(cold)
    assert found(tree) == cold
    write(tree / "docs", {"page.md": BAD["page.md"] + "\nMore.\n"})
    assert found(tree) == cold
    assert len(hashed) == 1
    write(tree / "docs", {"run.log": "failed"})
    assert [line for line in found(tree) if "TC-EVID" in line] == ["tests.md:23:13 TC-EVID"]
    (tree / "docs/run.log").unlink()
    assert [line for line in found(tree) if "TC-EVID" in line] == ["tests.md:22:11 TC-EVID"]
    write(tree / "docs", {"run.log": "passed"})
    assert found(tree) == cold
