"""The view `coverage`: how much of what should have its next step in the chain has it, and where it is missing."""

from collections.abc import Sequence
from typing import Any

from pipeline.figures.trace.chain import Chain
from pipeline.figures.trace.coverage import GROUPS
from pipeline.figures.trace.coverage import coverage as coverage_of
from pipeline.model import Programme
from pipeline.model.picture import Picture, mark_of
from pipeline.model.trace import Step
from pipeline.views.cells import named
from pipeline.views.coveragegrid import LEFT_OUT, grid, step_name
from pipeline.views.numbers import share
from pipeline.views.select import text
from pipeline.views.values import Cell, Chart, Fields, Nothing, Shown, Table, Words
from pipeline.views.words import say

# Of those that lack a step.
MOST_NAMED = 20
# In pixels: where bars begin, how long a full one is, and how high a row.
LEFT, LONG, ROW = 262.0, 300.0, 28.0


def coverage(programme: Programme, fields: Fields, lang: str) -> Shown:
    """A bar for each step of the chain; with `by`, requirements by priority, status or release and step."""
    found = coverage_of(Chain(programme))
    steps = [step for step in found.steps if step.name != LEFT_OUT]
    by = text(fields.get("by"))
    if by in GROUPS:
        groups = [group for group in found.groups if group.by == by]
        return grid(programme, groups, by, text(fields.get("caption")), lang) if groups else Nothing()
    if not steps:
        return Nothing()
    caption = text(fields.get("caption")) or say("coverage.caption", lang)
    picture = Picture("coverage", lang, _bars(steps, lang), {"height": ROW * len(steps)})
    return Chart(picture, _table(steps, lang), _words(steps, lang), caption, programme.day)


def _bars(steps: Sequence[Step], lang: str) -> dict[str, list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    lacks: list[dict[str, Any]] = []
    for at, step in enumerate(steps):
        told = share(step.have, step.of, lang)
        full = LONG * step.have / step.of
        rows.append(
            {
                "name": step_name(step, lang),
                "name_x": LEFT - 10,
                "x": LEFT,
                "y": ROW * at + 6,
                "middle": ROW * at + ROW / 2,
                "full": round(full, 1),
                "told_x": LEFT + LONG + 10,
                "told": told,
                "mark": mark_of("", f"{step_name(step, lang)}: {told}"),
            }
        )
        if step.have < step.of:
            lacks.append({"x": round(LEFT + full, 1), "y": ROW * at + 6, "lack": round(LONG - full, 1)})
    return {"lacks": lacks, "bars": rows}


def _table(steps: Sequence[Step], lang: str) -> Table:
    headers = tuple((Words(say(key, lang)),) for key in ("step", "covered", "lacks"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            (Words(step_name(step, lang)),),
            (Words(share(step.have, step.of, lang)),),
            lacking(step, lang),
        )
        for step in steps
    )
    return Table(headers, rows)


def lacking(step: Step, lang: str) -> Cell:
    """What lacks a step, by ID; of criteria, the requirements whose they are."""
    return named(list(dict.fromkeys(name.partition("/")[0] for name in step.lacks)), MOST_NAMED, lang)


def _words(steps: Sequence[Step], lang: str) -> str:
    """The finding: how many steps are complete, and which is the least covered."""
    full = sum(step.have == step.of for step in steps)
    if full == len(steps):
        return say("coverage.all there", lang, n=full)
    least = min(steps, key=lambda step: step.have / step.of)
    name = step_name(least, lang)
    return say(
        "coverage.least",
        lang,
        full=full,
        n=len(steps),
        step=name[:1].lower() + name[1:],
        share=share(least.have, least.of, lang),
    )
