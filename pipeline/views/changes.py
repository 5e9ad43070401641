"""The view `changes`: what came, went or changed since an earlier moment."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from pipeline.figures.days import read_day
from pipeline.figures.since import FIRST, LAST_COMMITTEE, TELLING, Changed, Move, changes_since, moment_of
from pipeline.model import Kind, Programme
from pipeline.model.past import Moment
from pipeline.views.cells import plain
from pipeline.views.dates import long_day, unbroken_day
from pipeline.views.select import text
from pipeline.views.states import value_name
from pipeline.views.values import Badge, Cell, Fields, Listing, Part, Ref, Several, Shown, Table, Words
from pipeline.views.words_state import say

# Beyond this many rows nobody reads on, and `paraph diff` is the better tool.
MOST = 400
# The fields that it reads of every artifact.
READ = (*FIRST, *TELLING)
# The columns of the counts, in their order.
_COUNTED = ("added", *FIRST, "other", "removed")
_HEADERS = {"added": "added", "removed": "removed", "other": "other fields"}


def changes(programme: Programme, fields: Fields, lang: str) -> Shown:
    """What changed since `since` (a tag, a day, or the last committee), of one `kind` or of all."""
    since = text(fields.get("since")) or LAST_COMMITTEE
    moment = moment_of(programme, since)
    if moment is None:
        return _alone(_unknown(programme, since, lang))
    found = changes_since(programme, moment, text(fields.get("kind")))
    named = moment_words(moment, lang)
    if not found:
        return _alone(say("nothing changed", lang, moment=named))
    rows = [row for item in found for row in _rows(programme, item, lang)]
    caption = text(fields.get("caption")) or say("changed since", lang, moment=named)
    headers = tuple((Words(say(key, lang)),) for key in ("artifact", "change", "before", "after"))
    more = (_alone(say("and more", lang, count=len(rows) - MOST)),) if len(rows) > MOST else ()
    counts = _counts(programme, found, named, lang)
    return Several((counts, Table(headers, tuple(rows[:MOST]), caption), *more))


def changed_ids(programme: Programme, fields: Fields) -> list[str]:
    """The artifacts that are there now and changed or came, and the meeting since which, listed or only counted."""
    moment = moment_of(programme, text(fields.get("since")) or LAST_COMMITTEE)
    if moment is None:
        return []
    found = [item.id for item in changes_since(programme, moment, text(fields.get("kind")))]
    return [identity for identity in (*found, moment.name) if identity in programme.artifacts]


def moment_words(moment: Moment, lang: str) -> str:
    """A moment in words: its name with its day, or the day alone."""
    day = read_day(moment.day)
    told = long_day(day, lang) if day else moment.day
    if moment.name in (moment.day, moment.day[:7]):
        return told
    return say("moment of", lang, name=moment.name, day=told)


def _unknown(programme: Programme, since: str, lang: str) -> str:
    if not programme.past:
        return say("no past", lang)
    return say("no committee" if since == LAST_COMMITTEE else "no moment", lang, since=since)


def _alone(words: str) -> Listing:
    return Listing(((Words(words),),))


def _counts(programme: Programme, found: list[Changed], named: str, lang: str) -> Table:
    """How many artifacts of each kind came, went, or have another status, version, title or other field."""
    counts: dict[str, Counter[str]] = {}
    for item in found:
        count = counts.setdefault(item.kind, Counter())
        count.update({item.sort} if item.sort != "changed" else {_column(move) for move in item.moves})
    used = [name for name in _COUNTED if any(count[name] for count in counts.values())]
    headers = [say("kind", lang), *(say(_HEADERS.get(name, f"field {name}"), lang) for name in used)]
    rows = (
        (kind_words(programme, kind, lang, plural=True), *(str(count[name] or "") for name in used))
        for kind, count in counts.items()
    )
    return Table(
        tuple((Words(words),) for words in headers),
        tuple(tuple((Words(words),) if words else () for words in row) for row in rows),
        say("counted since", lang, moment=named),
    )


def _column(move: Move) -> str:
    return move.field if move.field in FIRST else "other"


def _rows(programme: Programme, item: Changed, lang: str) -> Iterator[tuple[Cell, ...]]:
    """A row for each field that changed, or the one row of an artifact that came or went."""
    known = item.id in programme.artifacts
    first: Cell = (Ref(item.id, titled=True),) if known else (Words(f"{item.id} {item.title}"),)
    state: Cell = (Badge("status", item.status),) if item.status else ()
    if item.sort == "added":
        yield first, (Badge("change", say("added", lang)),), (), state
    elif item.sort == "removed":
        yield first, (Badge("change", say("removed", lang)),), state, ()
    for at, move in enumerate(item.moves):
        cells = (_value(programme, item.kind, move.field, value, lang) for value in (move.before, move.after))
        yield (first if at == 0 else (Ref(item.id),), (Words(say(f"field {move.field}", lang)),), *cells)


def _value(programme: Programme, kind: str, field: str, value: Any, lang: str) -> Cell:
    if value is None or value == "":
        return ()
    if field == "status":
        return (Badge("status", plain(value)),)
    day = read_day(value)
    words = value_name(programme, {kind}, field, plain(value, lang), lang)
    return (day_words(day, lang),) if day else (party(programme, words),)


def day_words(day: date, lang: str) -> Words:
    """A day in words, which stay on one line."""
    return Words(unbroken_day(day, lang))


def party(programme: Programme, value: str) -> Part:
    """A value; the ID of a party or of a committee shows its name."""
    target = programme.artifacts.get(value)
    if target is None:
        return Words(value)
    return Words(target.title) if target.kind in ("party", "committee") and target.title else Ref(target.id)


def kind_words(programme: Programme, name: str, lang: str, *, plural: bool = False) -> str:
    """What a kind is called in a language."""
    kind: Kind | None = programme.kinds.get(name)
    words = (kind.labels.get(lang) or kind.labels.get("en") if kind else None) or (name, name)
    return words[plural][:1].upper() + words[plural][1:]
