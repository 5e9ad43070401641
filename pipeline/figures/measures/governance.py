"""Governance: decisions, actions, reviews, waivers and translations, and how late each is."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pipeline.figures.days import read_day
from pipeline.figures.measures.values import Measure, Value, ids_of, labels, live, mean, share
from pipeline.figures.translations import is_stale, original_of
from pipeline.model import Artifact, Programme

# Decisions count for their latency for so many days after they were taken.
YEAR = 365
# A waiver is about to expire when it holds for at most so many days more.
SOON = 30


def decided(programme: Programme) -> list[tuple[Artifact, int]]:
    """The decisions that were taken within the last year, each with the days from its request to its date.

    It was asked for on the day in `requested`, or else on the day in `created` where that is before the decision: one
    that was first written down when it was taken does not say when it was asked for, and is passed over.
    """
    today = read_day(programme.day)
    found = []
    for item in programme.artifacts.values():
        if item.kind != "decision" or item.status not in ("taken", "superseded"):
            continue
        wanted, taken = _asked_on(item), read_day(item.fields.get("date"))
        if today and wanted and taken and wanted <= taken <= today and (today - taken).days < YEAR:
            found.append((item, (taken - wanted).days))
    return found


def _asked_on(decision: Artifact) -> date | None:
    if "requested" in decision.fields:
        return read_day(decision.fields["requested"])
    created, taken = (read_day(decision.fields.get(name)) for name in ("created", "date"))
    return created if created != taken else None


def latency(programme: Programme) -> Value | None:
    """The mean of the days of the calendar between request and decision, over the decisions of the last year."""
    found = decided(programme)
    return mean([days for _, days in found], "days", ids_of(item for item, _ in found))


def asked(programme: Programme) -> Value | None:
    """The decisions that are asked for or deferred; None where no decision was ever written down."""
    if not any(item.kind == "decision" for item in programme.artifacts.values()):
        return None
    ids = ids_of(item for item in live(programme, "decision") if item.status in ("requested", "deferred"))
    return Value(len(ids), None, "count", ids)


def overdue_actions(programme: Programme) -> Value | None:
    """The open actions whose `due` has passed, of the open ones."""
    every = live(programme, "action")
    return share((item for item in every if _has_passed(item.fields.get("due"), programme)), every)


def overdue_reviews(programme: Programme) -> Value | None:
    """The artifacts whose `review_due` has passed, of those that have not ended and state such a day."""
    every = [
        item
        for item in programme.artifacts.values()
        if "review_due" in item.fields and programme.phase(item) in ("early", "firm")
    ]
    return share((item for item in every if _has_passed(item.fields["review_due"], programme)), every)


def _has_passed(stated: Any, programme: Programme) -> bool:
    today, day = read_day(programme.day), read_day(stated)
    return bool(today and day and day < today)


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
        "decision-latency",
        labels(
            "Mean time from request to decision",
            "Délai moyen entre la demande et la décision",
            "Gemiddelde tijd van vraag tot beslissing",
            "Mittlere Zeit von der Anfrage bis zur Entscheidung",
        ),
        "days",
        "down",
        latency,
    ),
    Measure(
        "decisions-asked",
        labels(
            "Decisions asked for",
            "Décisions demandées",
            "Gevraagde beslissingen",
            "Beantragte Entscheidungen",
        ),
        "count",
        "down",
        asked,
    ),
    Measure(
        "overdue-actions",
        labels("Actions overdue", "Actions en retard", "Achterstallige acties", "Überfällige Maßnahmen"),
        "share",
        "down",
        overdue_actions,
    ),
    Measure(
        "overdue-reviews",
        labels(
            "Reviews overdue", "Révisions en retard", "Achterstallige nazichten", "Überfällige Überprüfungen"
        ),
        "share",
        "down",
        overdue_reviews,
    ),
    Measure(
        "waivers-expiring",
        labels(
            "Waivers about to expire",
            "Dérogations proches de leur terme",
            "Afwijkingen die bijna aflopen",
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
            "Traductions dépassées par leur original",
            "Vertalingen die achterlopen op hun origineel",
            "Übersetzungen hinter ihrem Original",
        ),
        "share",
        "down",
        stale_translations,
    ),
)
