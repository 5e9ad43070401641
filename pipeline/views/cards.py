"""The view `cards`: artifacts with all that they say."""

from pipeline.model import Programme
from pipeline.views.select import select, text
from pipeline.views.values import Cards, Fields, Nothing, Shown


def cards(programme: Programme, fields: Fields, _lang: str) -> Shown:
    """The artifacts that the block names, a card each."""
    ids = tuple(artifact.id for artifact in select(programme, fields))
    return Cards(ids, text(fields.get("caption"))) if ids else Nothing()
