"""Upkeep: reviews, waivers and translations, and what of them is late or soon will be."""

from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.figures.days import read_day
from pipeline.figures.measures.governance import has_passed
from pipeline.figures.measures.values import Measure, Value, ids_of, labels, share
from pipeline.figures.translations import is_stale, original_of
from pipeline.model import Artifact, Programme

# A waiver is about to expire when it holds for at most so many days more.
SOON = 30
# What is counted from the texts of documents, and not from headers alone.
FROM_TEXTS = frozenset({"stale-translations"})
# What the measures read, by kind, * for every kind: the fields of its artifacts.
READS = {"*": ("status", "review_due", "waivers")}


def overdue_reviews(programme: Programme) -> Value | None:
    """The artifacts whose `review_due` has passed, of those that have not ended and state such a day."""
    every = [
        item
        for item in programme.artifacts.values()
        if "review_due" in item.fields and programme.phase(item) in ("early", "firm")
    ]
    return share((item for item in every if has_passed(item.fields["review_due"], programme)), every)


def waivers(programme: Programme) -> Iterator[tuple[Artifact, str, date]]:
    """The waivers that still hold: the artifact, the rule, and the last day."""
    today = read_day(programme.day)
    for item in programme.artifacts.values():
        stated = item.fields.get("waivers")
        for row in stated if isinstance(stated, list) and programme.phase(item) != "ended" else ():
            rule, until = (
                (row.get("rule"), read_day(row.get("until"))) if isinstance(row, dict) else ("", None)
            )
            if isinstance(rule, str) and until and today and until >= today:
                yield item, rule, until


def waivers_expiring(programme: Programme) -> Value | None:
    """The waivers that hold for at most 30 days more, of those that hold. The artifacts that have one."""
    every, today = list(waivers(programme)), read_day(programme.day)
    if not every or today is None:
        return None
    soon = [item for item, _, until in every if until <= today + timedelta(days=SOON)]
    return Value(len(soon), len(every), "share", ids_of({item.id: item for item in soon}.values()))


def stale_translations(programme: Programme) -> Value | None:
    """The translations whose original has changed since, or that do not say which text they translate, of all open
    ones whose original is known."""
    every = list(_translations(programme))
    return share(
        (item for item, original in every if is_stale(item, original, programme)),
        (item for item, _ in every),
    )


def _translations(programme: Programme) -> Iterator[tuple[Artifact, Artifact]]:
    for item in programme.artifacts.values():
        original = original_of(item, programme)
        is_open = programme.phase(item) in ("early", "firm")
        if original is None or original is item or not is_open or item.partial:
            continue
        if original.path in programme.documents:
            yield item, original


MEASURES = (
    Measure(
        "overdue-reviews",
        labels(
            "Reviews overdue",
            "Révisions en retard",
            "Achterstallige herzieningen",
            "Überfällige Überprüfungen",
        ),
        "share",
        "down",
        overdue_reviews,
    ),
    Measure(
        "waivers-expiring",
        labels(
            "Waivers about to expire",
            "Dérogations arrivant à échéance",
            "Afwijkingen die binnenkort aflopen",
            "Bald ablaufende Ausnahmen",
        ),
        "share",
        "down",
        waivers_expiring,
    ),
    Measure(
        "stale-translations",
        labels(
            "Translations behind their original",
            "Traductions en retard sur leur original",
            "Vertalingen die achterlopen op hun origineel",
            "Übersetzungen hinter ihrem Original",
        ),
        "share",
        "down",
        stale_translations,
    ),
)
