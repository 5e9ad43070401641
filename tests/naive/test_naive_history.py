"""The past of the programme, and what changed since the last committee, against trees that git wrote out one by one."""

import io
import re
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from pipeline.history.past import past_of
from pipeline.model import Programme
from pipeline.run import Options, load
from pipeline.settings import open_project
from pipeline.views import Chart, Several, Shown, Table, show
from tests.naive.reading import figures_in
from tests.naive.registers import of_prefix, read

pytestmark = pytest.mark.slow

DAY = "2026-11-27"
Registers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def programme(replayed: Path, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """The programme of the replayed history with its past."""
    clone = tmp_path_factory.mktemp("history") / "clone"
    subprocess.run(["git", "clone", "--quiet", replayed, clone], check=True)
    project = open_project(cwd=str(clone))
    loaded = load(project, Options(day=DAY, prose=False))
    return structs.replace(loaded.programme, past=past_of(project, loaded.programme))


@pytest.fixture(scope="module")
def trees(
    replayed: Path, programme: Programme, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Registers]:
    """The registers at each commit that a moment names, written out by git."""
    found: dict[str, Registers] = {}
    for moment in programme.past:
        if moment.commit not in found:
            folder = tmp_path_factory.mktemp("tree")
            archive = subprocess.run(
                ["git", "archive", moment.commit, "docs_src"], cwd=replayed, check=True, capture_output=True
            ).stdout
            with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
                tar.extractall(folder, filter="data")
            found[moment.commit] = read(folder / "docs_src")
    return found


def test_each_moment_is_the_last_commit_until_then(replayed: Path, programme: Programme):
    log = subprocess.run(
        ["git", "log", "--format=%H %cs"], cwd=replayed, check=True, capture_output=True, text=True
    ).stdout.split("\n")
    commits = [line.split() for line in log if line]
    for moment in programme.past:
        until = [name for name, day in commits if day <= moment.day]
        assert moment.commit in (until[0], until[0][: len(moment.commit)]), moment.name


def test_each_moment_holds_what_the_tree_held(programme: Programme, trees: dict[str, Registers]):
    assert len(trees) >= 3
    for moment in programme.past:
        wanted = trees[moment.commit]
        assert moment.artifacts.keys() == wanted.keys()
        for identity, state in moment.artifacts.items():
            item = wanted[identity]
            assert (state.status, state.version, state.title) == (
                item.get("status", ""),
                item.get("version", ""),
                item["title"],
            ), identity


def tables(shown: Shown) -> list[Table]:
    parts = shown.parts if isinstance(shown, Several) else (shown,)
    return [part for part in parts if isinstance(part, Table)]


def words(cell: object) -> str:
    return " ".join(getattr(part, "text", None) or getattr(part, "id", None) or part.value for part in cell)  # type: ignore[attr-defined]


def test_what_changed_since_the_last_committee(
    programme: Programme, trees: dict[str, Registers], replayed: Path
):
    """MTG-004 of 12 November is the last steering meeting before the day."""
    moment = next(item for item in reversed(programme.past) if item.name == "MTG-004")
    before, after = trees[moment.commit], read(replayed / "docs_src")
    told: dict[str, set[str]] = {}
    for row in tables(show(programme, {"view": "changes", "since": "last committee"}))[-1].rows:
        identity = re.search(r"[A-Z]+-\d+", words(row[0]))
        assert identity
        told.setdefault(identity[0], set()).add(words(row[1]).casefold())
    added, removed = after.keys() - before.keys(), before.keys() - after.keys()
    for identity in added | removed:
        assert told.pop(identity), identity
    moved = {
        identity: {
            name
            for name in ("status", "version", "title")
            if before[identity].get(name) != after[identity].get(name)
        }
        for identity in before.keys() & after.keys()
    }
    for identity, names in moved.items():
        for name in names:
            assert any(name in change for change in told.get(identity, ())), (
                identity,
                name,
                told.get(identity),
            )
    # Nothing is told of what is the same in every field.
    same = {key for key in before.keys() & after.keys() if before[key] == after[key]}
    assert not same & told.keys()


def test_the_burn_up_counts_what_was_there_at_each_moment(programme: Programme, trees: dict[str, Registers]):
    shown = show(programme, {"view": "burnup"})
    assert isinstance(shown, Chart)
    by_day = {moment.day: trees[moment.commit] for moment in programme.past}
    seen = 0
    for row in shown.table.rows:
        day = _iso(words(row[0]))
        if day in by_day:
            live = [
                item
                for item in of_prefix(by_day[day], "REQ")
                if item["status"] not in ("superseded", "withdrawn")
            ]
            assert words(row[1]) == str(len(live)), day
            seen += 1
    assert seen >= 3


def test_the_trend_says_what_each_tree_expected(
    programme: Programme, trees: dict[str, Registers], replayed: Path
):
    """What was expected of a milestone on the day of each commit, against the forecast that its file stated then."""
    log = ["git", "log", "--no-walk", "--format=%H %cs", *trees]
    done = subprocess.run(log, cwd=replayed, check=True, capture_output=True, text=True).stdout
    days = dict(line.split() for line in done.splitlines())
    shown = show(programme, {"view": "trend"})
    assert isinstance(shown, Chart)
    told: dict[str, list[tuple[str, str]]] = {}
    for row in shown.table.rows:
        told.setdefault(words(row[0]), []).append((_iso(words(row[1])), _iso(words(row[2]))))
    seen = set()
    for commit, day in days.items():
        tree = next(found for name, found in trees.items() if commit.startswith(name))
        for item in of_prefix(tree, "MS"):
            since = [to for on, to in told[item["id"]] if on <= day]
            if since and item["status"] != "cancelled":
                stated = item.get("actual") or item.get("forecast") or item["baseline"]
                assert since[-1] == stated, (day, item["id"])
                seen.add((item["id"], stated))
    # Some of them moved meanwhile.
    assert len(seen) > len({identity for identity, _ in seen}) > 3


def _iso(day: str) -> str:
    found = figures_in(day)[0]
    return f"{found[:4]}-{found[4:6]}-{found[6:8]}"
