"""The view `forecast`: when milestones come by the estimates of all, from many draws of their network."""

from typing import NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.forecast import Forecast, Outlook, forecast_of
from pipeline.figures.order import natural_id
from pipeline.model import Programme
from pipeline.model.picture import mark_of
from pipeline.views.dates import short_day
from pipeline.views.drawing import WIDTH, Drawing
from pipeline.views.legend import Sign, legend, point
from pipeline.views.named import chosen, name, when
from pipeline.views.numbers import number, percent, share
from pipeline.views.select import text
from pipeline.views.timeline import HEAD, Timeline
from pipeline.views.values import Cell, Chart, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

# Beyond this many, those whose planned days are the least sure are shown.
MOST = 60
LEFT, RIGHT, ROW = 236, 590, 26
# Half as wide as the sign of P50.
_ROUND = 7


class Scene(NamedTuple):
    """What the chart is drawn from."""

    programme: Programme
    forecast: Forecast
    time: Timeline
    drawing: Drawing
    lang: str


def forecast(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The planned milestones, or those of `ids` and `where`, with the days that half and four fifths of draws keep."""
    known = forecast_of(programme)
    found = [known.outlooks[key] for key in chosen(programme, fields, known.outlooks)]
    dated = [item for item in found if item.p80]
    if not dated:
        return Nothing()
    shown = sorted(dated, key=lambda item: (_kept(item, known), natural_id(item.id)))[:MOST]
    shown.sort(key=lambda item: (str(item.p50), str(item.p80), natural_id(item.id)))
    days = [day for item in shown for day in (item.day, item.p50, item.p80) if day]
    today = read_day(programme.day)
    scene = Scene(
        programme, known, Timeline([*days, *([today] if today else [])], LEFT, RIGHT), Drawing(), lang
    )
    height = _draw(scene, shown)
    keys = ("milestone", "forecast", "p50", "p80", "kept")
    table = Table(
        tuple((Words(say(key, lang)),) for key in keys), tuple(_cells(item, known, lang) for item in shown)
    )
    words = _words(scene, dated, shown)
    return Chart(
        scene.drawing.picture(lang, height), table, words, text(fields.get("caption")), programme.day
    )


def _kept(item: Outlook, known: Forecast) -> int:
    return known.draws + 1 if item.kept is None else item.kept


def _draw(scene: Scene, shown: list[Outlook]) -> float:
    drawing, lang = scene.drawing, scene.lang
    bottom = HEAD + ROW * len(shown)
    scene.time.head(drawing, bottom, lang)
    scene.time.today(drawing, read_day(scene.programme.day), bottom, lang)
    for x, key, align in ((RIGHT + 8, "p80", "left"), (WIDTH, "short kept", "right")):
        drawing.write((x, 27), say(key, lang), "quiet", align=align, size=11)
    for place, item in enumerate(shown):
        _row(scene, item, HEAD + ROW * (place + 0.5))
    entries: list[tuple[Sign, str]] = [
        (point("diamond", "main", size=70), say("legend expected", lang)),
        (point("circle", stroke="accent", size=110), say("legend p50", lang)),
        (_p80, say("legend p80", lang)),
    ]
    return legend(drawing, entries, bottom + 24)


def _p80(drawing: Drawing, x: float, y: float) -> None:
    """The sign of the day that four in five draws keep."""
    drawing.line([(x - 8, y), (x + 6, y)], "accent", thick=2.5)
    drawing.line([(x + 6, y - 6), (x + 6, y + 6)], "accent", thick=2.5)


def _row(scene: Scene, item: Outlook, y: float) -> None:
    drawing, x, lang = scene.drawing, scene.time.x, scene.lang
    title = scene.programme.artifacts[item.id].title
    p50, p80 = (short_day(day, lang) if day else "" for day in (item.p50, item.p80))
    mark = mark_of(item.id, f"{item.id} {title}: P50 {p50}, P80 {p80}")
    name(drawing, (4, y), item.id, title, LEFT - 10, mark)
    kept = "" if item.kept is None else percent(item.kept, scene.forecast.draws, lang)
    drawing.write((RIGHT + 8, y), p80)
    drawing.write(
        (WIDTH, y), kept, align="right", bold=item.kept is not None and item.kept * 2 < scene.forecast.draws
    )
    if item.p50 and item.p80:
        if x(item.p80) - x(item.p50) > _ROUND:
            drawing.line([(x(item.p50) + _ROUND, y), (x(item.p80), y)], "accent", thick=2.5)
        drawing.line([(x(item.p80), y - 6), (x(item.p80), y + 6)], "accent", thick=2.5)
        drawing.point((x(item.p50), y), "circle", 150, stroke="accent", mark=mark)
    if item.day:
        drawing.point((x(item.day), y), "diamond", 60, "main", mark=mark)


def _cells(item: Outlook, known: Forecast, lang: str) -> tuple[Cell, ...]:
    kept = "" if item.kept is None else share(item.kept, known.draws, lang)
    days = (when(day, lang) for day in (item.day, item.p50, item.p80))
    return ((Ref(item.id, titled=True),), *days, (Words(kept),) if kept else ())


def _words(scene: Scene, dated: list[Outlook], shown: list[Outlook]) -> str:
    lang, known = scene.lang, scene.forecast
    last = max(dated, key=lambda item: (str(item.p80), item.id))
    title = scene.programme.artifacts[last.id].title
    p50, p80 = (short_day(day, lang) if day else "" for day in (last.p50, last.p80))
    parts = [say("forecast last", lang, id=last.id, title=title, p50=p50, p80=p80)]
    known_days = [item for item in dated if item.kept is not None]
    if known_days:
        least = min(known_days, key=lambda item: (_kept(item, known), natural_id(item.id)))
        told = percent(_kept(least, known), known.draws, lang)
        parts.append(say("forecast least", lang, id=least.id, share=told))
    if len(shown) < len(dated):
        parts.append(say("forecast least shown", lang, n=len(shown), all=number(len(dated), lang)))
    parts.append(say("forecast method", lang, draws=number(known.draws, lang), seed=known.seed))
    return " ".join(parts)
