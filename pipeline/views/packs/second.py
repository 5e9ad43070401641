"""The second page of a pack: budget, scope and tests, RAID."""

from decimal import Decimal

from pipeline.figures.measures import MEASURES
from pipeline.figures.measures.quality import AGES
from pipeline.figures.pack import MONEY, SCOPE, Pack
from pipeline.figures.pack.values import Pressing, Register, Share, Tests
from pipeline.model import Programme
from pipeline.views.numbers import number
from pipeline.views.packs import cells
from pipeline.views.packs.front import shorter
from pipeline.views.packs.values import Block, Piece
from pipeline.views.packs.words import known, tell
from pipeline.views.values import Cell, Ref, Several, Table

# What the figures before it come to.
_SUMS = ("bac", "eac", "vac", "reserve-left", "requirements", "uat-passed")
MOST_SHARES, MOST_PROCESSES, MOST_ISSUES = 8, 6, 3
# In characters: longer names are cut.
_NAME = 34


def money(pack: Pack, lang: str) -> Block:
    """Budget: approved, actual, forecast and reserve; and by workstream."""
    figures = _figures(pack, MONEY, lang, "amount")
    if figures is None:
        return Block("money", tell("money", lang), (Piece("none", tell("no budget", lang)),))
    pieces: list[Piece] = [Piece("amounts", figures)]
    if pack.shares:
        headers = cells.heads(lang, "workstream", "approved", "actual", "forecast", "variance")
        shown, others = pack.shares[:MOST_SHARES], pack.shares[MOST_SHARES:]
        rows = [_share(item, lang) for item in shown]
        if others:
            rows.append(_share(_sum(others, tell("others", lang, count=len(others))), lang))
        rows.append(_share(_sum(pack.shares, tell("total", lang)), lang))
        pieces.append(Piece("shares", cells.table(headers, rows)))
    return Block("money", tell("money", lang), (tuple(pieces),))


def _figures(pack: Pack, names: tuple[str, ...], lang: str, head: str) -> Table | None:
    """The figures of some measures with what they were before; None where the registers hold none of them."""
    known = [name for name in names if name in pack.figures]
    if not known:
        return None
    compared = any(name in pack.before for name in known)
    keys = ("figure", head, "before") if compared else ("figure", head)
    rows = []
    for name in known:
        row = [
            cells.words(f"**{MEASURES[name].label(lang)}**" if name in _SUMS else MEASURES[name].label(lang)),
            cells.words(cells.figure(name, pack.figures[name], lang)),
        ]
        if compared:
            was = pack.before.get(name)
            row.append(cells.words(cells.figure(name, was, lang) if was else ""))
        rows.append(tuple(row))
    return cells.table(cells.heads(lang, *keys), rows)


def _share(item: Share, lang: str) -> tuple[Cell, ...]:
    if item.workstream.startswith("="):
        name = cells.words(item.workstream[1:])
    else:
        name = cells.titled(item.workstream) if item.workstream else cells.words(tell("no workstream", lang))
    return (name, *(cells.money(value, lang) for value in (item.bac, item.ac, item.eac, item.vac)))


def _sum(shares: tuple[Share, ...], name: str) -> Share:
    """The sum of workstreams, under a name of its own; None for what one of them does not state."""

    def add(values: list[Decimal | None]) -> Decimal | None:
        known = [value for value in values if value is not None]
        return sum(known, Decimal(0)) if len(known) == len(values) else None

    amounts = ([getattr(item, field) for item in shares] for field in ("bac", "ac", "eac"))
    return Share(f"={name}", *map(add, amounts))


def scope(pack: Pack, lang: str) -> Block:
    """Requirements and their coverage, acceptance by process, open defects by severity and age."""
    figures = _figures(pack, SCOPE, lang, "value")
    pieces = [Piece("coverage", figures)] if figures is not None else []
    tables = [*([_uat(pack, lang)] if pack.tests else []), *([_defects(pack, lang)] if _any(pack) else [])]
    if tables:
        pieces.append(Piece("tests", Several(tuple(tables))))
    return Block(
        "scope", tell("scope", lang), (tuple(pieces),) if pieces else (Piece("none", tell("no scope", lang)),)
    )


def _any(pack: Pack) -> bool:
    return any(map(sum, pack.defects.values()))


def _uat(pack: Pack, lang: str) -> Table:
    headers = cells.heads(lang, "process", "planned", "executed", "passed")
    return cells.table(headers, (_tests(item, lang) for item in pack.tests[:MOST_PROCESSES]))


def _defects(pack: Pack, lang: str) -> Table:
    """The open defects by severity, and by age in days."""
    ages = [tell(f"age.{limit}", lang) for limit in AGES]
    headers = (
        *cells.heads(lang, "severity", "open"),
        *(cells.words(words) for words in (*ages, tell("age.more", lang))),
    )
    return cells.table(
        headers,
        (
            (
                cells.words(tell(f"grade.{name}", lang)),
                *(cells.words(number(count, lang)) for count in (sum(bands), *bands[: len(AGES) + 1])),
            )
            for name, bands in pack.defects.items()
        ),
    )


def _tests(item: Tests, lang: str) -> tuple[Cell, ...]:
    return (
        cells.words(shorter(item.process, _NAME) or tell("no process", lang)),
        cells.words(number(item.planned, lang)),
        cells.words(cells.of(item.executed, item.planned, lang)),
        cells.words(cells.of(item.passed, item.executed, lang)),
    )


def raid(pack: Pack, programme: Programme, lang: str) -> Block:
    """The first five risks, the first three issues, and how the registers moved."""
    pieces: list[Piece | tuple[Piece, ...]] = []
    risks = [item for item in pack.pressing if item.kind == "risk"]
    issues = [item for item in pack.pressing if item.kind == "issue"][:MOST_ISSUES]
    if risks:
        headers = cells.heads(lang, "top risk", "score", "response", "owner", "action")
        pieces.append(Piece("risks", cells.table(headers, [_risk(item, programme, lang) for item in risks])))
    if issues:
        headers = cells.heads(lang, "top issue", "grade", "owner", "action")
        pieces.append(
            Piece("issues", cells.table(headers, [_issue(item, programme, lang) for item in issues]))
        )
    if pack.registers:
        pieces.append(Piece("registers", cells.table(*_registers(pack.registers, lang))))
        if not pack.known:
            pieces.append(Piece("note", unknown(pack, lang)))
    return Block("raid", tell("raid", lang), tuple(pieces) or (Piece("none", tell("no raid", lang)),))


def unknown(pack: Pack, lang: str) -> str:
    """Why it is not known how the registers were before."""
    return tell("no registers before" if pack.previous else "no report before", lang)


def _risk(item: Pressing, programme: Programme, lang: str) -> tuple[Cell, ...]:
    residual = f" → {item.residual}" if item.residual is not None else ""
    return (
        cells.titled(item.id),
        cells.words(f"{item.score}{residual}" if item.score is not None else ""),
        cells.words(_response(item.response, lang)),
        cells.words(shorter(cells.party(item.owner, programme), _NAME)),
        tuple(Ref(key) for key in item.actions),
    )


def _response(stated: str, lang: str) -> str:
    """What a response is called; one that no list has, as it was written."""
    return tell(f"response.{stated}", lang) if known(f"response.{stated}") else stated


def _issue(item: Pressing, programme: Programme, lang: str) -> tuple[Cell, ...]:
    return (
        cells.titled(item.id),
        cells.words(tell(f"grade.{item.grade}", lang)),
        cells.words(shorter(cells.party(item.owner, programme), _NAME)),
        tuple(Ref(key) for key in item.actions),
    )


def _registers(registers: tuple[Register, ...], lang: str) -> tuple[tuple[Cell, ...], list[tuple[Cell, ...]]]:
    """How each register moved: open before + opened − closed = open now; without the first, what is open now."""
    compared = any(item.before is not None for item in registers)
    lines = ("before", "opened", "closed", "now") if compared else ("now",)
    kinds = (tell(f"kind.{item.kind}", lang) for item in registers)
    headers = (cells.words(tell("register", lang)), *map(cells.words, kinds))
    rows = []
    for line in lines:
        counts = (getattr(item, line) for item in registers)
        shown = (cells.words(number(count, lang) if count is not None else "") for count in counts)
        name = tell(_LINES[line] if compared else "open", lang)
        rows.append((cells.words(name), *shown))
    return headers, rows


_LINES = {"before": "was open", "opened": "opened", "closed": "closed", "now": "is open"}
