"""Rules on coverage: what must be satisfied, built or tested is linked with what does it.

What such a rule asks for is a table (`Coverage`); a project's settings may add tables of their own.
"""

from collections.abc import Iterator, Mapping

from msgspec import structs

from pipeline.checks import unsure
from pipeline.checks.rule import on, rule
from pipeline.figures.gates import concerns, linked, open_gates
from pipeline.figures.trace.chain import keeps
from pipeline.model import Artifact, Coverage, Fault, Kind, Programme, Rule, Weight

_NEED = Coverage("ND-COV", "business-need", "satisfied by", "requirement", {"status": "approved"})
_TEST = Coverage(
    "RQ-TEST", "requirement", "verified by", "test-case", {"priority": "must", "verification": "test"}
)
_UAT = Coverage(
    "RQ-UAT",
    "requirement",
    "verified by",
    "test-case",
    {"level": "stakeholder", "priority": ("must", "should", "could")},
    {"level": "uat"},
    gate="uat-entry",
)
_WORK = Coverage(
    "RQ-IMPL",
    "requirement",
    "implemented by",
    "work-item",
    {
        "status": "approved",
        "type": ("functional", "interface", "data"),
        "priority": ("must", "should", "could"),
    },
    gate="stage",
)


def uncovered(table: Coverage, programme: Programme, role: str = "") -> list[Artifact]:
    """The artifacts that a table is about and that lack what it needs, in path order; of those with a field `role`.

    Nothing where the link may stand in what could not be read, or was meant by one that is misspelt.
    """
    kind, other = programme.kinds.get(table.kind), programme.kinds.get(table.to)
    if kind is None or other is None:
        return []
    needed, outgoing = role_of(table.needs, kind, other)
    bare = [
        artifact
        for artifact in programme.artifacts.values()
        if artifact.kind == table.kind
        and (not role or role in artifact.fields)
        and fits(artifact, table.where)
        and programme.phase(artifact) != "ended"
        and not _is_covered(artifact, needed, outgoing, table, programme)
    ]
    if not bare or unsure.may_miss_links(programme):
        return []
    meant = set() if outgoing else unsure.misspelt_targets(programme, needed)
    return [
        item
        for item in bare
        if item.id not in meant
        and not unsure.heirs_of(item, programme)
        and not (item.partial if outgoing else unsure.may_be_named(item, programme))
    ]


def role_of(needs: str, kind: Kind, other: Kind) -> tuple[str, bool]:
    """The link that is needed, and whether the artifact itself states it; ('', False) where there is none such."""
    if needs in kind.links:
        return needs, True
    words = needs.replace("_", " ")
    for link in other.links.values():
        if link.inverse == words and (kind.name in link.to or "*" in link.to):
            return link.role, False
    return "", False


def _is_covered(artifact: Artifact, role: str, outgoing: bool, table: Coverage, programme: Programme) -> bool:
    if outgoing:
        targets = [programme.artifacts.get(link.target) for link in artifact.links if link.role == role]
        # What a link that leads to nothing was meant to name is not known.
        return any(item is None or _covers(item, table, programme) for item in targets)
    sources = programme.incoming.get(artifact.id, ())
    return any(link.role == role and _covers(source, table, programme) for source, link in sources)


def _covers(artifact: Artifact, table: Coverage, programme: Programme) -> bool:
    kind = programme.kinds.get(artifact.kind)
    return (
        kind is not None
        and artifact.kind == table.to
        and unsure.settled_or_open(artifact, programme)
        and fits(artifact, table.having, kind)
    )


def fits(artifact: Artifact, wanted: Mapping[str, object], kind: Kind | None = None) -> bool:
    """Whether the fields of an artifact are as wanted; with its `kind`, a value that SCHEMA refuses fits as well."""
    for field, values in wanted.items():
        value = artifact.fields.get(field)
        options = values if isinstance(values, tuple) else (values,)
        stated = value if isinstance(value, list) else [value]
        wrong = kind is not None and unsure.is_wrong(value, field, kind)
        if not wrong and not any(item in options for item in stated):
            return False
    return True


def _weighed(
    artifacts: list[Artifact], table: Coverage, programme: Programme
) -> Iterator[tuple[Artifact, str]]:
    """Artifacts with how much it weighs that they lack something: while a gate is open for their release, it blocks."""
    gates = open_gates(programme, table.gate) if table.gate and artifacts else ()
    for artifact in artifacts:
        releases = linked(artifact, "release")
        yield artifact, "block" if any(concerns(gate, releases) for gate in gates) else ""


@rule("ND-COV", "warn", "programme")
def uncovered_need(programme: Programme) -> Iterator[Fault]:
    """An approved business need that nothing satisfies.

    No requirement that is still in force names it in `satisfies`.

    **Why.** What the organisation asked for is not being built.

    **Mend.** Write the requirement, or withdraw the need.
    """
    for need in uncovered(_NEED, programme):
        yield on(need, f"no requirement satisfies {need.id}", "write one, or withdraw the need")


@rule("RQ-TEST", "completeness", "programme")
def untested_must(programme: Programme) -> Iterator[Fault]:
    """A must of a release has no test.

    Its priority is must, one of its verification methods is test, and no test case verifies it that is written or
    being written. It is told from the day on which its release is planned: a warning as long as the release is only
    proposed, and by the requirement's status once the release is open or in progress. A must without a release is
    told by RQ-REL.

    **Why.** A must that nobody planned to test is found broken by those who have to work with it.

    **Mend.** Write the test case with `verifies: [REQ-...]`, or state how else it is verified.
    """
    for artifact in uncovered(_TEST, programme, "release"):
        releases = [programme.artifacts.get(target) for target in linked(artifact, "release")]
        phases = {programme.phase(item) for item in releases if item is not None}
        if phases:
            message = f"no test case verifies {artifact.id}, a must"
            fault = on(artifact, message, f"write a test case with verifies: [{artifact.id}]")
            early = phases == {"early"} and programme.phase(artifact) == "firm"
            yield structs.replace(fault, weight="warn") if early else fault


@rule("RQ-UAT", "completeness", "programme")
def unaccepted(programme: Programme) -> Iterator[Fault]:
    """A stakeholder's requirement without a user acceptance test.

    Its level is stakeholder, and no test case of level uat verifies it that is written or being written. While a gate
    of type uat-entry that covers its release (or covers none: then it is about all) is open or in progress, that
    blocks even for a draft. What is not for this time (`priority: wont`) needs none.

    **Why.** Users accept what they can try. A requirement of theirs that no acceptance test touches is accepted
    unseen.

    **Mend.** Write a test case with `level: uat` and `verifies: [REQ-...]`.
    """
    for artifact, weight in _weighed(uncovered(_UAT, programme), _UAT, programme):
        message = f"no user acceptance test verifies {artifact.id}"
        fault = on(artifact, message, f"write a test case with level: uat and verifies: [{artifact.id}]")
        yield structs.replace(fault, weight=weight)


@rule("RQ-IMPL", "warn", "programme")
def unplanned(programme: Programme) -> Iterator[Fault]:
    """A requirement of the release in build that no work item implements.

    It is approved, functional or about an interface or data, its release is in progress, and no work item implements
    it that is open or done. While a gate of type stage that covers the release (or covers none) is open or in progress,
    that blocks. A programme without any work item does not mirror its teams' tracker, and is not asked.

    **Why.** The teams build what is in their tracker. What is not there is missing at the end of the stage.

    **Mend.** Have the work planned and mirrored as a work item with `implements: [REQ-...]`, or move the requirement
    to a later release.
    """
    if not keeps(programme, "work-item"):
        return
    for artifact, weight in _weighed(uncovered(_WORK, programme, "release"), _WORK, programme):
        releases = [programme.artifacts.get(target) for target in linked(artifact, "release")]
        building = next((item for item in releases if item and item.status == "in-progress"), None)
        if building is not None:
            message = f"no work item implements {artifact.id}, and {building.id} is in progress"
            fault = on(artifact, message, f"plan a work item with implements: [{artifact.id}]")
            yield structs.replace(fault, weight=weight)


_WEIGHTS: dict[str, Weight] = {"completeness": "completeness", "error": "block", "warning": "warn"}


def rule_of(table: Coverage) -> Rule:
    """The rule that a table of the settings asks for."""
    lack = f"no {table.to} ({table.needs.replace('_', ' ')}){_words(table.having)}"
    hint = table.hint or f"add the link, or what it leads to: {table.to}"

    def check(programme: Programme) -> Iterator[Fault]:
        for artifact, weight in _weighed(uncovered(table, programme), table, programme):
            yield structs.replace(on(artifact, f"{artifact.id} has {lack}", hint), weight=weight)

    title = table.title or f"A {table.kind} has {lack}"
    about = f"A {table.kind}{_words(table.where)} that has not ended needs a link with a {table.to}"
    at = f" While a gate of type {table.gate} is open for its release, that blocks." if table.gate else ""
    page = (
        f"{title.rstrip('.')}.\n\n{about}{_words(table.having)}: {table.needs.replace('_', ' ')}.{at}\n\n"
        f"**Why.** The project's settings ask for it, under `[[coverage]]`.\n\n"
        f"**Mend.** {hint[0].upper()}{hint[1:].rstrip('.')}.\n"
    )
    return Rule(table.code, _WEIGHTS[table.severity], "programme", check, page)


def exchanged(
    mine: tuple[Coverage, ...], theirs: tuple[Coverage, ...]
) -> tuple[tuple[Rule, ...], frozenset[str]]:
    """The rules that other tables ask for and mine do not, and the codes of mine that these do not ask for so."""
    rules = tuple(rule_of(table) for table in theirs if table not in mine)
    return rules, frozenset(table.code for table in mine if table not in theirs)


def _words(wanted: Mapping[str, object]) -> str:
    parts = [
        f"{field} {' or '.join(map(str, values)) if isinstance(values, tuple) else values}"
        for field, values in wanted.items()
    ]
    return f" with {' and '.join(parts)}" if parts else ""


RULES = (uncovered_need, untested_must, unaccepted, unplanned)
