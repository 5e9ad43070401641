"""The view `trend`: what was expected of milestones, over the days on which it was (milestone trend analysis)."""

from datetime import date
from typing import NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.milestones import Milestone, plan_of
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.model.picture import mark_of
from pipeline.views.dates import short_day
from pipeline.views.drawing import WIDTH, Drawing, cut, listed
from pipeline.views.legend import Sign, legend, line, point
from pipeline.views.named import chosen, when
from pipeline.views.numbers import number, share
from pipeline.views.select import text
from pipeline.views.timeline import HEAD, Timeline
from pipeline.views.values import Cell, Chart, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

# More lines than can be told apart: beyond them, those that moved most are shown.
MOST = 24
LEFT, RIGHT, HIGH, LABEL = 64, 528, 340, 16


class Point(NamedTuple):
    """What was expected of a milestone from a day on, and why it changed then."""

    on: date
    to: date
    reason: str = ""


class Series(NamedTuple):
    """The expectations of a milestone, the oldest first, up to the day that it came or that is today."""

    item: Milestone
    title: str
    points: tuple[Point, ...]
    end: date

    @property
    def moved(self) -> int:
        """The days between what was first expected and what is expected now."""
        return (self.points[-1].to - self.points[0].to).days


def trend(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The milestones that were not cancelled, or those of `ids` and `where`, each as a line of what was expected."""
    plan, today = plan_of(programme), read_day(programme.day)
    wanted = chosen(programme, fields, plan.milestones)
    found = [
        series
        for key in wanted
        if (series := series_of(programme.artifacts[key], plan.milestones[key], today))
    ]
    if not found:
        return Nothing()
    found.sort(key=lambda series: -abs(series.moved))
    shown = sorted(found[:MOST], key=lambda series: natural_id(series.item.id))
    drawing = Drawing()
    height = _draw(drawing, shown, programme, lang)
    keys = ("milestone", "trend on", "forecast", "reason")
    rows = tuple(row for series in shown for row in _rows(series, lang))
    table = Table(tuple((Words(say(key, lang)),) for key in keys), rows)
    words = _words(found, shown, lang)
    return Chart(drawing.picture(lang, height), table, words, text(fields.get("caption")), programme.day)


def series_of(artifact: Artifact, item: Milestone, today: date | None) -> Series | None:
    """The expectations of a milestone: its baseline since it was written down, each movement, and what holds now."""
    stated = artifact.fields.get("forecast_history")
    moves = sorted(
        point for entry in (stated if isinstance(stated, list) else ()) if (point := _point(entry))
    )
    first = item.baseline or (moves[0].to if moves else item.day)
    if first is None:
        return None
    achieved = item.day if item.field == "actual" else None
    known = [day for day in (read_day(artifact.fields.get("created")), *(point.on for point in moves)) if day]
    begin = min(known, default=today or first)
    end = achieved or max((day for day in (today, *(point.on for point in moves)) if day), default=begin)
    points = [Point(min(begin, end), first), *(point for point in moves if point.on <= end)]
    if item.day and points[-1].to != item.day:
        points.append(Point(end, item.day))
    return Series(item, artifact.title, tuple(points), end)


def _point(entry: object) -> Point | None:
    if not isinstance(entry, dict):
        return None
    on, to = read_day(entry.get("on")), read_day(entry.get("to"))
    return Point(on, to, text(entry.get("reason"))) if on and to else None


def _draw(drawing: Drawing, shown: list[Series], programme: Programme, lang: str) -> float:
    """Draw all lines with their names beside them; gives the height of the picture."""
    top = HEAD + 6
    bottom = top + max(HIGH, LABEL * len(shown) + 20)
    time = Timeline([day for series in shown for day in (series.points[0].on, series.end)], LEFT, RIGHT)
    high = Timeline([point.to for series in shown for point in series.points], bottom, top)
    time.head(drawing, bottom, lang)
    high.side(drawing, LEFT, RIGHT, lang)
    time.today(drawing, read_day(programme.day), bottom, lang)
    first, last = max(time.first, high.first), min(time.last, high.last)
    if first < last:
        ends = [(time.x(day), high.x(day)) for day in (first, last)]
        drawing.line(ends, "quiet", dash=(2, 3))
    for series in shown:
        _series(drawing, series, time, high, lang)
    _names(drawing, [series for series in shown if series.item.field != "actual"], time, high, bottom)
    return legend(drawing, _entries(shown, lang), bottom + 24)


def _series(drawing: Drawing, series: Series, time: Timeline, high: Timeline, lang: str) -> None:
    stroke, thick = _look(series)
    corners: list[tuple[float, float]] = []
    for place in series.points:
        x, y = time.x(place.on), high.x(place.to)
        corners += [(x, corners[-1][1]), (x, y)] if corners else [(x, y)]
    corners.append((time.x(series.end), corners[-1][1]))
    drawing.line(corners, stroke, thick=thick)
    for place in series.points:
        told = f"{series.item.id} {series.title}: {short_day(place.on, lang)} → {short_day(place.to, lang)}"
        mark = mark_of(series.item.id, f"{told}. {place.reason}" if place.reason else told)
        if place is not series.points[0]:
            drawing.point((time.x(place.on), high.x(place.to)), "circle", 40, stroke, mark=mark)
    if series.item.field == "actual":
        x, y = time.x(series.end), high.x(series.points[-1].to)
        drawing.point(
            (x, y), "square", 60, "good", mark=mark_of(series.item.id, f"{series.item.id} {series.title}")
        )
        drawing.write((x + 7, y + 10), series.item.id, "quiet", size=11)


def _look(series: Series) -> tuple[str, float]:
    """The colour and the thickness of a line."""
    if series.item.field == "actual":
        return "none", 1.5
    return ("accent", 2.5) if _beyond(series.item) else ("main", 1.5)


def _beyond(item: Milestone) -> bool:
    """Whether a slip is greater than what is tolerated, or than nothing where no plan tolerates any."""
    return item.slip is not None and item.slip > (item.tolerance or 0)


def _names(drawing: Drawing, shown: list[Series], time: Timeline, high: Timeline, bottom: float) -> None:
    """The names of what is still to come, beside the ends of the lines and never on each other."""
    places = sorted((high.x(series.points[-1].to), natural_id(series.item.id), series) for series in shown)
    spots: list[float] = []
    for y, *_ in places:
        spots.append(max(y, spots[-1] + LABEL) if spots else y)
    limit = bottom - 4
    for place in range(len(spots) - 1, -1, -1):
        spots[place] = min(spots[place], limit)
        limit = spots[place] - LABEL
    for spot, (y, _, series) in zip(spots, places, strict=True):
        end = time.x(series.end)
        drawing.line(
            [(end + 3, y), (RIGHT + 4, y), (RIGHT + 14, spot), (RIGHT + 18, spot)], "none", thick=0.75
        )
        title = cut(f"{series.item.id} {series.title}", WIDTH - RIGHT - 22)
        mark = mark_of(series.item.id, f"{series.item.id} {series.title}")
        drawing.write(
            (RIGHT + 22, spot), title, bold=_beyond(series.item), limit=WIDTH - RIGHT - 22, mark=mark
        )


def _entries(shown: list[Series], lang: str) -> list[tuple[Sign, str]]:
    open_ = [series for series in shown if series.item.field != "actual"]
    entries: list[tuple[Sign, str]] = []
    if any(_beyond(series.item) for series in open_):
        entries.append((line("accent", 2.5), say("trend beyond", lang)))
    if any(not _beyond(series.item) for series in open_):
        entries.append((line("main", 1.5), say("trend within", lang)))
    if any(len(series.points) > 1 for series in shown):
        entries.append((point("circle", "main", size=40), say("trend moved", lang)))
    if len(open_) < len(shown):
        entries.append((point("square", "good", size=60), say("legend achieved", lang)))
    entries.append((line("quiet", 1, (2, 3)), say("trend due", lang)))
    return entries


def _rows(series: Series, lang: str) -> list[tuple[Cell, ...]]:
    return [
        (
            (Ref(series.item.id, titled=True),),
            when(place.on, lang),
            when(place.to, lang),
            (Words(place.reason),) if place.reason else (),
        )
        for place in series.points
    ]


def _words(found: list[Series], shown: list[Series], lang: str) -> str:
    moved = [series for series in found if len(series.points) > 1]
    parts = [say("trend none", lang)]
    if moved:
        most = moved[0]
        days = (short_day(place.to, lang) for place in (most.points[0], most.points[-1]))
        told = share(len(moved), len(found), lang)
        parts = [
            say(
                "trend most",
                lang,
                share=told,
                id=most.item.id,
                **dict(zip(("was", "now"), days, strict=True)),
            )
        ]
    beyond = [series.item.id for series in shown if series.item.field != "actual" and _beyond(series.item)]
    if beyond:
        parts.append(say("trend beyond them", lang, ids=listed(beyond)))
    if len(shown) < len(found):
        parts.append(say("trend shown", lang, n=len(shown), all=number(len(found), lang)))
    return " ".join(parts)
