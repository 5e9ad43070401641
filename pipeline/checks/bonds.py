"""Rules on what links oblige to: a link that must be there, and the mark that it leaves on its target."""

from collections.abc import Iterator

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import lacks
from pipeline.checks.unsure import heirs_of
from pipeline.model import Artifact, Fault, Kind, LinkRule, Programme


@rule("LINK-REQ", "completeness", "artifact")
def missing(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A link that its kind must have is missing.

    The schema marks the link `needed`: a meeting is held by a committee, a test run executes a test case, a work item
    implements a requirement. The field is missing or empty. `paraph schema KIND` shows which links a kind needs.

    **Why.** What such an artifact says only means something together with what it is about.

    **Mend.** Add the link. Where there is nothing to link to, the artifact has no place in the programme.
    """
    kind = programme.kinds.get(artifact.kind)
    if kind is None:
        return
    for role, link in kind.links.items():
        if link.needed and lacks(artifact, role):
            message = f"{artifact.id} has no {role}, which a {kind.name} must have"
            yield on(artifact, message, f"add {role}: [{_example(kind, link, programme)}]")


def _example(kind: Kind, link: LinkRule, programme: Programme) -> str:
    """What the link might look like: by the schema's own example, else by the prefix of a kind that it leads to."""
    examples = kind.schema["properties"].get(link.role, {}).get("examples")
    if examples and isinstance(examples[0], list) and examples[0]:
        return str(examples[0][0])
    target = programme.kinds.get(link.to[0])
    return f"{target.prefix}-..." if target else "ID"


@rule("REF-BACK", "block", "artifact")
def unmarked(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A superseded artifact is not marked so.

    An artifact that is approved, or settled in the way of its own kind, names it in `supersedes`, and its status still
    says that it holds. As long as the successor is a draft or in review, it does hold.

    **Why.** Two texts that both seem to hold contradict each other, and each reader believes the one they found.

    **Mend.** Set its status to superseded.
    """
    kind = programme.kinds.get(artifact.kind)
    state = kind.states.get(artifact.status) if kind else None
    marks = [name for name, item in kind.states.items() if item.replaced] if kind else []
    if state is None or state.phase == "ended" or not marks:
        return
    heirs = heirs_of(artifact, programme)
    if heirs:
        message = f"{artifact.id} is superseded by {' and '.join(heirs)}, but it is {artifact.status}"
        yield on(artifact, message, f"write status: {marks[0]}", "status")


RULES = (missing, unmarked)
