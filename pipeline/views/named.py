"""What the views of the plan share: which milestones a block asks for, and how one is named in a chart."""

from collections.abc import Collection
from datetime import date

from pipeline.figures.order import natural_id
from pipeline.model import Programme
from pipeline.views.dates import short_day
from pipeline.views.drawing import SIZE, Drawing, cut, width_of
from pipeline.views.select import holds, id_of, texts
from pipeline.views.values import Cell, Fields, Words


def chosen(programme: Programme, fields: Fields, known: Collection[str]) -> list[str]:
    """Those of some artifacts that a block's `ids` and `where` name: in its order, else by their IDs."""
    wanted = [id_of(item) for item in texts(fields.get("ids"))] or sorted(known, key=natural_id)
    return [
        identity
        for identity in dict.fromkeys(wanted)
        if identity in known and holds(programme.artifacts[identity], fields.get("where"))
    ]


def when(day: date | None, lang: str) -> Cell:
    """A day as a cell that is not broken into lines; an empty one without a day."""
    return (Words(short_day(day, lang).replace(" ", "\u00a0")),) if day else ()


def name(
    drawing: Drawing,
    place: tuple[float, float],
    identity: str,
    title: str,
    right: float,
    mark: str,
    *,
    bold: bool = False,
) -> None:
    """An ID and as much of the title as there is room for, up to the right."""
    x, y = place
    begin = x + 10 + max(40, width_of(identity, SIZE + 1))
    drawing.write(place, identity, bold=bold, mark=mark)
    drawing.write((begin, y), cut(title, right - begin - 4), limit=right - begin)
