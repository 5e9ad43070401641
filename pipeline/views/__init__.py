"""What a view block shows: each view is a function from programme, fields of the block and language to a plain value.

A view never raises: what a block gets wrong is a finding of the checks, and the view then shows less, or nothing.
A view sees the programme that its reader may see, so it need not know who reads.
"""

from collections.abc import Callable

from pipeline.model import Programme
from pipeline.views.approvals import approvals
from pipeline.views.board import board
from pipeline.views.burnup import burn_up
from pipeline.views.calendar import calendar
from pipeline.views.cards import cards
from pipeline.views.changes import changes
from pipeline.views.coverage import coverage
from pipeline.views.duties import actions, decisions, reviews_due, waived
from pipeline.views.earned import earned_value
from pipeline.views.forecast import forecast
from pipeline.views.gantt import gantt
from pipeline.views.graph import graph
from pipeline.views.heatmap import heatmap
from pipeline.views.include import include
from pipeline.views.index import index
from pipeline.views.kpis import kpis
from pipeline.views.matrix import matrix
from pipeline.views.meetings import committees, meetings
from pipeline.views.raid import raid
from pipeline.views.rasci import rasci
from pipeline.views.sankey import sankey
from pipeline.views.scurve import scurve
from pipeline.views.table import table
from pipeline.views.terms import terms
from pipeline.views.tree import tree
from pipeline.views.trend import trend
from pipeline.views.values import (
    Badge,
    Cards,
    Cell,
    Chart,
    Fields,
    Included,
    Listing,
    Nothing,
    Part,
    Ref,
    Several,
    Shown,
    Table,
    Tile,
    Tiles,
    Words,
)

VIEWS: dict[str, Callable[[Programme, Fields, str], Shown]] = {
    "table": table,
    "cards": cards,
    "include": include,
    "matrix": matrix,
    "index": index,
    "gantt": gantt,
    "trend": trend,
    "forecast": forecast,
    "board": board,
    "calendar": calendar,
    "graph": graph,
    "tree": tree,
    "coverage": coverage,
    "sankey": sankey,
    "heatmap": heatmap,
    "rasci": rasci,
    "raid": raid,
    "kpis": kpis,
    "scurve": scurve,
    "earned": earned_value,
    "burnup": burn_up,
    "changes": changes,
    "actions": actions,
    "decisions": decisions,
    "reviews": reviews_due,
    "waivers": waived,
    "meetings": meetings,
    "committees": committees,
    "terms": terms,
    "approvals": approvals,
}


def show(programme: Programme, fields: Fields, lang: str = "en") -> Shown:
    """What a view block shows of the programme, in a language; Nothing for a view that does not exist."""
    name = fields.get("view")
    view = VIEWS.get(name) if isinstance(name, str) else None
    return view(programme, fields, lang) if view else Nothing()


__all__ = [
    "VIEWS",
    "Badge",
    "Cards",
    "Cell",
    "Chart",
    "Included",
    "Listing",
    "Nothing",
    "Part",
    "Ref",
    "Several",
    "Shown",
    "Table",
    "Tile",
    "Tiles",
    "Words",
    "show",
]
