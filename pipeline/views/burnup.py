"""The view `burnup`: what is done over time, against the line of what is asked for."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from pipeline.figures.burnup import Burnup, Mark, burnup
from pipeline.model import Artifact, Programme
from pipeline.model.past import State
from pipeline.model.picture import Picture, mark_of
from pipeline.views.dates import long_day
from pipeline.views.labels import label_of
from pipeline.views.numbers import number, percent
from pipeline.views.scale import month_step
from pipeline.views.select import holds, text
from pipeline.views.values import Cell, Chart, Fields, Nothing, Shown, Table, Words
from pipeline.views.words import WORDS, say

HEIGHT, WIDTH = 280, 560
_PASSED = ("requirement", "test-case")


def burn_up(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The burn-up of the artifacts of `kind` (requirements) that `where` names, counted, or weighed by a field."""
    kind, by = text(fields.get("kind")) or "requirement", text(fields.get("by"))

    def chosen(item: Artifact | State) -> bool:
        return holds(item, fields.get("where"))

    found = burnup(programme, kind, chosen, by)
    if found is None:
        return Nothing()
    what = _named(programme, kind, lang)
    unit = f"{what}, {_unit(programme, kind, by, lang)}" if by else what
    caption = text(fields.get("caption")) or say("burn of", lang, what=what.lower())
    return Chart(
        _picture(found, unit, kind, lang),
        _table(found, unit, kind, lang),
        _words(found, unit, kind, lang),
        caption,
        programme.day,
    )


def _named(programme: Programme, kind: str, lang: str) -> str:
    """What artifacts of a kind are called, in the plural."""
    known = programme.kinds.get(kind)
    words = (known.labels.get(lang) or known.labels.get("en")) if known else None
    told = words[1] if words else kind
    return told[:1].upper() + told[1:]


def _unit(programme: Programme, kind: str, by: str, lang: str) -> str:
    """What is added up where artifacts are weighed by a field."""
    if f"burn {by}" in WORDS:
        return say(f"burn {by}", lang)
    return label_of(programme.kinds.get(kind), by, lang)


def _done(kind: str, lang: str) -> str:
    return say("burn passed" if kind in _PASSED else "burn done", lang)


def _size(value: Decimal, lang: str) -> str:
    return number(value, lang, 0 if value == value.to_integral_value() else 1)


def _picture(found: Burnup, unit: str, kind: str, lang: str) -> Picture:
    marks = found.marks
    first, last = marks[0].day, marks[-1].day
    if first == last:
        first -= timedelta(days=30)
    top = float(max((*(mark.scope for mark in marks), *(mark.done for mark in marks)))) * 1.12 or 1.0
    names = {"scope": say("burn scope", lang), "done": _done(kind, lang)}
    return Picture(
        "burnup",
        lang,
        {
            "lines": [row for mark in marks for row in _rows(mark, names, lang)],
            "labels": _labels(marks[-1], names, lang, top),
        },
        {
            "top": top,
            "from": first.isoformat(),
            "until": last.isoformat(),
            "plot": WIDTH,
            "height": HEIGHT,
            "unit": unit,
            "months": month_step((last - first).days),
            "format": "%b %Y",
        },
    )


def _rows(mark: Mark, names: dict[str, str], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "day": str(mark.day),
            "value": float(value),
            "line": name,
            "mark": mark_of("", f"{names[name]}, {long_day(mark.day, lang)}: {_size(value, lang)}"),
        }
        for name, value in (("scope", mark.scope), ("done", mark.done))
    ]


def _labels(mark: Mark, names: dict[str, str], lang: str, top: float) -> list[dict[str, Any]]:
    """What each line is called and comes to, beside its end; the lower one further down where both would touch."""
    least = 34 * top / HEIGHT
    scope = float(mark.scope)
    done = min(float(mark.done), scope - least) if scope - float(mark.done) < least else float(mark.done)
    told = {"scope": _size(mark.scope, lang), "done": _size(mark.done, lang)}
    share = percent(mark.done, mark.scope, lang)
    told["done"] += f" ({share})" if share else ""
    return [
        {"day": str(mark.day), "y": y, "line": name, "name": names[name], "text": told[name]}
        for name, y in (("scope", scope), ("done", max(done, 8 * top / HEIGHT)))
    ]


def _words(found: Burnup, unit: str, kind: str, lang: str) -> str:
    first, last = found.marks[0], found.marks[-1]
    parts = [
        say(
            f"burn words {kind}" if kind in _PASSED else "burn words",
            lang,
            day=long_day(last.day, lang),
            n=_size(last.done, lang),
            all=_size(last.scope, lang),
            unit=unit[:1].lower() + unit[1:],
        )
    ]
    if first.scope != last.scope:
        was, now = _size(first.scope, lang), _size(last.scope, lang)
        parts.append(say("burn grew", lang, day=long_day(first.day, lang), was=was, now=now))
    if found.unweighed:
        parts.append(say("burn bare", lang, n=len(found.unweighed)))
    return " ".join(parts)


def _table(found: Burnup, unit: str, kind: str, lang: str) -> Table:
    headers: tuple[Cell, ...] = (
        (Words(unit),),
        (Words(say("burn scope", lang)),),
        (Words(_done(kind, lang)),),
    )
    rows = tuple(
        tuple(
            (Words(word),) for word in (long_day(mark.day, lang), *(_size(value, lang) for value in mark[1:]))
        )
        for mark in found.marks
    )
    return Table(headers, rows, right=(1, 2))
