"""The view `table`: artifacts as rows, fields as columns."""

from pipeline.model import Programme
from pipeline.views.cells import cell, label
from pipeline.views.select import select, text, texts
from pipeline.views.values import Fields, Nothing, Shown, Table, Words

DEFAULT_COLUMNS = ["id", "title", "status"]


def table(programme: Programme, fields: Fields, _lang: str) -> Shown:
    """The artifacts that the block names, one a row."""
    artifacts = select(programme, fields)
    if not artifacts:
        return Nothing()
    columns = texts(fields.get("columns")) or DEFAULT_COLUMNS
    kinds = {artifact.kind for artifact in artifacts}
    headers = tuple((Words(label(programme, kinds, column)),) for column in columns)
    rows = tuple(tuple(cell(programme, artifact, column) for column in columns) for artifact in artifacts)
    return Table(headers, rows, text(fields.get("caption")))
