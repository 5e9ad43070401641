"""The view `include`: the body of a document, or of artifacts, taken over whole."""

from posixpath import normpath

from pipeline.model import Programme
from pipeline.views.select import select, text, texts
from pipeline.views.values import Fields, Included, Nothing, Shown


def include(programme: Programme, fields: Fields, _lang: str) -> Shown:
    """The file that `path` names, or the artifacts of `ids`."""
    caption = text(fields.get("caption"))
    path = text(fields.get("path"))
    if path:
        path = normpath(path).lstrip("/")
        return Included(path=path, caption=caption) if path in programme.documents else Nothing()
    if not texts(fields.get("ids")):
        return Nothing()
    ids = tuple(artifact.id for artifact in select(programme, {"ids": fields["ids"]}))
    return Included(ids, caption=caption) if ids else Nothing()
