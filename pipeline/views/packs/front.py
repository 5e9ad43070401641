"""The first page of a pack: state, decisions asked, milestones."""

from collections.abc import Iterator
from datetime import date

from pipeline.figures.days import working_days
from pipeline.figures.pack import Pack
from pipeline.figures.pack.values import Ask, Dimension, Due, Movement
from pipeline.figures.rag import STATES, Because
from pipeline.figures.raid import Need, dependencies
from pipeline.model import Programme
from pipeline.views.dates import long_day
from pipeline.views.numbers import number
from pipeline.views.packs import cells
from pipeline.views.packs.values import Block, Piece
from pipeline.views.packs.words import tell
from pipeline.views.values import Cell, Listing

# So much of each fits on the page; the rest is told, and stands in the annexes or the registers.
MOST_ASKS, MOST_MILESTONES, MOST_NEEDS, MOST_CHOICES = 3, 8, 4, 4
_SENTENCE, _CHOICE = 260, 150


def state(pack: Pack, programme: Programme, lang: str) -> Block:
    """The state of each dimension, now and before, and why it is so."""
    headers = cells.heads(lang, "dimension", "now", "before", "movement", "measured")
    rows = [
        (
            cells.words(dimension(item.name, lang)),
            cells.lamp(item.now, lang),
            cells.lamp(item.before, lang),
            cells.words(_turn(item, lang)),
            cells.words(_why(item, programme, lang)),
        )
        for item in pack.state
    ]
    shown = Piece("rag", cells.table(headers, rows)) if rows else Piece("none", tell("nothing", lang))
    return Block("state", tell("state", lang), (shown,))


def dimension(name: str, lang: str) -> str:
    """What a dimension is called."""
    return tell("dimension.scope" if name == "scope" else name, lang)


def _turn(item: Dimension, lang: str) -> str:
    if item.now not in STATES or item.before not in STATES:
        return ""
    step = STATES.index(item.now) - STATES.index(item.before)
    return tell("same" if not step else "worse" if step > 0 else "better", lang)


def _why(item: Dimension, programme: Programme, lang: str) -> str:
    """What was measured, as far as it makes the state; else who judged it so."""
    if item.override is not None:
        reason, by = item.override
        return tell("override", lang, by=cells.party(by, programme), reason=reason)
    if item.judged is None:
        return tell("follows" if item.name == "overall" else "judged by people", lang)
    return " · ".join(because(each, lang) for each in item.judged.because)


def because(item: Because, lang: str) -> str:
    """Something that was measured, with its threshold."""
    if item.name in ("spi", "cpi"):
        figure, limit = number(item.actual, lang, 4), number(item.limit, lang, 2)
    elif item.of is not None:
        figure, limit = cells.of(int(item.actual), item.of, lang), cells.part(item.limit, lang)
    elif item.name in ("overrun", "reserve"):
        figure, limit = cells.part(item.actual, lang), cells.part(item.limit, lang)
    else:
        figure, limit = number(item.actual, lang), number(item.limit, lang)
    return tell("because", lang, words=tell(f"because.{item.name}", lang), figure=figure, limit=limit)


def asks(pack: Pack, lang: str) -> Block:
    """The decisions that are asked for: at most three, each with its context, options and deadline."""
    pieces: list[Piece | tuple[Piece, ...]] = []
    for item in pack.asks[:MOST_ASKS]:
        pieces += _ask(item, lang)
    if len(pack.asks) > MOST_ASKS:
        pieces.append(Piece("more", tell("too many asks", lang, count=len(pack.asks))))
    return Block("asks", tell("asks", lang), tuple(pieces) or (Piece("none", tell("no asks", lang)),))


def _ask(item: Ask, lang: str) -> Iterator[Piece]:
    by = f"· **{tell('by', lang, day=long_day(item.deadline, lang))}**" if item.deadline else ""
    yield Piece("ask", Listing(((*cells.titled(item.id), *cells.words(by)),)))
    text = [shorter(words, _SENTENCE) for words in (item.statement,) if words]
    if item.context:
        text.append(f"**{tell('context', lang)}** {shorter(item.context, _SENTENCE)}")
    if text:
        yield Piece("asked", " ".join(text))
    if item.choices:
        headers = cells.heads(lang, "option", "comes to", "recommendation")
        rows = [
            (
                cells.words(choice.id),
                cells.words(shorter(choice.text, _CHOICE)),
                cells.words(tell("recommended", lang) if choice.recommended else ""),
            )
            for choice in item.choices[:MOST_CHOICES]
        ]
        yield Piece("choices", cells.table(headers, rows))


def shorter(words: str, most: int) -> str:
    """Words that are cut where they are too many for the page."""
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def plan(pack: Pack, programme: Programme, lang: str) -> Block:
    """The milestones with their movement, how many were due, and the dependencies."""
    pieces: list[Piece | tuple[Piece, ...]] = []
    if pack.milestones:
        keys = ("milestone", "baseline", "last report", "day now", "since report", "slip", "verdict")
        headers = cells.heads(lang, *keys)
        rows = [_milestone(item, programme, lang) for item in pack.milestones[:MOST_MILESTONES]]
        pieces.append(Piece("milestones", cells.table(headers, rows)))
    more = len(pack.milestones) - MOST_MILESTONES
    told = [tell("and more", lang, count=more)] if more > 0 else []
    told += [_due(pack.due, "due", lang)]
    if pack.due_originally != pack.due:
        told.append(_due(pack.due_originally, "due originally", lang))
    pieces.append(Piece("due", " ".join([*told, tell("days are", lang)])))
    if needs := dependencies(programme)[:MOST_NEEDS]:
        headers = cells.heads(lang, "dependency", "provider", "consumer", "needed", "promised", "verdict")
        pieces.append(Piece("needs", cells.table(headers, [_need(item, programme, lang) for item in needs])))
    return Block("plan", tell("plan", lang), tuple(pieces))


def _due(due: Due, key: str, lang: str) -> str:
    return tell(key, lang, all=due.total, hit=len(due.hit), missed=len(due.missed), moved=len(due.moved))


def _milestone(item: Movement, programme: Programme, lang: str) -> tuple[Cell, ...]:
    told = [tell(item.state, lang)]
    told += [tell("beyond", lang)] if item.beyond else []
    told += [tell("critical", lang)] if item.critical else []
    return (
        cells.titled(item.id),
        cells.day(item.baseline, lang),
        cells.day(item.before, lang),
        cells.day(item.day, lang),
        cells.words(moved_by(item.before, item.day, programme, lang)),
        cells.words(_signed(item.slip, lang)),
        cells.words(" · ".join(told)),
    )


def moved_by(before: date | None, now: date | None, programme: Programme, lang: str) -> str:
    """By how many working days a day moved; '' where one is not known."""
    if before is None or now is None:
        return ""
    return _signed(working_days(before, now, programme.thresholds.closed), lang)


def _signed(days: int | None, lang: str) -> str:
    if days is None:
        return ""
    sign = "+" if days > 0 else ""
    return tell("days", lang, count=sign + number(days, lang))


def _need(item: Need, programme: Programme, lang: str) -> tuple[Cell, ...]:
    spare = number(abs(item.float), lang) if item.float is not None else ""
    return (
        cells.titled(item.artifact.id),
        cells.words(cells.party(_text(item.artifact.fields.get("provider")), programme)),
        cells.words(cells.party(_text(item.artifact.fields.get("consumer")), programme)),
        cells.day(item.needed, lang),
        cells.day(item.committed, lang),
        cells.words(tell(f"float.{item.state}", lang, count=spare)),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
