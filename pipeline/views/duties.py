"""The views `actions`, `decisions`, `reviews` and `waivers`: what somebody has to do, and by which day."""

from datetime import date

from pipeline.figures.days import read_day
from pipeline.figures.duties import Duty, awaited_decisions, open_actions, reviews, waivers
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.views.changes import day_words, party
from pipeline.views.labels import colon
from pipeline.views.select import holds, text
from pipeline.views.values import Badge, Cell, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words_state import say


def actions(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The open actions by owner; owners with something overdue come first, as does what is overdue."""
    by_owner: dict[str, list[Duty]] = {}
    for duty in _chosen(open_actions(programme), fields):
        by_owner.setdefault(_owner(programme, duty.artifact), []).append(duty)
    ranked = sorted(by_owner.items(), key=lambda item: (-sum(duty.late for duty in item[1]), item[0]))
    rows = tuple(_action(programme, duty, lang) for _, found in ranked for duty in found)
    headers = ("field owner", "action", "field due", "field status", "arises from")
    return _table(headers, rows, text(fields.get("caption")), lang)


def decisions(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The decisions that are awaited, by deadline, or with `state: made` those that were made, the last one first."""
    if fields.get("state") == "made":
        return _made(programme, fields, lang)
    found = _chosen(awaited_decisions(programme), fields)
    rows = tuple(
        (
            (Ref(duty.artifact.id, titled=True),),
            due(duty, lang),
            (Badge("status", duty.artifact.status),),
            _recommended(duty.artifact, lang),
        )
        for duty in found
    )
    headers = ("decision", "field deadline", "field status", "recommended")
    return _table(headers, rows, text(fields.get("caption")), lang)


def reviews_due(programme: Programme, fields: Fields, lang: str) -> Shown:
    """What has to be reviewed, by day."""
    rows = tuple(
        (
            (Ref(duty.artifact.id, titled=True),),
            owner_cell(programme, duty.artifact),
            due(duty, lang),
            (Badge("status", duty.artifact.status),) if duty.artifact.status else (),
        )
        for duty in _chosen(reviews(programme), fields)
    )
    headers = ("artifact", "field owner", "field review_due", "field status")
    return _table(headers, rows, text(fields.get("caption")), lang)


def waived(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The findings that are accepted for a time: where, which rule, why, who answers for it, until when."""
    rows = tuple(
        (
            (Ref(item.artifact.id, titled=True),),
            (Words(f"`{item.rule}`"),),
            (Words(item.reason),) if item.reason else (),
            (party(programme, item.owner),) if item.owner else (),
            _until(item.until, item.late, lang),
        )
        for item in waivers(programme)
        if holds(item.artifact, fields.get("where"))
    )
    headers = ("artifact", "rule", "reason", "field owner", "until")
    return _table(headers, rows, text(fields.get("caption")), lang)


def due(duty: Duty, lang: str) -> Cell:
    """The day by which something is due; in words too where it has passed."""
    if duty.due is None:
        return (Badge("gap", say("no day", lang)),)
    day = day_words(duty.due, lang)
    return (day, Badge("gap", say("late", lang))) if duty.late else (day,)


def owner_cell(programme: Programme, artifact: Artifact) -> Cell:
    """Who answers for an artifact."""
    owner = text(artifact.fields.get("owner"))
    return (party(programme, owner),) if owner else ()


def _chosen(found: list[Duty], fields: Fields) -> list[Duty]:
    return [duty for duty in found if holds(duty.artifact, fields.get("where"))]


def _owner(programme: Programme, artifact: Artifact) -> str:
    owner = text(artifact.fields.get("owner"))
    target = programme.artifacts.get(owner)
    return target.title if target and target.kind == "party" and target.title else owner


def _action(programme: Programme, duty: Duty, lang: str) -> tuple[Cell, ...]:
    return (
        owner_cell(programme, duty.artifact) or (Badge("gap", say("no owner", lang)),),
        (Ref(duty.artifact.id, titled=True),),
        due(duty, lang),
        (Badge("status", duty.artifact.status),) if duty.artifact.status else (),
        tuple(
            Ref(link.target)
            for link in duty.artifact.links
            if link.role == "arises_from" and link.target in programme.artifacts
        ),
    )


def _made(programme: Programme, fields: Fields, lang: str) -> Shown:
    found = [
        item
        for item in programme.artifacts.values()
        if item.kind == "decision"
        and item.status not in ("requested", "deferred")
        and holds(item, fields.get("where"))
    ]
    found.sort(key=lambda item: natural_id(item.id))
    found.sort(key=lambda item: text(item.fields.get("date")), reverse=True)
    rows = tuple(
        (
            (Ref(item.id, titled=True),),
            (day_words(day, lang),) if (day := read_day(item.fields.get("date"))) else (),
            (Badge("status", item.status),) if item.status else (),
            (party(programme, text(item.fields.get("decided_by"))),) if item.fields.get("decided_by") else (),
            tuple(
                Ref(link.target)
                for link in item.links
                if link.role == "made_in" and link.target in programme.artifacts
            ),
        )
        for item in found
    )
    headers = ("decision", "decided on", "field status", "decided by", "made in")
    return _table(headers, rows, text(fields.get("caption")), lang)


def _recommended(artifact: Artifact, lang: str) -> Cell:
    options = artifact.fields.get("options")
    for option in options if isinstance(options, list) else ():
        if isinstance(option, dict) and option.get("recommended") is True:
            return (Words(f"{option.get('id', '')}{colon(lang)} {option.get('text', '')}"),)
    return ()


def _until(day: date | None, late: bool, lang: str) -> Cell:
    if day is None:
        return (Badge("gap", say("no day", lang)),)
    return (day_words(day, lang), Badge("gap", say("expired", lang))) if late else (day_words(day, lang),)


def _table(headers: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], caption: str, lang: str) -> Shown:
    return Table(tuple((Words(say(key, lang)),) for key in headers), rows, caption) if rows else Nothing()
