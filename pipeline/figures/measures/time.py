"""Time: milestones against what was agreed."""

from collections.abc import Callable

from pipeline.figures.days import read_day
from pipeline.figures.measures.values import Measure, Value, ids_of, labels, mean, share
from pipeline.figures.milestones import live_milestones, slip_of
from pipeline.model import Artifact, Programme


def due(programme: Programme) -> list[Artifact]:
    """The milestones whose baseline has come, those that were cancelled left out."""
    today = read_day(programme.day)
    return [
        item
        for item in live_milestones(programme).values()
        if today and (day := read_day(item.fields.get("baseline"))) and day <= today
    ]


def is_hit(milestone: Artifact) -> bool:
    """Whether a milestone was achieved on its baseline or before."""
    baseline, actual = (read_day(milestone.fields.get(name)) for name in ("baseline", "actual"))
    return milestone.status == "achieved" and bool(actual and baseline and actual <= baseline)


def on_baseline(programme: Programme) -> Value | None:
    """The milestones that were achieved on their baseline or before, of those whose baseline has come."""
    every = due(programme)
    return share(filter(is_hit, every), every)


def achieved(programme: Programme) -> Value | None:
    """The milestones that were achieved, of all that were not cancelled."""
    every = live_milestones(programme).values()
    return share((item for item in every if item.status == "achieved"), every)


def _slips(programme: Programme) -> dict[str, int]:
    known = {key: slip_of(item, programme) for key, item in live_milestones(programme).items()}
    return {key: slip for key, slip in known.items() if slip is not None}


def mean_slip(programme: Programme) -> Value | None:
    """The mean of the slips of all milestones that have a baseline and were not cancelled, to a tenth of a day.

    A milestone that comes sooner counts below zero.
    """
    slips = _slips(programme)
    return mean(list(slips.values()), "working-days", tuple(slips))


def largest_slip(programme: Programme) -> Value | None:
    """The largest slip of a milestone that was not achieved yet; the milestones that slip by so much."""
    waiting = live_milestones(programme)
    slips = {key: slip for key, slip in _slips(programme).items() if waiting[key].status != "achieved"}
    if not slips:
        return None
    most = max(slips.values())
    return Value(
        most, None, "working-days", ids_of(waiting[key] for key, slip in slips.items() if slip == most)
    )


def _days(name: str, words: dict[str, str], of: Callable[[Programme], Value | None]) -> Measure:
    return Measure(name, words, "working-days", "down", of)


# What the measures read, by kind: the fields of its artifacts.
READS = {"milestone": ("status", "baseline", "forecast", "actual")}

MEASURES = (
    Measure(
        "milestones-on-baseline",
        labels(
            "Milestones achieved on their baseline",
            "Jalons atteints à la date de référence",
            "Mijlpalen gehaald op de referentiedatum",
            "Meilensteine zum Basistermin erreicht",
        ),
        "share",
        "up",
        on_baseline,
    ),
    Measure(
        "milestones-achieved",
        labels("Milestones achieved", "Jalons atteints", "Gehaalde mijlpalen", "Erreichte Meilensteine"),
        "share",
        "up",
        achieved,
    ),
    _days(
        "mean-slip",
        labels(
            "Mean slip of milestones",
            "Glissement moyen des jalons",
            "Gemiddelde uitloop van mijlpalen",
            "Mittlere Verschiebung der Meilensteine",
        ),
        mean_slip,
    ),
    _days(
        "largest-slip",
        labels(
            "Largest slip of a milestone still to come",
            "Plus grand glissement d'un jalon à venir",
            "Grootste uitloop van een nog te halen mijlpaal",
            "Größte Verschiebung eines künftigen Meilensteins",
        ),
        largest_slip,
    ),
)
