"""A steering pack in words: six blocks and its annexes, in French, Dutch or English, the same for site and PDF."""

from pipeline.figures.measures.cost import top_budgets
from pipeline.figures.pack import Pack
from pipeline.model import Artifact, Programme
from pipeline.views.dates import long_day
from pipeline.views.packs import annexes, front, second
from pipeline.views.packs.values import Block, Piece
from pipeline.views.packs.words import LANGUAGES, known, tell

__all__ = ["LANGUAGES", "Block", "Piece", "blocks", "intro", "tell", "told"]


def told(pack: Pack, programme: Programme, lang: str) -> tuple[Block, ...]:
    """The six blocks of a pack, in their order."""
    return (
        front.state(pack, programme, lang),
        front.asks(pack, lang),
        front.plan(pack, programme, lang),
        second.money(pack, lang),
        second.scope(pack, lang),
        second.raid(pack, programme, lang),
    )


def blocks(pack: Pack, programme: Programme, lang: str) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The six blocks of a pack, and its annexes."""
    return told(pack, programme, lang), annexes.annexes(pack, programme, lang)


def intro(pack: Pack, report: Artifact, programme: Programme, lang: str) -> str:
    """What holds for all of a pack: its day, what it is compared with, the unit of its amounts, if it is frozen."""
    day = long_day(pack.as_of, lang)
    tops = top_budgets(programme)
    unit = tops[0].account if tops else None
    vat = f"vat.{unit.vat}" if unit and known(f"vat.{unit.vat}") else "vat.excl"
    values = {"currency": unit.currency if unit and unit.currency else "EUR", "vat": tell(vat, lang)}
    if not pack.figures:
        basis = tell("basis bare", lang, day=day)
    elif pack.since and pack.compares:
        basis = tell("basis", lang, day=day, since=long_day(pack.since, lang), **values)
    else:
        basis = tell("basis alone", lang, day=day, **values)
    digest = str(report.fields.get("snapshot_digest", ""))
    frozen = tell("issued", lang, digest=digest[:19]) if digest and report.status == "issued" else ""
    return f"{basis} {frozen or tell('draft', lang)}"
