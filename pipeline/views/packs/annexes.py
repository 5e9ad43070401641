"""The annexes of a pack: decision sheets, actions, the previous minutes, and quarterly the benefits."""

from pipeline.figures.pack import Pack
from pipeline.figures.pack.values import Ask, Choice, Gain, Todo
from pipeline.model import Programme
from pipeline.views.cells import plain
from pipeline.views.dates import long_day
from pipeline.views.packs import cells
from pipeline.views.packs.values import Block, Piece
from pipeline.views.packs.words import known, tell
from pipeline.views.values import Cell, Lamp, Listing, Ref, Words


def annexes(pack: Pack, programme: Programme, lang: str) -> tuple[Block, ...]:
    """The annexes that have something to say, in order; they are lettered as they come."""
    found = [
        _sheets(pack, programme, lang),
        _actions(pack, programme, lang),
        _minutes(pack, programme, lang),
        *([_benefits(pack, lang)] if pack.benefits else []),
    ]
    return tuple(
        block._replace(title=tell("annex", lang, letter="ABCD"[number], title=block.title))
        for number, block in enumerate(found)
    )


def _sheets(pack: Pack, programme: Programme, lang: str) -> Block:
    pieces: list[Piece | tuple[Piece, ...]] = []
    for item in pack.asks:
        pieces += _sheet(item, programme, lang)
    return Block("sheets", tell("sheets", lang), tuple(pieces) or (Piece("none", tell("no asks", lang)),))


def _sheet(item: Ask, programme: Programme, lang: str) -> list[Piece]:
    """A decision whole: statement, context, every option, deadline, and what it is joined with."""
    decision = programme.artifacts[item.id]
    rows: list[tuple[Cell, ...]] = [
        (cells.words(tell(key, lang).rstrip(" :")), cell)
        for key, cell in (
            ("status", cells.words(status(decision.status, lang))),
            ("context", cells.said(item.context, item.lang)),
            ("deadline", cells.words(long_day(item.deadline, lang) if item.deadline else "")),
            ("owner", cells.words(cells.party(plain(decision.fields.get("owner")), programme))),
            (
                "related",
                tuple(Ref(link.target) for link in decision.links if link.role in ("related", "resolves")),
            ),
        )
        if cell
    ]
    rows[2:2] = [
        (
            cells.words(f"{tell('option', lang)} {choice.id}"),
            (*cells.said(choice.text, item.lang), *_advice(choice, lang)),
        )
        for choice in item.choices
    ]
    head = Piece(
        "sheet", cells.table((cells.words(item.id), cells.said(decision.title, decision.lang)), rows)
    )
    return [*([Piece("asked", cells.said(item.statement, item.lang))] if item.statement else []), head]


def _advice(choice: Choice, lang: str) -> Cell:
    return (Lamp("green", tell("recommended", lang)),) if choice.recommended else ()


def status(name: str, lang: str) -> str:
    """What a status is called."""
    return tell(f"status.{name}", lang) if known(f"status.{name}") else name


def _actions(pack: Pack, programme: Programme, lang: str) -> Block:
    headers = cells.heads(lang, "action", "owner", "due day", "status")
    headers = (cells.words(tell("actions", lang)), *headers[1:])
    rows = [_action(item, programme, lang) for item in pack.actions]
    shown = Piece("actions", cells.table(headers, rows)) if rows else Piece("none", tell("no actions", lang))
    return Block("actions", tell("actions", lang), (shown,))


def _action(item: Todo, programme: Programme, lang: str) -> tuple[Cell, ...]:
    told = status(programme.artifacts[item.id].status, lang)
    if item.done:
        told = f"{tell('done', lang)} {long_day(item.done, lang)}"
    elif item.overdue:
        told = tell("overdue", lang)
    return (
        cells.titled(item.id),
        cells.words(cells.party(item.owner, programme)),
        cells.day(item.due, lang),
        cells.words(told),
    )


def _minutes(pack: Pack, programme: Programme, lang: str) -> Block:
    held = pack.minutes
    if held is None or held.day is None:
        return Block("minutes", tell("minutes", lang), (Piece("none", tell("no minutes", lang)),))
    when = Words("· " + tell("held", lang, day=long_day(held.day, lang), count=held.attended))
    pieces = [Piece("held", Listing(((*cells.titled(held.id), when),)))]
    if held.agenda:
        pieces.append(
            Piece("agenda", Listing(tuple(cells.words(item) for item in held.agenda), tell("agenda", lang)))
        )
    for key, ids in (("decided", held.decisions), ("actions", held.actions)):
        if ids:
            items = tuple(
                (*cells.titled(one), Words(f"({status(programme.artifacts[one].status, lang)})"))
                for one in ids
            )
            pieces.append(Piece(key, Listing(items, tell(key, lang))))
    return Block("minutes", tell("minutes", lang), tuple(pieces))


def _benefits(pack: Pack, lang: str) -> Block:
    headers = (
        cells.words(tell("benefits", lang)),
        *cells.heads(lang, "measure", "at first", "last", "target"),
    )
    return Block(
        "benefits",
        tell("benefits", lang),
        (Piece("benefits", cells.table(headers, [_gain(item, lang) for item in pack.benefits])),),
    )


def _gain(item: Gain, lang: str) -> tuple[Cell, ...]:
    last = f"{plain(item.last)} ({long_day(item.last_on, lang)})" if item.last_on else ""
    target = plain(item.target) + (f" ({long_day(item.date, lang)})" if item.date else "")
    measure = item.measure + (f" ({item.unit})" if item.unit else "")
    return (
        cells.titled(item.id),
        cells.words(measure),
        cells.words(plain(item.first)),
        cells.words(last),
        cells.words(target),
    )
