"""The reference programme as it grew: three baselines, replayed into a real git repository.

What the history says stands in `tests/history`, in text: README.md there tells how to read and to continue it. The
last commit holds the core of the programme as it is in this checkout; each commit before it is derived backwards.
"""

import datetime
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from tests.e2e.pages import Page, cut_page, keep, read_page, rewound, written
from tests.e2e.projects import ROOT
from tests.e2e.reference import PARTS, kept
from tests.repositories import Repository, without_policies

FOLDER = ROOT / "tests/history"
SOURCES = "docs_src"


class Step(NamedTuple):
    """One commit: its day, who made it and why, its tag, and how artifacts stood until then, by ID."""

    name: str
    day: datetime.date
    author: str
    message: str
    tag: str
    before: dict[str, dict[str, Any]]


def replay(folder: Path) -> Repository:
    """The repository of the history, with its tags and its last baseline checked out."""
    repository = Repository(folder)
    steps, pages = read_steps(), core()
    # The approvals are of the documents as they are now.
    shared = {name: (ROOT / name).read_bytes() for name in kept(*set(PARTS) - {SOURCES, "approvals"})}
    shared["pyproject.toml"] = without_policies(shared["pyproject.toml"].decode()).encode()
    for at, step in enumerate(steps):
        later = [item.before for item in reversed(steps[at + 1 :])]
        repository.put(shared | tree(pages, step.day, later))
        commit(repository, step)
    return repository


def commit(repository: Repository, step: Step) -> None:
    """Commit all that is there, with the day and the author of the step, so that the commit has one name everywhere."""
    when = f"{step.day}T12:00:00+0100"
    repository.git("add", "--all")
    repository.git(
        "commit",
        "--quiet",
        f"--message={step.message}",
        GIT_AUTHOR_NAME=step.author,
        GIT_AUTHOR_EMAIL="programme@percepta.example",
        GIT_AUTHOR_DATE=when,
        GIT_COMMITTER_DATE=when,
    )
    if step.tag:
        repository.git("tag", step.tag)


def read_steps() -> list[Step]:
    """The commits, in the order in which they were made."""
    return [_step(path) for path in sorted((FOLDER / "steps").glob("*.toml"))]


def _step(path: Path) -> Step:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    before: dict[str, dict[str, Any]] = {}
    for names, state in data.pop("before", {}).items():
        for name in names.split():
            before[name] = {**before.get(name, {}), **state}
    return Step(path.name, before=before, **{"tag": "", **data})


def core() -> dict[str, Page]:
    """The documents of the last baseline by path: what core.toml names of the programme, and what is kept here."""
    named = tomllib.loads((FOLDER / "core.toml").read_text(encoding="utf-8"))
    pages = {name: _named(name, ids) for name, ids in named.items()}
    own = FOLDER / "own"
    return pages | {path.relative_to(own).as_posix(): read_page(path) for path in sorted(own.rglob("*.md"))}


def _named(name: str, ids: str) -> Page:
    """A document of the programme with those of its artifacts that are named; `*` stands for all."""
    page = read_page(ROOT / SOURCES / name)
    names = page.identities if ids == "*" else set(ids.split())
    assert names <= page.identities, f"{name} has no {names - page.identities}"
    return keep(page, names)


def tree(pages: dict[str, Page], day: datetime.date, later: list[dict[str, Any]]) -> dict[str, str | bytes]:
    """The files of a day, with the steps that came after it taken back."""
    known = {name for page in pages.values() for name in page.identities}
    then = {name: rewound(page, later, str(day)) for name, page in pages.items()}
    then = {name: page for name, page in then.items() if page.identities or not pages[name].identities}
    there = {name for page in then.values() for name in page.identities}
    wrong = {name for before in later for name in before} - known
    assert not wrong, f"steps name what the history does not hold: {wrong}"
    files: dict[str, str | bytes] = {}
    for name, page in then.items():
        files[f"{SOURCES}/{name}"] = written(cut_page(page, there))
        files |= _evidence(name, page)
    return files


def _evidence(name: str, page: Page) -> dict[str, str | bytes]:
    """The files that the artifacts of a page call their evidence."""
    entries = [entry for item in page.sections for entry in item.header.get("evidence", ())]
    folder = Path(SOURCES, name).parent
    paths = [folder / entry["file"] for entry in entries]
    return {path.as_posix(): (ROOT / path).read_bytes() for path in paths}
