"""Rules on requirements, needs and tests: everything has a reason, a criterion and a proof."""

from collections.abc import Iterator

from pipeline.checks.rule import on, rule
from pipeline.model import Artifact, Fault, Programme

# Codes of what keeps a document from being read.
_UNREAD = ("SRC-READ", "SRC-LIMIT")


def _lacks(artifact: Artifact, field: str) -> bool:
    """Whether an artifact has nothing in a field, as far as its header could be read."""
    return not artifact.partial and artifact.fields.get(field) in (None, [], "")


@rule("RQ-NEED", "completeness", "artifact", "requirement")
def without_need(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """A requirement satisfies no business need.

    Its `satisfies` is missing or empty, and it is not derived from another requirement.

    **Why.** Nobody can say why it is built, nor what is lost when it is dropped.

    **Mend.** Add `satisfies: [BN-...]`, or withdraw the requirement.
    """
    if _lacks(artifact, "satisfies") and not artifact.fields.get("derived_from"):
        yield on(artifact, f"{artifact.id} satisfies no business need", "add satisfies: [BN-...]")


@rule("RQ-AC", "completeness", "artifact", "requirement")
def without_criterion(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """A requirement has no acceptance criterion.

    Its `acceptance_criteria` are missing or empty.

    **Why.** Without a criterion nobody can tell whether what was built is accepted.

    **Mend.** Add `acceptance_criteria` with an `id` and a `text` that a tester can observe.
    """
    if _lacks(artifact, "acceptance_criteria"):
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
    if _lacks(artifact, "verification"):
        yield on(
            artifact,
            f"{artifact.id} has no verification method",
            "add verification: [test] or another method",
        )


@rule("TC-ORPH", "completeness", "artifact", "test-case")
def orphan_test(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """A test case verifies nothing.

    Its `verifies` is missing or empty.

    **Why.** It costs time at every run and proves no requirement.

    **Mend.** Add `verifies: [REQ-...]`, or withdraw the test.
    """
    if _lacks(artifact, "verifies"):
        yield on(artifact, f"{artifact.id} verifies no requirement", "add verifies: [REQ-...]")


@rule("ND-COV", "warn", "programme")
def uncovered_need(programme: Programme) -> Iterator[Fault]:
    """An approved business need that nothing satisfies.

    No requirement that is still in force names it in `satisfies`.

    **Why.** What the organisation asked for is not being built.

    **Mend.** Write the requirement, or withdraw the need.
    """
    bare = [
        artifact
        for artifact in programme.artifacts.values()
        if artifact.kind == "business-need"
        and artifact.status == "approved"
        and not _is_covered(artifact, programme)
    ]
    if not bare or _is_unsure(programme):
        return  # What satisfies it may stand where nothing could be read.
    for artifact in bare:
        if not _may_be_covered(artifact, programme):
            yield on(artifact, f"no requirement satisfies {artifact.id}", "write one, or withdraw the need")


def _is_unsure(programme: Programme) -> bool:
    """Whether a document or the schema of a kind could not be read, so that links may be missing."""
    unread = any(fault.code in _UNREAD for item in programme.documents.values() for fault in item.faults)
    return unread or not all(kind.schema["properties"] for kind in programme.kinds.values())


def _is_covered(need: Artifact, programme: Programme) -> bool:
    sources = programme.incoming.get(need.id, ())
    return any(link.role == "satisfies" and programme.phase(source) != "ended" for source, link in sources)


def _may_be_covered(need: Artifact, programme: Programme) -> bool:
    """Whether an artifact names it whose header could not be read whole."""
    names = programme.mentioned.get(need.id, ())
    return any(name in programme.artifacts and programme.artifacts[name].partial for name in names)


RULES = (without_need, without_criterion, without_method, orphan_test, uncovered_need)
