"""The first page of a pack: state, decisions asked, milestones."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pipeline.figures.days import working_days
from pipeline.figures.pack import Pack
from pipeline.figures.pack.values import Ask, Choice, Dimension, Due, Movement
from pipeline.figures.rag import STATES, Because
from pipeline.figures.raid import Need, dependencies
from pipeline.model import Programme
from pipeline.views.dates import long_day
from pipeline.views.numbers import number
from pipeline.views.packs import cells
from pipeline.views.packs.values import Block, Piece
from pipeline.views.packs.words import tell
from pipeline.views.values import Cell, Listing

MOST_ASKS = 3
# The figure that there is of every programme with a milestone.
_KEPT = "milestones-achieved"
# In characters: longer names are cut.
_NAME = 36


class Room(NamedTuple):
    """How much fits on the page: milestones, dependencies, options of a decision, characters of a sentence and of an
    option. The rest is told to be there, and stands in the annexes or the registers."""

    milestones: int
    needs: int
    choices: int
    sentence: int
    choice: int


# By the number of decisions that are asked for: they take most of it.
_ROOMS = (Room(10, 5, 5, 300, 200), Room(8, 4, 5, 300, 180), Room(7, 4, 4, 200, 105), Room(4, 2, 3, 110, 100))


def room_of(pack: Pack) -> Room:
    """How much of each fits beside the decisions of a pack."""
    return _ROOMS[min(len(pack.asks), MOST_ASKS)]


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
        pieces += _ask(item, room_of(pack), lang)
    if len(pack.asks) > MOST_ASKS:
        pieces.append(Piece("more", tell("too many asks", lang, count=len(pack.asks))))
    return Block("asks", tell("asks", lang), tuple(pieces) or (Piece("none", tell("no asks", lang)),))


def _ask(item: Ask, room: Room, lang: str) -> Iterator[Piece]:
    by = f"· **{tell('by', lang, day=long_day(item.deadline, lang))}**" if item.deadline else ""
    yield Piece("ask", Listing(((*cells.titled(item.id), *cells.words(by)),)))
    text = cells.said(shorter(item.statement, room.sentence), item.lang)
    if item.context:
        label = cells.words(f"**{tell('context', lang)}**")
        text = (*text, *label, *cells.said(shorter(item.context, room.sentence), item.lang))
    if text:
        yield Piece("asked", text)
    if item.choices:
        headers = cells.heads(lang, "option", "comes to", "recommendation")
        rows = [
            (
                cells.words(choice.id),
                cells.said(shorter(choice.text, room.choice), item.lang),
                cells.words(f"✔ {tell('recommended', lang)}" if choice.recommended else ""),
            )
            for choice in _chosen(item, room.choices)
        ]
        yield Piece("choices", cells.table(headers, rows))


def _chosen(item: Ask, most: int) -> list[Choice]:
    """The first options, so many; what is recommended is among them."""
    best = [choice for choice in item.choices if choice.recommended][:1]
    others = [choice for choice in item.choices if choice not in best][: most - len(best)]
    return [choice for choice in item.choices if choice in (*best, *others)]


def shorter(words: str, most: int) -> str:
    """Words that are cut where they are too many for the page."""
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def plan(pack: Pack, programme: Programme, lang: str) -> Block:
    """The milestones with their movement, how many were due, and the dependencies."""
    room = room_of(pack)
    pieces: list[Piece | tuple[Piece, ...]] = []
    if pack.milestones:
        keys = ("milestone", "baseline", "last report", "day now", "since report", "slip", "verdict")
        headers = cells.heads(lang, *keys)
        rows = [_milestone(item, programme, lang) for item in pack.milestones[: room.milestones]]
        pieces.append(Piece("milestones", cells.table(headers, rows)))
    if _KEPT in pack.figures:
        pieces.append(Piece("due", _count(pack, len(pack.milestones) - room.milestones, lang)))
    else:
        pieces.append(Piece("none", tell("no milestones", lang)))
    if needs := dependencies(programme)[: room.needs]:
        headers = cells.heads(lang, "dependency", "provider", "consumer", "needed", "promised", "verdict")
        pieces.append(Piece("needs", cells.table(headers, [_need(item, programme, lang) for item in needs])))
    return Block("plan", tell("plan", lang), tuple(pieces))


def _count(pack: Pack, more: int, lang: str) -> str:
    """How many milestones are not shown, and how many were due."""
    told = [tell("and more", lang, count=more)] if more > 0 else []
    told += [tell("none near", lang)] if not pack.milestones else []
    told.append(_due(pack.due, "due", lang))
    if pack.due_originally != pack.due:
        told.append(_due(pack.due_originally, "due originally", lang))
    return " ".join([*told, *([tell("days are", lang)] if pack.milestones else [])])


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
        cells.words(shorter(cells.party(_text(item.artifact.fields.get("provider")), programme), _NAME)),
        cells.words(shorter(cells.party(_text(item.artifact.fields.get("consumer")), programme), _NAME)),
        cells.day(item.needed, lang),
        cells.day(item.committed, lang),
        cells.words(tell(f"float.{item.state}", lang, count=spare)),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
