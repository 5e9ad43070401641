"""Scope: requirements, how much they still change, and how far they are followed from the need to the acceptance."""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

from pipeline.figures.days import read_day
from pipeline.figures.measures.values import Measure, Value, ids_of, labels
from pipeline.figures.order import natural_id
from pipeline.figures.trace.chain import Chain
from pipeline.figures.trace.coverage import is_tested, parts_of
from pipeline.model import Artifact, Programme

# The days of the month over which changes of requirements are counted.
MONTH = 30
# The states of a requirement in the shipped lifecycle, with their names in each language.
_STATES = {
    "draft": ("draft", "en projet", "ontwerp", "Entwurf"),
    "in-review": ("in review", "en relecture", "in nazicht", "in Prüfung"),
    "approved": ("approved", "approuvées", "goedgekeurd", "genehmigt"),
    "superseded": ("superseded", "remplacées", "vervangen", "ersetzt"),
    "withdrawn": ("withdrawn", "retirées", "ingetrokken", "zurückgezogen"),
}


def requirements(programme: Programme) -> list[Artifact]:
    """All requirements, those that no longer hold included."""
    return [item for item in programme.artifacts.values() if item.kind == "requirement"]


def requirements_by_state(programme: Programme) -> dict[str, list[Artifact]]:
    """The requirements by state, in the order of the lifecycle; one without a known state stands under ''."""
    kind = programme.kinds.get("requirement")
    found: dict[str, list[Artifact]] = {state: [] for state in (kind.states if kind else ())}
    for item in requirements(programme):
        found.setdefault(item.status if item.status in found else "", []).append(item)
    return found


def counted(programme: Programme) -> Value | None:
    """How many requirements there are, in whatever state."""
    found = requirements(programme)
    return Value(len(found), None, "count", ids_of(found)) if found else None


def _in_state(state: str) -> Callable[[Programme], Value | None]:
    """The requirements in a state, of all of them."""

    def of(programme: Programme) -> Value | None:
        every = requirements(programme)
        ids = ids_of(item for item in every if item.status == state)
        return Value(len(ids), len(every), "share", ids) if every else None

    return of


def _covered(name: str) -> Callable[[Programme], Value | None]:
    """A step of the chain, as `figures.trace.coverage` counts it."""

    def of(programme: Programme) -> Value | None:
        parts = parts_of(Chain(programme), name)
        met = tuple(key for key, there in parts.items() if there)
        return Value(len(met), len(parts), "share", met) if parts else None

    return of


def with_uat(programme: Programme) -> Value | None:
    """The requirements that a test case of user acceptance verifies, of those that are verified by test."""
    chain = Chain(programme)
    asked = [item for item in chain.of_kind("requirement") if is_tested(item)]
    met = ids_of(
        item for item in asked if any(case.fields.get("level") == "uat" for case in chain.tests_of(item))
    )
    return Value(len(met), len(asked), "share", met) if asked else None


def volatility(programme: Programme) -> Value | None:
    """The requirements that came, went or changed within a month, of those that held at its beginning.

    The beginning is the last known moment of a month ago or before; a requirement changed where its version is another.
    None where the history does not go back so far, or nothing held then.
    """
    today = read_day(programme.day)
    start = (today - timedelta(days=MONTH)).isoformat() if today else ""
    before = [moment for moment in programme.past if moment.day <= start]
    if not before:
        return None
    then = {
        key: state.version
        for key, state in before[-1].artifacts.items()
        if state.kind == "requirement" and _holds(programme, state.status)
    }
    now = {item.id: item.version for item in requirements(programme) if _holds(programme, item.status)}
    moved = sorted((key for key in then.keys() | now.keys() if then.get(key) != now.get(key)), key=natural_id)
    return Value(len(moved), len(then), "share", tuple(moved)) if then else None


def _holds(programme: Programme, status: str) -> bool:
    kind = programme.kinds.get("requirement")
    return kind is not None and kind.phase(status) in ("early", "firm")


def _share(
    name: str,
    words: dict[str, str],
    of: Callable[[Programme], Value | None],
    direction: Literal["up", "down", ""] = "up",
) -> Measure:
    return Measure(name, words, "share", direction, of)


def _state_measure(state: str) -> Measure:
    en, fr, nl, de = _STATES[state]
    words = labels(f"Requirements: {en}", f"Exigences : {fr}", f"Vereisten: {nl}", f"Anforderungen: {de}")
    return _share(f"requirements-{state}", words, _in_state(state), "up" if state == "approved" else "")


# What the measures read, by kind: the fields of its artifacts.
READS = {
    "business-need": ("status",),
    "requirement": ("status", "version", "type", "priority", "verification", "satisfies", "derived_from"),
    "work-item": ("status", "implements"),
    "test-case": ("status", "version", "level", "verifies"),
    "test-run": ("status", "verdict", "date", "executes"),
}

MEASURES = (
    Measure(
        "requirements",
        labels("Requirements", "Exigences", "Vereisten", "Anforderungen"),
        "count",
        "",
        counted,
    ),
    *(_state_measure(state) for state in _STATES),
    _share(
        "requirements-volatility",
        labels(
            "Requirements that changed within a month",
            "Exigences modifiées en un mois",
            "Vereisten gewijzigd binnen een maand",
            "Innerhalb eines Monats geänderte Anforderungen",
        ),
        volatility,
        "down",
    ),
    _share(
        "needs-with-requirement",
        labels(
            "Business needs with a requirement",
            "Besoins métier couverts par une exigence",
            "Bedrijfsbehoeften met een vereiste",
            "Geschäftsbedarfe mit Anforderung",
        ),
        _covered("need-requirement"),
    ),
    _share(
        "requirements-with-work",
        labels(
            "Requirements with a work item",
            "Exigences couvertes par un élément de travail",
            "Vereisten met een werkitem",
            "Anforderungen mit Arbeit",
        ),
        _covered("requirement-work"),
    ),
    _share(
        "requirements-with-uat",
        labels(
            "Requirements with a UAT test case",
            "Exigences couvertes par un cas de recette",
            "Vereisten met een testgeval van de gebruikersacceptatie",
            "Anforderungen mit Abnahmetestfall",
        ),
        with_uat,
    ),
    _share(
        "requirements-passed",
        labels(
            "Requirements whose tests all passed",
            "Exigences dont tous les tests sont réussis",
            "Vereisten waarvan alle tests geslaagd zijn",
            "Anforderungen, deren Tests alle bestanden sind",
        ),
        _covered("requirement-pass"),
    ),
)
