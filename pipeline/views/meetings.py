"""The views `meetings`, those to come or those that were held, and `committees`, those who meet."""

from pipeline.figures.days import read_day
from pipeline.figures.meetings import Sitting, sittings
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.views.cells import plain
from pipeline.views.changes import day_words
from pipeline.views.labels import field_of
from pipeline.views.select import holds, select, text
from pipeline.views.values import Badge, Cell, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words_state import say


def meetings(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The meetings from the day of the programme on, or with `state: held` those before it, the last one first."""
    today, held = read_day(programme.day), fields.get("state") == "held"
    found = [
        item
        for item in sittings(programme)
        if (today is None or (item.day < today) == held) and holds(item.meeting, fields.get("where"))
    ]
    if held:
        found = [item for item in reversed(found) if not item.announced]
    if not found:
        return Nothing()
    columns = ("day", "meeting", "committee", *(("quorum", "decisions", "actions") if held else ()))
    rows = tuple(_row(programme, item, held, lang) for item in found)
    return Table(tuple((Words(say(key, lang)),) for key in columns), rows, text(fields.get("caption")))


def committees(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The committees: how often each meets, how many must be there, and what it may decide."""
    found = [
        item
        for item in select(programme, {"kind": "committee", "where": fields.get("where")})
        if programme.phase(item) != "ended"
    ]
    if not found:
        return Nothing()
    rows = tuple(
        (
            (Ref(item.id, titled=True),),
            *(_stated(programme, item, key, lang) for key in ("cadence", "quorum", "mandate")),
        )
        for item in found
    )
    columns = ("committee", "cadence", "quorum of", "mandate")
    return Table(tuple((Words(say(key, lang)),) for key in columns), rows, text(fields.get("caption")))


def _stated(programme: Programme, committee: Artifact, key: str, lang: str) -> Cell:
    if key not in committee.fields:
        return ()
    return (Words(plain(committee.fields[key], lang, field_of(programme.kind_of(committee), key))),)


def _row(programme: Programme, item: Sitting, held: bool, lang: str) -> tuple[Cell, ...]:
    identity = item.meeting.id
    name: Cell = (Ref(identity, titled=True),)
    if item.announced:
        name = (Words(say("next meeting", lang, id=identity)),)
    committee = programme.artifacts.get(item.committee)
    cells: tuple[Cell, ...] = (
        (day_words(item.day, lang),),
        name,
        (Words(committee.title),) if committee else (),
    )
    if not held:
        return cells
    return (
        *cells,
        _quorum(item, lang),
        _came_of(programme, identity, "made_in"),
        _came_of(programme, identity, "arises_from"),
    )


def _quorum(item: Sitting, lang: str) -> Cell:
    met = item.meeting.fields.get("quorum_met")
    if not isinstance(met, bool):
        return ()
    return (Words(say("quorum yes", lang)),) if met else (Badge("gap", say("quorum no", lang)),)


def _came_of(programme: Programme, identity: str, role: str) -> Cell:
    """The decisions or actions that came of a meeting."""
    links = programme.incoming.get(identity, ())
    found = {
        source.id for source, link in links if link.role == role and source.kind in ("decision", "action")
    }
    return tuple(Ref(each) for each in sorted(found, key=natural_id))
