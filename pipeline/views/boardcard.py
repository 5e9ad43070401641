"""The cards of a planning board, and the lines between them."""

from decimal import Decimal
from typing import NamedTuple

from pipeline.figures.dependencies import Dependency
from pipeline.model import Artifact
from pipeline.model.picture import mark_of
from pipeline.views.drawing import Drawing, cut, width_of, wrapped
from pipeline.views.legend import Sign, area, line
from pipeline.views.numbers import number
from pipeline.views.words import say

CARD, LINE, GAP, NEED = 26, 14, 6, 15
_SMALL = 11
# More points than any item has are a slip of the pen.
_LARGEST = 1_000_000
# How the left edge of a card says how far its work is.
_STATES = {"closed": "good", "in-progress": "main", "open": "none", "milestone": "accent"}


class Card(NamedTuple):
    """A work item or a milestone: how far it is, its points, and the dependencies that begin or end at it."""

    id: str
    title: str
    state: str
    points: Decimal
    needs: tuple[Dependency, ...]
    lang: str

    @property
    def high(self) -> float:
        """How high the card is."""
        return CARD + 2 * LINE + (NEED if self.needs else 0)


class Place(NamedTuple):
    """Where a card lies, and where the row of its team begins."""

    x: float
    y: float
    w: float
    h: float
    row: float


def card_of(artifact: Artifact, needs: list[Dependency], lang: str) -> Card:
    """The card of a work item or of a milestone."""
    state = artifact.status if artifact.status in ("closed", "in-progress") else "open"
    points = artifact.fields.get("points")
    known = points if isinstance(points, int | float) and 0 <= points < _LARGEST else 0
    return Card(
        artifact.id,
        artifact.title,
        "milestone" if artifact.kind == "milestone" else state,
        Decimal(str(known)),
        tuple(need for need in needs if artifact.id in (*need.sources, *need.targets)),
        lang,
    )


def draw_card(drawing: Drawing, card: Card, place: Place) -> None:
    """A card: its ID and points, two lines of its title, and the dependencies that it has."""
    x, y, w, h, _ = place
    mark = mark_of(card.id, f"{card.id} {card.title}")
    drawing.area((x, y), (w, h), "paper", stroke="line", round=3, mark=mark)
    drawing.area((x, y), (5 if card.state != "open" else 2, h), _STATES[card.state], mark=mark)
    points = number(card.points, card.lang) if card.points else ""
    told = f"\u2713 {card.id}" if card.state == "closed" else card.id
    drawing.write((x + 10, y + 12), cut(told, w - 20 - width_of(points)), bold=True, mark=mark)
    drawing.write((x + w - 6, y + 12), points, "quiet", align="right", size=_SMALL)
    for row, words in enumerate(wrapped(card.title, w - 18, 2, _SMALL)):
        drawing.write((x + 10, y + CARD + LINE * row), words, size=_SMALL, limit=w - 14)
    if card.needs:
        arrows = [
            ("\u2192 " if card.id in need.sources else "\u2190 ") + need.artifact.id for need in card.needs
        ]
        troubled = any(need.troubled for need in card.needs)
        words = cut("  ".join(arrows) + (" !" if troubled else ""), w - 18, _SMALL)
        fill = "accent" if troubled else "quiet"
        titles = "; ".join(f"{need.artifact.id} {need.artifact.title}" for need in card.needs)
        where = mark_of(card.needs[0].artifact.id, titles)
        drawing.write((x + 10, y + CARD + 2 * LINE + 1), words, fill, size=_SMALL, bold=troubled, mark=where)


def draw_line(drawing: Drawing, need: Dependency, places: dict[str, Place], lane: int) -> None:
    """The lines of a dependency between cards of the board, in the gaps between them; `lane` sets it apart."""
    stroke, thick = ("accent", 2.0) if need.troubled else ("quiet", 1.2)
    mark = mark_of(need.artifact.id, f"{need.artifact.id} {need.artifact.title}")
    aside = lane % 3 - 1
    for giver in (places[identity] for identity in need.sources if identity in places):
        for taker in (places[identity] for identity in need.targets if identity in places):
            begin, end = giver.y + giver.h / 2, taker.y + 12
            down, across, up = giver.x + giver.w + 4 + aside, taker.row + GAP / 2 + aside, taker.x - 5 + aside
            corners = [
                (giver.x + giver.w, begin),
                (down, begin),
                (down, across),
                (up, across),
                (up, end),
                (taker.x, end),
            ]
            drawing.line(corners, stroke, thick=thick, mark=mark)
            drawing.point((taker.x - 1, end), "triangle-right", 40, stroke, mark=mark)


def entries(cards: list[Card], lang: str) -> list[tuple[Sign, str]]:
    """What the legend has to say."""
    states = {card.state for card in cards}
    found: list[tuple[Sign, str]] = [
        (area(paint), say(f"board {state}", lang)) for state, paint in _STATES.items() if state in states
    ]
    needs = [need for card in cards for need in card.needs]
    if any(not need.troubled for need in needs):
        found.append((line("quiet", 1), say("board need", lang)))
    if any(need.troubled for need in needs):
        found.append((line("accent", 2), say("board trouble", lang)))
    return found
