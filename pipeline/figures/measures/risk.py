"""Risk: what is high and open, and what one team was promised by another."""

from pipeline.figures.days import read_day
from pipeline.figures.measures.values import Measure, Value, labels, live, share
from pipeline.figures.risks import score
from pipeline.model import Artifact, Programme


def high_risks(programme: Programme) -> Value | None:
    """The open risks whose score before the response is at or above `thresholds.high_risk`, of the open risks."""
    every = live(programme, "risk")
    return share((item for item in every if score(item.fields) >= programme.thresholds.high_risk), every)


def open_issues(programme: Programme) -> Value | None:
    """The issues that are critical, by impact or urgency, of the open issues."""
    every = live(programme, "issue")
    return share((item for item in every if _is_critical(item)), every)


def _is_critical(issue: Artifact) -> bool:
    return "critical" in (issue.fields.get("impact"), issue.fields.get("urgency"))


def agreed(programme: Programme) -> Value | None:
    """The open dependencies that both who provides and who needs have agreed to, of the open ones."""
    every = live(programme, "dependency")
    return share((item for item in every if _is_agreed(item)), every)


def _is_agreed(dependency: Artifact) -> bool:
    return all(read_day(dependency.fields.get(name)) for name in ("agreed_provider", "agreed_consumer"))


# What the measures read, by kind: the fields of its artifacts.
READS = {
    "risk": ("status", "probability", "impact"),
    "issue": ("status", "impact", "urgency"),
    "dependency": ("status", "agreed_provider", "agreed_consumer"),
}

MEASURES = (
    Measure(
        "open-high-risks",
        labels(
            "High risks open", "Risques élevés ouverts", "Openstaande hoge risico's", "Offene hohe Risiken"
        ),
        "share",
        "down",
        high_risks,
    ),
    Measure(
        "open-critical-issues",
        labels(
            "Critical issues open",
            "Problèmes critiques ouverts",
            "Openstaande kritieke issues",
            "Offene kritische Probleme",
        ),
        "share",
        "down",
        open_issues,
    ),
    Measure(
        "dependencies-agreed",
        labels(
            "Dependencies agreed by both parties",
            "Dépendances convenues par les deux parties",
            "Afhankelijkheden met akkoord van beide partijen",
            "Von beiden Seiten vereinbarte Abhängigkeiten",
        ),
        "share",
        "up",
        agreed,
    ),
)
