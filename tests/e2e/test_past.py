"""How the reference programme stood before, looked back upon from today, as its replayed history has it."""

import shutil
from pathlib import Path

import pytest

from pipeline.history import past
from pipeline.history.snapshot import Snapshot
from pipeline.model.past import Moment
from pipeline.outputs.past import LookBack
from pipeline.run import Loaded, Options, load
from pipeline.settings import Project, open_project
from tests.e2e.projects import environment, run

pytestmark = pytest.mark.slow

DAY = "2026-11-27"
# By hand, from `steps/` and from the days of the meetings: the last day of each month, the steering meetings, the tags.
MOMENTS = [
    ("2025-12-19", "baseline-1"),
    ("2025-12-31", "2025-12"),
    ("2026-01-31", "2026-01"),
    ("2026-02-28", "2026-02"),
    ("2026-03-31", "2026-03"),
    ("2026-04-30", "2026-04"),
    ("2026-05-31", "2026-05"),
    ("2026-06-11", "MTG-001"),
    ("2026-06-19", "baseline-2"),
    ("2026-06-30", "2026-06"),
    ("2026-07-31", "2026-07"),
    ("2026-08-31", "2026-08"),
    ("2026-09-10", "MTG-002"),
    ("2026-09-30", "2026-09"),
    ("2026-10-31", "2026-10"),
    ("2026-11-12", "MTG-004"),
    ("2026-11-20", "baseline-3"),
]


@pytest.fixture
def clone(replayed: Path, tmp_path: Path) -> Path:
    run("git", "clone", "--quiet", replayed, tmp_path / "clone", cwd=tmp_path)
    return tmp_path / "clone"


def opened(folder: Path, day: str = DAY) -> tuple[Project, Loaded]:
    project = open_project(cwd=str(folder))
    return project, load(project, Options(day=day, prose=False))


def looked(folder: Path, day: str = DAY) -> tuple[Moment, ...]:
    project, loaded = opened(folder, day)
    return past.past_of(project, loaded.programme)


def kept(folder: Path) -> Path:
    return folder / ".paraph/past/moments"


def test_the_moments_are_ends_of_months_steering_meetings_and_tags(clone: Path):
    assert [(item.day, item.name) for item in looked(clone)] == MOMENTS


def test_each_moment_is_of_the_last_commit_on_or_before_its_day(clone: Path):
    for moment in looked(clone):
        before = run("git", "log", "-1", "--format=%H", f"--until={moment.day}T23:59:59+0100", cwd=clone)
        assert moment.commit == before.stdout.strip(), moment.name


def test_a_forecast_moves_as_the_history_says(clone: Path):
    found = {item.name: item.artifacts["MS-004"].fields["forecast"] for item in looked(clone)}
    assert found["baseline-1"] == found["2026-08"] == found["MTG-002"] == "2026-09-30"
    assert found["2026-09"] == found["2026-10"] == "2026-11-09"
    assert found["MTG-004"] == found["baseline-3"] == "2027-01-18"


def test_a_state_says_what_the_artifact_said_then(clone: Path):
    found = {item.name: item.artifacts for item in looked(clone)}
    states = [found[name]["REQ-106"].status for name in ("baseline-1", "baseline-2")]
    assert states == ["approved", "superseded"]
    assert found["baseline-1"]["REQ-302"].version == "0.9"
    assert found["baseline-2"]["REQ-302"].version == "1.1"
    assert "REQ-107" not in found["baseline-1"]
    assert found["baseline-2"]["REQ-107"].kind == "requirement"


@pytest.mark.parametrize(("day", "count"), [("2026-06-19", 8), ("2026-06-20", 9), ("2025-12-05", 0)])
def test_nothing_of_the_present_or_of_the_future_is_past(clone: Path, day: str, count: int):
    assert [(item.day, item.name) for item in looked(clone, day)] == MOMENTS[:count]


def test_what_did_not_change_is_read_once_and_then_never_again(clone: Path, monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    plain = Snapshot.read
    monkeypatch.setattr(Snapshot, "read", lambda self, paths: read.extend(paths) or plain(self, paths))
    first = looked(clone)
    commits = {item.commit for item in first}
    listed = [run("git", "ls-tree", "-r", name, "docs_src", cwd=clone).stdout for name in sorted(commits)]
    rows = {row for text in listed for row in text.splitlines() if row.endswith(".md")}
    assert len(read) == len(rows) < sum(text.count(".md") for text in listed)
    read.clear()
    assert looked(clone) == first
    assert read == []


@pytest.mark.parametrize("spoil", [b"", b"\0" * 8, b"another"])
def test_what_was_kept_and_is_corrupt_equals_none(clone: Path, spoil: bytes):
    first = looked(clone)
    whole = kept(clone).read_bytes()
    kept(clone).write_bytes(whole[:9] + spoil + whole[40:] if spoil else b"")
    assert looked(clone) == first
    assert kept(clone).read_bytes()[4:] == whole[4:] or len(kept(clone).read_bytes()) == len(whole)


def test_what_another_program_kept_is_read_anew(clone: Path, monkeypatch: pytest.MonkeyPatch):
    first = looked(clone)
    read: list[str] = []
    plain = Snapshot.read
    monkeypatch.setattr(Snapshot, "read", lambda self, paths: read.extend(paths) or plain(self, paths))
    monkeypatch.setattr(past, "program", lambda: [("past.py", 1, 1)])
    assert looked(clone) == first
    assert read


def test_a_folder_that_cannot_be_written_costs_only_time(clone: Path):
    (clone / ".paraph").mkdir(exist_ok=True)
    (clone / ".paraph/past").write_text("no folder")
    assert [(item.day, item.name) for item in looked(clone)] == MOMENTS


def test_a_check_looks_at_nothing_past(clone: Path):
    opened(clone)
    assert (clone / ".paraph").is_dir()
    assert not kept(clone).exists()


def test_without_history_there_is_no_past(clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shallow = tmp_path / "shallow"
    run("git", "clone", "--quiet", "--depth=1", f"file://{clone}", shallow, cwd=tmp_path)
    assert looked(shallow) == ()
    shutil.rmtree(shallow / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert looked(shallow) == ()
    monkeypatch.setattr(past.tools, "find", lambda _: None)
    assert looked(clone) == ()


def test_a_tag_elsewhere_is_no_moment_of_this_programme(clone: Path):
    run("git", "switch", "--quiet", "--create", "aside", "baseline-2", cwd=clone)
    commit(clone, "2026-07-02", "Aside")
    run("git", "tag", "aside-1", cwd=clone)
    run("git", "switch", "--quiet", "main", cwd=clone)
    assert [(item.day, item.name) for item in looked(clone)] == MOMENTS


def test_a_commit_is_no_older_than_what_it_builds_on(clone: Path):
    commit(clone, "2026-01-02", "Late")
    run("git", "tag", "late", cwd=clone)
    assert [(item.day, item.name) for item in looked(clone)][-2:] == [*MOMENTS[-1:], ("2026-11-20", "late")]


def commit(folder: Path, day: str, message: str) -> None:
    when = f"{day}T12:00:00+0100"
    env = environment(GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    run("git", "commit", "--quiet", "--allow-empty", f"--message={message}", cwd=folder, env=env)


def test_one_who_asks_again_gets_the_same_until_there_may_be_others(clone: Path):
    project, loaded = opened(clone)
    back = LookBack()
    first = back.with_past(project, loaded).programme.past
    assert [(item.day, item.name) for item in first] == MOMENTS
    assert back.with_past(project, loaded).programme.past is first
    run("git", "tag", "agreed", "baseline-1", cwd=clone)
    assert ("2025-12-19", "agreed") in [
        (item.day, item.name) for item in back.with_past(project, loaded).programme.past
    ]


def test_the_tag_of_a_release_stands_for_what_was_released(clone: Path):
    """It leads to a record beside the history, whose only parent is the released commit."""
    released = run("git", "rev-parse", "baseline-2", cwd=clone).stdout.strip()
    tree = f"{released}^{{tree}}"
    record = run("git", "commit-tree", tree, "-p", released, "-m", "Record", cwd=clone).stdout.strip()
    words = f"2.0\n\nParaph-Manifest: sha256:{'0' * 64}"
    run("git", "tag", "--annotate", "2.0", f"--message={words}", record, cwd=clone)
    run("git", "tag", "--annotate", "beside", "--message=No release", record, cwd=clone)
    found = {item.name: (item.day, item.commit) for item in looked(clone)}
    assert found["2.0"] == ("2026-06-19", released)
    assert "beside" not in found
