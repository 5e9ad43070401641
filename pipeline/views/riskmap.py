"""Where things stand on the map of risks: cells, the IDs in them, arrows, and the line of the appetite.

The map is five by five: impact to the right, probability upward. Where the IDs fit into their cells, each risk stands
in the cell where it is and, in a dashed frame, in the one where the response is to bring it, with an arrow between.
Where they do not, each cell says how many there are, and arrows say how many go from cell to cell.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.figures.risks import STEPS, Risk, Spot
from pipeline.model.picture import mark_of
from pipeline.views.arrows import Frame, arrow, arrow_between, crosses
from pipeline.views.numbers import number
from pipeline.views.words import say

# In pixels: where the map begins, its cells, and the places for IDs in a cell.
LEFT, TOP, WIDE, HIGH = 92.0, 8.0, 125.0, 94.0
CHIP_HIGH, INSET, FIRST, ROW = 18.0, 1.5, 15.0, 19.5
# Places beside one another in a cell and below one another; signs that fit where there are two beside one another.
ACROSS, DOWN, SIGNS = 2, 4, 10
# Arrows between cells that are drawn at most, and at most from one cell; each stands for a twentieth of what moves.
MOST_ARROWS, MOST_FROM, LEAST_SHARE = 12, 2, 20

Rows = list[dict[str, Any]]
Pair = tuple[Spot, Spot]


class _Slots(NamedTuple):
    """The places for IDs in a cell: so many beside one another."""

    across: int

    @property
    def number(self) -> int:
        """How many there are in a cell."""
        return self.across * DOWN

    @property
    def wide(self) -> float:
        """How wide each is."""
        return (WIDE - INSET) / self.across - INSET - 0.25

    def place(self, spot: tuple[int, int], at: int) -> Frame:
        """One of the places of a cell."""
        x, y = _corner(Spot(*spot))
        down, across = divmod(at, self.across)
        left = x + INSET + across * (self.wide + INSET)
        return Frame(round(left, 2), y + FIRST + down * ROW, self.wide, CHIP_HIGH)


class Drawing(NamedTuple):
    """The data of the picture, its values, and what is to be told besides: '' where all is drawn."""

    data: dict[str, Rows]
    values: dict[str, Any]
    note: str


def draw_map(risks: Sequence[Risk], high: int, lang: str) -> Drawing:
    """The map of risks that have a place on it; from a score of `high` on they lie beyond the appetite."""
    held = {(p, i): [item for item in risks if item.inherent == (p, i)] for p in STEPS for i in STEPS}
    coming = {spot: [item for item in risks if item.residual == spot and _moves(item)] for spot in held}
    slots = _Slots(ACROSS if all(len(_name(item, False)) <= SIGNS for item in risks) else 1)
    fits = all(len(held[spot]) + len(coming[spot]) <= slots.number for spot in held)
    data: dict[str, Rows] = {
        "cells": [_cell(Spot(*spot), high) for spot in held],
        "line": [{"path": _line(high)}],
        "axis": _axis(lang),
        "arrows": [],
        "chips": [],
        "counts": [],
        "pills": [],
    }
    note = _each(data, slots, held, coming) if fits else _together(data, risks, held, coming, lang)
    data["legend"] = _legend(high, fits, bool(data["pills"]), lang)
    bottom = TOP + len(STEPS) * HIGH
    values = {
        "height": bottom + 84,
        "chip_width": slots.wide,
        "chip_room": slots.wide - 2,
        "chip_height": CHIP_HIGH,
        "cell_width": WIDE,
        "cell_height": HIGH,
        "impact": say("map.impact", lang),
        "probability": say("map.probability", lang),
        "impact_x": LEFT + len(STEPS) * WIDE / 2,
        "impact_y": bottom + 36,
        "probability_y": TOP + len(STEPS) * HIGH / 2,
    }
    return Drawing(data, values, note)


def _moves(risk: Risk) -> bool:
    """Whether the response is to bring it elsewhere."""
    return risk.residual is not None and risk.residual != risk.inherent


def _corner(spot: Spot) -> tuple[float, float]:
    """The upper left corner of a cell."""
    return LEFT + (spot.impact - 1) * WIDE, TOP + (len(STEPS) - spot.probability) * HIGH


def _cell(spot: Spot, high: int) -> dict[str, Any]:
    x, y = _corner(spot)
    level = "beyond" if spot.score >= high else "near" if spot.score * 2 >= high else "within"
    return {
        "x": x,
        "y": y,
        "level": level,
        "score": str(spot.score),
        "score_x": x + WIDE - 5,
        "score_y": y + 9,
    }


def _line(high: int) -> str:
    """The line of the appetite, as the path of an SVG: between each cell beyond it and a lower one beside it."""
    parts = []
    for p in STEPS:
        for i in STEPS:
            x, y = _corner(Spot(p, i))
            if p * i < high:
                continue
            if i > 1 and p * (i - 1) < high:
                parts.append(f"M{x},{y}V{y + HIGH}")
            if p > 1 and (p - 1) * i < high:
                parts.append(f"M{x},{y + HIGH}H{x + WIDE}")
    return "".join(parts)


def _axis(lang: str) -> Rows:
    """The words beside the steps."""
    rows: Rows = []
    for step in STEPS:
        x, y = _corner(Spot(step, step))
        words = say(f"map.{step}", lang)
        rows.append({"x": LEFT - 8, "y": y + HIGH / 2, "align": "right", "words": words})
        rows.append({"x": x + WIDE / 2, "y": TOP + len(STEPS) * HIGH + 14, "align": "center", "words": words})
    return rows


def _each(
    data: dict[str, Rows],
    slots: _Slots,
    held: Mapping[tuple[int, int], Sequence[Risk]],
    coming: Mapping[tuple[int, int], Sequence[Risk]],
) -> str:
    """Every risk by its ID, with an arrow to where it is to be."""
    before = {item.id: slots.place(spot, at) for spot, risks in held.items() for at, item in enumerate(risks)}
    after = _arrivals(slots, before, held, coming)
    for risks in held.values():
        data["chips"] += [_chip(item, before[item.id], False) for item in risks]
        data["chips"] += [_chip(item, after[item.id], True) for item in risks if item.id in after]
    data["arrows"] += [
        {"path": arrow_between(before[name], frame), "thick": 1.25} for name, frame in after.items()
    ]
    return ""


def _arrivals(
    slots: _Slots,
    before: Mapping[str, Frame],
    held: Mapping[tuple[int, int], Sequence[Risk]],
    coming: Mapping[tuple[int, int], Sequence[Risk]],
) -> dict[str, Frame]:
    """A free place for each risk in the cell where it is to be: one whose arrow runs under few IDs, at the foot."""
    places: dict[str, Frame] = {}
    for spot, risks in coming.items():
        free = [slots.place(spot, at) for at in range(len(held[spot]), slots.number)]
        for item in risks:
            begin = before[item.id]
            others = [frame for name, frame in before.items() if name != item.id]

            def cost(
                frame: Frame, begin: Frame = begin, others: Sequence[Frame] = others
            ) -> tuple[int, float, float]:
                way = (begin.middle, frame.middle)
                under = sum(crosses(*way, other) for other in (*others, *places.values()))
                over = sum(
                    crosses(before[name].middle, place.middle, frame) for name, place in places.items()
                )
                return under + over, -frame.y, frame.x

            places[item.id] = min(free, key=cost)
            free.remove(places[item.id])
    return places


def _name(risk: Risk, after: bool) -> str:
    """An ID, with a sign for what an arrow cannot say."""
    sign = "+" if risk.opportunity else ""
    if not after:
        sign += "?" if risk.residual is None else "=" if risk.residual == risk.inherent else ""
    return f"{risk.id} {sign}".rstrip()


def _chip(risk: Risk, frame: Frame, after: bool) -> dict[str, Any]:
    """A name in its frame."""
    x, y = frame.middle
    return {
        "x": frame.x,
        "y": frame.y,
        "text_x": x,
        "text_y": y,
        "words": _name(risk, after),
        "look": "after" if after else "before",
        "mark": mark_of(risk.id, f"{risk.id} {risk.artifact.title}"),
    }


def _together(
    data: dict[str, Rows],
    risks: Sequence[Risk],
    held: Mapping[tuple[int, int], Sequence[Risk]],
    coming: Mapping[tuple[int, int], Sequence[Risk]],
    lang: str,
) -> str:
    """How many risks each cell holds and how many are to come, with arrows for the most frequent moves."""
    for spot, items in held.items():
        x, y = _corner(Spot(*spot))
        count, more = len(items), len(coming[spot])
        if not count and not more:
            continue
        words = (
            say("map.one risk" if count == 1 else "map.risks", lang, n=number(count, lang)) if count else ""
        )
        names = " ".join(item.id for item in items[:2])
        data["counts"].append(
            {
                "x": x + WIDE / 2,
                "y": y + 24,
                "second_y": y + 40,
                "third_y": y + 55,
                "plate_x": x + 10,
                "plate_y": y + (14 if count else 45),
                "plate_height": 50 if count else 19,
                "words": words,
                "names": f"{names} …" if count > 2 else names,
                "arrive": say("map.arrive", lang, n=number(more + _stay(items), lang)),
                "mark": mark_of("", f"{words}: {names}"),
            }
        )
    return _frequent(data, risks, lang)


def _stay(items: Sequence[Risk]) -> int:
    """How many are to stay where they are, or are not said to go."""
    return sum(not _moves(item) for item in items)


def _frequent(data: dict[str, Rows], risks: Sequence[Risk], lang: str) -> str:
    """The most frequent moves between cells, at most so many from each; says how many there are in all."""
    pairs: dict[Pair, int] = {}
    for item in risks:
        if item.inherent and item.residual and _moves(item):
            pairs[item.inherent, item.residual] = pairs.get((item.inherent, item.residual), 0) + 1
    moving = sum(pairs.values())
    drawn: list[Pair] = []
    for pair in sorted(pairs, key=lambda key: (-pairs[key], key)):
        few = len(drawn) < MOST_ARROWS and sum(begin == pair[0] for begin, _ in drawn) < MOST_FROM
        if few and pairs[pair] * LEAST_SHARE >= moving:
            drawn.append(pair)
    for pair in sorted(drawn):
        at = [other for other in drawn if other[0] == pair[0]].index(pair)
        _move(data, pair, at, pairs[pair], pairs[pair] / moving, lang)
    if len(drawn) == len(pairs):
        return ""
    if not drawn:
        return say("map.no moves", lang, of=number(len(pairs), lang))
    return say("map.first moves", lang, n=len(drawn), of=number(len(pairs), lang))


def _move(data: dict[str, Rows], pair: Pair, at: int, count: int, part: float, lang: str) -> None:
    """An arrow from the foot of a cell to the foot of another, with how many go that way at its beginning."""
    x, y = _corner(pair[0])
    far_x, far_y = _corner(pair[1])
    x, y = x + WIDE * (0.25 + 0.5 * at), y + HIGH - 14
    far_x, far_y = far_x + WIDE / 2, far_y + HIGH - 14
    data["arrows"].append({"path": arrow((x, y), (far_x, far_y), 10.0), "thick": round(1.25 + 4 * part, 2)})
    data["pills"].append({"x": x, "y": y, "words": number(count, lang)})


def _legend(high: int, fits: bool, moved: bool, lang: str) -> Rows:
    """What the signs mean, on two lines below the map."""
    y = TOP + len(STEPS) * HIGH + 60
    appetite = {"y": y, "sign": "line", "words": say("map.appetite", lang, score=high)}
    if not fits:
        moves = [{"x": LEFT, "y": y + 20, "sign": "pill", "words": say("map.moves", lang)}] if moved else []
        return [{"x": LEFT, **appetite}, *moves]
    return [
        {"x": LEFT, "y": y, "sign": "before", "words": say("map.before", lang)},
        {"x": LEFT + 170, "y": y, "sign": "after", "words": say("map.after", lang)},
        {"x": LEFT + 340, **appetite},
        {"x": LEFT, "y": y + 20, "sign": "", "words": say("map.signs", lang)},
    ]
