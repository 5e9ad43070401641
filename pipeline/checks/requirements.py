"""Rules on a requirement by itself: it has a reason, a criterion and a way to prove it."""

from collections.abc import Iterator

from pipeline.checks.likeness import alike
from pipeline.checks.rule import on, rule
from pipeline.checks.stated import lacks
from pipeline.model import Artifact, Fault, Programme

# The part of their runs of words that two statements share which state nearly the same.
_ALIKE = 0.6
# Runs of three words in the shortest statement that is compared: nine words.
_SHORTEST = 7


@rule("RQ-NEED", "completeness", "artifact", "requirement")
def without_need(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """A requirement satisfies no business need.

    Its `satisfies` is missing or empty, and it is not derived from another requirement.

    **Why.** Nobody can say why it is built, nor what is lost when it is dropped.

    **Mend.** Add `satisfies: [BN-...]`, or withdraw the requirement.
    """
    if lacks(artifact, "satisfies") and not artifact.fields.get("derived_from"):
        yield on(artifact, f"{artifact.id} satisfies no business need", "add satisfies: [BN-...]")


@rule("RQ-AC", "completeness", "artifact", "requirement")
def without_criterion(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """A requirement has no acceptance criterion.

    Its `acceptance_criteria` are missing or empty.

    **Why.** Without a criterion nobody can tell whether what was built is accepted.

    **Mend.** Add `acceptance_criteria` with an `id` and a `text` that a tester can observe.
    """
    if lacks(artifact, "acceptance_criteria"):
        yield on(
            artifact,
            f"{artifact.id} has no acceptance criterion",
            "add acceptance_criteria: with an id and a text",
        )


@rule("RQ-VERIF", "completeness", "artifact", "requirement")
def without_method(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """A requirement has no verification method.

    Its `verification` is missing or empty. ISO/IEC/IEEE 29148 knows four methods: inspection, analysis, demonstration
    and test.

    **Why.** How it will be proven decides what must be built to prove it.

    **Mend.** Add `verification: [test]`, or another method.
    """
    if lacks(artifact, "verification"):
        yield on(
            artifact,
            f"{artifact.id} has no verification method",
            "add verification: [test] or another method",
        )


@rule("RQ-RAT", "warn", "artifact", "requirement")
def without_rationale(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A constraint without a rationale.

    A requirement of type constraint, in force or being made, whose `rationale` is missing or empty.

    **Why.** A constraint limits every solution. Without its reason nobody dares to lift it when the reason is gone.

    **Mend.** Add `rationale:` with what imposes it: a law, a contract, a decision.
    """
    bare = artifact.fields.get("type") == "constraint" and lacks(artifact, "rationale")
    if bare and programme.phase(artifact) != "ended":
        message = f"{artifact.id} is a constraint without rationale"
        yield on(artifact, message, "add rationale: with what imposes it")


@rule("RQ-DUP", "warn", "programme")
def repeated(programme: Programme) -> Iterator[Fault]:
    """Two requirements state nearly the same.

    Of all the runs of three words in both statements, at least 60 % are in both: one word in fifteen differs. The
    finding stands at the later of the two, in the order of paths. Statements of fewer than nine words are not compared,
    nor are requirements that have ended, a translation of the other, or what supersedes it.

    **Why.** One of the two is changed, the other is not, and the supplier builds the one that suits him.

    **Mend.** Keep one and withdraw the other, or say in the statement in what they differ.
    """
    live = [
        artifact
        for artifact in programme.artifacts.values()
        if artifact.kind == "requirement" and programme.phase(artifact) != "ended"
    ]
    for first, second in alike([artifact.sketch for artifact in live], _ALIKE, _SHORTEST):
        one, other = live[first], live[second]
        if not _is_heir(one, other) and not _is_heir(other, one):
            message = f"{other.id} states nearly the same as {one.id}"
            hint = "keep one of the two, or say in the statement in what they differ"
            yield on(other, message, hint, "statement")


def _is_heir(one: Artifact, other: Artifact) -> bool:
    roles = ("supersedes", "translation_of")
    return any(link.target == other.id and link.role in roles for link in one.links)


RULES = (without_need, without_criterion, without_method, without_rationale, repeated)
