"""The state of the programme at a glance, on the first page: what a member of the steering committee reads first."""

from collections.abc import Iterable

from pipeline.figures.days import read_day
from pipeline.figures.duties import awaited_decisions
from pipeline.figures.milestones import Milestone, plan_of
from pipeline.figures.order import natural_id
from pipeline.figures.since import LAST_COMMITTEE, Changed, changes_since, moment_of
from pipeline.model import Artifact, Programme
from pipeline.views import Cell, Ref, Table, Words, show
from pipeline.views.changes import day_words, moment_words
from pipeline.views.dates import long_day
from pipeline.views.duties import due
from pipeline.views.numbers import number
from pipeline.views.words_state import say
from pipeline.weave.attributes import classes
from pipeline.weave.body import weave_lines
from pipeline.weave.dashboards import PAGES, said
from pipeline.weave.links import titled
from pipeline.weave.loom import Loom, Place
from pipeline.weave.present import present, table
from pipeline.weave.tiles import SHAPES

FIGURES = (
    "milestones-achieved",
    "largest-slip",
    "eac",
    "reserve-left",
    "requirements-passed",
    "uat-passed",
    "open-high-risks",
    "overdue-actions",
)
_NEXT = 4
_WEIGHTS = {"checkpoint": 0, "lessons": 0, "exception": 1}


def at_a_glance(loom: Loom, place: Place) -> str:
    """The state, the key figures, what comes next, what is to be decided, what changed; '' where there is nothing."""
    parts = [
        _report(loom, place),
        _figures(loom, place),
        _milestones(loom, place),
        _decisions(loom, place),
        _changes(loom, place),
    ]
    if not any(parts):
        return ""
    parts.insert(2, _ways(loom, place))
    day = read_day(loom.programme.day)
    title = say("state on", place.lang, day=long_day(day, place.lang)) if day else say("state", place.lang)
    return "\n\n".join([f"## {title} {{#glance}}", *filter(None, parts)])


def _report(loom: Loom, place: Place) -> str:
    """The state of each dimension by the last report, with what it was before."""
    report = last_report(loom.programme)
    if report is None:
        return ""
    now, before = report.fields["rag"], report.fields.get("previous_rag")
    items = []
    for dimension, state in now.items():
        words = f"**{say(f'dimension {dimension}', place.lang)}** {_state(loom, state, place.lang)}"
        was = before.get(dimension) if isinstance(before, dict) else None
        if was in SHAPES and was != state:
            words += f" {say('was', place.lang, state=say(f'rag {was}', place.lang))}"
        items.append(f"- {words}")
    box = [loom.dialect.open(classes("rag")), "\n".join(items), loom.dialect.close()]
    source = say("by report", place.lang, report=titled(loom, report.id))
    return "\n\n".join([*box, f"{source}"])


def last_report(programme: Programme) -> Artifact | None:
    """The last report that was issued and says how things stand: of the whole programme where there is one.

    A checkpoint tells of one workstream, and an exception of what strayed: they speak where nothing else does.
    """
    found = [
        item
        for item in programme.artifacts.values()
        if item.kind == "report" and item.status == "issued" and _is_rag(item.fields.get("rag"))
        if not programme.day or str(item.fields.get("as_of", "")) <= programme.day
    ]
    return max(found, key=_standing, default=None)


def _standing(report: Artifact) -> tuple[int, str, tuple[str, int]]:
    sort = str(report.fields.get("type"))
    return _WEIGHTS.get(sort, 2), str(report.fields.get("as_of", "")), natural_id(report.id)


def _is_rag(value: object) -> bool:
    known = frozenset(("overall", "time", "cost", "scope", "quality", "risk", "benefit", "sustainability"))
    return (
        isinstance(value, dict)
        and bool(value)
        and value.keys() <= known
        and all(isinstance(state, str) and state in SHAPES for state in value.values())
    )


def _state(loom: Loom, state: str, lang: str) -> str:
    words = f"{SHAPES[state]} {say(f'rag {state}', lang)}"
    return loom.dialect.span(words, classes("badge", "rag-state", state))


def _figures(loom: Loom, place: Place) -> str:
    """The key figures that are known, as tiles."""
    shown = show(loom.programme, {"view": "kpis", "figures": list(FIGURES)}, place.lang)
    return present(loom, place, shown, 3, weave_lines)


def _ways(loom: Loom, place: Place) -> str:
    """The ways to the pages that say more."""
    pages = ((page, loom.addresses.document(page.path, "")) for page in PAGES)
    return " · ".join(loom.dialect.link(said(page.titles, place.lang), way) for page, way in pages if way)


def _milestones(loom: Loom, place: Place) -> str:
    """The milestones that come next, with how far they are from their baseline."""
    found = next_milestones(loom.programme)
    if not found:
        return ""
    rows = tuple(
        (
            (Ref(item.id, titled=True),),
            (day_words(item.day, place.lang),) if item.day else (),
            _slip(item, place.lang),
        )
        for item in found
    )
    keys = ("milestone", "field forecast", "against baseline")
    headers = tuple((Words(say(key, place.lang)),) for key in keys)
    shown = table(loom, place, Table(headers, rows))
    return _section(loom, place, "next milestones", shown, "state/plan.md", "whole plan")


def next_milestones(programme: Programme) -> list[Milestone]:
    """The few milestones that come next, by the day on which they are expected."""
    waiting = [
        item
        for item in plan_of(programme).milestones.values()
        if item.day is not None and item.field != "actual"
    ]
    return sorted(waiting, key=lambda item: (str(item.day), item.id))[:_NEXT]


def _slip(item: Milestone, lang: str) -> Cell:
    if item.slip is None:
        return ()
    if item.slip == 0:
        return (Words(say("on time", lang)),)
    return (Words(_counted("later" if item.slip > 0 else "sooner", abs(item.slip), lang)),)


def _counted(key: str, count: int, lang: str) -> str:
    """A number with its words, which are others for one."""
    return say(f"{key} one" if count == 1 else key, lang, n=number(count, lang))


def _decisions(loom: Loom, place: Place) -> str:
    """The decisions that are awaited."""
    found = awaited_decisions(loom.programme)
    rows = tuple(((Ref(duty.artifact.id, titled=True),), due(duty, place.lang)) for duty in found[:_NEXT])
    headers = tuple((Words(say(key, place.lang)),) for key in ("decision", "field deadline"))
    shown = table(loom, place, Table(headers, rows)) if rows else say("no decisions", place.lang)
    if not rows and not any(item.kind == "decision" for item in loom.programme.artifacts.values()):
        return ""
    return _section(loom, place, "decisions awaited", shown, "state/decisions.md", "all decisions")


def _changes(loom: Loom, place: Place) -> str:
    """How much changed since the last committee."""
    moment = moment_of(loom.programme, LAST_COMMITTEE)
    if moment is None:
        return ""
    found = changes_since(loom.programme, moment)
    since = moment_words(moment, place.lang)
    words = say("nothing changed", place.lang, moment=since)
    if found:
        words = say("changed", place.lang, moment=since, counts=counted(found, place.lang))
    return _section(loom, place, "since committee", words, "state/changes.md", "all changes")


def counted(found: Iterable[Changed], lang: str) -> str:
    """How many artifacts came, went, or have another status, version or date."""
    items = list(found)
    numbers = {
        "new": sum(item.sort == "added" for item in items),
        "gone": sum(item.sort == "removed" for item in items),
        "restated": sum(any(move.field == "status" for move in item.moves) for item in items),
        "reversioned": sum(any(move.field == "version" for move in item.moves) for item in items),
        "moved": sum(
            any(move.field in ("forecast", "due", "deadline") for move in item.moves) for item in items
        ),
    }
    told = [_counted(f"counted {key}", count, lang) for key, count in numbers.items() if count]
    return ", ".join(told) or _counted("counted otherwise", len(items), lang)


def _section(loom: Loom, place: Place, title: str, shown: str, page: str, more: str) -> str:
    """A part of the glance, with the way to the page that says more where that is made."""
    address = loom.addresses.document(page, "")
    way = loom.dialect.link(say(more, place.lang), address) if address else ""
    return "\n\n".join(part for part in (f"### {say(title, place.lang)}", shown, way) if part)
