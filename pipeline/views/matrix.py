"""The view `matrix`: which artifacts of one kind are linked with which of another."""

from typing import NamedTuple

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.views.blocks import Block, blocks
from pipeline.views.cells import named
from pipeline.views.labels import column_label
from pipeline.views.numbers import number, share
from pipeline.views.select import select, sort, text, texts
from pipeline.views.values import Cell, Fields, Nothing, Ref, Several, Shown, Table, Words
from pipeline.views.words import say

# Beyond this many columns a grid no longer fits a page, and each row lists what it is linked with.
WIDEST = 10
# Beyond this many rows nobody reads them one by one, and they are put together.
MOST_ROWS = 200
# Of what a row is linked with, and of the rows that are linked with nothing.
MOST_NAMED, MOST_BARE = 40, 60
MARK = "●"


class _Grid(NamedTuple):
    """What a matrix is made of: its rows and columns, and for each row the columns that it is linked with, by ID."""

    rows: list[Artifact]
    columns: list[Artifact]
    linked: dict[str, list[str]]
    caption: str


def matrix(programme: Programme, fields: Fields, lang: str) -> Shown:
    """A row for each artifact of `rows`, a column for each of `columns_kind`, a mark where `by` links them.

    `where` limits the rows, `columns_where` the columns. `rows_by` and `columns_by` put those together that have the
    same value in a field; very many are put together without being asked.
    """
    across, by = text(fields.get("columns_kind")), text(fields.get("by"))
    rows = select(programme, {"kind": text(fields.get("rows")), "where": fields.get("where")})
    order = texts(fields.get("sort"))
    rows = sort(programme, rows, order) if order else rows
    columns = select(programme, {"kind": across, "where": fields.get("columns_where")})
    if not rows or not columns:
        return Nothing()
    shown = {item.id for item in columns}
    linked = {row.id: [name for name in joined(programme, row, across, by) if name in shown] for row in rows}
    grid = _Grid(rows, columns, linked, text(fields.get("caption")))
    grouped = text(fields.get("rows_by")), text(fields.get("columns_by"))
    if any(grouped) or len(rows) > MOST_ROWS:
        return _together(programme, grid, *grouped, lang)
    if len(columns) > WIDEST:
        return _listed(programme, grid, lang)
    return _marked(programme, grid, lang)


def _marked(programme: Programme, grid: _Grid, lang: str) -> Table:
    """A mark in a cell where row and column are linked."""
    corner: Cell = (Words(label_of(programme, grid.rows[0], lang)),)
    rows = tuple(
        (
            (Ref(row.id, titled=True),),
            *(((Words(MARK),) if item.id in grid.linked[row.id] else ()) for item in grid.columns),
        )
        for row in grid.rows
    )
    return Table((corner, *((Ref(item.id),) for item in grid.columns)), rows, grid.caption, grid=True)


def _listed(programme: Programme, grid: _Grid, lang: str) -> Table:
    """In each row the columns that it is linked with."""
    headers: tuple[Cell, ...] = (
        (Words(label_of(programme, grid.rows[0], lang)),),
        (Words(label_of(programme, grid.columns[0], lang, plural=True)),),
    )
    rows = tuple(
        ((Ref(row.id, titled=True),), named(grid.linked[row.id], MOST_NAMED, lang)) for row in grid.rows
    )
    return Table(headers, rows, grid.caption)


def _together(programme: Programme, grid: _Grid, rows_by: str, columns_by: str, lang: str) -> Shown:
    """How many links lead from each block of rows to each block of columns, and which rows have none."""
    down = blocks(programme, grid.rows, rows_by, lang)
    across = blocks(programme, grid.columns, columns_by, lang)
    place = {identity: at for at, block in enumerate(across) for identity in block.ids}
    kinds = f"{label_of(programme, grid.rows[0], lang)} × {label_of(programme, grid.columns[0], lang)}"
    headers: tuple[Cell, ...] = (
        (Words(kinds),),
        *(_head(block, lang) for block in across),
        (Words(say("matrix.unlinked", lang)),),
    )
    rows = []
    for block in down:
        counts = [0] * len(across)
        for identity in block.ids:
            for name in grid.linked[identity]:
                counts[place[name]] += 1
        bare = sum(not grid.linked[identity] for identity in block.ids)
        cells: list[Cell] = [(Words(number(count, lang)),) if count else () for count in counts]
        rows.append((_head(block, lang), *cells, (Words(number(bare, lang)),) if bare else ()))
    caption = ". ".join(part for part in (grid.caption, say("matrix.blocks", lang)) if part)
    table = Table(headers, tuple(rows), caption, grid=True)
    return Several((table, _bare(grid, lang)))


def _head(block: Block, lang: str) -> Cell:
    return (Words(f"{block.name} ({number(len(block.ids), lang)})"),)


def _bare(grid: _Grid, lang: str) -> Table:
    """The rows that are linked with nothing."""
    bare = [row.id for row in grid.rows if not grid.linked[row.id]]
    told = (Words(share(len(bare), len(grid.rows), lang)),)
    return Table(
        ((Words(say("matrix.without", lang)),), (Words(say("flow.which", lang)),)),
        ((told, named(bare, MOST_BARE, lang)),),
    )


def joined(programme: Programme, artifact: Artifact, kind: str, role: str) -> list[str]:
    """The IDs of a kind that an artifact is linked with by a role, in either direction."""
    targets = {link.target for link in artifact.links if link.role == role}
    found = {
        item for item in targets if item in programme.artifacts and programme.artifacts[item].kind == kind
    }
    for source, link in programme.incoming.get(artifact.id, ()):
        if link.role == role and source.kind == kind:
            found.add(source.id)
    return sorted(found, key=natural_id)


def label_of(programme: Programme, artifact: Artifact, lang: str, *, plural: bool = False) -> str:
    """What the kind of an artifact is called, as the words above a column."""
    kind = programme.kind_of(artifact)
    if kind is None:
        return column_label(programme, (), artifact.kind, lang)
    words = (kind.labels.get(lang) or kind.labels.get("en") or (kind.title, kind.title))[plural]
    return words[:1].upper() + words[1:]
