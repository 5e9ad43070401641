"""Where the pages of steering packs lie, and the way from a report to its own."""

from collections.abc import Iterator

from pipeline.model import Artifact
from pipeline.views.packs.words import LANGUAGES, tell
from pipeline.weave.labels import fact
from pipeline.weave.loom import Loom

FOLDER = "packs/"


def path_of(identity: str, lang: str) -> str:
    """Where the page of a pack in a language lies."""
    return f"{FOLDER}{identity}-{lang}.md"


def pack_fact(loom: Loom, artifact: Artifact) -> Iterator[str]:
    """The ways from a report to its pack in each language, as a fact; nothing where it has none."""
    if artifact.kind != "report":
        return
    ways = [
        loom.dialect.link(tell(f"language.{lang}", artifact.lang), address)
        for lang in LANGUAGES
        if (address := loom.addresses.document(path_of(artifact.id, lang), ""))
    ]
    if ways:
        yield fact(tell("pack", artifact.lang, id="").strip(), " · ".join(ways), artifact.lang)
