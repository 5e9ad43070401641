"""What a view shows, in the dialect."""

from collections.abc import Callable

from pipeline.model import Artifact
from pipeline.sources.scan import slug
from pipeline.views import (
    Badge,
    Cards,
    Cell,
    Chart,
    Included,
    Listing,
    Part,
    Ref,
    Several,
    Shown,
    Table,
    Tiles,
)
from pipeline.views.values import Lamp
from pipeline.weave.attributes import Attributes, classes
from pipeline.weave.card import badge
from pipeline.weave.chart import chart
from pipeline.weave.inline import reference, weave_line
from pipeline.weave.links import titled
from pipeline.weave.loom import Loom, Place
from pipeline.weave.tiles import SHAPES, tiles

# Weaves lines of a document: loom, place, first line, last line, whether artifacts within artifacts are kept.
Weaver = Callable[[Loom, Place, int, int, bool], str]
_DEEPEST = 8


def present(loom: Loom, place: Place, shown: Shown, level: int, weave: Weaver) -> str:
    """Write what a view shows below a heading of `level`; '' for nothing."""
    if isinstance(shown, Table):
        return table(loom, place, shown)
    if isinstance(shown, Chart):
        return chart(loom, place, shown, table(loom, place, shown.table))
    if isinstance(shown, Tiles):
        return tiles(loom, place, shown, [cell(loom, place, tile.name) for tile in shown.tiles])
    if isinstance(shown, Several):
        blocks = [present(loom, place, part, level, weave) for part in shown.parts]
        return "\n\n".join(block for block in blocks if block)
    if isinstance(shown, Listing):
        caption = [f"**{weave_line(loom, place, shown.caption)}**"] if shown.caption else []
        return "\n\n".join([*caption, "\n".join(f"- {cell(loom, place, item)}" for item in shown.items)])
    if isinstance(shown, Cards):
        caption = [f"**{weave_line(loom, place, shown.caption)}**"] if shown.caption else []
        return "\n\n".join([*caption, *(_card(loom, place, item, level, weave, False) for item in shown.ids)])
    if isinstance(shown, Included):
        if shown.path:
            return _document(loom, place, shown.path, level, weave)
        return "\n\n".join(_card(loom, place, item, level, weave, True) for item in shown.ids)
    return ""


def table(loom: Loom, place: Place, shown: Table) -> str:
    """A table in the dialect."""
    headers = [cell(loom, place, item) for item in shown.headers]
    rows = [[cell(loom, place, item) for item in row] for row in shown.rows]
    caption = weave_line(loom, place, shown.caption)
    return loom.dialect.table(headers, rows, caption, shown.grid, shown.right)


def cell(loom: Loom, place: Place, parts: Cell) -> str:
    """A cell: its parts one after the other, by commas between those of one sort."""
    text, before = "", None
    for part in parts:
        if written := _part(loom, place, part):
            between = ", " if type(part) is before else " "
            text, before = f"{text}{between}{written}" if text else written, type(part)
    return text.replace("|", "\\|")


def _part(loom: Loom, place: Place, part: Part) -> str:
    if isinstance(part, Badge):
        return badge(loom, part.field, part.value, place.lang, stated=part.words)
    if isinstance(part, Lamp):
        return lamp(loom, part)
    if isinstance(part, Ref):
        if part.titled:
            return titled(loom, part.id, part.version, place.lang if part.spoken else "")
        return reference(loom, part.id, f"{part.id}@{part.version}" if part.version else part.id)
    words = weave_line(loom, place, part.text, noted=False)
    return _in_language(loom, words, part.lang, place.lang)


def _in_language(loom: Loom, words: str, lang: str, around: str) -> str:
    """Words with their language, where it is not that of what stands around them."""
    return (
        loom.dialect.span(words, Attributes(pairs=(("lang", lang),))) if lang not in ("", around) else words
    )


def sentence(loom: Loom, place: Place, parts: Cell) -> str:
    """Parts one after the other, as a sentence."""
    return " ".join(_part(loom, place, part) for part in parts)


def lamp(loom: Loom, part: Lamp) -> str:
    """A state: a circle for green, a diamond for amber, a square for red, and its word."""
    words = f"{SHAPES.get(part.state, '◊')}\u00a0{part.text}"
    return loom.dialect.span(words, classes("lamp", part.state))


def _card(loom: Loom, place: Place, identity: str, level: int, weave: Weaver, nested: bool) -> str:
    """An artifact with all that it says, at a level; '' where it is already being shown around this place."""
    artifact = loom.programme.artifacts[identity]
    if not artifact.section and nested:
        return _document(loom, place, artifact.path, level, weave)
    # The card itself says its language, so around it is that of the place where it stands.
    inner = _inner(loom, place, artifact.path, artifact.line, level - artifact.level, place.lang)
    text = weave(loom, inner, artifact.line, artifact.end, nested) if inner else ""
    if artifact.section or not text:
        return text
    return "\n\n".join([wrapped(loom, place, artifact, ""), text, loom.dialect.close()])


def _document(loom: Loom, place: Place, path: str, level: int, weave: Weaver) -> str:
    """The body of a document, its topmost heading at a level."""
    document = loom.programme.documents[path]
    top = min((heading.level for heading in document.headings), default=1)
    lang = document.whole.lang if document.whole else document.page.lang if document.page else place.lang
    inner = _inner(loom, place, path, 0, level - top, lang)
    if inner is None:
        return ""
    text = weave(loom, inner, 1, loom.sheet(path).last, True)
    if lang == place.lang:
        return text
    return "\n\n".join([loom.dialect.open(Attributes(pairs=(("lang", lang),))), text, loom.dialect.close()])


def _inner(loom: Loom, place: Place, path: str, line: int, shift: int, lang: str) -> Place | None:
    key = (path, line)
    if key in place.trail or len(place.trail) >= _DEEPEST:
        return None
    prefix = slug(path.removesuffix(".md").replace("/", "-")) + "-"
    return Place(path, place.home, lang, shift, prefix, loom.id_prefix, place.trail | {key})


def wrapped(loom: Loom, place: Place, artifact: Artifact, identity: str) -> str:
    """The line that opens the card of an artifact; `identity` is its anchor, or '' where the heading carries it."""
    kind = artifact.kind or "artifact"
    pairs = (("lang", artifact.lang),) if artifact.lang != place.lang else ()
    return loom.dialect.open(Attributes(identity, (*classes("card", kind).classes,), pairs))
