"""The view `calendar`: months, with what falls on their days."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.milestones import present_day
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.model.picture import mark_of
from pipeline.views.dates import long_month, short_day
from pipeline.views.drawing import WIDTH, Drawing, cut
from pipeline.views.legend import Sign, legend, point
from pipeline.views.named import when
from pipeline.views.numbers import number
from pipeline.views.select import holds, text, texts
from pipeline.views.values import Cell, Chart, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

KINDS = ("milestone", "gate", "meeting", "decision", "action")
# More entries of a month are counted.
MOST, MONTHS, LONGEST = 24, 3, 24
DAY, WEEK, ROW, LEFT, HEAD, GAP = 25, 20, 19, 214, 44, 16
_SIGNS: dict[str, Sign] = {
    "milestone": point("diamond", "main", size=80),
    "gate": point("triangle-up", "ink", size=70),
    "meeting": point("circle", "main", size=60),
    "next": point("circle", stroke="main", size=60),
    "decision": point("square", "accent", size=60),
    "action": point("cross", "quiet", size=60),
}


class Entry(NamedTuple):
    """What falls on a day: of which sort, and which artifact it is about."""

    day: date
    sort: str
    id: str
    words: str


def calendar(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The months from the day of the programme, or from `from`, with what artifacts of `kinds` put on their days."""
    entries = sorted(
        _entries(programme, fields, lang), key=lambda entry: (entry.day, entry.sort, natural_id(entry.id))
    )
    first = read_day(fields.get("from")) or read_day(programme.day) or (entries[0].day if entries else None)
    if first is None:
        return Nothing()
    months = list(_months(first, fields.get("months")))
    found = [entry for entry in entries if (entry.day.year, entry.day.month) in months]
    if not found:
        return Nothing()
    drawing, y = Drawing(), 0.0
    for month in months:
        y = _month(
            drawing,
            month,
            [entry for entry in found if (entry.day.year, entry.day.month) == month],
            y,
            programme,
            lang,
        )
    sorts = {entry.sort for entry in found}
    signs = [(sign, say(f"calendar {sort}", lang)) for sort, sign in _SIGNS.items() if sort in sorts]
    height = legend(drawing, signs, y)
    keys = ("calendar day", "calendar what", "calendar sort")
    table = Table(
        tuple((Words(say(key, lang)),) for key in keys), tuple(_cells(entry, lang) for entry in found)
    )
    words = _words(programme, found, months, lang)
    return Chart(drawing.picture(lang, height), table, words, text(fields.get("caption")), programme.day)


def _entries(programme: Programme, fields: Fields, lang: str) -> Iterator[Entry]:
    wanted = [kind for kind in texts(fields.get("kinds")) if kind in KINDS] or KINDS[:4]
    for artifact in programme.artifacts.values():
        if artifact.kind in wanted and holds(artifact, fields.get("where")):
            yield from _falling(programme, artifact, lang)


def _falling(programme: Programme, artifact: Artifact, lang: str) -> Iterator[Entry]:
    """What an artifact puts on days: what was cancelled, decided or done puts nothing."""
    fields, kind, phase = artifact.fields, artifact.kind, programme.phase(artifact)
    day: date | None = None
    if kind == "milestone" and artifact.status != "cancelled":
        day = present_day(artifact)[1]
    elif kind in ("gate", "meeting"):
        day = read_day(fields.get("date")) if artifact.status != "rejected" else None
    elif kind == "decision" and (phase == "early" or artifact.status == "deferred"):
        # What was deferred is to be decided all the same, by a day of its own.
        day = read_day(fields.get("deadline"))
    elif kind == "action" and phase != "ended":
        day = read_day(fields.get("due"))
    if day:
        yield Entry(day, kind, artifact.id, artifact.title)
    ahead = read_day(fields.get("next")) if kind == "meeting" else None
    if ahead and str(ahead) >= programme.day and not _held(programme, artifact, ahead):
        committees = [
            programme.artifacts.get(link.target) for link in artifact.links if link.role == "held_by"
        ]
        name = next((item.title for item in committees if item), artifact.title)
        yield Entry(ahead, "next", artifact.id, say("calendar announced", lang, name=name))


def _held(programme: Programme, meeting: Artifact, day: date) -> bool:
    """Whether the meeting that one announces has a document of its own, or is announced by a later one."""
    committee = {link.target for link in meeting.links if link.role == "held_by"}
    for other in programme.artifacts.values():
        if other.kind == "meeting" and other is not meeting:
            same = not committee.isdisjoint(link.target for link in other.links if link.role == "held_by")
            later = (text(other.fields.get("date")), other.id) > (
                text(meeting.fields.get("date")),
                meeting.id,
            )
            if same and (
                other.fields.get("date") == str(day) or (later and other.fields.get("next") == str(day))
            ):
                return True
    return False


def _months(first: date, stated: object) -> Iterator[tuple[int, int]]:
    count = stated if type(stated) is int and 0 < stated <= LONGEST else MONTHS
    for place in range(first.month - 1, first.month - 1 + count):
        if first.year + place // 12 <= date.max.year:
            yield first.year + place // 12, place % 12 + 1


def _month(
    drawing: Drawing, month: tuple[int, int], found: list[Entry], top: float, programme: Programme, lang: str
) -> float:
    """A month with its weeks on the left, and what falls on its days on the right; gives where it ends."""
    begin = date(*month, 1)
    drawing.line([(0, top + 2), (WIDTH, top + 2)], "line", ground=True)
    title = long_month(begin, lang)
    drawing.write((4, top + 15), f"{title[:1].upper()}{title[1:]}", bold=True)
    for place, letter in enumerate(say("weekdays", lang).split()):
        drawing.write((12 + DAY * place, top + 34), letter, "quiet", align="center", size=10)
    low = _weeks(drawing, begin, {entry.day for entry in found}, top + HEAD, programme)
    y = top + 15
    for entry in found[:MOST]:
        _entry(drawing, entry, y)
        y += ROW
    if len(found) > MOST:
        drawing.write((LEFT + 50, y), say("others", lang, n=number(len(found) - MOST, lang)), "quiet")
        y += ROW
    return max(low, y) + GAP - 8


def _weeks(drawing: Drawing, begin: date, taken: set[date], top: float, programme: Programme) -> float:
    """The days of a month: those with something on them are filled, closed ones quiet, the present one framed."""
    closed, today = set(programme.thresholds.closed), read_day(programme.day)
    shift, last = begin.weekday(), monthrange(begin.year, begin.month)[1]
    for offset in range(last):
        day, week = begin.replace(day=offset + 1), (offset + shift) // 7
        x, y = 12 + DAY * day.weekday(), top + WEEK * week + WEEK / 2
        if day in taken:
            drawing.area((x - 10, y - 8), (20, 16), "third", round=3)
        if day == today:
            drawing.area((x - 11, y - 9), (22, 18), "", stroke="accent", round=3, thick=2)
        free = day.weekday() > 4 or day in closed
        paint = "quiet" if free and day not in taken else "ink"
        drawing.write((x, y), str(day.day), paint, align="center", size=11, bold=day in taken)
    return top + WEEK * ((last - 1 + shift) // 7 + 1)


def _entry(drawing: Drawing, entry: Entry, y: float) -> None:
    drawing.write((LEFT + 14, y), str(entry.day.day), align="right", bold=True)
    _SIGNS[entry.sort](drawing, LEFT + 32, y)
    mark = mark_of(entry.id, f"{entry.id} {entry.words}")
    drawing.write(
        (LEFT + 46, y),
        cut(f"{entry.id} {entry.words}", WIDTH - LEFT - 52),
        limit=WIDTH - LEFT - 48,
        mark=mark,
    )


def _cells(entry: Entry, lang: str) -> tuple[Cell, ...]:
    what: Cell = (Ref(entry.id, titled=entry.sort != "next"),)
    if entry.sort == "next":
        what = (Words(entry.words), *what)
    return (when(entry.day, lang), what, (Words(say(f"calendar {entry.sort}", lang)),))


def _words(programme: Programme, found: list[Entry], months: Iterable[tuple[int, int]], lang: str) -> str:
    told = say(
        "calendar told", lang, n=number(len(found), lang), last=long_month(date(*list(months)[-1], 1), lang)
    )
    ahead = next((entry for entry in found if str(entry.day) >= programme.day), None)
    if ahead is None:
        return told
    day = short_day(ahead.day, lang)
    return f"{told} {say('calendar first', lang, day=day, id=ahead.id, words=ahead.words)}"
