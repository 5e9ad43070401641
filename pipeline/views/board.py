"""The view `board`: what teams planned for the iterations of an interval, and what they need from each other."""

from typing import NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.dependencies import Dependency, dependencies
from pipeline.figures.milestones import live_milestones, present_day
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.views.boardcard import GAP, Card, Place, card_of, draw_card, draw_line, entries
from pipeline.views.cells import plain
from pipeline.views.dates import short_day
from pipeline.views.drawing import WIDTH, Drawing, cut, listed, wrapped
from pipeline.views.legend import legend
from pipeline.views.numbers import number
from pipeline.views.select import select, text, texts
from pipeline.views.values import Cell, Chart, Fields, Nothing, Ref, Several, Shown, Table, Words
from pipeline.views.words import say

# More cards than fit: beyond them each cell says how many there are.
MOST = 90
TEAM, HEAD, COUNT = 104, 44, 30


class Board(NamedTuple):
    """An interval with the names of its columns, its teams, and the cards by team and column."""

    interval: Artifact
    columns: tuple[tuple[str, str], ...]
    teams: tuple[str, ...]
    cards: dict[tuple[str, int], list[Card]]
    needs: tuple[Dependency, ...]

    @property
    def all(self) -> list[Card]:
        """The cards of all teams."""
        return [card for cell in self.cards.values() for card in cell]


def board(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The planning intervals of `ids`, else the one that is running, or that comes next."""
    if texts(fields.get("ids")):
        intervals = [
            item for item in select(programme, {"ids": fields["ids"]}) if item.kind == "planning-interval"
        ]
    else:
        intervals = _present(programme)
    shown = [part for item in intervals if (part := _chart(programme, item, fields, lang))]
    return shown[0] if len(shown) == 1 else Several(tuple(shown)) if shown else Nothing()


def _present(programme: Programme) -> list[Artifact]:
    """The interval in which the day of the programme lies, else the first that has not ended, else the last."""
    known = [item for item in programme.artifacts.values() if item.kind == "planning-interval"]
    known.sort(key=lambda item: (_window(item), natural_id(item.id)))
    day = programme.day
    running = [item for item in known if day and _window(item)[0] <= day <= _window(item)[1]]
    ahead = [
        item for item in known if programme.phase(item) != "ended" and not (day and _window(item)[1] < day)
    ]
    return (running or ahead or known[-1:])[:1]


def _window(interval: Artifact) -> tuple[str, str]:
    stated = interval.fields.get("window")
    window = stated if isinstance(stated, dict) else {}
    return text(window.get("from")), text(window.get("until"))


def _chart(programme: Programme, interval: Artifact, fields: Fields, lang: str) -> Chart | None:
    found = _board(programme, interval, lang)
    if not found.all:
        return None
    drawing = Drawing()
    height = _draw(drawing, found, lang)
    keys = ("board team", "board iteration", "board item", "board points", "board needs")
    table = Table(tuple((Words(say(key, lang)),) for key in keys), tuple(_rows(found, lang)))
    caption = text(fields.get("caption")) or f"{interval.id} {interval.title}"
    return Chart(drawing.picture(lang, height), table, _words(found, lang), caption, programme.day)


def _board(programme: Programme, interval: Artifact, lang: str) -> Board:
    """Cards by team and iteration; milestones of the interval are a team of their own, and the first."""
    stated = interval.fields.get("iterations")
    iterations = [item for item in (stated if isinstance(stated, list) else ()) if isinstance(item, dict)]
    names = [plain(item.get("name")) for item in iterations]
    needs = dependencies(programme)
    cards: dict[tuple[str, int], list[Card]] = {}
    for artifact in _milestones(programme, interval):
        day = str(present_day(artifact)[1])
        column = next(
            (place for place, item in enumerate(iterations) if day <= text(item.get("until"))), len(names) - 1
        )
        cards.setdefault(("", max(0, column)), []).append(card_of(artifact, needs, lang))
    for artifact in sorted(
        programme.linked_from(interval.id, "work-item"), key=lambda item: natural_id(item.id)
    ):
        if not any(link.role == "planned_in" and link.target == interval.id for link in artifact.links):
            continue
        name = plain(artifact.fields.get("iteration"))
        column = names.index(name) if name in names else len(names)
        team = text(artifact.fields.get("team")) or say("board no team", lang)
        cards.setdefault((team, column), []).append(card_of(artifact, needs, lang))
    spans = [_span(item, lang) for item in iterations]
    columns = list(zip(names, spans, strict=True))
    if any(column == len(names) for _, column in cards):
        columns.append((say("board no iteration", lang), ""))
    teams = sorted({team for team, _ in cards}, key=lambda team: (team != "", natural_id(team)))
    return Board(interval, tuple(columns), tuple(teams), cards, tuple(needs))


def _milestones(programme: Programme, interval: Artifact) -> list[Artifact]:
    first, last = _window(interval)
    found = [
        item
        for item in live_milestones(programme).values()
        if first <= str(present_day(item)[1] or "") <= last
    ]
    return sorted(found, key=lambda item: natural_id(item.id))


def _span(iteration: dict[str, object], lang: str) -> str:
    days = [day for name in ("from", "until") if (day := read_day(iteration.get(name)))]
    return " \u2013 ".join(short_day(day, lang).rsplit(" ", 1)[0] for day in days)


def _draw(drawing: Drawing, found: Board, lang: str) -> float:
    """Draw the teams as rows and the iterations as columns; gives the height of the picture."""
    wide = (WIDTH - TEAM) / len(found.columns)
    many = len(found.all) > MOST
    for column, (name, span) in enumerate(found.columns):
        x = TEAM + wide * column
        drawing.write((x + 6, 10), cut(name, wide - 10), bold=True, limit=wide - 10)
        drawing.write((x + 6, 27), cut(span, wide - 10, 11), "quiet", size=11, limit=wide - 10)
    y, places = float(HEAD), dict[str, Place]()
    for team in found.teams:
        y = _team(drawing, found, team, (y, wide), places, lang, many=many)
    for column in range(len(found.columns) + 1):
        drawing.line([(TEAM + wide * column, 0), (TEAM + wide * column, y)], "line", ground=True)
    drawing.line([(0, y), (WIDTH, y)], "line", ground=True)
    for lane, need in enumerate(found.needs):
        draw_line(drawing, need, places, lane)
    return legend(drawing, entries([] if many else found.all, lang), y + 6)


def _team(
    drawing: Drawing,
    found: Board,
    team: str,
    at: tuple[float, float],
    places: dict[str, Place],
    lang: str,
    *,
    many: bool,
) -> float:
    """Draw the row of a team and keep the places of its cards; gives where the row ends."""
    y, wide = at
    cells = [found.cards.get((team, column), []) for column in range(len(found.columns))]
    high = COUNT if many else max(sum(card.high + GAP for card in cell) for cell in cells) + GAP
    drawing.line([(0, y), (WIDTH, y)], "line", ground=True)
    title = team or say("board milestones", lang)
    for line, row in enumerate(wrapped(title, TEAM - 12, 3)):
        drawing.write((4, y + 14 + 15 * line), row, bold=True, limit=TEAM - 8)
    for column, cell in enumerate(cells):
        x, top = TEAM + wide * column + 4, y + GAP
        if many and cell:
            drawing.write((x + 4, y + COUNT / 2), _counted(cell, lang), limit=wide - 8)
        for card in () if many else cell:
            places[card.id] = Place(x, top, wide - 8, card.high, y)
            draw_card(drawing, card, places[card.id])
            top += card.high + GAP
    return y + high


def _counted(cell: list[Card], lang: str) -> str:
    points = sum(card.points for card in cell)
    return say("board counted", lang, n=number(len(cell), lang), points=number(points, lang))


def _rows(found: Board, lang: str) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    many = len(found.all) > MOST
    for team in found.teams:
        name: Cell = (Words(team or say("board milestones", lang)),)
        for column, (iteration, _) in enumerate(found.columns):
            cell = found.cards.get((team, column), [])
            if many and cell:
                rows.append((name, (Words(iteration),), (Words(_counted(cell, lang)),), (), ()))
            for card in () if many else cell:
                points = (Words(number(card.points, lang)),) if card.points else ()
                needs = tuple(Ref(need.artifact.id) for need in card.needs)
                rows.append((name, (Words(iteration),), (Ref(card.id, titled=True),), points, needs))
    return rows


def _words(found: Board, lang: str) -> str:
    work = [card for card in found.all if card.state != "milestone"]
    teams = [team for team in found.teams if team]
    done = sum(card.state == "closed" for card in work)
    parts = [say("board told", lang, n=number(len(work), lang), teams=len(teams), done=number(done, lang))]
    needs = {need.artifact.id: need for card in found.all for need in card.needs}
    troubled = sorted((key for key, need in needs.items() if need.troubled), key=natural_id)
    if troubled:
        parts.append(say("board troubled", lang, ids=listed(troubled)))
    elif needs:
        parts.append(say("board agreed", lang, n=len(needs)))
    return " ".join(parts)
