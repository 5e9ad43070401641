"""A steering pack as text: a page of the site, or the two pages and annexes of a PDF, of the same blocks.

The pack of an issued report is made of its registers, and so stays what it was; that of a draft of the programme as it
is. Either holds what readers of the report's classification may see and nothing else, whoever reads it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import structs

from pipeline.figures.pack import Pack, pack_of
from pipeline.figures.pack.before import highlights, told_of
from pipeline.figures.registers import fits
from pipeline.model import Artifact, Programme
from pipeline.model.woven import Woven
from pipeline.views.packs import Block, Piece, blocks, intro, tell
from pipeline.weave.attributes import Attributes, classes
from pipeline.weave.audience import AUDIENCES
from pipeline.weave.body import weave_lines
from pipeline.weave.dialect import DIALECTS
from pipeline.weave.finish import finish
from pipeline.weave.inline import spoken, weave_line
from pipeline.weave.loom import Loom, Place
from pipeline.weave.present import present, sentence
from pipeline.weave.sight import see

# Titles that are longer are cut: two pages hold no more.
_LONGEST = 72
_SECOND_PAGE = "money"


class Told(NamedTuple):
    """A pack: its report, the programme that it tells of, and what it holds."""

    report: Artifact
    programme: Programme
    pack: Pack


def packed(programme: Programme) -> list[Artifact]:
    """The highlight reports of which a pack can be made: drafts, and those that were issued with their registers."""
    return [
        item for item in highlights(programme) if programme.phase(item) == "early" or fits(item, programme)
    ]


def tell_of(report: Artifact, programme: Programme, hidden: Iterable[str] = ()) -> Told | None:
    """What a report tells its readers, those of its classification; None where it was issued without registers.

    `hidden` are IDs, in capitals, that they may not see by what the programme says now: they were no less hidden then.
    """
    then = told_of(report, programme)
    if then is None:
        return None
    seen = see(_concealing(then, frozenset(hidden)), level_of(report)).programme
    return Told(report, seen, pack_of(report, seen, programme))


def level_of(report: Artifact) -> str:
    """The audience that a report is for: what is above it has no place in the report, its figures included."""
    return report.classification if report.classification in AUDIENCES else AUDIENCES[0]


def _concealing(programme: Programme, hidden: frozenset[str]) -> Programme:
    """A programme that was restored, in which what is hidden now is hidden."""
    named = {key for key in programme.artifacts if key.upper() in hidden}
    if not named:
        return programme
    every = {
        key: structs.replace(item, fields=item.fields | {"classification": "limited"})
        if key in named
        else item
        for key, item in programme.artifacts.items()
    }
    documents = {
        path: structs.replace(document, artifacts=tuple(every[item.id] for item in document.artifacts))
        for path, document in programme.documents.items()
    }
    return structs.replace(programme, artifacts=every, documents=documents)


def write(loom: Loom, place: Place, told: Told) -> str:
    """The blocks and annexes in the dialect of the loom, whose programme is that of the pack."""
    lang = place.lang
    front, annexes = blocks(told.pack, told.programme, lang)
    words = intro(told.pack, told.report, told.programme, lang)
    short = _with_programme(loom, _shortened(told.programme))
    parts = [_boxed(loom, "pack-intro", weave_line(loom, place, words))]
    parts += [_block(short, place, block, "pack-block") for block in front]
    parts += [_block(loom, place, block, "pack-annex") for block in annexes]
    return "\n\n".join(parts)


def _with_programme(loom: Loom, programme: Programme) -> Loom:
    return Loom(programme, loom.texts, loom.dialect, loom.addresses, untitled=loom.untitled)


def _shortened(programme: Programme) -> Programme:
    """A programme with titles that fit two pages."""
    long = {key: item for key, item in programme.artifacts.items() if len(item.title) > _LONGEST}
    cut = {
        key: structs.replace(item, fields=item.fields | {"title": _cut(item.title, item.lang)})
        for key, item in long.items()
    }
    return structs.replace(programme, artifacts=programme.artifacts | cut) if cut else programme


def _cut(title: str, lang: str) -> str:
    return spoken(title, lang)[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def _block(loom: Loom, place: Place, block: Block, name: str) -> str:
    second = "pack-second" if block.name == _SECOND_PAGE else ""
    head = f"## {block.title} {{#{name}-{block.name}{' .unnumbered' if name == 'pack-annex' else ''}}}"
    pieces = [
        _side_by_side(loom, place, piece) if _is_row(piece) else _piece(loom, place, piece)  # type: ignore[arg-type]
        for piece in block.pieces
    ]
    opened = loom.dialect.open(classes(name, f"pack-{block.name}", second))
    return "\n\n".join([opened, head, *pieces, loom.dialect.close()])


def _is_row(piece: Piece | tuple[Piece, ...]) -> bool:
    return not isinstance(piece, Piece)


def _side_by_side(loom: Loom, place: Place, pieces: tuple[Piece, ...]) -> str:
    inner = "\n\n".join(_piece(loom, place, piece) for piece in pieces)
    return _boxed(loom, "pack-columns", inner)


def _piece(loom: Loom, place: Place, piece: Piece) -> str:
    if isinstance(piece.shown, str):
        text = weave_line(loom, place, piece.shown)
    elif isinstance(piece.shown, tuple):
        text = sentence(loom, place, piece.shown)
    else:
        text = present(loom, place, piece.shown, 3, weave_lines)
    return _boxed(loom, f"pack-{piece.name}", text)


def _boxed(loom: Loom, name: str, text: str) -> str:
    return "\n\n".join(
        [loom.dialect.open(Attributes(classes=("pack-piece", name))), text, loom.dialect.close()]
    )


class _Nowhere:
    """Addresses in a PDF: no artifact has a place of its own there."""

    def artifact(self, identity: str) -> None:
        """Nothing."""

    def document(self, path: str, anchor: str) -> None:
        """Nothing."""

    def file(self, path: str) -> None:
        """Nothing."""

    def image(self, path: str) -> str:
        """The path from the root of the sources."""
        return path


def weave_pack(told: Told, lang: str, root: str = "") -> Woven:
    """The pack as the text of a PDF, in a language."""

    def texts(path: str) -> None:
        raise KeyError(path)

    loom = Loom(told.programme, texts, DIALECTS["pandoc"], _Nowhere(), untitled=True)  # type: ignore[arg-type]
    place = Place(told.report.path, told.report.path, lang)
    text = finish(write(loom, place, told), lang)
    return Woven(told.report.id, title_of(told.report, lang), lang, text, root)


def title_of(report: Artifact, lang: str) -> str:
    """The title of a pack in a language."""
    title = spoken(report.title, report.lang)
    return tell("pack of", lang, title=title if len(title) <= _LONGEST else _cut(report.title, report.lang))
