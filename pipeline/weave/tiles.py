"""Figures beside one another: on the site a tile each, on paper a table."""

from pipeline.figures.days import read_day
from pipeline.model.picture import Picture
from pipeline.views import Tile, Tiles
from pipeline.views.dates import long_day
from pipeline.views.words import say
from pipeline.weave.attributes import Attributes, classes
from pipeline.weave.chart import address_of
from pipeline.weave.inline import literal
from pipeline.weave.loom import Loom, Place

# A shape for each state: print in grey, and eyes that tell no red from green, need more than a colour. The fonts of the
# PDF have all of them.
SHAPES = {"green": "◉", "amber": "◆", "red": "■"}
ARROWS = {"up": "↑", "down": "↓", "level": "→"}
# So many points make a line.
_LINE = 3


def tiles(loom: Loom, place: Place, shown: Tiles, names: list[str]) -> str:
    """The tiles in the dialect; `names` are what they are called, ready."""
    day = read_day(shown.day)
    told = say("as of", place.lang, day=long_day(day, place.lang)) if day else ""
    caption = literal(". ".join(part.rstrip(".") for part in (shown.caption, told) if part))
    if loom.dialect.name == "pandoc":
        rows = [_cells(tile, name) for tile, name in zip(shown.tiles, names, strict=True)]
        used = [0, 1, *(index for index in (2, 3, 4) if any(row[index] for row in rows))]
        heads = [say(f"tile {name}", place.lang) for name in ("figure", "value", "state", "limits", "trend")]
        return loom.dialect.table(
            [heads[index] for index in used], [[row[index] for index in used] for row in rows], caption, False
        )
    parts = [
        loom.dialect.open(classes("paraph-tiles")),
        *(_tile(loom, place, tile, name) for tile, name in zip(shown.tiles, names, strict=True)),
        loom.dialect.close(),
        f"{caption}\n{{: .paraph-tiles-caption }}" if caption else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _cells(tile: Tile, name: str) -> list[str]:
    value = f"{tile.value} ({tile.detail})" if tile.detail else tile.value
    trend = " ".join(part for part in (ARROWS.get(tile.trend, ""), tile.since) if part)
    state = f"{SHAPES[tile.state]}\u00a0{tile.word}" if tile.state else ""
    return [name, literal(value), state, literal(tile.limits), literal(trend)]


def _tile(loom: Loom, place: Place, tile: Tile, name: str) -> str:
    """A tile: name, value with state, where it turns, and where it is going."""
    span = loom.dialect.span
    value = span(literal(tile.value), classes("paraph-tile-value"))
    detail = span(literal(tile.detail), classes("paraph-tile-detail")) if tile.detail else ""
    state = ""
    if tile.state:
        shape = span(SHAPES[tile.state], _hidden("paraph-tile-shape"))
        state = span(f"{shape}\u00a0{tile.word}", classes("paraph-tile-state", f"paraph-{tile.state}"))
    arrow = span(ARROWS[tile.trend], _hidden("paraph-tile-arrow")) if tile.trend else ""
    lines = [
        f"{name}\n{{: .paraph-tile-name }}",
        f"{value} {detail}".rstrip() + "\n{: .paraph-tile-figure }",
        f"{state}\n{{: .paraph-tile-line }}" if state else "",
        f"{arrow} {literal(tile.since)}\n{{: .paraph-tile-line }}" if tile.since else "",
        _spark(place, tile),
        f"{literal(tile.limits)}\n{{: .paraph-tile-limits }}" if tile.limits else "",
    ]
    box = classes("paraph-tile", f"paraph-tile-{tile.state}" if tile.state else "")
    return "\n\n".join([loom.dialect.open(box), *(line for line in lines if line), loom.dialect.close()])


def _hidden(name: str) -> Attributes:
    """What a reader who hears the page need not hear: the words beside it say it."""
    return Attributes(classes=(name,), pairs=(("aria-hidden", "true"),))


def _spark(place: Place, tile: Tile) -> str:
    """The values of a tile as a line; nothing for fewer than three."""
    if len(tile.points) < _LINE:
        return ""
    rows = [{"day": day, "value": float(value)} for day, value in tile.points]
    picture = Picture("spark", place.lang, {"points": rows, "last": rows[-1:]})
    return f'<div class="paraph-drawing">{address_of(picture)}</div>'
