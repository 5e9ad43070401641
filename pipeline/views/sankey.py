"""The view `sankey`: how far requirements have come, from need to the verdict of their tests, and which links lack."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.figures.order import natural_id
from pipeline.figures.trace.chain import Chain
from pipeline.figures.trace.flow import (
    DONE,
    GOING,
    MISSING,
    NEED,
    NONE,
    OTHER,
    REQUIREMENT,
    STAGES,
    TEST,
    UAT,
    UNASKED,
    VERDICT,
    WORK,
    Thread,
    threads,
)
from pipeline.model import Programme
from pipeline.model.picture import Picture, mark_of
from pipeline.views.bands import Key, Place, Step, lay_out
from pipeline.views.cells import named
from pipeline.views.numbers import number, share
from pipeline.views.select import text
from pipeline.views.states import value_name
from pipeline.views.values import Cell, Chart, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import WORDS, say

# More needs than this are shown in groups, and of more groups the smaller ones together.
MOST_NEEDS = 10
# In a table, of those that lack a link and of others.
MOST_LACKING, MOST_NAMED = 20, 4
WIDTH, TOP = 720.0, 26.0
# The first boxes hold titles, the others words of ours.
WIDE, BOX = 156.0, 102.0

_OTHERS = "others"
_ORDER = {
    REQUIREMENT: ("must", "should", "could", "wont", NONE, MISSING),
    WORK: (DONE, GOING, UNASKED, MISSING),
    TEST: (UAT, OTHER, UNASKED, MISSING),
    VERDICT: ("pass", "blocked", "fail", MISSING),
}


class _Flow(NamedTuple):
    """The threads with their stops grouped: the stages that are shown, the boxes of each, and what passes where."""

    stages: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    counts: dict[Step, int]
    units: dict[Step, tuple[str, ...]]
    inside: dict[Key, tuple[str, ...]]


def sankey(programme: Programme, fields: Fields, lang: str) -> Shown:
    """Needs, requirements, work, tests and verdicts as boxes, with bands between them; `by` groups the needs."""
    found = threads(Chain(programme))
    if not found:
        return Nothing()
    flow = _flow(found, _groups(programme, found, text(fields.get("by"))))
    names = {key: _name(programme, flow, key, lang) for key in flow.inside}
    total = len({item.requirement for item in found if item.requirement})
    caption = text(fields.get("caption")) or say("flow.caption", lang)
    return Chart(
        _picture(flow, names, total, lang),
        _table(programme, flow, names, lang),
        _words(flow, names, total, lang),
        caption,
        programme.day,
    )


def _groups(programme: Programme, found: Sequence[Thread], by: str) -> dict[str, str]:
    """The box of each need: itself, or the value of a field by which needs are grouped."""
    needs = sorted({item.need for item in found if item.need}, key=natural_id)
    field = by or ("process" if len(needs) > MOST_NEEDS else "")
    if not field:
        return {need: need for need in needs}
    values = {need: _value(programme.artifacts[need].fields.get(field)) for need in needs}
    weight: dict[str, int] = {}
    for item in found:
        if item.need:
            weight[values[item.need]] = weight.get(values[item.need], 0) + 1
    largest = sorted(weight, key=lambda name: (-weight[name], name))
    kept = set(largest if len(largest) <= MOST_NEEDS else largest[: MOST_NEEDS - 1])
    return {need: value if value in kept else _OTHERS for need, value in values.items()}


def _value(value: Any) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return str(first) if isinstance(first, str | int) and str(first) else NONE


def _flow(found: Sequence[Thread], groups: Mapping[str, str]) -> _Flow:
    """The threads as counts between boxes. A stage at which nothing is asked of any thread is left out."""
    idle = {
        at
        for at in (STAGES.index(WORK), STAGES.index(TEST))
        if {item.stops[at : at + 1] for item in found} <= {(), (UNASKED,)}
    }
    stages = tuple(name for at, name in enumerate(STAGES) if at not in idle)
    counts: dict[Step, int] = {}
    units: dict[Step, dict[str, None]] = {}
    inside: dict[Key, dict[str, None]] = {}
    for item in found:
        first = groups.get(item.stops[0], item.stops[0])
        stops = [first, *(stop for at, stop in enumerate(item.stops) if at and at not in idle)]
        for at, stop in enumerate(stops):
            inside.setdefault((at, stop), {})[item.unit] = None
            if at:
                step = (at - 1, stops[at - 1], stop)
                counts[step] = counts.get(step, 0) + 1
                units.setdefault(step, {})[item.unit] = None
    used = max((at for at, _ in inside), default=0) + 1
    columns = tuple(_ordered(stages[at], [key for place, key in inside if place == at]) for at in range(used))
    return _Flow(
        stages[:used],
        columns,
        counts,
        {step: tuple(names) for step, names in units.items()},
        {key: tuple(names) for key, names in inside.items()},
    )


def _ordered(stage: str, keys: list[str]) -> tuple[str, ...]:
    """The boxes of a stage from above: in the order of their meaning, what is missing at the bottom."""
    if stage == NEED:
        last = (NONE, _OTHERS, MISSING)
        return tuple(
            sorted(keys, key=lambda key: (last.index(key) + 1 if key in last else 0, natural_id(key)))
        )
    known = _ORDER[stage]
    return tuple(sorted(keys, key=lambda key: (known.index(key) if key in known else 0.5, key)))


def _name(programme: Programme, flow: _Flow, key: Key, lang: str) -> str:
    """What a box is called."""
    at, stop = key
    stage = flow.stages[at]
    if stage == NEED and stop not in (MISSING, NONE, _OTHERS):
        artifact = programme.artifacts.get(stop)
        return f"{stop} {artifact.title}" if artifact else stop[:1].upper() + stop[1:]
    if stage == NEED and stop != MISSING:
        return say("flow.others" if stop == _OTHERS else "group.none", lang)
    words = f"flow.{stage}.{stop}"
    told = (
        say(words, lang) if words in WORDS else value_name(programme, (REQUIREMENT,), "priority", stop, lang)
    )
    return told[:1].upper() + told[1:]


def _picture(flow: _Flow, names: Mapping[Key, str], total: int, lang: str) -> Picture:
    places = _places(len(flow.columns))
    layout = lay_out(flow.columns, flow.counts, places, TOP)
    boxes = []
    for box in layout.boxes:
        key = (box.column, box.key)
        count = len(flow.inside[key])
        head, tail = _lines(names[key], number(count, lang), box.key)
        boxes.append(
            {
                "x": box.x,
                "y": box.y,
                "width": box.width,
                "height": box.height,
                "middle": round(box.y + box.height / 2, 1),
                "room": box.width - 14,
                "head": head,
                "tail": tail,
                "look": _look(box.key),
                "mark": _mark(box.key, names[key], share(count, total, lang)),
            }
        )
    bands = [
        {
            "path": band.path,
            "look": _look(band.end if band.end == MISSING else band.begin if band.begin == MISSING else ""),
            "mark": mark_of(
                "",
                f"{names[band.column, band.begin]} → {names[band.column + 1, band.end]}: "
                f"{number(len(flow.units[band.column, band.begin, band.end]), lang)}",
            ),
        }
        for band in layout.bands
    ]
    heads = [
        {"x": place.x, "words": say(f"flow.{stage}", lang)}
        for place, stage in zip(places, flow.stages, strict=True)
    ]
    return Picture(
        "sankey", lang, {"bands": bands, "boxes": boxes, "heads": heads}, {"height": layout.height}
    )


def _mark(key: str, name: str, told: str) -> str:
    """What a box leads to and says: of an artifact, to itself."""
    return mark_of(key if name.startswith(f"{key} ") else "", f"{name}: {told}")


def _places(number: int) -> list[Place]:
    """Where so many columns stand: the first one wide, the others apart by what is left."""
    gap = (WIDTH - WIDE - (number - 1) * BOX) / max(1, number - 1)
    return [
        Place(0.0, WIDE),
        *(Place(round(WIDE + gap + at * (BOX + gap), 1), BOX) for at in range(number - 1)),
    ]


def _lines(name: str, count: str, key: str) -> tuple[str, str]:
    """The two lines of a box: of an artifact its ID with the count, and its title; of others the name and the count."""
    if name.startswith(f"{key} "):
        return f"{key} · {count}", name.removeprefix(f"{key} ")
    return name, count


def _look(key: str) -> str:
    """How a box or a band is drawn: by pattern where a link is missing, so that it is seen in grey as well."""
    return key if key in (MISSING, "fail", "pass", "blocked") else "plain"


def _table(programme: Programme, flow: _Flow, names: Mapping[Key, str], lang: str) -> Table:
    """A row for each band: from where, to where, how many, and which."""
    headers = tuple((Words(say(f"flow.{column}", lang)),) for column in ("from", "to", "number", "which"))
    places = {(at, key): number for at, keys in enumerate(flow.columns) for number, key in enumerate(keys)}
    order = sorted(
        flow.units, key=lambda step: (step[0], places[step[0], step[1]], places[step[0] + 1, step[2]])
    )
    rows: list[tuple[Cell, ...]] = []
    for at, begin, end in order:
        units = sorted(flow.units[at, begin, end], key=natural_id)
        most = MOST_LACKING if end == MISSING or begin == MISSING else MOST_NAMED
        rows.append(
            (
                _end(programme, names[at, begin], begin),
                _end(programme, names[at + 1, end], end),
                (Words(number(len(units), lang)),),
                named(units, most, lang),
            )
        )
    return Table(headers, tuple(rows))


def _end(programme: Programme, name: str, key: str) -> Cell:
    return (Ref(key),) if key in programme.artifacts else (Words(name),)


def _words(flow: _Flow, names: Mapping[Key, str], total: int, lang: str) -> str:
    """The finding: how many are tested and passed, and which links are missing how often."""
    tests = flow.stages.index(TEST) if TEST in flow.stages else -1
    tested = {
        unit
        for (at, key), units in flow.inside.items()
        if at == tests and key in (UAT, OTHER)
        for unit in units
    }
    passed = {
        unit
        for (at, key), units in flow.inside.items()
        if flow.stages[at] == VERDICT and key == "pass"
        for unit in units
    }
    first = say(
        "flow.words", lang, tested=share(len(tested), total, lang), passed=share(len(passed), total, lang)
    )
    gaps = [
        f"{names[at, key][:1].lower()}{names[at, key][1:]} ({number(len(flow.inside[at, key]), lang)})"
        for at, keys in enumerate(flow.columns)
        for key in keys
        if key == MISSING
    ]
    second = say("flow.words missing", lang, list=", ".join(gaps)) if gaps else say("flow.words whole", lang)
    return f"{first} {second}"
