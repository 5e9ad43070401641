"""Dependencies between teams: what they lead from and to, and whether they hold."""

from typing import NamedTuple

from pipeline.figures.days import read_day, working_days
from pipeline.model import Artifact, Programme


class Dependency(NamedTuple):
    """A dependency that was not rejected: who gives and who needs, what it leads from and to, and whether it holds.

    `margin` is the working days from the promise to the need, less than zero where the promise is late. `agreed` is
    how many of the two sides have agreed. One that is closed has been delivered, and nothing is wrong with it.
    """

    artifact: Artifact
    provider: str
    consumer: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    agreed: int
    margin: int | None
    closed: bool

    @property
    def troubled(self) -> bool:
        """Whether it lacks an agreement, or is promised later than it is needed."""
        return not self.closed and (self.agreed < 2 or (self.margin is not None and self.margin < 0))


def dependencies(programme: Programme) -> list[Dependency]:
    """The dependencies of a programme, in path order."""
    return [
        _dependency(artifact, programme)
        for artifact in programme.artifacts.values()
        if artifact.kind == "dependency" and artifact.status != "rejected"
    ]


def _dependency(artifact: Artifact, programme: Programme) -> Dependency:
    need, promise = (read_day(artifact.fields.get(name)) for name in ("need_by", "commit_by"))
    sides = (read_day(artifact.fields.get(name)) for name in ("agreed_provider", "agreed_consumer"))
    return Dependency(
        artifact,
        provider=_party(artifact.fields.get("provider"), programme),
        consumer=_party(artifact.fields.get("consumer"), programme),
        sources=_linked(artifact, "from", programme),
        targets=_linked(artifact, "to", programme),
        agreed=sum(side is not None for side in sides),
        margin=working_days(promise, need, programme.thresholds.closed) if need and promise else None,
        closed=artifact.status == "closed",
    )


def _linked(artifact: Artifact, role: str, programme: Programme) -> tuple[str, ...]:
    found = (link.target for link in artifact.links if link.role == role)
    return tuple(target for target in found if target in programme.artifacts)


def _party(value: object, programme: Programme) -> str:
    """The name of a party, or what stands there."""
    known = programme.artifacts.get(value) if isinstance(value, str) else None
    return known.title if known else value if isinstance(value, str) else ""
