"""Steering packs as pages of the site: each in French, Dutch and English, the last ones in the navigation."""

from collections.abc import Callable
from functools import cache

from pipeline.model import Artifact
from pipeline.views.packs import LANGUAGES, tell
from pipeline.weave.loom import Loom, Place
from pipeline.weave.pack import Told, packed, tell_of, title_of, write
from pipeline.weave.pack_paths import FOLDER, path_of
from pipeline.weave.parts import Writer
from pipeline.weave.sight import Sight
from pipeline.weave.tree import Nav

# So many are in the navigation; the others are found from one to the next.
_MOST = 3


def pages(sight: Sight) -> dict[str, tuple[str, Writer]]:
    """The pages of all packs, the last one first: by path their title and what writes each."""
    found: dict[str, tuple[str, Writer]] = {}
    earlier = ""
    for report in packed(sight.programme):
        told = _telling(sight, report)
        for lang in LANGUAGES:
            writer = _writer(report, told, lang, earlier)
            found[path_of(report.id, lang)] = (tell("pack", lang, id=report.id), writer)
        earlier = report.id
    return dict(reversed(found.items()))


def _telling(sight: Sight, report: Artifact) -> Callable[[], Told | None]:
    """What a report tells, computed when the first of its pages is written."""

    @cache
    def told() -> Told | None:
        return tell_of(report, sight.programme, sight.hidden)

    return told


def _writer(report: Artifact, telling: Callable[[], Told | None], lang: str, earlier: str) -> Writer:
    def written(loom: Loom, place: Place) -> str:
        here = Place(place.path, place.home, lang)
        told = telling()
        ways = [loom.dialect.link(tell("the report", lang), loom.addresses.artifact(report.id) or "")]
        for other in LANGUAGES:
            if other != lang:
                address = loom.addresses.document(path_of(report.id, other), "")
                words = f"{tell('also in', lang)} {tell(f'language.{other}', lang)}"
                ways.append(loom.dialect.link(words, address or ""))
        if earlier:
            address = loom.addresses.document(path_of(earlier, lang), "")
            ways.append(loom.dialect.link(tell("earlier", lang), address or ""))
        text = ""
        if told is not None:
            inner = Loom(told.programme, loom.texts, loom.dialect, loom.addresses)
            text = write(inner, here, told)
        parts = [f"# {title_of(report, lang)}", " · ".join(ways), text]
        if lang != place.lang:
            parts = [f'<div lang="{lang}" markdown="1">', *parts, "</div>"]
        return "\n\n".join(parts)

    return written


def navigation(titles: dict[str, str], lang: str) -> Nav:
    """The last packs, in the language of the site."""
    spoken = lang if lang in LANGUAGES else LANGUAGES[0]
    own = [
        {title: path}
        for path, title in titles.items()
        if path.startswith(FOLDER) and path.endswith(f"-{spoken}.md")
    ]
    return [*own[:_MOST]]
