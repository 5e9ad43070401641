"""The view `gantt`: milestones in time, with where they stood in the baseline and which are critical."""

from typing import Any

from pipeline.figures.days import read_day
from pipeline.figures.milestones import Milestone, plan_of
from pipeline.model import Programme
from pipeline.model.picture import Picture
from pipeline.views.dates import short_day
from pipeline.views.select import holds, text, texts
from pipeline.views.values import Chart, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say


def gantt(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The milestones that were not cancelled, or those of `ids` and `where`, by the day on which they come."""
    plan = plan_of(programme)
    wanted = texts(fields.get("ids")) or list(plan.milestones)
    dated = [
        item
        for identity in wanted
        if (item := plan.milestones.get(identity)) is not None
        and item.day is not None
        and holds(programme.artifacts[identity], fields.get("where"))
    ]
    if not dated:
        return Nothing()
    dated.sort(key=lambda item: (str(item.day), item.id))
    day = read_day(programme.day)
    picture = Picture(
        "gantt",
        lang,
        {
            "milestones": [_row(programme, item, lang) for item in dated],
            "today": [{"day": programme.day}] if day else [],
        },
        {"format": "%b %y"},
    )
    table = Table(
        ((Words(say("milestone", lang)),), (Words(say("forecast", lang)),), (Words(say("slip", lang)),)),
        tuple(_cells(item, lang) for item in dated),
    )
    critical = [item.id for item in dated if item.critical]
    words = say("critical path", lang, ids=", ".join(critical) or say("none", lang))
    return Chart(picture, table, words, text(fields.get("caption")), programme.day)


def _row(programme: Programme, item: Milestone, lang: str) -> dict[str, Any]:
    title = programme.artifacts[item.id].title
    state = "achieved" if item.field == "actual" else "critical" if item.critical else "planned"
    day = short_day(item.day, lang) if item.day else ""
    return {
        "id": f"{item.id} {title}"[:48],
        "day": str(item.day),
        "baseline": str(item.baseline or item.day),
        "state": state,
        "told": day,
        "mark": f"paraph:{item.id}|{item.id} {title}: {day}",
    }


def _cells(item: Milestone, lang: str) -> tuple[tuple[Ref | Words, ...], ...]:
    slip = "" if item.slip is None else f"{item.slip:+d}"
    return (
        (Ref(item.id, titled=True),),
        (Words(short_day(item.day, lang)),) if item.day else (),
        (Words(slip),),
    )
