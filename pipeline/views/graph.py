"""The view `graph`: artifacts as boxes and the links between them as lines, what comes first at the top."""

from typing import NamedTuple

from pipeline.figures.dependencies import Dependency, dependencies
from pipeline.figures.layers import Pass, Spot, layers
from pipeline.figures.milestones import Plan, plan_of
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.model.picture import mark_of
from pipeline.views.dates import short_day
from pipeline.views.drawing import WIDTH, Drawing, cut, listed, wrapped
from pipeline.views.legend import Sign, area, legend
from pipeline.views.numbers import number
from pipeline.views.select import select, text, texts
from pipeline.views.values import Cell, Chart, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

# More boxes than a reader follows: beyond them, critical ones and those with most links are shown.
MOST = 60
ACROSS, BOX, HIGH, GAP, DOWN, PASS = 4, 190, 54, 14, 32, 20
_SMALL = 11
# Links that lead on, from what comes first to what follows; all others lead back.
_ONWARD = frozenset({"to", "raised_as", "delivers", "escalates_to"})


class Net(NamedTuple):
    """The artifacts of a graph, what each comes after, and what stands out among them."""

    artifacts: dict[str, Artifact]
    after: dict[str, list[str]]
    critical: frozenset[str]
    needs: dict[str, Dependency]
    days: dict[str, str]


def graph(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The artifacts that the block names, and what they are joined with by the links of `roles`."""
    net = _net(programme, fields, lang)
    if not net.after:
        return Nothing()
    shown = _pressing(net)
    after = {key: [other for other in net.after[key] if other in shown] for key in net.after if key in shown}
    drawing = Drawing()
    height = _draw(drawing, net, after, lang)
    headers = tuple((Words(say(key, lang)),) for key in ("graph artifact", "graph after"))
    rows = tuple(_row(key, after[key]) for key in sorted(after, key=natural_id))
    words = _words(net, after, lang)
    return Chart(
        drawing.picture(lang, height), Table(headers, rows), words, text(fields.get("caption")), programme.day
    )


def _net(programme: Programme, fields: Fields, lang: str) -> Net:
    chosen = {item.id for item in select(programme, fields)}
    roles = set(texts(fields.get("roles")))
    pairs: set[tuple[str, str]] = set()
    for artifact in programme.artifacts.values():
        for link in artifact.links:
            ends = {artifact.id, link.target}
            if link.role in roles and link.target in programme.artifacts and ends & chosen:
                onward = link.role in _ONWARD
                pairs.add((artifact.id, link.target) if onward else (link.target, artifact.id))
    # In one order in every process: what is drawn follows it.
    joined = sorted(pairs, key=lambda pair: (natural_id(pair[0]), natural_id(pair[1])))
    after: dict[str, list[str]] = {identity: [] for pair in joined for identity in pair}
    for before, behind in joined:
        after[behind].append(before)
    found = {identity: programme.artifacts[identity] for identity in after}
    kinds = {item.kind for item in found.values()}
    plan = plan_of(programme) if "milestone" in kinds else Plan({}, (), frozenset())
    days = {key: short_day(item.day, lang) for key, item in plan.milestones.items() if item.day}
    needs = {need.artifact.id: need for need in dependencies(programme)} if "dependency" in kinds else {}
    return Net(found, after, frozenset(plan.critical_path), needs, days)


def _pressing(net: Net) -> set[str]:
    """The artifacts that are shown: of many the critical ones and those with most links, but none that stands alone."""
    degree = {identity: len(others) for identity, others in net.after.items()}
    for others in net.after.values():
        for other in others:
            degree[other] += 1
    ranked = sorted(net.after, key=lambda key: (key not in net.critical, -degree[key], natural_id(key)))
    shown = set(ranked[:MOST])
    joined = {end for key in shown for other in net.after[key] if other in shown for end in (key, other)}
    return joined | (shown & net.critical)


class Places(NamedTuple):
    """Where the boxes begin in each layer, and where lines pass."""

    boxes: dict[str, tuple[float, float]]
    passes: dict[Pass, list[tuple[float, float]]]
    wide: dict[str, float]
    bottom: float


def _places(rows: list[list[Spot]]) -> Places:
    found = Places({}, {}, {}, 2 + len(rows) * (HIGH + DOWN) - DOWN)
    for level, row in enumerate(rows):
        boxes = sum(isinstance(spot, str) for spot in row)
        narrow = min(PASS, (WIDTH / 4) / max(1, len(row) - boxes))
        room = WIDTH - narrow * (len(row) - boxes) - GAP * (boxes - 1)
        wide = min(float(BOX), room / max(1, boxes))
        total = boxes * (wide + GAP) - GAP + (len(row) - boxes) * narrow
        x, y = (WIDTH - total) / 2, 2.0 + level * (HIGH + DOWN)
        for spot in row:
            if isinstance(spot, str):
                found.boxes[spot], found.wide[spot] = (x, y), wide
                x += wide + GAP
            else:
                found.passes.setdefault(spot, []).append((x + narrow / 2 - GAP / 2, y))
                x += narrow
    return found


def _draw(drawing: Drawing, net: Net, after: dict[str, list[str]], lang: str) -> float:
    """Draw the boxes, row by row, and the lines between them; gives the height of the picture."""
    places = _places(layers(after, ACROSS))
    for identity, corner in places.boxes.items():
        _box(drawing, net, identity, corner, places.wide[identity])
    for behind, others in after.items():
        for before in others:
            _line(drawing, net, places, Pass(before, behind))
    entries: list[tuple[Sign, str]] = []
    if net.critical & after.keys():
        entries.append((area("", "accent"), say("graph critical", lang)))
    if any(net.needs[key].troubled for key in net.needs.keys() & after.keys()):
        entries.append((area("", "accent", (4, 3)), say("board trouble", lang)))
    return legend(drawing, entries, places.bottom + 8) if entries else places.bottom + 4


def _box(drawing: Drawing, net: Net, identity: str, corner: tuple[float, float], wide: float) -> None:
    artifact, need = net.artifacts[identity], net.needs.get(identity)
    x, y = corner
    mark = mark_of(identity, f"{identity} {artifact.title}")
    troubled = bool(need and need.troubled)
    stroke, thick = ("accent", 2.5) if troubled or identity in net.critical else ("none", 1.0)
    dash = (5, 3) if troubled else ()
    drawing.area((x, y), (wide, HIGH), "paper", stroke=stroke, thick=thick, dash=dash, round=4, mark=mark)
    told = (
        f"{identity} !" if troubled else f"\u2713 {identity}" if artifact.status == "achieved" else identity
    )
    drawing.write((x + 8, y + 12), told, bold=True, limit=wide - 12, mark=mark)
    if day := net.days.get(identity):
        drawing.write((x + wide - 8, y + 12), day, "quiet", align="right", size=_SMALL)
    lines = wrapped(artifact.title, wide - 20, 1 if need else 2, _SMALL)
    sides = f"{need.provider} \u2192 {need.consumer}" if need and (need.provider or need.consumer) else ""
    for place, line in enumerate([*lines, *([cut(sides, wide - 20, _SMALL)] if sides else [])]):
        fill = "quiet" if sides and place == len(lines) else "ink"
        drawing.write((x + 8, y + 28 + 14 * place), line, fill, size=_SMALL, limit=wide - 12)


def _line(drawing: Drawing, net: Net, places: Places, ends: Pass) -> None:
    """A line from the foot of a box to the head of another; one that leads up is that of a circle."""
    stroke, thick = ("accent", 2.5) if set(ends) <= net.critical else ("quiet", 1.2)
    (x, y), (right, low) = places.boxes[ends.before], places.boxes[ends.behind]
    down = y < low
    first = (x + places.wide[ends.before] / 2, y + (HIGH if down else 0))
    last = (right + places.wide[ends.behind] / 2, low - (6 if down else -HIGH - 6))
    between = sorted(places.passes.get(ends, ()), key=lambda spot: spot[1], reverse=not down)
    stops = [
        stop for x, y in between for stop in ((x, y + (0 if down else HIGH)), (x, y + (HIGH if down else 0)))
    ]
    drawing.curve([first, *stops, last], stroke, thick=thick)
    drawing.point(last, "triangle-down" if down else "triangle-up", 45, stroke)


def _row(identity: str, others: list[str]) -> tuple[Cell, ...]:
    return ((Ref(identity, titled=True),), tuple(Ref(other) for other in sorted(others, key=natural_id)))


def _words(net: Net, after: dict[str, list[str]], lang: str) -> str:
    rows = layers(after, len(after))
    joins = sum(len(others) for others in after.values())
    parts = [
        say(
            "graph told",
            lang,
            n=number(len(after), lang),
            links=number(joins, lang),
            steps=len(rows),
        )
    ]
    path = [key for row in rows for key in row if isinstance(key, str) and key in net.critical]
    if path:
        parts.append(say("critical path", lang, ids=listed(path)))
    troubled = sorted((key for key in after if key in net.needs and net.needs[key].troubled), key=natural_id)
    if troubled:
        parts.append(say("board troubled", lang, ids=listed(troubled)))
    if len(after) < len(net.after):
        parts.append(say("graph shown", lang, n=len(after), all=number(len(net.after), lang)))
    return " ".join(parts)
