"""Three baselines of the reference programme and the way from one to the next: checked, and told by `diff`."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import call, difference
from tests.e2e.history import SOURCES, core, read_steps, replay
from tests.e2e.pages import read_page, sentences
from tests.e2e.projects import ROOT, run

pytestmark = pytest.mark.slow

TAGS = ("baseline-1", "baseline-2", "baseline-3")
# What the rules against a base are for; none of it may happen from one commit to the next.
BASE_RULES = ("BG-BASE", "ID-UNIQ", "LC-CR", "LC-ISSUED", "LC-JUMP", "MS-HIST")
# What the history does not leave out of an artifact that it follows.
FACTS = ("status", "version", "created", "updated", "baseline", "forecast", "actual", "priority")


@pytest.fixture
def clone(replayed: Path, tmp_path: Path) -> Path:
    """A clone of it to work in."""
    run("git", "clone", "--quiet", replayed, tmp_path / "clone", cwd=tmp_path)
    return tmp_path / "clone"


def git(folder: Path, *arguments: str) -> str:
    return run("git", *arguments, cwd=folder).stdout.strip()


def commits(folder: Path) -> list[str]:
    return git(folder, "rev-list", "--reverse", "main").split()


def findings(folder: Path, *options: str) -> list[str]:
    done = call("check", "--format", "json", *options, cwd=folder, status=None)
    assert done.status in (0, 1), done.err
    return [f"{item['path']}:{item['line']} {item['code']}" for item in json.loads(done.out)["findings"]]


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / SOURCES / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_history_has_three_baselines_and_days_that_rise(replayed: Path):
    lines = git(replayed, "log", "--reverse", "--format=%as %an|%s|%D", "main").splitlines()
    assert len(lines) == 14
    assert lines == sorted(lines)
    tagged = [line.split("|")[2].rpartition("tag: ")[2] for line in lines if "tag: " in line]
    assert tagged == list(TAGS)
    assert [git(replayed, "log", "-1", "--format=%as", tag) for tag in TAGS] == [
        "2025-12-19",
        "2026-06-19",
        "2026-11-20",
    ]


def test_the_same_text_gives_the_same_commits(
    replayed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "nl_BE.UTF-8")
    again = replay(tmp_path / "elsewhere, über")
    assert commits(again.folder) == commits(replayed)
    assert again.git("tag", "--list").split() == list(TAGS)


def test_the_last_baseline_is_the_programme_of_today(replayed: Path):
    for name in (name for name in core() if (ROOT / SOURCES / name).is_file() and name != "index.md"):
        then, now = read_page(replayed / SOURCES / name), read_page(ROOT / SOURCES / name)
        assert then.facts(FACTS).items() <= now.facts(FACTS).items()
        assert sentences(then) - sentences(now) == set()


def test_each_step_says_how_something_stood_that_was_there(clone: Path):
    for before, step in zip(commits(clone), read_steps()[1:], strict=False):
        git(clone, "checkout", "--quiet", before)
        there = {name for path in (clone / SOURCES).rglob("*.md") for name in read_page(path).identities}
        absent = {name for name, state in step.before.items() if state.get("absent")}
        assert step.before.keys() - absent <= there, step.name
        assert not absent & there, step.name


@pytest.mark.parametrize("tag", TAGS)
def test_a_baseline_is_free_of_findings_on_its_day(clone: Path, tag: str):
    git(clone, "checkout", "--quiet", tag)
    assert findings(clone) == []


def test_every_commit_may_follow_the_one_before(clone: Path):
    names = commits(clone)
    for base, commit in pairwise(names):
        git(clone, "checkout", "--quiet", commit)
        assert findings(clone, "--no-prose", "--base", base) == []


BROKEN = [
    # The correction of the interest without its change request; with it, the next step is as it was.
    ("baseline-2", "changes/earlier.md", "modifies: [REQ-111@1.0]", "modifies: [REQ-112@1.0]", "LC-CR"),
    ("baseline-2", "plan/milestones.md", "to: '2026-06-11'", "to: '2026-06-12'", "MS-HIST"),
    ("baseline-2", "requirements/payments.md", "status: superseded", "status: in-review", "LC-JUMP"),
    (
        "baseline-3",
        "meetings/MTG-001-steering-2026-06.md",
        "The delay is ten weeks.",
        "No delay.",
        "LC-ISSUED",
    ),
]


@pytest.mark.parametrize(("tag", "name", "old", "new", "code"), BROKEN, ids=[item[-1] for item in BROKEN])
def test_a_step_that_leaves_its_reason_out_is_found(
    clone: Path, tag: str, name: str, old: str, new: str, code: str
):
    git(clone, "checkout", "--quiet", tag)
    base = TAGS[TAGS.index(tag) - 1]
    options = ("--no-prose", "--base", base, "--select", ",".join(BASE_RULES))
    assert findings(clone, *options) == []
    edit(clone, name, old, new)
    found = findings(clone, *options)
    assert [line.split()[1] for line in found] == [code]


def of_programme(entries: list[dict[str, Any]]) -> list[str]:
    """The IDs of some entries, but for terms: the glossary is followed whole, and it grows."""
    return [item["id"] for item in entries if item["kind"] != "term"]


def moves(found: dict[str, Any], field: str) -> dict[str, tuple[Any, Any]]:
    """How a field changed, by ID."""
    return {
        item["id"]: (edit["before"], edit["after"])
        for item in found["changed"]
        for edit in item["edits"]
        if edit["field"] == field
    }


def test_from_the_first_baseline_to_the_second(replayed: Path):
    found = difference(replayed, "baseline-1", "baseline-2")
    assert found["removed"] == found["renamed"] == []
    assert of_programme(found["added"]) == [
        *("ACT-001", "ACT-002", "CR-901", "CR-902", "CR-903", "DEC-001", "DEC-002", "DEC-901", "DEC-902"),
        *("DLV-001", "ISS-002", "MTG-001", "MTG-901", "MTG-902", "REQ-107", "RSK-001", "RSK-006", "RSK-011"),
        *("TC-101", "TC-102", "TC-103", "TC-104", "TC-113"),
    ]
    baselined = (
        "REQ-101 REQ-105 REQ-108 REQ-109 REQ-110 REQ-112 REQ-113 REQ-114 REQ-115 REQ-116 REQ-117 REQ-201 REQ-202"
        " REQ-203 REQ-204 REQ-205 REQ-206 REQ-301 REQ-302 REQ-303 REQ-304 REQ-305"
    )
    assert moves(found, "status") == {
        **dict.fromkeys(baselined.split(), ("in-review", "approved")),
        **dict.fromkeys(("TC-105", "TC-106", "TC-111"), ("in-review", "approved")),
        "MS-003": ("planned", "achieved"),
        "REQ-106": ("approved", "superseded"),
    }
    assert moves(found, "version") == {
        **dict.fromkeys(baselined.split(), ("0.9", "1.0")),
        "REQ-302": ("0.9", "1.1"),
        "REQ-102": ("1.1", "1.2"),
        "REQ-111": ("1.0", "1.1"),
        **dict.fromkeys(("TC-105", "TC-106", "TC-111"), ("0.5", "1.0")),
    }
    assert moves(found, "forecast") == {"MS-003": ("2026-03-31", "2026-06-11")}
    # MS-001 says in the second baseline what became of its conditions, and MS-003 is reached: all that comes
    # after them is touched, and the requirement that is derived from the one with a new criterion.
    touched = {item["id"]: item["over"] for item in found["touched"]}
    assert {name: over for name, over in touched.items() if name.startswith("MS-")} == {
        "MS-002": "MS-001",
        "MS-004": "MS-003",
        "MS-005": "MS-003",
        "MS-006": "MS-004",
        "MS-007": "MS-005",
        "MS-008": "MS-007",
        "MS-009": "MS-008",
        "MS-010": "MS-009",
    }
    assert touched["REQ-103"] == "REQ-102"
    # A committee of which only the day of its last change is another touches nobody.
    assert not [name for name in touched if name.startswith("PTY-")]
    (added,) = moves(found, "acceptance_criteria[AC-3]").values()
    assert added[0] is None
    assert "the new balance of the preceding statement" in added[1]["text"]


def test_from_the_second_baseline_to_the_third(replayed: Path):
    found = difference(replayed, "baseline-2", "baseline-3")
    assert found["removed"] == found["renamed"] == []
    assert of_programme(found["added"]) == [
        *("ACT-003", "ACT-004", "ACT-005", "ACT-008", "ACT-010", "CR-001", "CR-002", "DEC-003", "DEC-005"),
        *(
            "DEC-007",
            "DEC-009",
            "DEF-001",
            "ISS-001",
            "ISS-004",
            "ISS-006",
            "MTG-002",
            "MTG-004",
            "RPT-001",
            "RSK-003",
        ),
        *("TR-101", "TR-102", "TR-103", "TR-104"),
    ]
    assert moves(found, "forecast") == {
        "MS-004": ("2026-09-30", "2027-01-18"),
        "MS-005": ("2027-01-29", "2027-02-05"),
        "MS-006": ("2027-02-26", "2027-03-15"),
        "MS-007": ("2027-06-01", "2027-07-01"),
        "MS-008": ("2027-09-30", "2027-10-29"),
    }
    assert moves(found, "baseline") == {}
    assert moves(found, "status") == {"ACT-002": ("open", "closed"), "RSK-001": ("open", "occurred")}
    assert moves(found, "probability") == {"RSK-001": (2, 4), "RSK-002": (2, 4), "RSK-006": (3, 4)}
    assert moves(found, "version") == {
        "ISS-002": ("1.0", "1.1"),
        "REQ-118": ("0.3", "0.4"),
        "RSK-001": ("1.0", "1.3"),
        "RSK-002": ("1.1", "1.2"),
        "RSK-006": ("1.0", "1.1"),
    }


def test_the_diff_is_told_in_words(replayed: Path):
    lines = call("diff", "baseline-1", "baseline-2", cwd=replayed).out.splitlines()
    ended = lines[lines.index("Ended") + 1 : lines.index("Changed")]
    assert [line.split()[0] for line in ended if line[2:3] != " " and line] == ["MS-003", "REQ-106"]
    assert "    forecast: 2026-03-31 -> 2026-06-11" in ended
    interest = "% in 2025 and 4.50 % in 2026, bears 24.[-54-]{+55+} EUR (31 and 31 days)."
    assert f"    acceptance_criteria[AC-2].text: ... {interest}" in lines


def test_a_forecast_moves_twice_in_one_stage(replayed: Path):
    dates = []
    for name in commits(replayed):
        page = git(replayed, "show", f"{name}:{SOURCES}/plan/milestones.md")
        (section,) = (part for part in page.split("\n## ") if part.startswith("MS-004"))
        (date,) = (line.split("'")[1] for line in section.splitlines() if line.startswith("forecast: "))
        dates.append(date)
    assert dates == ["2026-09-30"] * 9 + ["2026-11-09"] * 2 + ["2027-01-18"] * 3
