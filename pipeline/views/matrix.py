"""The view `matrix`: which artifacts of one kind are linked with which of another."""

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.views.cells import label
from pipeline.views.select import select, sort, text, texts
from pipeline.views.values import Cell, Fields, Nothing, Ref, Shown, Table, Words

# Beyond this many columns a grid no longer fits a page, and each row lists what it is linked with.
WIDEST = 10
MARK = "●"


def matrix(programme: Programme, fields: Fields, _lang: str) -> Shown:
    """A row for each artifact of `rows`, a column for each of `columns_kind`, a mark where `by` links them.

    `where` limits the rows, `columns_where` the columns.
    """
    across, by = text(fields.get("columns_kind")), text(fields.get("by"))
    rows = select(programme, {"kind": text(fields.get("rows")), "where": fields.get("where")})
    order = texts(fields.get("sort"))
    rows = sort(programme, rows, order) if order else rows
    columns = select(programme, {"kind": across, "where": fields.get("columns_where")})
    if not rows or not columns:
        return Nothing()
    linked = {row.id: joined(programme, row, across, by) for row in rows}
    caption = text(fields.get("caption"))
    corner: Cell = (Words(label_of(programme, rows[0])),)
    if len(columns) > WIDEST:
        wide = tuple(
            ((Ref(row.id, titled=True),), tuple(Ref(item) for item in linked[row.id])) for row in rows
        )
        return Table((corner, (Words(label_of(programme, columns[0], plural=True)),)), wide, caption)
    grid = tuple(
        (
            (Ref(row.id, titled=True),),
            *(((Words(MARK),) if item.id in linked[row.id] else ()) for item in columns),
        )
        for row in rows
    )
    return Table((corner, *((Ref(item.id),) for item in columns)), grid, caption, grid=True)


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


def label_of(programme: Programme, artifact: Artifact, *, plural: bool = False) -> str:
    """What the kind of an artifact is called, as the words above a column."""
    kind = programme.kind_of(artifact)
    if kind is None:
        return label(programme, set(), artifact.kind)
    words = kind.labels.get("en", (kind.title, kind.title))[plural]
    return words[:1].upper() + words[1:]
