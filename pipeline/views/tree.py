"""The view `tree`: what is part of what, or rests on what, as an outline."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.model.picture import mark_of
from pipeline.views.cells import cell
from pipeline.views.drawing import SIZE, WIDTH, Drawing, cut, listed, width_of
from pipeline.views.numbers import number
from pipeline.views.select import select, text, texts
from pipeline.views.states import state_name
from pipeline.views.values import Chart, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

# More rows than a page takes: beyond them, what lies deeper is counted.
MOST = 80
ROW, STEP, STATUS = 22, 22, 96
_DEEPEST = 12


class Node(NamedTuple):
    """An artifact in a tree: its place in the outline (1.2), and how many lie below it that are not shown.

    What is shown a second time has below it what it has at its `first` place, and is not opened again.
    """

    place: tuple[int, ...]
    artifact: Artifact
    first: tuple[int, ...] = ()
    hidden: int = 0

    @property
    def more(self) -> str:
        """What stands behind the title."""
        return (
            f"  \u2191 {_dotted(self.first)}" if self.first else f"  + {self.hidden}" if self.hidden else ""
        )


def _dotted(place: tuple[int, ...]) -> str:
    return ".".join(map(str, place))


def tree(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The artifacts that the block names at the top, and below each what links to it by one of `roles`."""
    roles = set(texts(fields.get("roles")))
    chosen = select(programme, fields)
    names = {item.id for item in chosen}
    parts = {
        link.target for item in chosen for link in item.links if link.role in roles and link.target != item.id
    }
    # What is below another of those chosen is shown there; where all are, they lead round in a circle.
    tops = [
        item for item in chosen if not any(_joins(item, other, roles) for other in parts & names)
    ] or chosen[:1]
    found = list(_below(programme, tops, roles, (), {}))
    if not found:
        return Nothing()
    shown = _shallow(found)
    drawing = Drawing()
    height = _draw(drawing, shown, lang)
    headers = tuple((Words(say(key, lang)),) for key in ("tree place", "graph artifact", "tree status"))
    rows = tuple(
        (
            (Words(_dotted(node.place)),),
            (Ref(node.artifact.id, titled=True),),
            cell(programme, node.artifact, "status", lang),
        )
        for node in shown
    )
    words = _words(found, shown, lang)
    return Chart(
        drawing.picture(lang, height), Table(headers, rows), words, text(fields.get("caption")), programme.day
    )


def _joins(artifact: Artifact, other: str, roles: set[str]) -> bool:
    return artifact.id != other and any(
        link.role in roles and link.target == other for link in artifact.links
    )


def _below(
    programme: Programme,
    artifacts: list[Artifact],
    roles: set[str],
    place: tuple[int, ...],
    known: dict[str, tuple[int, ...]],
) -> Iterator[Node]:
    """Artifacts with all that lies below them, in the order of the outline; each is opened at its `known` place."""
    for index, artifact in enumerate(artifacts, 1):
        here = (*place, index)
        links = programme.incoming.get(artifact.id, ())
        found = {
            source.id: source for source, link in links if link.role in roles and source.id != artifact.id
        }
        yield Node(here, artifact, known.get(artifact.id, ()) if found else ())
        if artifact.id not in known and len(here) < _DEEPEST:
            known[artifact.id] = here
            children = sorted(found.values(), key=lambda item: natural_id(item.id))
            yield from _below(programme, children, roles, here, known)


def _shallow(found: list[Node]) -> list[Node]:
    """As many levels of a tree as there is room for, and of the first as many artifacts."""
    deepest = max(len(node.place) for node in found)
    depth = next(
        (level for level in range(deepest, 1, -1) if sum(len(node.place) <= level for node in found) <= MOST),
        1,
    )
    hidden: dict[tuple[int, ...], int] = {}
    for node in found:
        if len(node.place) > depth:
            hidden[node.place[:depth]] = hidden.get(node.place[:depth], 0) + 1
    kept = [node for node in found if len(node.place) <= depth][:MOST]
    return [node._replace(hidden=hidden.get(node.place, 0)) for node in kept]


def _draw(drawing: Drawing, shown: list[Node], lang: str) -> float:
    heights = {node.place: ROW * (row + 0.5) for row, node in enumerate(shown)}
    for node in shown:
        y, level = heights[node.place], len(node.place)
        x = 4 + STEP * (level - 1)
        if level == 1:
            drawing.area((0, y - ROW / 2 + 1), (WIDTH, ROW - 2), "paper")
        else:
            up = heights[node.place[:-1]]
            drawing.line([(x - STEP + 7, up + 9), (x - STEP + 7, y), (x - 4, y)], "none", ground=True)
        artifact = node.artifact
        mark = mark_of(artifact.id, f"{artifact.id} {artifact.title}")
        drawing.write((x, y), artifact.id, bold=True, mark=mark)
        begin = x + width_of(artifact.id, SIZE + 1) + 10
        room = WIDTH - STATUS - begin
        title = cut(artifact.title, room - width_of(node.more) - 4)
        drawing.write((begin, y), f"{title}{node.more}", limit=room)
        drawing.write(
            (WIDTH - 4, y),
            cut(state_name(artifact.status, lang), STATUS - 8),
            "quiet",
            align="right",
            limit=STATUS,
        )
    return ROW * len(shown) + 2


def _words(found: list[Node], shown: list[Node], lang: str) -> str:
    tops = [node for node in found if len(node.place) == 1]
    above = {node.place[:-1] for node in found}
    bare = [node.artifact.id for node in tops if node.place not in above]
    levels = max(len(node.place) for node in found)
    told = {"tops": number(len(tops), lang), "n": number(len(found) - len(tops), lang), "levels": levels}
    parts = [say("tree told", lang, **told)]
    if bare and len(bare) < len(tops):
        parts.append(say("tree bare", lang, ids=listed(bare)))
    if len(shown) < len(found):
        parts.append(say("tree shown", lang, n=len(shown), all=number(len(found), lang)))
    return " ".join(parts)
