"""The view `kpis`: figures as tiles, each with its thresholds, its state in a word and a shape, and its trend."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.measures import FROM_HEADERS, MEASURES, Measure, Value, reads_of
from pipeline.figures.measures.values import live
from pipeline.model import Artifact, Programme
from pipeline.views.dates import short_day
from pipeline.views.numbers import amount, number, percent
from pipeline.views.select import select, text, texts
from pipeline.views.values import Fields, Nothing, Ref, Shown, Tile, Tiles, Words
from pipeline.views.words import say

_HUNDRED = Decimal(100)
_MOST = Decimal(10) ** 15


class Limits(NamedTuple):
    """Whether more (up) or less (down) is better, the value that is aimed at, and those at which it turns."""

    direction: str
    target: Decimal | None = None
    amber: Decimal | None = None
    red: Decimal | None = None


def kpis(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The KPIs of `ids` and `where`, then the figures of `figures`; all open KPIs where the block names neither."""
    named = [MEASURES[name] for name in texts(fields.get("figures")) if name in FROM_HEADERS]
    found: list[Artifact] = []
    if not named or "ids" in fields or "where" in fields:
        chosen = select(programme, {**fields, "kind": "kpi"})
        found = [item for item in chosen if "ids" in fields or programme.phase(item) in ("early", "firm")]
    tiles = [
        *(_of_kpi(item, programme, lang) for item in found),
        *(tile for measure in named if (tile := _of_measure(measure, programme, lang))),
    ]
    return Tiles(tuple(tiles), text(fields.get("caption")), programme.day) if tiles else Nothing()


def read_by(programme: Programme, fields: Fields) -> dict[str, set[str]]:
    """For each kind, or * for every kind, the fields that the figures of a block, and those of KPIs, are told from."""
    kpi = (item.fields.get("figure") for item in programme.artifacts.values() if item.kind == "kpi")
    return reads_of([*texts(fields.get("figures")), *(name for name in kpi if isinstance(name, str))])


def _of_measure(measure: Measure, programme: Programme, lang: str) -> Tile | None:
    """A tile for a figure of the registers; None where they hold nothing that it is about.

    An open KPI that names the figure says where it turns; without one, what is usual does.
    """
    value = measure.of(programme)
    if value is None:
        return None
    kpi = next((item for item in live(programme, "kpi") if item.fields.get("figure") == measure.name), None)
    limits = limits_of(kpi) if kpi else Limits(measure.direction, None, measure.amber, measure.red)
    judged = judged_as(value)
    state = state_of(judged, limits) if judged is not None else ""
    return Tile(
        (Words(measure.label(lang)),),
        told(value, measure, lang),
        _detail(value, lang),
        state,
        say(f"state {state}", lang) if state else "",
        _limits(limits, text(kpi.fields.get("unit")) if kpi else "", lang),
    )


def limits_of(kpi: Artifact) -> Limits:
    """Where a KPI turns."""
    stated = (_number(kpi.fields.get(name)) for name in ("target", "amber", "red"))
    return Limits(text(kpi.fields.get("direction")), *stated)


def judged_as(value: Value) -> Decimal | None:
    """What thresholds are held against: the value, a share in per cent."""
    if value.value is None:
        return None
    return Decimal(value.value) * _HUNDRED / value.of if value.of else Decimal(value.value)


def told(value: Value, measure: Measure, lang: str) -> str:
    """A figure as it is read: 3 of 12, EUR 1,000.00, 0.9481, 4.5 days; or that it is not defined."""
    if value.value is None:
        return say("not defined", lang)
    if measure.unit == "share":
        return say("of", lang, n=number(value.value, lang), all=number(value.of or 0, lang))
    if measure.unit == "money":
        return amount(Decimal(value.value), lang, value.unit)
    if measure.unit == "ratio":
        return number(value.value, lang, 4)
    if measure.unit == "count":
        return number(value.value, lang)
    digits = 0 if value.value == int(value.value) else 1
    unit = measure.unit.removesuffix("s") if abs(value.value) == 1 else measure.unit
    return say(unit, lang, n=number(value.value, lang, digits))


def _detail(value: Value, lang: str) -> str:
    """The share in per cent."""
    return percent(value.value, value.of, lang) if value.of and value.value is not None else ""


def _of_kpi(kpi: Artifact, programme: Programme, lang: str) -> Tile:
    fields = kpi.fields
    unit = text(fields.get("unit"))
    limits = limits_of(kpi)
    points = points_of(kpi, programme)
    digits = _digits([value for _, value in points])
    if not points:
        told_limits = _limits(limits, unit, lang)
        return Tile((Ref(kpi.id, titled=True),), say("no value", lang), "", "", "", told_limits)
    day, last = points[-1]
    state = state_of(last, limits)
    trend, words = _trend(points, limits, digits, unit, lang)
    return Tile(
        (Ref(kpi.id, titled=True),),
        _in_unit(number(last, lang, digits), unit),
        short_day(day, lang),
        state,
        say(f"state {state}", lang) if state else "",
        _limits(limits, unit, lang),
        trend,
        words,
        tuple((point.isoformat(), value) for point, value in points),
    )


def points_of(kpi: Artifact, programme: Programme) -> list[tuple[date, Decimal]]:
    """What was measured up to the programme's day, in order of the days, and what the registers come to now.

    The present figure replaces the last point where it is the same to the digits of that point: nothing was measured
    since.
    """
    rows = kpi.fields.get("series")
    today = read_day(programme.day)
    found: dict[date, Decimal] = {}
    for row in rows if isinstance(rows, list) else ():
        day, value = (
            (read_day(row.get("on")), _number(row.get("value"))) if isinstance(row, dict) else (None, None)
        )
        if day is not None and value is not None and (today is None or day <= today):
            found[day] = value
    points = sorted(found.items())
    present = _present(kpi, programme)
    if present is not None and today is not None:
        digits = max(_digits([value for _, value in points]), 3)
        rounded = present.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        if not points or rounded != points[-1][1]:
            points = [*points, (today, rounded)]
    return points


def _present(kpi: Artifact, programme: Programme) -> Decimal | None:
    """The figure that a KPI names, as it is judged; None where it names none, or none is defined."""
    measure = MEASURES.get(text(kpi.fields.get("figure")))
    value = measure.of(programme) if measure else None
    return judged_as(value) if value else None


def state_of(value: Decimal | int, limits: Limits) -> str:
    """green, amber or red; '' where no value is stated at which it turns.

    It turns at the value itself: with `amber: 0.95`, what is 0.95 is amber.
    """
    if limits.amber is None and limits.red is None:
        return ""
    for state, limit in (("red", limits.red), ("amber", limits.amber)):
        if limit is not None and (value >= limit if limits.direction == "down" else value <= limit):
            return state
    return "green"


def _limits(limits: Limits, unit: str, lang: str) -> str:
    """The target, and from which value on it is amber and red."""
    sign = "≥" if limits.direction == "down" else "≤"
    parts = []
    turns = _digits([limit for limit in (limits.amber, limits.red) if limit is not None])
    for name, limit in (("target", limits.target), ("amber", limits.amber), ("red", limits.red)):
        if limit is not None:
            shown = _in_unit(number(limit, lang, _digits([limit]) if name == "target" else turns), unit)
            parts.append(say(f"limit {name}", lang, value=shown, sign=sign))
    return " · ".join(parts)


def _trend(
    points: list[tuple[date, Decimal]], limits: Limits, digits: int, unit: str, lang: str
) -> tuple[str, str]:
    """up, down or level since the last value but one, and in words whether that is better."""
    if len(points) < 2:
        return "", ""
    (day, before), (_, last) = points[-2], points[-1]
    if last == before:
        return "level", say("trend level", lang, day=short_day(day, lang))
    way = "up" if last > before else "down"
    key = "trend better" if way == limits.direction else "trend worse"
    return way, say(key, lang, value=_in_unit(number(before, lang, digits), unit), day=short_day(day, lang))


def _in_unit(words: str, unit: str) -> str:
    """A value with its unit; a ratio needs none."""
    if not unit or unit.casefold() in ("ratio", "rapport", "verhouding", "verhältnis"):
        return words
    return f"{words}\u00a0{unit}"


def _number(value: Any) -> Decimal | None:
    """A number as the header states it, to the digit; None for what is none, or is beyond any measure."""
    exact = Decimal(str(value)) if type(value) in (int, float) else None
    return exact if exact is not None and exact.is_finite() and abs(exact) < _MOST else None


def _digits(values: list[Decimal]) -> int:
    """The digits behind the point that the values state, at most three."""
    return min(3, max((max(0, -int(value.normalize().as_tuple().exponent)) for value in values), default=0))
