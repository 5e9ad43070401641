"""Every mend on small trees: `tests/mends/<mend>/mends-*` with what they are before and after, `stays-*` unmended.

`before` is the folder of the sources, whole; `after` holds the files that are other than before.
"""

import shutil
from pathlib import Path

import pytest

from pipeline.edit.mends import MENDS
from tests.e2e.commands import call, digests
from tests.e2e.projects import ROOT

FOLDER = Path(__file__).parents[1] / "mends"
CASES = sorted(case for mend in FOLDER.iterdir() for case in mend.iterdir())
DAY = ("--today", "2026-03-01")


@pytest.fixture
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(request.param / "before", tmp_path / "case"))


def fix(tree: Path, *arguments: str) -> str:
    return call("fix", "--root", ".", *DAY, *arguments, cwd=tree, status=None).out


def findings(tree: Path) -> int:
    shown = call("check", "--root", ".", "--no-prose", *DAY, cwd=tree, status=None).out
    return 0 if shown.startswith("No findings") else sum(1 for line in shown.splitlines() if ".md:" in line)


@pytest.mark.parametrize(
    ("tree", "case"),
    [(case, case) for case in CASES],
    indirect=["tree"],
    ids=lambda case: f"{case.parent.name}/{case.name}",
)
def test_a_case_becomes_what_it_is_to_become(tree: Path, case: Path):
    before, count = digests(tree), findings(tree)
    assert count, "nothing is wrong with it"
    wanted = before | (digests(case / "after") if case.name.startswith("mends-") else {})
    diff = fix(tree, "--diff")
    assert digests(tree) == before
    shown = fix(tree, "--select", _code(case))
    assert digests(tree) == wanted
    assert (diff == "") == (wanted == before)
    assert findings(tree) == count - _mended(shown)
    assert fix(tree).count("nothing to mend") == 1
    assert digests(tree) == wanted


def _code(case: Path) -> str:
    return next(mend.code for mend in MENDS if mend.name == case.parent.name)


def _mended(shown: str) -> int:
    last = shown.splitlines()[-1]
    return int(last.split()[1]) if last.startswith("mended") else 0


@pytest.mark.parametrize("mend", MENDS, ids=lambda mend: mend.name)
def test_every_mend_has_cases_and_a_page(mend):
    names = [case.name for case in (FOLDER / mend.name).iterdir()]
    assert any(name.startswith("mends-") for name in names)
    assert any(name.startswith("stays-") for name in names)
    assert all((FOLDER / mend.name / name / "after").is_dir() == name.startswith("mends-") for name in names)
    assert mend.page.splitlines()[0].endswith(".")


def test_the_handbook_lists_every_mend_and_no_other():
    page = (ROOT / "docs_src/handbook/mending.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{mend.code}` | {' '.join(mend.page.split(chr(10) * 2)[0].split())} |" for mend in MENDS
    ]


def test_every_case_is_of_a_mend():
    assert {case.parent.name for case in CASES} == {mend.name for mend in MENDS}
