"""Quality: user acceptance tests and the defects that are open."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from pipeline.figures.days import read_day
from pipeline.figures.measures.values import Measure, Value, ids_of, labels, live, mean, share
from pipeline.figures.order import natural_id
from pipeline.figures.runs import counting, evidence_of
from pipeline.figures.trace.chain import Chain, ordered
from pipeline.figures.versions import is_outdated
from pipeline.model import Artifact, Programme

# Defects from the worst to the least, as the schema grades them.
SEVERITIES = ("critical", "high", "medium", "low")
# The last day of each band of ages but the last, which is open.
AGES = (7, 30, 90)
_RAN = ("pass", "fail")


class Uat(NamedTuple):
    """The user acceptance test cases of a process: planned, executed in their present version, and passed."""

    planned: tuple[str, ...]
    executed: tuple[str, ...]
    passed: tuple[str, ...]


def uat_cases(programme: Programme) -> list[Artifact]:
    """The test cases of user acceptance that have not ended."""
    return [item for item in Chain(programme).of_kind("test-case") if item.fields.get("level") == "uat"]


def was_executed(case: Artifact, programme: Programme) -> bool:
    """Whether the present version of a test case was carried out: one that was blocked was not."""
    found = counting(case, programme)
    return found is not None and found[0].fields.get("verdict") in _RAN and not _is_old(case, programme)


def has_passed(case: Artifact, programme: Programme) -> bool:
    """Whether the present version of a test case has passed."""
    return evidence_of(case, programme) is not None and not _is_old(case, programme)


def _is_old(case: Artifact, programme: Programme) -> bool:
    """Whether the run that counts is of an earlier version."""
    found = counting(case, programme)
    return found is not None and is_outdated(found[1].version, case)


def uat_by_process(programme: Programme) -> dict[str, Uat]:
    """User acceptance by business process, in the order of their names.

    The process of a test case is that of the needs behind the requirements that it verifies; a case of several
    processes counts in each, and one of none stands under '', which comes last.
    """
    chain, found = Chain(programme), dict[str, list[Artifact]]()
    for case in uat_cases(programme):
        needs = ordered(need for item in chain.above(case, "verifies") for need in chain.needs_of(item))
        stated = {value for need in needs if isinstance(value := need.fields.get("process"), str) and value}
        for process in stated or {""}:
            found.setdefault(process, []).append(case)
    return {
        process: _uat(found[process], programme)
        for process in sorted(found, key=lambda name: (not name, name.casefold(), name))
    }


def _uat(cases: Iterable[Artifact], programme: Programme) -> Uat:
    every = list(cases)
    return Uat(
        ids_of(every),
        ids_of(item for item in every if was_executed(item, programme)),
        ids_of(item for item in every if has_passed(item, programme)),
    )


def uat_executed(programme: Programme) -> Value | None:
    """The user acceptance test cases that were carried out in their present version, of those planned."""
    every = uat_cases(programme)
    return share((item for item in every if was_executed(item, programme)), every)


def uat_passed(programme: Programme) -> Value | None:
    """The user acceptance test cases that have passed in their present version, of those planned."""
    every = uat_cases(programme)
    return share((item for item in every if has_passed(item, programme)), every)


def open_defects(programme: Programme) -> Value | None:
    """The defects that are neither closed nor rejected; None where no defect was ever written down."""
    return _defects(programme, live(programme, "defect"))


def _defects(programme: Programme, found: Iterable[Artifact]) -> Value | None:
    ids = ids_of(found)
    known = any(item.kind == "defect" for item in programme.artifacts.values())
    return Value(len(ids), None, "count", ids) if known else None


def _of_severity(severity: str) -> Callable[[Programme], Value | None]:
    """The open defects of a severity."""

    def of(programme: Programme) -> Value | None:
        return _defects(
            programme,
            (item for item in live(programme, "defect") if item.fields.get("severity") == severity),
        )

    return of


def _ages(programme: Programme) -> dict[str, int]:
    """The age of each open defect in days of the calendar, where the day it was written down is known."""
    today: date | None = read_day(programme.day)
    created = {item.id: read_day(item.fields.get("created")) for item in live(programme, "defect")}
    return {key: max(0, (today - day).days) for key, day in created.items() if today and day}


def mean_age(programme: Programme) -> Value | None:
    """The mean age of the open defects, from the day they were written down, to a tenth of a day."""
    found = _ages(programme)
    return mean(list(found.values()), "days", tuple(found))


def oldest(programme: Programme) -> Value | None:
    """The age of the oldest open defect."""
    found = _ages(programme)
    if not found:
        return None
    most = max(found.values())
    return Value(
        most, None, "days", tuple(sorted((key for key, age in found.items() if age == most), key=natural_id))
    )


def defects_by_age(programme: Programme) -> dict[str, list[tuple[str, ...]]]:
    """The open defects by severity, the worst first, and by band of age (`AGES`); those of unknown age come last.

    A severity that the schema does not grade stands under ''.
    """
    known = _ages(programme)
    found: dict[str, list[list[str]]] = {name: [[] for _ in range(len(AGES) + 2)] for name in SEVERITIES}
    for item in live(programme, "defect"):
        severity = item.fields.get("severity")
        name = severity if isinstance(severity, str) and severity in SEVERITIES else ""
        bands = found.setdefault(name, [[] for _ in range(len(AGES) + 2)])
        bands[_band(known.get(item.id))].append(item.id)
    return {name: [tuple(sorted(ids, key=natural_id)) for ids in bands] for name, bands in found.items()}


def _band(age: int | None) -> int:
    return len(AGES) + 1 if age is None else sum(age > last for last in AGES)


_DEGREES = {
    "critical": ("critical", "critiques", "kritiek", "kritisch"),
    "high": ("high", "graves", "hoog", "hoch"),
    "medium": ("medium", "moyennes", "gemiddeld", "mittel"),
    "low": ("low", "faibles", "laag", "gering"),
}


def _severity_measure(severity: str) -> Measure:
    en, fr, nl, de = _DEGREES[severity]
    words = labels(
        f"Open defects: {en}",
        f"Anomalies ouvertes : {fr}",
        f"Openstaande defecten: {nl}",
        f"Offene Mängel: {de}",
    )
    return Measure(f"open-defects-{severity}", words, "count", "down", _of_severity(severity))


# What the measures read, by kind: the fields of its artifacts.
READS = {
    "test-case": ("status", "version", "level"),
    "test-run": ("status", "verdict", "date", "executes"),
    "defect": ("status", "severity", "created"),
}

MEASURES = (
    Measure(
        "uat-executed",
        labels(
            "UAT test cases executed",
            "Cas de recette exécutés",
            "Uitgevoerde testgevallen van de gebruikersacceptatie",
            "Ausgeführte Abnahmetestfälle",
        ),
        "share",
        "up",
        uat_executed,
    ),
    Measure(
        "uat-passed",
        labels(
            "UAT test cases passed",
            "Cas de recette réussis",
            "Geslaagde testgevallen van de gebruikersacceptatie",
            "Bestandene Abnahmetestfälle",
        ),
        "share",
        "up",
        uat_passed,
    ),
    Measure(
        "open-defects",
        labels("Open defects", "Anomalies ouvertes", "Openstaande defecten", "Offene Mängel"),
        "count",
        "down",
        open_defects,
    ),
    *(_severity_measure(severity) for severity in SEVERITIES),
    Measure(
        "mean-defect-age",
        labels(
            "Mean age of open defects",
            "Ancienneté moyenne des anomalies ouvertes",
            "Gemiddelde ouderdom van openstaande defecten",
            "Mittleres Alter offener Mängel",
        ),
        "days",
        "down",
        mean_age,
    ),
    Measure(
        "oldest-defect",
        labels(
            "Age of the oldest open defect",
            "Ancienneté de la plus ancienne anomalie ouverte",
            "Ouderdom van het oudste openstaande defect",
            "Alter des ältesten offenen Mangels",
        ),
        "days",
        "down",
        oldest,
    ),
)
