"""The view `heatmap`: risks by probability and impact, where they are and where the response is to bring them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.figures.risks import Risk, Spot, highest, read_risk
from pipeline.model import Programme
from pipeline.model.picture import Picture
from pipeline.views.cells import cell, named
from pipeline.views.numbers import number, share
from pipeline.views.raid import score_cell
from pipeline.views.riskmap import draw_map
from pipeline.views.select import select, text
from pipeline.views.values import Chart, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

# Up to so many risks the table has a row for each; of more, a row for each move.
MOST_ROWS = 60
# How many of the highest are named in words, and how many of a move in the table.
MOST_TOLD, MOST_NAMED = 3, 12


class _Move(NamedTuple):
    """Risks that are in one place before the response and in one after it; None where that is not stated."""

    begin: Spot
    end: Spot | None
    risks: tuple[Risk, ...]


def heatmap(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The open risks, or those of `ids` and `where`, on a map of five by five."""
    chosen = select(programme, {**fields, "kind": "risk"})
    where = fields.get("where")
    if not fields.get("ids") and not (isinstance(where, dict) and "status" in where):
        chosen = [item for item in chosen if programme.phase(item) in ("early", "firm")]
    risks = highest(map(read_risk, chosen))
    placed = [item for item in risks if item.inherent]
    if not placed:
        return Nothing()
    high = programme.thresholds.high_risk
    drawing = draw_map(placed, high, lang)
    table = _rows(programme, risks, lang) if len(risks) <= MOST_ROWS else _moves(placed, lang)
    caption = text(fields.get("caption")) or say("map.caption", lang)
    picture = Picture("heatmap", lang, drawing.data, drawing.values)
    return Chart(picture, table, _words(risks, drawing.note, high, lang), caption, programme.day)


def _words(risks: Sequence[Risk], note: str, high: int, lang: str) -> str:
    """The finding: how many lie beyond the appetite before and after, and which are the highest."""
    beyond = [item for item in risks if item.score >= high]
    left = [item for item in risks if (item.residual.score if item.residual else item.score) >= high]
    lost = [item.id for item in risks if item.inherent is None]
    told = [
        say(
            "map.words",
            lang,
            score=high,
            high=share(len(beyond), len(risks), lang),
            left=number(len(left), lang),
        ),
        say("map.highest", lang, names=", ".join(item.id for item in risks[:MOST_TOLD] if item.inherent)),
        *([say("map.unplaced", lang, names=_some(lost, lang))] if lost else []),
        *([note] if note else []),
    ]
    return " ".join(told)


def _some(names: Sequence[str], lang: str) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    rest = len(names) - MOST_NAMED
    return f"{shown} {say('and more', lang, n=number(rest, lang))}" if rest > 0 else shown


def _rows(programme: Programme, risks: Sequence[Risk], lang: str) -> Table:
    """A row for each risk, the highest first."""
    columns = ("risk", "score", "remains", "response", "owner")
    headers = tuple((Words(say(f"raid.{column}", lang)),) for column in columns)
    rows = tuple(
        (
            (Ref(item.id, titled=True),),
            score_cell(item.inherent, lang),
            score_cell(item.residual, lang),
            cell(programme, item.artifact, "response", lang),
            cell(programme, item.artifact, "owner", lang),
        )
        for item in risks
    )
    return Table(headers, rows)


def _moves(risks: Iterable[Risk], lang: str) -> Table:
    """A row for each place before and after the response, with how many risks go that way."""
    columns = ("raid.score", "raid.remains", "flow.number", "flow.which")
    headers = tuple((Words(say(column, lang)),) for column in columns)
    rows = tuple(
        (
            score_cell(move.begin, lang),
            score_cell(move.end, lang),
            (Words(number(len(move.risks), lang)),),
            named([item.id for item in move.risks], MOST_NAMED, lang),
        )
        for move in moves(risks)
    )
    return Table(headers, rows)


def moves(risks: Iterable[Risk]) -> list[_Move]:
    """Risks by where they are and where they go, the highest places first."""
    found: dict[tuple[Spot, Spot | None], list[Risk]] = {}
    for item in risks:
        if item.inherent:
            found.setdefault((item.inherent, item.residual), []).append(item)
    order = sorted(
        found, key=lambda pair: (-pair[0].score, pair[0], -(pair[1].score if pair[1] else 99), pair[1] or ())
    )
    return [_Move(begin, end, tuple(found[begin, end])) for begin, end in order]
