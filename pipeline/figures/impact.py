"""What a change touches: all that rests on what changed, step by step, and the deliverables that hold any of it.

Links lead upward, from a test to the requirement that it verifies, from there to the need; so what a change touches is
found by following links back. A change is carried on by links that rest on their target (`rests`: need, requirement,
work, test, run), by chains (`acyclic`: milestones after one another), from an original to its translations, and to the
deliverables that hold an artifact. What else links to anything on that way, a risk or a change request, is touched as
well, but carries nothing on. Fields that the schema marks `x-normative: false` (`related`) say nothing of the content,
and a successor does not rest on what it `supersedes`.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.model import Artifact, Link, Programme

# The role of a step from what is held to the deliverable that holds it.
HOLDS = "holds"


class Touch(NamedTuple):
    """How a change comes to an artifact: in how many steps, and over which artifact by which role of a link."""

    steps: int
    over: str
    role: str


def impact(
    programme: Programme, changed: Iterable[str], holders: Mapping[str, Iterable[str]] | None = None
) -> dict[str, Touch]:
    """What the change of some artifacts touches besides them, nearest first, each by its shortest way.

    `holders` gives for an ID the deliverables that hold the artifact (see `pipeline.views.holding`). IDs that the
    programme does not have are where a change may begin too: something may still link to what is gone.
    """
    queue = sorted(set(changed))
    steps = dict.fromkeys(queue, 0)
    touched: dict[str, Touch] = {}
    for identity in queue:
        for source, role in _resting(programme, identity, holders or {}):
            if source not in steps:
                steps[source] = steps[identity] + 1
                touched[source] = Touch(steps[source], identity, role)
                queue.append(source)
    for identity in queue:
        for source, role in _beside(programme, identity):
            if source not in steps and source not in touched:
                touched[source] = Touch(steps[identity] + 1, identity, role)
    return dict(sorted(touched.items(), key=lambda item: item[1].steps))


def _resting(
    programme: Programme, identity: str, holders: Mapping[str, Iterable[str]]
) -> list[tuple[str, str]]:
    """The artifacts that a change of one is carried on to, each with the role, in the order of roles and IDs."""
    found = {
        (source.id, link.role)
        for source, link in programme.incoming.get(identity, ())
        if carries(programme, source, link)
    }
    found |= {(holder, HOLDS) for holder in holders.get(identity, ())}
    return sorted(found, key=lambda item: (item[1], item[0]))


def _beside(programme: Programme, identity: str) -> list[tuple[str, str]]:
    """The other artifacts whose content links to one, each with the role."""
    found = {
        (source.id, link.role)
        for source, link in programme.incoming.get(identity, ())
        if _counts(programme, source, link) and not carries(programme, source, link)
    }
    return sorted(found, key=lambda item: (item[1], item[0]))


def carries(programme: Programme, source: Artifact, link: Link) -> bool:
    """Whether a change of what a link leads to is carried on by the artifact that has the link."""
    kind = programme.kinds.get(source.kind)
    rule = kind.links.get(link.role) if kind else None
    if rule is None or not _counts(programme, source, link):
        return False
    return rule.rests or rule.acyclic or link.role == "translation_of"


def _counts(programme: Programme, source: Artifact, link: Link) -> bool:
    """Whether a link is of the content."""
    kind = programme.kinds.get(source.kind)
    return kind is not None and link.role not in kind.descriptive and link.role != "supersedes"
