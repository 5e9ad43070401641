"""What of the RAID log comes first: risks, assumptions, issues and dependencies, in the order in which they press."""

from datetime import date
from typing import NamedTuple

from pipeline.figures.days import read_day, working_days
from pipeline.figures.measures.values import live
from pipeline.figures.order import natural_id
from pipeline.figures.risks import Risk, highest, read_risk
from pipeline.model import Artifact, Programme

GRADES = ("low", "medium", "high", "critical")
# What stands in the way of a dependency, the worst first.
LATE, OPEN, AGREED = "late", "open", "agreed"


class Need(NamedTuple):
    """A dependency: `float` is by how many working days it is committed before it is needed, less than zero when it
    comes too late; None where one of the days is not known. `state` is late, open (not agreed by both) or agreed."""

    artifact: Artifact
    needed: date | None
    committed: date | None
    float: int | None
    state: str


def risks(programme: Programme) -> list[Risk]:
    """The risks that have not ended, the highest first."""
    return highest(read_risk(item) for item in live(programme, "risk"))


def issues(programme: Programme) -> list[Artifact]:
    """The issues that have not ended: by the worse of urgency and impact, then by the other, then the oldest first."""
    return sorted(live(programme, "issue"), key=_pressing)


def _pressing(issue: Artifact) -> tuple[int, int, str, tuple[str, int]]:
    grades = sorted((grade(issue.fields.get(field)) for field in ("urgency", "impact")), reverse=True)
    created = issue.fields.get("created")
    return -grades[0], -grades[1], created if isinstance(created, str) else "~", natural_id(issue.id)


def grade(value: object) -> int:
    """The place of low, medium, high or critical among them, from 1; 0 for anything else."""
    return GRADES.index(value) + 1 if isinstance(value, str) and value in GRADES else 0


def assumptions(programme: Programme) -> list[Artifact]:
    """The assumptions that have not ended: by the day by which they must be confirmed, those without one last."""
    return sorted(
        live(programme, "assumption"),
        key=lambda item: (read_day(item.fields.get("validate_by")) or date.max, natural_id(item.id)),
    )


def dependencies(programme: Programme) -> list[Need]:
    """The dependencies that have not ended: late ones first, then those not agreed, then by the day of need."""
    order = (LATE, OPEN, AGREED)
    return sorted(
        (_need(item, programme) for item in live(programme, "dependency")),
        key=lambda need: (order.index(need.state), need.needed or date.max, natural_id(need.artifact.id)),
    )


def _need(artifact: Artifact, programme: Programme) -> Need:
    fields = artifact.fields
    needed, committed = read_day(fields.get("need_by")), read_day(fields.get("commit_by"))
    spare = working_days(committed, needed, programme.thresholds.closed) if needed and committed else None
    if needed and committed and committed > needed:
        return Need(artifact, needed, committed, spare, LATE)
    both = all(read_day(fields.get(f"agreed_{side}")) for side in ("provider", "consumer"))
    return Need(artifact, needed, committed, spare, AGREED if both else OPEN)
