"""The view `gantt`: milestones in time by workstream, with baselines, slack and what is critical."""

from datetime import date
from typing import NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.milestones import Milestone, Plan, plan_of
from pipeline.figures.order import natural_id
from pipeline.model import Programme
from pipeline.model.picture import mark_of
from pipeline.views.dates import short_day
from pipeline.views.drawing import WIDTH, Drawing, listed
from pipeline.views.lanes import Lane, in_lanes
from pipeline.views.legend import Sign, legend, point
from pipeline.views.named import chosen, name, when
from pipeline.views.numbers import number, share
from pipeline.views.select import text
from pipeline.views.timeline import HEAD, Timeline
from pipeline.views.values import Cell, Chart, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

# More rows than a reader follows: beyond them, milestones of a lane are counted by the month.
MOST = 60
LEFT, RIGHT, ROW, LANE = 236, 596, 27, 24
_SIGNS = {
    "achieved": ("circle", "good", 70),
    "planned": ("diamond", "main", 90),
    "critical": ("diamond", "accent", 150),
}
_BARS = {"achieved": "line", "planned": "third", "critical": "accent"}


class Scene(NamedTuple):
    """What the chart is drawn from."""

    programme: Programme
    plan: Plan
    time: Timeline
    drawing: Drawing
    lang: str


def gantt(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The milestones that were not cancelled, or those of `ids` and `where`, in lanes by the field `by`."""
    plan = plan_of(programme)
    found = [plan.milestones[identity] for identity in chosen(programme, fields, plan.milestones)]
    if not found:
        return Nothing()
    alone = _alone(found)
    lanes = in_lanes(programme, [item.id for item in found], text(fields.get("by")) or "for", lang)
    table = _table(found, lanes, alone, lang)
    if not any(item.day for item in found):
        return Table(table.headers, table.rows, text(fields.get("caption")))
    days = [day for item in found for day in (item.day, item.baseline, item.late) if day]
    scene = Scene(programme, plan, Timeline(days, LEFT, RIGHT), Drawing(), lang)
    height = _draw(scene, lanes, alone)
    words = _words(programme, found, alone, lang)
    return Chart(
        scene.drawing.picture(lang, height), table, words, text(fields.get("caption")), programme.day
    )


def _alone(found: list[Milestone]) -> set[str]:
    """The milestones that have a row of their own: all, or the critical ones and those that come next."""
    pressing = sorted(
        found,
        key=lambda item: (
            not item.critical,
            item.field == "actual",
            item.day or date.max,
            natural_id(item.id),
        ),
    )
    return {item.id for item in pressing[: MOST if len(found) > MOST else None]}


def _draw(scene: Scene, lanes: list[Lane], alone: set[str]) -> float:
    """Draw all lanes; gives the height of the picture."""
    rows = sum(bool(lane.title) for lane in lanes) * LANE
    rows += sum(
        ROW * (len(alone.intersection(lane.ids)) + (not alone.issuperset(lane.ids))) for lane in lanes
    )
    bottom, y = HEAD + rows, float(HEAD)
    scene.time.head(scene.drawing, bottom, scene.lang)
    scene.time.today(scene.drawing, read_day(scene.programme.day), bottom, scene.lang)
    for x, key, align in ((RIGHT + 8, "forecast", "left"), (WIDTH, "short slip", "right")):
        scene.drawing.write((x, 27), say(key, scene.lang), "quiet", align=align, size=11)
    for lane in lanes:
        y = _lane(scene, lane, alone, y)
    return legend(scene.drawing, _entries(scene, lanes, alone), bottom + 24)


def _lane(scene: Scene, lane: Lane, alone: set[str], y: float) -> float:
    drawing = scene.drawing
    if lane.title:
        drawing.area((0, y), (WIDTH, LANE - 4), "paper")
        drawing.write((4, y + LANE / 2 - 2), lane.title, bold=True, limit=WIDTH - 8, mark=lane.mark)
        y += LANE
    rows = [scene.plan.milestones[identity] for identity in lane.ids]
    for item in sorted(rows, key=lambda item: (item.day or date.max, natural_id(item.id))):
        if item.id in alone:
            _row(scene, item, y + ROW / 2)
            y += ROW
    rest = [item for item in rows if item.id not in alone]
    if rest:
        _rest(scene, rest, y + ROW / 2)
        y += ROW
    return y


def _row(scene: Scene, item: Milestone, y: float) -> None:
    """A milestone: its name, what leads up to it, itself, its baseline and its slack, its day and its slip."""
    drawing, x = scene.drawing, scene.time.x
    title = scene.programme.artifacts[item.id].title
    told = short_day(item.day, scene.lang) if item.day else say("no date", scene.lang)
    slip = "" if item.slip is None else number(item.slip, scene.lang, sign=True)
    mark = mark_of(item.id, f"{item.id} {title}: {told}{f' ({slip})' if slip else ''}")
    name(drawing, (4, y - 1), item.id, title, LEFT - 10, mark, bold=item.critical)
    drawing.write((RIGHT + 8, y - 1), told, "ink" if item.day else "quiet")
    drawing.write((WIDTH, y - 1), slip, align="right", bold=bool(item.slip and item.slip > 0))
    if not item.day:
        return
    state = _state(item)
    begin = max((day for day in _before(scene, item) if day <= item.day), default=None)
    if begin:
        drawing.area((x(begin), y - 6.5), (x(item.day) - x(begin), 7), _BARS[state])
    if item.baseline and item.baseline != item.day:
        drawing.line([(x(item.baseline), y + 7), (x(item.day), y + 7)], "none", thick=1.5)
        drawing.point((x(item.baseline), y + 7), "diamond", 34, stroke="none")
    if item.slack and item.late and item.late > item.day:
        drawing.line([(x(item.day), y - 3), (x(item.late), y - 3)], "quiet", dash=(1, 3), thick=1.5)
        drawing.line([(x(item.late), y - 7), (x(item.late), y + 1)], "quiet", thick=1.5)
    shape, fill, size = _SIGNS[state]
    drawing.point((x(item.day), y - 3), shape, size, fill, mark=mark)


def _state(item: Milestone) -> str:
    return "achieved" if item.field == "actual" else "critical" if item.critical else "planned"


def _before(scene: Scene, item: Milestone) -> list[date]:
    """The days of what a milestone comes after."""
    links = scene.programme.artifacts[item.id].links
    others = (scene.plan.milestones.get(link.target) for link in links if link.role == "after")
    return [other.day for other in others if other and other.day]


def _rest(scene: Scene, rest: list[Milestone], y: float) -> None:
    """The milestones of a lane that have no row of their own, counted by pieces of time that have room for a figure."""
    told = say("others", scene.lang, n=number(len(rest), scene.lang))
    scene.drawing.write((4, y), told, "quiet")
    counts: dict[int, int] = {}
    for item in rest:
        if item.day:
            place = int((scene.time.x(item.day) - LEFT) // 24)
            counts[place] = counts.get(place, 0) + 1
    for place, count in sorted(counts.items()):
        middle = min(LEFT + place * 24 + 12, RIGHT - 12)
        scene.drawing.area((middle - 11, y - 8), (22, 16), "paper", stroke="none", round=3)
        scene.drawing.write((middle, y), str(count), "quiet", align="center", size=10, limit=22)


def _until(drawing: Drawing, x: float, y: float) -> None:
    """The sign of slack."""
    drawing.line([(x - 8, y), (x + 6, y)], "quiet", dash=(1, 3), thick=1.5)
    drawing.line([(x + 6, y - 4), (x + 6, y + 4)], "quiet", thick=1.5)


def _entries(scene: Scene, lanes: list[Lane], alone: set[str]) -> list[tuple[Sign, str]]:
    """What the legend has to say: of the signs that the chart has."""
    found = [scene.plan.milestones[identity] for lane in lanes for identity in lane.ids if identity in alone]
    dated = [item for item in found if item.day]
    states = {_state(item) for item in dated}
    entries = [
        (point(shape, fill, size=size), say(f"legend {state}", scene.lang))
        for state, (shape, fill, size) in _SIGNS.items()
        if state in states
    ]
    if any(item.baseline and item.baseline != item.day for item in dated):
        entries.append((point("diamond", stroke="none", size=34), say("legend baseline", scene.lang)))
    if any(item.slack and item.late and item.day and item.late > item.day for item in dated):
        entries.append((_until, say("legend slack", scene.lang)))
    return entries


def _table(found: list[Milestone], lanes: list[Lane], alone: set[str], lang: str) -> Table:
    """The figures: a row a milestone, and one for those of a lane that are counted."""
    keys = ("milestone", "baseline", "forecast", "slip", "slack", "critical")
    rows = [_cells(item, lang) for item in found if item.id in alone]
    known = {item.id: item for item in found}
    for lane in lanes:
        rest = [known[identity] for identity in lane.ids if identity not in alone]
        if rest:
            rows.append(_gathered(lane, rest, lang))
    return Table(tuple((Words(say(key, lang)),) for key in keys), tuple(rows))


def _gathered(lane: Lane, rest: list[Milestone], lang: str) -> tuple[Cell, ...]:
    """The milestones of a lane that are counted, between their first and their last day."""
    told = say("others", lang, n=number(len(rest), lang))
    days = sorted({item.day for item in rest if item.day})
    ends = " \u2013 ".join(short_day(day, lang) for day in dict.fromkeys((*days[:1], *days[-1:])))
    return ((Words(f"{lane.title}: {told}" if lane.title else told),), (), (Words(ends),), (), (), ())


def _cells(item: Milestone, lang: str) -> tuple[Cell, ...]:
    slip = "" if item.slip is None else number(item.slip, lang, sign=True)
    slack = "" if item.slack is None else number(item.slack, lang)
    critical = say("yes", lang) if item.critical else ""
    return (
        (Ref(item.id, titled=True),),
        when(item.baseline, lang),
        when(item.day, lang),
        *((Words(told),) if told else () for told in (slip, slack, critical)),
    )


def _words(programme: Programme, found: list[Milestone], alone: set[str], lang: str) -> str:
    dated = [(item.day, item) for item in found if item.day]
    day, last = max(dated, key=lambda pair: (pair[0], pair[1].id))
    title = programme.artifacts[last.id].title
    parts = [say("gantt last", lang, id=last.id, title=title, day=short_day(day, lang))]
    critical = [item.id for _, item in sorted(dated) if item.critical]
    if critical:
        parts.append(say("critical path", lang, ids=listed(critical)))
    slips = [(item.slip, item.id) for item in found if item.slip is not None]
    late = [(slip, identity) for slip, identity in slips if slip > 0]
    if late:
        slip, worst = max(late, key=lambda pair: pair[0])
        told = share(len(late), len(slips), lang)
        parts.append(say("gantt late", lang, share=told, id=worst, days=number(slip, lang)))
    elif slips:
        parts.append(say("gantt in time", lang))
    if without := [item.id for item in found if not item.day]:
        parts.append(say("undated", lang, ids=listed(without)))
    if len(alone) < len(found):
        parts.append(say("gathered", lang, n=len(alone), all=number(len(found), lang)))
    return " ".join(parts)
