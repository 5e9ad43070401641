"""Governance: decisions and actions, and how late they are."""

from datetime import date
from typing import Any

from pipeline.figures.days import read_day
from pipeline.figures.measures.values import Measure, Value, ids_of, labels, live, mean, share
from pipeline.model import Artifact, Programme

# Decisions count for their latency for so many days after they were taken.
YEAR = 365


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
    return share((item for item in every if has_passed(item.fields.get("due"), programme)), every)


def has_passed(stated: Any, programme: Programme) -> bool:
    """Whether a stated day lies before the programme's."""
    today, day = read_day(programme.day), read_day(stated)
    return bool(today and day and day < today)


# What the measures read, by kind: the fields of its artifacts.
READS = {
    "decision": ("status", "created", "requested", "date"),
    "action": ("status", "due"),
}
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
        labels("Actions overdue", "Actions en retard", "Achterstallige actiepunten", "Überfällige Maßnahmen"),
        "share",
        "down",
        overdue_actions,
    ),
)
