"""The view `index`: artifacts by title, as the index of a book lists them."""

from pipeline.model import Programme
from pipeline.views.select import select, text, texts
from pipeline.views.values import Fields, Listing, Nothing, Ref, Shown, Words


def index(programme: Programme, fields: Fields, _lang: str) -> Shown:
    """The artifacts that the block names, by title unless it says otherwise."""
    artifacts = select(programme, fields)
    if not texts(fields.get("sort")):
        artifacts = sorted(artifacts, key=lambda item: (item.title.casefold(), item.id))
    items = tuple((Words(item.title), Ref(item.id)) if item.title else (Ref(item.id),) for item in artifacts)
    return Listing(items, text(fields.get("caption"))) if items else Nothing()
