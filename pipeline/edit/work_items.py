"""Issues of a tracker as work items: which are new, which differ, which are gone. The key is the identity."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.edit.imports import check_size, heading, words
from pipeline.edit.scaffold import one_value
from pipeline.model import Artifact, Kind, Programme
from pipeline.model.imported import Issue

STATUSES = {
    "proposed": "proposed", "backlog": "proposed", "idea": "proposed", "funnel": "proposed", "draft": "proposed",
    "open": "open", "to do": "open", "reopened": "open", "new": "open", "ready": "open",
    "selected for development": "open", "à faire": "open", "te doen": "open",
    "in progress": "in-progress", "in review": "in-progress", "in test": "in-progress", "testing": "in-progress",
    "blocked": "in-progress", "en cours": "in-progress", "in uitvoering": "in-progress",
    "done": "closed", "closed": "closed", "resolved": "closed", "terminé": "closed", "fermé": "closed",
    "gereed": "closed", "gesloten": "closed",
    "rejected": "rejected", "declined": "rejected", "cancelled": "rejected", "canceled": "rejected",
    "won't do": "rejected", "won't fix": "rejected",
}  # fmt: skip
# With these, an issue that is done was not done.
_UNDONE = ("won't do", "won't fix", "duplicate", "cannot reproduce", "declined", "rejected", "invalid")
TYPES = {"user story": "story", "récit": "story", "épopée": "epic", "technical enabler": "enabler"}
# The fields that lead in the tracker, in the order in which they are shown.
LEADING = ("title", "type", "status", "points", "team", "iteration", "part_of")
# A new section is no smaller.
_LEAST = 120
_MOST_TOLD = 100


class Difference(NamedTuple):
    """A field that the export says otherwise than the document."""

    field: str
    here: str
    there: str


class Drift(NamedTuple):
    """A work item that differs from its issue."""

    artifact: Artifact
    fields: tuple[Difference, ...]


class Draft(NamedTuple):
    """A new work item: its issue, and its fields."""

    issue: Issue
    fields: dict[str, str]


class Mirror(NamedTuple):
    """What an export comes to.

    `same` counts the work items that agree, `others` the issues of types that are none, by type, `unlinked` those left
    out because they name no requirement. `problems` are what is wrong with the first rows that are, each with its line;
    `wrong` counts them all.
    """

    new: list[Draft]
    drifts: list[Drift]
    gone: list[Artifact]
    others: Counter[str]
    problems: list[str]
    issues: int
    same: int
    unlinked: int
    wrong: int


class _Matched:
    """The issues of an export as they come by, matched with the work items by their keys."""

    def __init__(self, programme: Programme, kind: Kind, limit: int, linked: bool) -> None:
        self.programme, self.limit, self.linked = programme, limit, linked
        self.types: tuple[str, ...] = tuple(kind.schema.get("properties", {}).get("type", {}).get("enum", ()))
        self.known: dict[str, list[Artifact]] = {}
        for item in programme.artifacts.values():
            if item.kind == kind.name and isinstance(item.fields.get("key"), str):
                self.known.setdefault(item.fields["key"], []).append(item)
        self.seen: dict[str, Issue] = {}
        self.projects: set[str] = set()
        self.new: dict[str, Draft] = {}
        self.others: Counter[str] = Counter()
        self.problems: list[str] = []
        self.issues = self.unlinked = self.wrong = 0

    def add(self, issue: Issue) -> None:
        """Look at an issue; only what a work item mirrors, or is to mirror, is kept."""
        self.issues += 1
        problem = self._problem(issue)
        if problem:
            self._tell(issue, problem)
            return
        self.projects.add(issue.key.rpartition("-")[0])
        if issue.key in self.known:
            self.seen[issue.key] = issue
            return
        sort = self._type(issue)
        linked = any(name in self.programme.artifacts for name in issue.requirements)
        if not sort:
            self.others[issue.kind or "no type"] += 1
        elif self.linked and not linked:
            self.unlinked += 1
        else:
            self.new[issue.key] = Draft(issue, self._fields(issue))
            size = _LEAST * len(self.new)
            check_size(size, self.limit, "the document of the work items", _FEWER)

    def _tell(self, issue: Issue, problem: str) -> None:
        """Note what is wrong with a row; of a million such rows the first tell enough."""
        self.wrong += 1
        if len(self.problems) < _MOST_TOLD:
            self.problems.append(f"{issue.line}: {problem}")

    def _problem(self, issue: Issue) -> str:
        project, _, number = issue.key.rpartition("-")
        if not (project[:1].isalpha() and project.isupper() and project.isascii() and number.isdecimal()):
            return f"{words(issue.key, 40)!r} is no key" if issue.key else "no key"
        if issue.key in self.seen or issue.key in self.new:
            return f"{issue.key} stands there twice; the first counts"
        return "" if heading(issue.fields.get("title", "")) else f"{issue.key} has no summary"

    def _type(self, issue: Issue) -> str:
        name = " ".join(issue.kind.casefold().split())
        sort = TYPES.get(name, name)
        return sort if sort in self.types else ""

    def _fields(self, issue: Issue) -> dict[str, str]:
        """What an issue says, as a work item would; a status or a size that is none is told and left out."""
        found = {"title": heading(issue.fields["title"]), "type": self._type(issue)}
        said = issue.fields.get("status", "")
        status = STATUSES.get(" ".join(said.casefold().split()), "")
        if said and not status:
            self._tell(issue, f"{issue.key} has the status {words(said, 40)!r}, which is not known")
        undone = issue.fields.get("resolution", "").casefold() in _UNDONE
        found["status"] = "rejected" if status == "closed" and undone else status
        points = issue.fields.get("points", "").replace(",", ".")
        if points and not _number(points):
            self._tell(issue, f"{issue.key} has {words(points, 40)!r} points, which is no number")
        found["points"] = _number(points)
        found["team"] = words(issue.fields.get("team", ""))
        found["iteration"] = words(issue.fields.get("iteration", ""))
        return {name: value for name, value in found.items() if value}

    def drifts(self) -> Iterable[Drift]:
        """The work items that differ from their issues, in the order of the programme."""
        for key, items in self.known.items():
            if key not in self.seen:
                continue
            if len(items) > 1:
                names = " and ".join(item.id for item in items)
                self._tell(self.seen[key], f"{names} both have the key {key}; neither is compared")
                continue
            there = self._fields(self.seen[key])
            parents = self.known.get(self.seen[key].parent, ())
            there |= {"part_of": parents[0].id} if len(parents) == 1 else {}
            found = tuple(_differences(items[0], there))
            if found:
                yield Drift(items[0], found)


_FEWER = "--linked takes only issues that name a requirement; or export fewer"


def mirror(programme: Programme, issues: Iterable[Issue], limit: int, *, linked: bool) -> Mirror:
    """Match the issues of an export with the work items of a programme.

    `limit` is the number of bytes that a document may have; with `linked`, only issues that name a requirement of the
    programme become work items. Raises CouldNotRun where too many would.
    """
    matched = _Matched(programme, programme.kinds["work-item"], limit, linked)
    for issue in issues:
        matched.add(issue)
    drifts = list(matched.drifts())
    gone = [
        item
        for key, items in matched.known.items()
        for item in items
        if key not in matched.seen and key.rpartition("-")[0] in matched.projects
    ]
    return Mirror(
        list(matched.new.values()),
        drifts,
        gone,
        matched.others,
        matched.problems,
        matched.issues,
        len(matched.seen) - len(drifts),
        matched.unlinked,
        matched.wrong,
    )


def _differences(artifact: Artifact, there: Mapping[str, str]) -> Iterable[Difference]:
    for field in LEADING:
        if field in there:
            here = _written(artifact, field)
            if here != there[field]:
                yield Difference(field, here, there[field])


def _written(artifact: Artifact, field: str) -> str:
    if field == "title":
        return artifact.title
    value = artifact.fields.get(field)
    if isinstance(value, list):
        return ", ".join(str(item).partition("@")[0] for item in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    return value if isinstance(value, str) else ""


def _number(text: str) -> str:
    """A size as the schema takes it, without zeros at its end; '' for what is none."""
    try:
        value = float(text)
    except ValueError:
        return ""
    return f"{value:g}" if 0 <= value < 1e6 else ""


def value_of(field: str, text: str) -> object:
    """The value of a field as a header has it."""
    if field == "points":
        return int(float(text)) if float(text).is_integer() else float(text)
    return [text] if field == "part_of" else text


def section(draft: Draft, identity: str, programme: Programme, parents: Mapping[str, str], day: str) -> str:
    """The text of a new work item. `parents` gives the ID of the work item for a key."""
    parent = parents.get(draft.issue.parent, "")
    requirements = [name for name in draft.issue.requirements if _is_requirement(programme, name)]
    fields: dict[str, object] = {
        "status": draft.fields.get("status", "open"),
        "version": "1.0",
        "created": day,
        "type": draft.fields["type"],
        "key": draft.issue.key,
        **{
            name: value_of(name, draft.fields[name])
            for name in ("points", "team", "iteration")
            if name in draft.fields
        },
        **({"part_of": [parent]} if parent and parent != identity else {}),
        **({"implements": requirements} if requirements else {}),
    }
    header = "\n".join(f"{name}: {one_value(value)}" for name, value in fields.items())
    title = draft.fields["title"]
    body = f"Mirrors `{draft.issue.key}` of the tracker."
    return f"## {identity} {title}\n\n```yaml {{.artifact}}\n{header}\n```\n\n{body}\n"


def _is_requirement(programme: Programme, name: str) -> bool:
    return name in programme.artifacts and programme.artifacts[name].kind == "requirement"


def ids_by_key(programme: Programme) -> dict[str, str]:
    """The ID of the work item that mirrors each key."""
    return {
        item.fields["key"]: item.id
        for item in programme.artifacts.values()
        if item.kind == "work-item" and isinstance(item.fields.get("key"), str)
    }
