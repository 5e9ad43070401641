"""Coverage as a grid: a row for each value of a field of requirements, a column for each step of the chain."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from pipeline.model import Programme
from pipeline.model.picture import Picture, mark_of
from pipeline.model.trace import Group, Step
from pipeline.views.cells import SLUG
from pipeline.views.numbers import number, percent, share
from pipeline.views.states import value_name
from pipeline.views.values import Cell, Chart, Ref, Table, Words
from pipeline.views.words import WORDS, say

# Which deliverable holds a requirement depends on where it is read, and is told by `paraph trace` alone.
LEFT_OUT = "requirement-deliverable"
# In pixels: the names of the groups, the head of the grid, a row.
WIDTH, ASIDE, HEAD, HIGH = 720.0, 120.0, 52.0, 44.0
# Signs in a line above a column.
LINE = 17


def step_name(step: Step, lang: str) -> str:
    """What a step is called."""
    key = f"step.{step.name}"
    return say(key, lang) if key in WORDS else step.words


def grid(programme: Programme, groups: Sequence[Group], by: str, caption: str, lang: str) -> Chart:
    """A row for each value of a field, a column for each step."""
    groups = [
        replace(group, value=value_name(programme, ("requirement",), by, group.value, lang))
        for group in groups
    ]
    names = [step.name for step in groups[0].steps if step.name != LEFT_OUT]
    names = [
        name
        for name in names
        if any(step.of for group in groups for step in group.steps if step.name == name)
    ]
    field = say(f"field.{by}", lang)
    caption = caption or say("coverage.by", lang, field=field)
    picture = Picture(
        "coverage-grid",
        lang,
        _cells(groups, names, lang),
        {"height": HEAD + HIGH * len(groups), "cell_height": HIGH - 6},
    )
    every = [step for group in groups for step in group.steps if step.name in names and step.of]
    return Chart(
        picture,
        _grid_table(programme, groups, names, field, lang),
        _words_of(groups, every, lang),
        caption,
        programme.day,
    )


def _cells(groups: Sequence[Group], names: Sequence[str], lang: str) -> dict[str, list[dict[str, Any]]]:
    wide = (WIDTH - ASIDE) / max(1, len(names))
    heads: list[dict[str, Any]] = []
    cells: list[dict[str, Any]] = []
    for at, name in enumerate(names):
        step = next(step for step in groups[0].steps if step.name == name)
        lines = _wrapped(step_name(step, lang), LINE)
        heads.append(
            {"x": ASIDE + wide * at, "y": HEAD - 12 - 14 * (len(lines) - 1), "lines": lines, "room": wide - 6}
        )
    for down, group in enumerate(groups):
        y = HEAD + HIGH * down
        for at, name in enumerate(names):
            step = next(step for step in group.steps if step.name == name)
            room = wide - 10
            told = percent(step.have, step.of, lang) if step.of else "–"
            count = (
                share(step.have, step.of, lang).split(" (")[0] if step.of else say("coverage.not asked", lang)
            )
            cells.append(
                {
                    "x": round(ASIDE + wide * at, 1),
                    "y": y,
                    "wide": round(room, 1),
                    "full": round(room * step.have / step.of, 1) if step.of else 0,
                    "foot": y + HIGH - 12,
                    "first": y + 12,
                    "second": y + 12,
                    "count_x": round(ASIDE + wide * at + room - 6, 1),
                    "told": told,
                    "count": count if step.of else say("coverage.not asked", lang),
                    "look": "whole" if step.of and step.have == step.of else "part" if step.of else "none",
                    "mark": mark_of("", _told(group, step, lang)),
                }
            )
    rows = [
        {
            "y": HEAD + HIGH * down + 12,
            "below": HEAD + HIGH * down + 26,
            "name": _group(group, lang),
            "count": number(group.requirements, lang),
        }
        for down, group in enumerate(groups)
    ]
    return {"heads": heads, "cells": cells, "rows": rows}


def _told(group: Group, step: Step, lang: str) -> str:
    """A cell in words."""
    return say(
        "coverage.cell",
        lang,
        group=_group(group, lang),
        step=step_name(step, lang),
        share=_share(step, lang),
    )


def _wrapped(words: str, most: int) -> list[str]:
    """Words in lines of so many signs, where they have gaps."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _group(group: Group, lang: str) -> str:
    words = group.value.replace("-", " ") if SLUG.fullmatch(group.value) else group.value
    return words[:1].upper() + words[1:] if words else say("group.none", lang)


def _grid_table(
    programme: Programme, groups: Sequence[Group], names: Sequence[str], field: str, lang: str
) -> Table:
    steps = {step.name: step for step in groups[0].steps}
    headers: tuple[Cell, ...] = (
        (Words(field[:1].upper() + field[1:]),),
        (Words(say("group.requirements", lang)),),
        *((Words(step_name(steps[name], lang)),) for name in names),
    )
    rows = []
    for group in groups:
        values = {step.name: step for step in group.steps}
        first: Cell = (
            (Ref(group.value, titled=True),)
            if group.value in programme.artifacts
            else (Words(_group(group, lang)),)
        )
        rows.append(
            (
                first,
                (Words(number(group.requirements, lang)),),
                *((Words(_share(values[name], lang)),) for name in names),
            )
        )
    return Table(headers, tuple(rows))


def _share(step: Step, lang: str) -> str:
    return share(step.have, step.of, lang) if step.of else say("coverage.not asked", lang)


def _words_of(groups: Sequence[Group], steps: Sequence[Step], lang: str) -> str:
    """The finding of a grid: where most is missing."""
    if all(step.have == step.of for step in steps):
        return say("coverage.all there", lang, n=len({step.name for step in steps}))
    group, least = max(
        ((group, step) for group in groups for step in group.steps if step in steps),
        key=lambda pair: pair[1].of - pair[1].have,
    )
    name = step_name(least, lang)
    return say(
        "coverage.least in",
        lang,
        group=_group(group, lang),
        step=name[:1].lower() + name[1:],
        share=share(least.have, least.of, lang),
    )
