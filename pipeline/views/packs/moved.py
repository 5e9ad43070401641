"""What moved between a report and the one before it, in lines of text."""

from collections.abc import Iterator

from pipeline.figures.measures import MEASURES
from pipeline.figures.pack import Pack
from pipeline.figures.pack.values import Movement, Register
from pipeline.model import Programme
from pipeline.views.dates import long_day, short_day
from pipeline.views.packs import cells
from pipeline.views.packs.front import dimension, moved_by
from pipeline.views.packs.second import unknown
from pipeline.views.packs.words import tell


def moved(pack: Pack, programme: Programme, lang: str) -> list[str]:
    """What moved since the report before: states, milestones, figures, registers; each under its title."""
    if pack.since is None or not pack.compares:
        return [tell("nothing to compare", lang, id=pack.report)]
    sections = (
        ("state", [*_states(pack, lang)]),
        ("plan", [line for item in pack.milestones for line in _milestone(item, programme, lang)]),
        ("figures", [*_figures(pack, lang)]),
        ("registers", [line for item in pack.registers for line in _register(item, lang)]),
    )
    lines = [tell("moved since", lang, id=pack.report, since=long_day(pack.since, lang))]
    for title, found in sections:
        if found:
            lines += ["", tell(f"moved.{title}", lang), *(f"  {line}" for line in found)]
    if len(lines) == 1 and pack.known:
        lines.append(tell("nothing moved", lang))
    return [*lines, "", unknown(pack, lang)] if not pack.known else lines


def _states(pack: Pack, lang: str) -> Iterator[str]:
    for item in pack.state:
        if item.before and item.before != item.now:
            yield f"{dimension(item.name, lang)}: {tell(item.before, lang)} → {tell(item.now, lang)}"


def _milestone(item: Movement, programme: Programme, lang: str) -> Iterator[str]:
    if item.before is not None and item.day is not None and item.before != item.day:
        days = moved_by(item.before, item.day, programme, lang)
        title = programme.artifacts[item.id].title
        yield f"{item.id} {title}: {short_day(item.before, lang)} → {short_day(item.day, lang)} ({days})"


def _figures(pack: Pack, lang: str) -> Iterator[str]:
    for name, now in pack.figures.items():
        was = pack.before.get(name)
        if was is not None and (was.value, was.of) != (now.value, now.of):
            label = MEASURES[name].label(lang)
            yield f"{label}: {cells.figure(name, was, lang)} → {cells.figure(name, now, lang)}"


def _register(item: Register, lang: str) -> Iterator[str]:
    if item.before is not None and (item.opened or item.closed):
        yield f"{tell(f'kind.{item.kind}', lang)}: {item.before} + {item.opened} − {item.closed} = {item.now}"
