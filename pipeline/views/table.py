"""The view `table`: artifacts as rows, fields as columns."""

from pipeline.model import Programme
from pipeline.views.cells import cell
from pipeline.views.labels import column_label
from pipeline.views.select import select, text, texts
from pipeline.views.values import Fields, Nothing, Shown, Table, Words

DEFAULT_COLUMNS = ["id", "title", "status"]


def table(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The artifacts that the block names, one a row."""
    artifacts = select(programme, fields)
    if not artifacts:
        return Nothing()
    columns = texts(fields.get("columns")) or DEFAULT_COLUMNS
    kinds = {artifact.kind for artifact in artifacts}
    headers = tuple((Words(column_label(programme, kinds, column, lang)),) for column in columns)
    rows = tuple(
        tuple(cell(programme, artifact, column, lang) for column in columns) for artifact in artifacts
    )
    return Table(headers, rows, text(fields.get("caption")))
