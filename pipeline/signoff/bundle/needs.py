"""What a deliverable needs to be woven: the lines that it holds, and what it must know of other artifacts.

Of an artifact that it holds it needs all; of one that it only links to or lists, the title and the fields that a view
shows, chooses or sorts by. Nothing else is needed, and so nothing else is in a bundle.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from msgspec import structs

from pipeline.model import Adoption, Artifact, Programme
from pipeline.model.past import Moment, State
from pipeline.model.situation import NONE_ASKED, Situation
from pipeline.views import Cell, Chart, Listing, Ref, Several, Shown, Table, show
from pipeline.views.changes import READ, changed_ids
from pipeline.views.holding import Range, places_of
from pipeline.views.kpis import read_by
from pipeline.views.select import id_of, select, text, texts
from pipeline.views.table import DEFAULT_COLUMNS
from pipeline.views.values import Fields

# What the chain from needs to runs is told by, and the kinds that it is made of.
_CHAIN = (
    *("status", "version", "priority", "type", "level", "verification", "release", "acceptance_criteria"),
    *("criteria", "verdict", "date", "supports", "satisfies", "derived_from", "implements", "verifies"),
    *("executes", "accepts"),
)
_LINKED = (
    *("objective", "business-need", "requirement", "work-item", "test-case", "test-run"),
    *("deliverable", "acceptance", "release"),
)
# What the network of milestones is drawn from, and what two teams say of what one needs of the other.
_PLAN = ("status", "baseline", "forecast", "actual", "duration", "after")
_AGREED = ("need_by", "commit_by", "agreed_provider", "agreed_consumer")
_MONEY = ("status", "currency", "vat", "part_of", "bac", "pv", "ev", "ac", "etc")
# The fields of the artifacts shown that a view reads, besides those that its block names.
READS: dict[str, tuple[str, ...]] = {
    "gantt": (*_PLAN, "for"),
    "trend": (*_PLAN, "forecast_history", "created", "part_of", "level", "tolerances", "covers"),
    "forecast": _PLAN,
    "calendar": ("status", "baseline", "forecast", "actual", "date", "next", "deadline", "due", "held_by"),
    "graph": (*_PLAN, "from", "to", "provider", "consumer", *_AGREED),
    "tree": ("status",),
    "board": (
        *("status", "window", "iterations", "planned_in", "iteration", "team", "points"),
        *("baseline", "forecast", "actual", "from", "to", "provider", "consumer"),
        *_AGREED,
    ),
    "coverage": _CHAIN,
    "sankey": (*_CHAIN, "process"),
    "heatmap": ("probability", "impact", "residual", "response", "owner", "status"),
    "rasci": ("responsible", "accountable", "supports", "consulted", "informed", "status"),
    "kpis": ("status", "measure", "figure", "unit", "direction", "target", "amber", "red", "series"),
    "scurve": (*_MONEY, "original_bac", "changes", "series"),
    "earned": _MONEY,
    "burnup": (*_CHAIN, "created", "updated", "done_on", "actual"),
    "raid": (
        *("probability", "impact", "residual", "response", "owner", "status", "arises_from", "affects"),
        *("urgency", "created", "escalation", "validate_by", "provider", "consumer"),
        *_AGREED,
    ),
}
READS |= {
    "changes": READ,
    "actions": ("status", "owner", "due", "arises_from"),
    "decisions": ("status", "deadline", "options", "date", "decided_by", "made_in"),
    "reviews": ("status", "owner", "review_due"),
    "waivers": ("status", "waivers"),
    "meetings": ("type", "date", "next", "quorum_met", "held_by", "made_in", "arises_from"),
    "committees": ("status", "cadence", "quorum", "mandate"),
    "terms": ("status", "labels", "abbreviations", "definition"),
    "approvals": ("version",),
}
# The views that read how things stood before.
LOOK_BACK = frozenset({"burnup", "changes", "kpis", "scurve"})
# The kinds of which a view reads every artifact, those that it does not show too.
ALL_OF: dict[str, tuple[str, ...]] = {
    "gantt": ("milestone",),
    "trend": ("milestone", "plan"),
    "forecast": ("milestone",),
    "calendar": ("milestone", "gate", "meeting", "decision", "action", "committee"),
    "graph": ("milestone",),
    "board": ("planning-interval", "work-item", "milestone", "dependency"),
    "coverage": _LINKED,
    "sankey": _LINKED,
    "heatmap": ("risk",),
    "rasci": ("rasci",),
    "raid": ("risk", "issue", "assumption", "dependency", "action"),
    "kpis": ("kpi",),
    "scurve": ("budget", "budget-line"),
    "earned": ("budget", "budget-line"),
    "burnup": ("requirement", "test-case", "test-run"),
    "meetings": ("meeting", "committee"),
}
# What is known of every artifact: its name, in which language that is, and who may read it.
_ALWAYS = ("title", "lang", "classification")


class Needs(NamedTuple):
    """The lines that a deliverable holds, the IDs that stand in them, and the fields it must know of others, by ID.

    `past` are the moments that its views look back upon, of what is held or told, and of what is gone. `situations` has
    where the artifacts stand whose approvals a view tells.
    """

    places: tuple[Range, ...]
    held: frozenset[str]
    told: dict[str, dict[str, Any]]
    past: tuple[Moment, ...]
    situations: dict[str, Situation]


def needs_of(programme: Programme, deliverable: Artifact, adoptions: Iterable[Adoption] = ()) -> Needs:
    """What a deliverable needs of a programme that holds only what its audience may see.

    Documents that were adopted say by a field of their own which ID they have.
    """
    always = {*_ALWAYS, *(item.id_field for item in adoptions)}
    places = tuple(places_of(programme, deliverable))
    blocks = [block.fields for place in places for block in _views(programme, place)]
    held = frozenset(
        {deliverable.id, *(artifact.id for place in places for artifact in _inside(programme, place))}
    )
    named = {name for fields in blocks for name in _named(programme, fields)}
    listed = {identity for fields in blocks for identity in _listed(programme, fields)}
    known = set(listed)
    for identity in held:
        known |= _around(programme, programme.artifacts[identity], deliverable)
    for identity in listed - held:
        fields = programme.artifacts[identity].fields
        known |= {found for name in named for found in _ids(programme, fields.get(name))}
    shown = held | listed
    told = {
        identity: _told(programme, identity, always | (named if identity in listed else set()), shown)
        for identity in sorted(known - held)
    }
    looks_back = any(fields.get("view") in LOOK_BACK for fields in blocks)
    kept = {
        identity: always | (named if identity in listed else set(fields)) for identity, fields in told.items()
    }
    past = (
        tuple(_then(programme, moment, held, kept, always | named) for moment in programme.past)
        if looks_back
        else ()
    )
    return Needs(places, held, told, past, _situations(programme, blocks))


def _situations(programme: Programme, blocks: Iterable[Fields]) -> dict[str, Situation]:
    """Where the artifacts stand that the views of approvals list; of some of them no approval is asked."""
    asking = [fields for fields in blocks if fields.get("view") == "approvals"]
    listed = {identity for fields in asking for identity in _listed(programme, fields)}
    return {identity: programme.situations.get(identity, NONE_ASKED) for identity in sorted(listed)}


def _then(
    programme: Programme, moment: Moment, held: frozenset[str], kept: dict[str, set[str]], named: set[str]
) -> Moment:
    """A moment with what the bundle holds of it: as much of each artifact as the bundle knows of it now."""
    states = {
        identity: _state(state, None if identity in held else kept.get(identity, named))
        for identity, state in moment.artifacts.items()
        if identity in held or identity in kept or identity not in programme.artifacts
    }
    return structs.replace(moment, artifacts=states)


def _state(state: State, names: set[str] | None) -> State:
    if names is None:
        return state
    return structs.replace(state, fields={key: value for key, value in state.fields.items() if key in names})


def _inside(programme: Programme, place: Range) -> list[Artifact]:
    path, first, last = place
    return [item for item in programme.documents[path].artifacts if first <= item.line <= last]


def _views(programme: Programme, place: Range) -> list[Any]:
    path, first, last = place
    return [item for item in programme.documents[path].views if first <= item.header.line <= last]


def _named(programme: Programme, fields: Fields) -> Iterator[str]:
    """The fields of artifacts that a view block shows, chooses or sorts by."""
    for read in _measured(programme, fields).values():
        yield from read
    usual = DEFAULT_COLUMNS if fields.get("view") == "table" else ()
    yield from texts(fields.get("columns")) or usual
    yield from texts(fields.get("sort"))
    yield from (text(fields.get(key)) for key in ("by", "rows_by", "columns_by"))
    yield from READS.get(text(fields.get("view")), ())
    for key in ("where", "columns_where"):
        stated = fields.get(key)
        yield from stated if isinstance(stated, dict) else ()


def _listed(programme: Programme, fields: Fields) -> Iterator[str]:
    """The artifacts that a view block shows, other than as cards or whole."""
    shown = show(programme, fields)
    yield from (
        part.id
        for cell in _cells(shown)
        for part in cell
        if isinstance(part, Ref) and part.id in programme.artifacts
    )
    if text(fields.get("view")) == "changes":
        yield from changed_ids(programme, fields)
    whole = {*ALL_OF.get(text(fields.get("view")), ()), *_measured(programme, fields)}
    if text(fields.get("view")) == "burnup":
        whole.add(text(fields.get("kind")))
    yield from (item.id for item in programme.artifacts.values() if item.kind in whole or "*" in whole)
    across, rows = text(fields.get("columns_kind")), text(fields.get("rows"))
    # Of what is put together, the table names the blocks alone.
    plain = isinstance(shown, Listing | Table) or rows
    if whole or not plain or text(fields.get("view")) == "approvals":
        return
    wanted = [fields]
    if rows:
        wanted = [
            {"kind": rows, "where": fields.get("where")},
            {"kind": across, "where": fields.get("columns_where")},
        ]
    yield from (artifact.id for each in wanted for artifact in select(programme, each))


def _measured(programme: Programme, fields: Fields) -> dict[str, set[str]]:
    """For each kind the fields that the figures of a block are computed from; none for a block without figures."""
    return read_by(programme, fields) if fields.get("view") == "kpis" else {}


def _cells(shown: Shown) -> Iterator[Cell]:
    """All cells of what a view shows."""
    if isinstance(shown, Listing):
        yield from shown.items
    elif isinstance(shown, Table):
        yield from (*shown.headers, *(cell for row in shown.rows for cell in row))
    elif isinstance(shown, Chart):
        yield from _cells(shown.table)
    elif isinstance(shown, Several):
        yield from (cell for part in shown.parts for cell in _cells(part))


def _around(programme: Programme, artifact: Artifact, deliverable: Artifact) -> set[str]:
    """The artifacts that one which is held names in its fields, and those that link to it.

    Of what links to the deliverable itself, its cover names the translations, and nothing names the others.
    """
    found = set(_ids(programme, artifact.fields))
    for source, link in programme.incoming.get(artifact.id, ()):
        if artifact.section or artifact is not deliverable or link.role == "translation_of":
            found.add(source.id)
    return found


def _ids(programme: Programme, value: Any) -> Iterator[str]:
    """The IDs of artifacts that a value of the front matter names, at any depth."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _ids(programme, item)
    elif isinstance(value, str) and id_of(value) in programme.artifacts:
        yield id_of(value)


def _told(
    programme: Programme, identity: str, named: set[str], shown: set[str] | frozenset[str]
) -> dict[str, Any]:
    """The fields that are known of an artifact; of its links those that lead to what is held or listed."""
    artifact = programme.artifacts[identity]
    kind = programme.kind_of(artifact)
    fields = {}
    for name, value in artifact.fields.items():
        if name in named:
            fields[name] = value
        elif kind and name in kind.links and isinstance(value, list):
            kept = [item for item in value if isinstance(item, str) and id_of(item) in shown]
            fields.update({name: kept} if kept else {})
        elif kind and name in kind.links and isinstance(value, str) and id_of(value) in shown:
            fields[name] = value
    return fields
