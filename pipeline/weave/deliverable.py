"""A deliverable: an artifact with all that its view blocks take in, as one text in pandoc's dialect."""

from collections.abc import Callable
from functools import partial

from pipeline.model import Programme, Source
from pipeline.model.woven import Woven
from pipeline.views.approvals import kept
from pipeline.weave.body import weave_lines
from pipeline.weave.dialect import DIALECTS
from pipeline.weave.finish import finish
from pipeline.weave.inline import spoken
from pipeline.weave.loom import Gathered, Loom, Place
from pipeline.weave.sight import Sight, see, show_source
from pipeline.weave.words import withheld


class _Inside:
    """Addresses within one document: only what it holds can be led to."""

    def __init__(self, held: Gathered) -> None:
        self.anchors = held.anchors

    def artifact(self, identity: str) -> str | None:
        """The anchor of an artifact that the deliverable holds."""
        anchor = self.anchors.get(("", identity))
        return f"#{anchor}" if anchor else None

    def document(self, path: str, anchor: str) -> str | None:
        """The anchor of a heading that the deliverable holds."""
        found = self.anchors.get((path, anchor))
        return f"#{found}" if found else None

    def file(self, path: str) -> None:
        """Nothing: a reader of the deliverable does not have the file."""

    def image(self, path: str) -> str:
        """The path from the root of the sources."""
        return path


def weave_deliverable(
    programme: Programme,
    source: Callable[[str], Source],
    artifact_id: str,
    audience: str,
    *,
    root: str = "",
    marked: bool = False,
) -> Woven:
    """Weave a deliverable for an audience. `source` gives the text of a document by its path, `root` is their folder.

    Texts that are `marked` hold the marks that stand for what is withheld. Raises KeyError when the audience may not
    see such an artifact, ValueError for an audience that does not exist.
    """
    sight = see(kept(programme), audience)
    artifact = sight.programme.artifacts[artifact_id]
    # Twice, since a link forward is one only if the text turns out to hold its target.
    texts = partial(_shown, sight, source, withheld(artifact.lang), marked)
    held = _weave(sight, texts, artifact_id, Gathered())[1]
    text, gathered = _weave(sight, texts, artifact_id, held)
    return Woven(
        id=artifact_id,
        title=spoken(artifact.title, artifact.lang),
        lang=artifact.lang,
        markdown=text,
        root=root,
        ids=tuple(identity for identity in gathered.ids if identity != artifact_id),
        images=tuple(gathered.images),
    )


def _shown(sight: Sight, source: Callable[[str], Source], word: str, marked: bool, path: str) -> Source:
    return show_source(sight, source(path), word, marked=marked)


def _weave(
    sight: Sight, texts: Callable[[str], Source], identity: str, held: Gathered
) -> tuple[str, Gathered]:
    artifact = sight.programme.artifacts[identity]
    loom = Loom(sight.programme, texts, DIALECTS["pandoc"], _Inside(held), untitled=True)
    if artifact.section:
        place = Place(artifact.path, artifact.path, artifact.lang, shift=2 - artifact.level)
        text = weave_lines(loom, place, artifact.line, artifact.end)
    else:
        place = Place(artifact.path, artifact.path, artifact.lang, trail=frozenset({(artifact.path, 0)}))
        text = weave_lines(loom, place, 1, loom.sheet(artifact.path).last)
    notes = [note for note in loom.gathered.notes.values() if note]
    return finish("\n\n".join([text, *notes]), artifact.lang), loom.gathered
