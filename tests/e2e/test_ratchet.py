"""The ratchet in real folders and repositories: what was there is known, what is new blocks, and it turns one way."""

import json
import re
from pathlib import Path

import pytest

from tests.e2e.commands import Done, call, digests
from tests.e2e.projects import break_link, make_programme, make_repository, run

NAME = "paraph-ratchet.toml"
DAY = ("--today", "2026-03-01")
PAGE = "---\ntitle: More\n---\n\n# More\n\nSee REQ-777, REQ-778 and REQ-778.\n"


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """A programme with four findings: a dead link, and three dead mentions, two of which are alike."""
    folder = make_programme(tmp_path)
    break_link(folder)
    (folder / "docs_src/more.md").write_text(PAGE)
    return folder


def check(folder: Path, *arguments: str, status: int = 0) -> Done:
    return call("check", *DAY, *arguments, cwd=folder, status=status)


def ratchet(folder: Path, *arguments: str, status: int = 0) -> Done:
    return call("ratchet", *DAY, *arguments, cwd=folder, status=status)


def entries(folder: Path) -> list[str]:
    """The lines of the file that stand for a finding."""
    return [line for line in (folder / NAME).read_text().splitlines() if line.startswith("  {")]


def test_what_was_there_is_known_and_counted_and_what_is_new_blocks(programme: Path):
    assert ratchet(programme).out == f"recorded 4 findings in {NAME}; commit it\n4 findings known\n"
    line = re.sub(r"[0-9a-f]{32}", "", entries(programme)[1])
    assert line.startswith('  { rule = "REF-DEAD", where = "more.md", severity = "error", finding = ":1", ')
    assert line.endswith(' words = "REQ-777 does not exist" },')
    shown = check(programme).out
    assert shown == (
        "known, and blocking nothing: REF-DEAD 4\n\nNo new findings in 4 documents (2 artifacts), gate merge, 4 known\n"
    )
    page = programme / "docs_src/more.md"
    page.write_text(PAGE.replace("# More\n", "# More\n\nAbove.\n") + "\nAnd REQ-779.\n")
    shown = check(programme, status=1).out
    assert shown.count(": error ") == 1
    assert "docs_src/more.md:11:5: error REF-DEAD REQ-779 does not exist" in shown
    assert "1 error in 1 of 4 documents (2 artifacts), gate merge, 4 known" in shown


def test_it_shrinks_and_takes_nothing_new_without_a_reason(programme: Path):
    ratchet(programme)
    page = programme / "docs_src/more.md"
    page.write_text(PAGE.replace("REQ-777, ", "").replace(" and REQ-778", "") + "\nAnd REQ-779.\n")
    told = check(programme, status=1).out
    assert "WARNING: 2 of the recorded findings are gone: run paraph ratchet\n" in told
    done = ratchet(programme, status=1)
    assert (
        done.out
        == "took out 2 findings that are gone\n2 findings known, 1 new: mend it, or see --accept-new\n"
    )
    assert len(entries(programme)) == 2
    # One that was taken out does not come back by itself.
    page.write_text(PAGE)
    assert check(programme, status=1).out.count(": error ") == 2
    assert "--accept-new wants a reason" in ratchet(programme, "--accept-new", " ", status=2).err
    done = ratchet(programme, "--accept-new", "The register\nof 2025 is lost.")
    assert done.out == f"recorded 2 findings in {NAME}; commit it\n4 findings known\n"
    assert sum('reason = "The register of 2025 is lost."' in line for line in entries(programme)) == 2
    assert check(programme).out.startswith("known")
    before = (programme / NAME).read_bytes()
    ratchet(programme)
    assert (programme / NAME).read_bytes() == before


def test_nothing_to_record_writes_nothing_and_an_empty_file_stays(programme: Path, tmp_path_factory):
    clean = make_programme(tmp_path_factory.mktemp("clean"))
    assert ratchet(clean).out == "no finding is known\n"
    assert not (clean / NAME).exists()
    ratchet(programme)
    (programme / "docs_src/more.md").unlink()
    needs = programme / "docs_src/needs.md"
    needs.write_text(needs.read_text().replace("BN-002", "BN-001"))
    assert ratchet(programme).out == "took out 4 findings that are gone\nno finding is known\n"
    # Were the file not there, the next run would take in whatever there is.
    assert entries(programme) == []
    break_link(programme)
    assert ratchet(programme, status=1).out == "no finding is known, 1 new: mend it, or see --accept-new\n"


def test_what_is_waived_is_accepted_already_and_not_recorded(programme: Path):
    page = programme / "docs_src/requirements.md"
    waiver = '{rule: RQ-VERIF, reason: Comes later., owner: PMO, until: "2026-05-31"}'
    page.write_text(page.read_text().replace("verification: [test]", f"waivers: [{waiver}]"))
    assert "waived RQ-VERIF" in check(programme, status=1).out
    assert ratchet(programme).out.startswith("recorded 4 findings")
    assert "RQ-VERIF" not in (programme / NAME).read_text()
    assert "1 waived, 4 known" in check(programme).out


def test_what_guards_the_gate_is_never_recorded(programme: Path):
    page = programme / "docs_src/more.md"
    page.write_text(PAGE + "\n<script>x</script>\n")
    assert "1 of SEC-* or LC-* that cannot be recorded" in ratchet(programme, status=1).out
    assert "SEC-HTML active HTML" in check(programme, status=1).out
    assert "SEC" not in (programme / NAME).read_text().partition("known = [")[2]


def test_a_warning_that_would_block_by_now_is_not_known(programme: Path):
    requirements = programme / "docs_src/requirements.md"
    text = requirements.read_text().replace("verification: [test]\n", "")
    requirements.write_text(text)
    ratchet(programme)
    assert check(programme).out.startswith("known, and blocking nothing: REF-DEAD 4, RQ-VERIF 1\n")
    requirements.write_text(text.replace("status: draft", "status: approved"))
    assert "error RQ-VERIF" in check(programme, status=1).out
    assert "1 new" in ratchet(programme, status=1).out
    requirements.write_text(text)
    assert check(programme).out.startswith("known, and blocking nothing: REF-DEAD 4, RQ-VERIF 1\n")


def test_rules_that_did_not_run_are_not_taken_for_mended(programme: Path):
    requirements = programme / "docs_src/requirements.md"
    requirements.write_text(requirements.read_text().replace("within 2 seconds.\n", "in a timely manner.\n"))
    ratchet(programme)
    assert any('rule = "WD-VAGUE"' in line for line in entries(programme))
    assert "gone" not in check(programme, "--no-prose").out
    assert "gone" not in check(programme, "--select", "RQ").out
    assert "gone" not in check(programme, "docs_src/more.md").out
    settings = programme / "paraph.toml"
    settings.write_text('title = "Small"\n[severity]\nREF-DEAD = "off"\n')
    assert "gone" not in check(programme).out
    before = (programme / NAME).read_bytes()
    ratchet(programme)
    assert (programme / NAME).read_bytes() == before


def test_every_format_marks_what_is_known(programme: Path):
    ratchet(programme)
    (programme / "docs_src/more.md").write_text(PAGE + "\nAnd REQ-779.\n")
    report = json.loads(check(programme, "--format", "json", status=1).out)
    assert (report["known"], report["errors"], report["failed"]) == (4, 1, True)
    assert [item["known"] for item in report["findings"]] == [True, True, True, False, True]
    (log,) = json.loads(check(programme, "--format", "sarif", status=1).out)["runs"]
    states = [item["baselineState"] for item in log["results"]]
    assert states == ["unchanged", "unchanged", "unchanged", "new", "unchanged"]
    quality = json.loads(check(programme, "--format", "gitlab", status=1).out)
    assert [item["severity"] for item in quality] == ["info", "info", "info", "major", "info"]
    tests = check(programme, "--format", "junit", status=1).out
    assert 'tests="6" failures="1"' in tests
    assert tests.count(" known") >= 4
    lines = check(programme, "--format", "github", status=1).out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::notice"]
    assert lines[-1].endswith("4 known")


def test_a_section_that_moves_to_another_file_stays_known(programme: Path):
    ratchet(programme)
    requirements = programme / "docs_src/requirements.md"
    text = requirements.read_text()
    requirements.unlink()
    (programme / "docs_src/a-new-name.md").write_text(text)
    assert check(programme).out.startswith("known, and blocking nothing: REF-DEAD 4\n")


@pytest.fixture
def repository(programme: Path) -> Path:
    """The programme with its ratchet on `main`, and a branch `work` that is checked out."""
    ratchet(programme)
    make_repository(programme)
    run("git", "switch", "--quiet", "--create", "work", cwd=programme)
    return programme


def test_against_a_base_its_ratchet_judges(repository: Path):
    assert check(repository, "--base", "main").out.endswith("base main, 4 known\n")
    (repository / "docs_src/more.md").write_text(PAGE + "\nAnd REQ-779.\n")
    ratchet(repository, "--accept-new", "It is urgent.")
    assert check(repository).out.endswith("5 known\n")
    done = check(repository, "--base", "main", status=1)
    assert "error REF-DEAD REQ-779" in done.out
    assert f"what {NAME} records counts once it is on main, which judges this change: 1 more" in done.out


def test_against_a_base_without_one_nothing_is_known(repository: Path):
    run("git", "switch", "--quiet", "main", cwd=repository)
    run("git", "rm", "--quiet", NAME, cwd=repository)
    run("git", "commit", "--quiet", "--message=Without", cwd=repository)
    run("git", "switch", "--quiet", "work", cwd=repository)
    done = check(repository, "--base", "main", status=1)
    assert done.out.count("error REF-DEAD") == 4
    assert "counts once it is on main" in done.out


def test_against_a_base_the_record_of_the_branch_may_shrink(repository: Path):
    (repository / "docs_src/more.md").unlink()
    assert "3 of the recorded findings are gone" in check(repository, "--base", "main").out
    ratchet(repository)
    shown = check(repository, "--base", "main").out
    assert shown.endswith("base main, 1 known\n")
    assert "gone" not in shown


def test_a_broken_one_on_the_base_is_told_with_its_revision(repository: Path):
    run("git", "switch", "--quiet", "main", cwd=repository)
    (repository / NAME).write_text("known = [\n")
    run("git", "commit", "--quiet", "--all", "--message=Break", cwd=repository)
    run("git", "switch", "--quiet", "work", cwd=repository)
    assert f"paraph: main:{NAME}" in check(repository, "--base", "main", status=2).err


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("known = [", "<<<<<<< ours\nknown = [", ":4: a merge is not finished here"),
        ("known = [", "known = [[", "it is not as paraph ratchet wrote it"),
        ("format = 1", "format = 2", "its format is 2, and 1 is known here"),
        ("known = [", "more = 1\nknown = [", "something else than `format` and the list `known`"),
        (
            'rule = "REF-DEAD", where = "more',
            'rule = "REF-DAED", where = "more',
            "there is no rule 'REF-DAED'",
        ),
        ('rule = "REF-DEAD"', 'rule = "SEC-HTML"', ":5: findings of SEC-HTML cannot be recorded"),
        ('rule = "REF-DEAD"', 'rule = "LC-JUMP"', "findings of LC-JUMP cannot be recorded"),
        ('severity = "error"', 'severity = "off"', ":5: an entry is not as paraph ratchet wrote it"),
        ("severity", "weight", "an entry is wrong"),
        ('rule = "REF-DEAD"', "rule = 3", "an entry is wrong"),
        ("  { rule", "  5,\n  { rule", "an entry is wrong"),
    ],
)
def test_a_file_that_is_broken_is_told_and_left_as_it_is(
    programme: Path, before: str, after: str, words: str
):
    ratchet(programme)
    file = programme / NAME
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after, 1))
    held = digests(programme)
    for command in (check, ratchet):
        done = command(programme, status=2)
        assert f"paraph: {NAME}" in done.err
        assert words in done.err
        assert "  help: " in done.err
    assert digests(programme) == held


@pytest.mark.parametrize("data", [b"\xff\xfe", b"", b"\0", b"known = []\n"])
def test_a_file_that_holds_something_else_is_told(programme: Path, data: bytes):
    (programme / NAME).write_bytes(data)
    assert f"paraph: {NAME}" in check(programme, status=2).err


def test_a_line_that_stands_twice_is_told_at_its_place(programme: Path):
    ratchet(programme)
    file = programme / NAME
    line = entries(programme)[0]
    file.write_text(file.read_text().replace("]\n", f"{line}\n]\n"))
    assert f"{NAME}:9: the finding stands twice" in check(programme, status=2).err


def test_hostile_words_are_written_so_that_they_can_be_read_back(programme: Path):
    page = programme / "docs_src/requirements.md"
    page.write_text(page.read_text().replace("level: system", 'level: "\\u202e\\u007f\\e[2J\\" ]\\\\"'))
    ratchet(programme)
    assert "\x1b" not in (programme / NAME).read_text()
    assert check(programme).out.startswith("known, and blocking nothing: REF-DEAD 4, SCHEMA 1\n")
