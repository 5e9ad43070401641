"""The view `scurve`: what was planned, earned and spent over time, the budget, and where the cost is heading."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipeline.figures.curve import Curve, Point, curves
from pipeline.model import Programme
from pipeline.model.picture import Picture, mark_of
from pipeline.views.dates import long_day, short_day
from pipeline.views.numbers import amount, number
from pipeline.views.scale import Scale, month_step, scale_for
from pipeline.views.select import id_of, text, texts
from pipeline.views.values import Cell, Chart, Fields, Nothing, Ref, Several, Shown, Table, Words
from pipeline.views.words import say

HEIGHT, WIDTH = 320, 560
# The height of a line of a label, in pixels, and how far labels stand from what they name.
_LINE, _GAP = 18, 10
_LINES = ("pv", "ev", "ac")
# With more days than these, only the last that tells what was done is marked.
_MARKED = 48
Rows = list[dict[str, Any]]


def scurve(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The curve of each budget of `ids`, or of those that are part of no other."""
    found = curves(programme, [id_of(item) for item in texts(fields.get("ids"))])
    charts = [_chart(curve, programme, fields, lang) for curve in found]
    if len(charts) < 2:
        return charts[0] if charts else Nothing()
    return Several(tuple(charts))


def _chart(curve: Curve, programme: Programme, fields: Fields, lang: str) -> Chart:
    own = curve.budget.account.artifact
    caption = text(fields.get("caption")) or say("curve of", lang, budget=f"{own.id} {own.title}".strip())
    day = curve.status.day.isoformat() if curve.status else programme.day
    return Chart(_picture(curve, lang), _table(curve, lang), _words(curve, lang), caption, day)


def _picture(curve: Curve, lang: str) -> Picture:
    scale = scale_for(_top(curve), lang, curve.budget.account.currency)
    top = scale.of(_top(curve)) * 1.06 or 1.0
    first, last = curve.points[0].day, curve.last
    if first == last:
        first, last = first - timedelta(days=20), last + timedelta(days=20)
    status = curve.status or curve.points[-1]
    axis = {"top": top, "from": first.isoformat(), "until": last.isoformat()}
    return Picture(
        "scurve",
        lang,
        {
            "lines": (rows := _rows(curve, scale, lang)),
            "points": rows
            if len(curve.points) <= _MARKED
            else [row for row in rows if row["day"] == str(status.day)],
            "bac": [{"day": str(day), "value": scale.of(bac)} for day, bac in (*curve.bac, *_held(curve))],
            "cone": _cone(curve, scale),
            "status": [{"day": str(status.day), "text": short_day(status.day, lang)}],
            "labels": _labels(status, scale, lang, top, first, last),
            "budget": _budget_label(curve, scale, lang, top, first),
            "estimate": _estimate_label(curve, scale, lang, top),
        },
        {
            **axis,
            "plot": WIDTH,
            "height": HEIGHT,
            "unit": scale.title,
            "months": month_step((last - first).days),
            "format": "%b %Y",
        },
    )


def _top(curve: Curve) -> Decimal:
    """The largest amount that is drawn."""
    drawn = [value for point in curve.points for value in point[1:] if isinstance(value, Decimal)]
    return max((*drawn, *(bac for _, bac in curve.bac), *curve.ends.values(), Decimal(0)))


def _rows(curve: Curve, scale: Scale, lang: str) -> Rows:
    rows = []
    for point in curve.points:
        for name in _LINES:
            value: Decimal | None = getattr(point, name)
            if value is not None:
                told = f"{say(name, lang)}, {long_day(point.day, lang)}: {_money(curve, value, lang)}"
                mark = mark_of("", told)
                rows.append({"day": str(point.day), "value": scale.of(value), "line": name, "mark": mark})
    return rows


def _money(curve: Curve, value: Decimal, lang: str) -> str:
    return amount(value, lang, curve.budget.account.currency)


def _whole(curve: Curve, value: Decimal, lang: str) -> str:
    """An amount in a sentence: without its cents, which the table has."""
    return amount(value, lang, curve.budget.account.currency, 0)


def _held(curve: Curve) -> list[tuple[date, Decimal]]:
    """The budget goes on as it is to the last day."""
    return [(curve.last, curve.bac[-1][1])] if curve.bac and curve.last > curve.bac[-1][0] else []


def _cone(curve: Curve, scale: Scale) -> Rows:
    """From what was spent to the least and the most that it may come to; nothing where no day is left."""
    spent = curve.status.ac if curve.status else None
    if curve.status is None or spent is None or not curve.ends or curve.last <= curve.status.day:
        return []
    start = scale.of(spent)
    low, high = (scale.of(pick(curve.ends.values())) for pick in (min, max))
    return [
        {"day": str(curve.status.day), "low": start, "high": start},
        {"day": str(curve.last), "low": low, "high": high},
    ]


def _labels(status: Point, scale: Scale, lang: str, top: float, first: date, last: date) -> Rows:
    """What each line is called and comes to, one below the other beside the last day that tells what was done.

    Below the lines on the right, where nothing is drawn; above them on the left where they are still low.
    """
    stated = [(value, name) for name in _LINES if (value := getattr(status, name)) is not None]
    if not stated:
        return []
    per_pixel, span = top / HEIGHT, (last - first).days
    low = scale.of(max(stated)[0]) < top * 0.3
    lift = _LINE * (len(stated) - 1) + 2 * _GAP if low else -2 * _GAP
    y = scale.of(max(stated)[0]) + lift * per_pixel
    shift = timedelta(days=span * _GAP // WIDTH + 1)
    left = low and (status.day - first).days > span * 0.4
    day = status.day - shift * 17 if left else status.day + shift
    rows: Rows = []
    for value, name in sorted(stated, reverse=True):
        told = f"{say(name, lang)} {scale.told(value, lang)}"
        rows.append({"day": str(day), "y": y, "line": name, "text": told})
        y -= _LINE * per_pixel
    return rows


def _budget_label(curve: Curve, scale: Scale, lang: str, top: float, first: date) -> Rows:
    if not curve.bac:
        return []
    was, now = curve.bac[0][1], curve.bac[-1][1]
    seen = abs(scale.of(now) - scale.of(was)) * HEIGHT / top >= 4
    told = f"{scale.told(was, lang)} → {scale.told(now, lang)}" if seen else scale.told(now, lang)
    y = scale.of(was) - _GAP * top / HEIGHT
    return [{"day": str(first), "y": y, "text": f"{say('bac', lang)} {told}"}]


def _estimate_label(curve: Curve, scale: Scale, lang: str, top: float) -> Rows:
    if not _cone(curve, scale):
        return []
    low, high = min(curve.ends.values()), max(curve.ends.values())
    told = [scale.told(value, lang) for value in dict.fromkeys((low, high))]
    y = (scale.of(low) + scale.of(high)) / 2
    lines = [*say("eac lines", lang).split("\n"), "–".join(dict.fromkeys(told))]
    middle = (len(lines) - 1) / 2
    return [
        {"day": str(curve.last), "y": y + (middle - index) * 15 * top / HEIGHT, "text": line}
        for index, line in enumerate(lines)
    ]


def _words(curve: Curve, lang: str) -> str:
    """What there is to see: earned against planned, spent against earned, and what it may cost in the end."""
    parts = []
    status = curve.status
    if status is not None:
        day = long_day(status.day, lang)
        told = {name: _told(curve, getattr(status, name), lang) for name in _LINES}
        parts.append(say("curve status", lang, day=day, **told))
    if curve.budget.account.bac is not None:
        parts.append(say("curve budget", lang, bac=_whole(curve, curve.budget.account.bac, lang)))
    if curve.ends:
        low, high = (_whole(curve, pick(curve.ends.values()), lang) for pick in (min, max))
        key = "curve end" if low == high else "curve ends"
        parts.append(say(key, lang, low=low, high=high))
    return " ".join(parts) or say("curve plan", lang)


def _told(curve: Curve, value: Decimal | None, lang: str) -> str:
    return _whole(curve, value, lang) if value is not None else say("not stated", lang)


def _table(curve: Curve, lang: str) -> Table:
    """The figures that are drawn: a row for each day, and one for each estimate of the end."""
    unit = curve.budget.account.currency
    names = [f"{say(name, lang)}, {unit}" for name in (*_LINES, "bac")]
    headers: tuple[Cell, ...] = ((Ref(curve.budget.account.id),), *((Words(name),) for name in names))
    rows = [
        _row(long_day(point.day, lang), [*point[1:], _budget_on(curve, point.day)], lang)
        for point in curve.points
    ]
    ends = [_row(say(f"end {name}", lang), [None, None, end, None], lang) for name, end in curve.ends.items()]
    return Table(headers, (*rows, *ends), right=(1, 2, 3, 4))


def _row(name: str, values: list[Any], lang: str) -> tuple[Cell, ...]:
    cells = ((Words(number(value, lang, 2)),) if isinstance(value, Decimal) else () for value in values)
    return ((Words(name),), *cells)


def _budget_on(curve: Curve, day: date) -> Decimal | None:
    return next((bac for since, bac in reversed(curve.bac) if since <= day), None)
