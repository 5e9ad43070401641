"""The reference programme as it grew: three baselines, replayed into a real git repository.

What the history says stands in `tests/history`, in text: README.md there tells how to read and to continue it. The
last commit holds the core of the programme as it is in this checkout; each commit before it is derived backwards.
"""

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.e2e.projects import ROOT
from tests.e2e.reference import PARTS
from tests.repositories import Repository

FOLDER = ROOT / "tests/history"
SOURCES = "docs_src"
# The IDs of all kinds; `SHA-256` is none.
_PREFIX = re.compile(r'"prefix": "([A-Z]+)"')
_PREFIXES = sorted({name for path in ROOT.glob("schemas/*.json") for name in _PREFIX.findall(path.read_text())})
ID = rf"(?:{'|'.join(_PREFIXES)})-\d{{3}}"
# What happened has a day: what lies after the day of a commit had not happened.
_EVENTS = ("updated", "actual", "done_on")
_HEADING = re.compile(rf"(#{{1,6}}) (?:({ID}) )?")
_MENTION = re.compile(rf"\b{ID}\b")
_LINK = re.compile(rf"({ID})(?:@[\d.]+|/AC-\d+)?")
_ASIDE = re.compile(rf" \(((?:{ID})(?:, {ID})*)\)")
_SENTENCES = re.compile(r"(?<=[.!?]) (?=[^a-zà-ÿ])")
_ITEMS = re.compile(r"\n(?=[-*] |\d+\. )")


class _Loader(yaml.SafeLoader):
    """YAML as it is since 1.2, in which `on` is a word."""


class _Dumper(yaml.SafeDumper):
    """The same, written."""


_BOOL = "tag:yaml.org,2002:bool"
for _class in (_Loader, _Dumper):
    _class.yaml_implicit_resolvers = {
        first: [item for item in items if item[0] != _BOOL]
        for first, items in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    _class.add_implicit_resolver(_BOOL, re.compile("true|false"), list("tf"))


class Step(NamedTuple):
    """One commit: its day, who made it and why, its tag, and how artifacts stood until then, by ID."""

    name: str
    day: datetime.date
    author: str
    message: str
    tag: str
    before: dict[str, dict[str, Any]]


class Section(NamedTuple):
    """A heading with what follows it; `header` and `identity` are those of an artifact."""

    heading: str
    identity: str
    header: dict[str, Any]
    body: str

    @property
    def level(self) -> int:
        return len(self.heading) - len(self.heading.lstrip("#"))


class Page(NamedTuple):
    """A document: its front matter, which may be that of an artifact, and its sections."""

    front: dict[str, Any]
    sections: list[Section]

    @property
    def identities(self) -> set[str]:
        return {name for name in (self.front.get("id", ""), *(item.identity for item in self.sections)) if name}


def replay(folder: Path) -> Repository:
    """The repository of the history, with its tags and its last baseline checked out."""
    repository = Repository(folder)
    steps, pages = read_steps(), core()
    shared = dict(_shared())
    for at, step in enumerate(steps):
        later = [item.before for item in reversed(steps[at + 1 :])]
        repository.put(shared | tree(pages, step.day, later))
        commit(repository, step)
    return repository


def commit(repository: Repository, step: Step) -> None:
    """Commit all that is there, with the day and the author of the step."""
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
    kept = {name: _named(name, ids) for name, ids in named.items()}
    own = FOLDER / "own"
    return kept | {path.relative_to(own).as_posix(): read_page(path) for path in sorted(own.rglob("*.md"))}


def _named(name: str, ids: str) -> Page:
    """A document of the programme with those of its artifacts that are named; `*` stands for all."""
    page = read_page(ROOT / SOURCES / name)
    names = page.identities if ids == "*" else set(ids.split())
    assert names <= page.identities, f"{name} has no {names - page.identities}"
    return _keep(page, names)


def read_page(path: Path) -> Page:
    """A document in its sections."""
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    chunks: list[list[str]] = [[]]
    fence = False
    for line in text.splitlines():
        if not fence and _HEADING.match(line):
            chunks.append([])
        fence ^= line.startswith("```")
        chunks[-1].append(line)
    return Page(_loaded(front), [_section(chunk) for chunk in chunks[1:]])


def _loaded(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader=_Loader) or {}


def _section(lines: list[str]) -> Section:
    heading, body = lines[0], "\n".join(lines[1:]).strip("\n")
    found = re.match(r"```yaml \{\.artifact\}\n(.*?)\n?```\n*", body, re.DOTALL)
    named = _HEADING.match(heading)
    if not found or not named:
        return Section(heading, "", {}, body)
    return Section(heading, named[2], _loaded(found[1]), body[found.end() :])


def tree(pages: dict[str, Page], day: datetime.date, later: list[dict[str, Any]]) -> dict[str, str | bytes]:
    """The files of a day, with the steps that came after it taken back."""
    known = {name for page in pages.values() for name in page.identities}
    then = {name: _rewound(page, later, str(day)) for name, page in pages.items()}
    then = {name: page for name, page in then.items() if page.identities or not pages[name].identities}
    there = {name for page in then.values() for name in page.identities}
    wrong = {name for before in later for name in before} - known
    assert not wrong, f"steps name what the history does not hold: {wrong}"
    files: dict[str, str | bytes] = {}
    for name, page in then.items():
        files[f"{SOURCES}/{name}"] = written(_cut_page(page, there))
        files |= _evidence(name, page)
    return files


def _rewound(page: Page, later: list[dict[str, Any]], day: str) -> Page:
    """A page as it stood on a day: without what was made later, and with what was said of the rest."""
    defaults = page.front.get("defaults", {})
    front = _as_of(page.front, later, day) if "id" in page.front else page.front
    if _is_unborn(front, day):
        return Page({}, [])
    front = {**front, "defaults": _happened(defaults, day)} if defaults else front
    sections = []
    for item in page.sections:
        if item.identity:
            header = _as_of({"id": item.identity, **defaults, **item.header}, later, day)
            header = {key: value for key, value in header.items() if key != "id" and defaults.get(key) != value}
            text = header.pop("text", item.body)
            item = item._replace(header=header, body=text.strip("\n"))  # noqa: PLW2901
        sections.append(item)
    born = {item.identity for item in sections if not _is_unborn({**defaults, **item.header}, day)}
    return _keep(Page(front, sections), born | {str(front.get("id", ""))})


def _as_of(header: dict[str, Any], later: list[dict[str, Any]], day: str) -> dict[str, Any]:
    """The fields of an artifact on a day. Steps are taken back from the last to the first."""
    for before in later:
        state = dict(before.get(header["id"], {}))
        dropped = state.pop("drop", ())
        header = {key: value for key, value in {**header, **state}.items() if key not in dropped}
    return _happened(header, day)


def _is_unborn(header: dict[str, Any], day: str) -> bool:
    return header.get("absent", False) or str(header.get("created", "")) > day


def _happened(header: dict[str, Any], day: str) -> dict[str, Any]:
    """A header without what happened after a day."""
    kept = {key: value for key, value in header.items() if key not in _EVENTS or str(value) <= day}
    for key, value in kept.copy().items():
        if isinstance(value, list):
            kept[key] = [entry for entry in value if not _is_after(entry, day)]
        if _is_after(value, day) or (value and not kept[key]):
            del kept[key]
    if kept.get("forecast_history", []) != header.get("forecast_history", []):
        entries = kept.get("forecast_history", [])
        kept["forecast"] = entries[-1]["to"] if entries else header["baseline"]
    return kept


def _is_after(value: Any, day: str) -> bool:
    return isinstance(value, dict) and str(value.get("on", "")) > day


def _keep(page: Page, names: set[str]) -> Page:
    """A page with those of its artifacts alone; what lies below a heading goes with it."""
    kept: list[Section] = []
    above = 0  # The level of the section that went, while what follows lies below it.
    for item in page.sections:
        if above and item.level > above and not item.identity:
            continue
        above = item.level if item.identity and item.identity not in names else 0
        if not above:
            kept.append(item)
    return page._replace(sections=kept)


def _cut_page(page: Page, there: set[str]) -> Page:
    sections = []
    for item in page.sections:
        body = "\n\n".join(_cut_blocks(item.body, there))
        statement = item.body.split("\n\n")[0]
        lost = item.identity and not "\n\n".join(_cut_blocks(statement, there)) and statement
        assert not lost, f"the first sentence of {item.identity} names what was not there: write its text"
        sections.append(item._replace(header=_cut_value(item.header, there) or {}, body=body))
    return Page(_cut_value(page.front, there), sections)


def _cut_value(value: Any, there: set[str]) -> Any:
    """A value of a header without what was not there; None where nothing is left."""
    if isinstance(value, dict):
        if any(_is_lost(entry, there) for entry in value.values()) and "party" in value:
            return None
        cut = {key: _cut_value(entry, there) for key, entry in value.items()}
        return {key: entry for key, entry in cut.items() if entry is not None} or None
    if isinstance(value, list):
        cuts = [_cut_value(entry, there) for entry in value]
        return [entry for entry in cuts if entry is not None] or None
    if isinstance(value, str):
        return None if _is_lost(value, there) else (_cut_prose(value, there) or None if value else value)
    return value


def _is_lost(value: Any, there: set[str]) -> bool:
    found = _LINK.fullmatch(value) if isinstance(value, str) else None
    return bool(found and found[1] not in there)


def _cut_blocks(body: str, there: set[str]) -> Iterator[str]:
    """The blocks of a body, without the sentences, items and rows that name what was not there."""
    for block in body.split("\n\n"):
        if not _names_lost(block, there) or block.startswith("```"):
            cut = block
        elif block.startswith("|"):
            cut = "\n".join(row for row in block.split("\n") if not _names_lost(row, there))
        else:
            items = _ITEMS.split(block)
            cut = "\n".join(filter(None, (_cut_prose(item.replace("\n", " "), there) for item in items)))
        if cut:
            yield cut


def _cut_prose(text: str, there: set[str]) -> str:
    text = _ASIDE.sub(lambda found: _aside(found[1].split(", "), there), text)
    return " ".join(item for item in _SENTENCES.split(text) if not _names_lost(item, there))


def _aside(names: Iterable[str], there: set[str]) -> str:
    left = ", ".join(name for name in names if name in there)
    return f" ({left})" if left else ""


def _names_lost(text: str, there: set[str]) -> bool:
    return not set(_MENTION.findall(text)) <= there


def written(page: Page) -> str:
    """A document as text."""
    parts = [f"---\n{_yaml(page.front)}---"]
    for item in page.sections:
        header = f"```yaml {{.artifact}}\n{_yaml(item.header)}```" if item.identity else ""
        parts += [part for part in (item.heading, header, item.body) if part]
    return "\n\n".join(parts) + "\n"


def _yaml(value: dict[str, Any]) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)


def _evidence(name: str, page: Page) -> dict[str, str | bytes]:
    """The files that the artifacts of a page call their evidence."""
    entries = [entry for item in page.sections for entry in item.header.get("evidence", ())]
    folder = Path(SOURCES, name).parent
    return {(folder / entry["file"]).as_posix(): (ROOT / folder / entry["file"]).read_bytes() for entry in entries}


def _shared() -> Iterator[tuple[str, bytes]]:
    """All that a check or a build reads besides the documents, as it is now."""
    for part in PARTS:
        path = ROOT / part
        files = [] if part == SOURCES else [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(ROOT).as_posix(), file.read_bytes()
