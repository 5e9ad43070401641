"""Risks on their scale: how likely and how large, each from 1 to 5, before the response and after it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from pipeline.figures.order import natural_id
from pipeline.model import Artifact

STEPS = range(1, 6)
# Responses by which a risk is meant to grow, since it is an opportunity.
OPPORTUNITY = ("exploit", "enhance")


class Spot(NamedTuple):
    """A place on the map of risks: probability and impact, each from 1 to 5."""

    probability: int
    impact: int

    @property
    def score(self) -> int:
        """Probability times impact."""
        return self.probability * self.impact


class Risk(NamedTuple):
    """A risk with its place before the response (`inherent`) and after it; None where it is not stated, or wrong."""

    artifact: Artifact
    inherent: Spot | None
    residual: Spot | None

    @property
    def id(self) -> str:
        """Its ID."""
        return self.artifact.id

    @property
    def score(self) -> int:
        """Its score before the response; 0 where that is not known."""
        return self.inherent.score if self.inherent else 0

    @property
    def opportunity(self) -> bool:
        """Whether it is one that is meant to come."""
        return self.artifact.fields.get("response") in OPPORTUNITY


def spot(fields: Any) -> Spot | None:
    """The place that `probability` and `impact` state; None where one is missing or is none."""
    stated = fields if isinstance(fields, dict) else {}
    probability, impact = stated.get("probability"), stated.get("impact")
    if type(probability) is not int or type(impact) is not int:
        return None
    return Spot(probability, impact) if probability in STEPS and impact in STEPS else None


def score(fields: Any) -> int:
    """Probability times impact; 0 where one is missing or is none."""
    found = spot(fields)
    return found.score if found else 0


def read_risk(artifact: Artifact) -> Risk:
    """What an artifact states as a risk."""
    return Risk(artifact, spot(artifact.fields), spot(artifact.fields.get("residual")))


def highest(risks: Iterable[Risk]) -> list[Risk]:
    """Risks by their score, the highest first; of two with the same, the one of which more is expected to remain.

    One whose residual score is not stated is taken to remain as it is.
    """
    return sorted(
        risks,
        key=lambda item: (
            -item.score,
            -(item.residual.score if item.residual else item.score),
            natural_id(item.id),
        ),
    )
