"""What should have a next one in the chain, and what has it: counted, and named where it is missing.

`STEPS` is the one list of what is asked; the counts and the gaps both follow from it.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from pipeline.figures.order import natural_id
from pipeline.figures.trace.chain import OUTDATED, Chain, item_of, sum_up
from pipeline.model import Artifact
from pipeline.model.trace import Coverage, Gap, Group, Step

# The fields by which requirements are counted apart.
GROUPS = ("priority", "status", "release")
# The sorts of requirement that somebody builds; the others constrain what is built.
_BUILT = ("functional", "interface", "data")

Parts = dict[str, bool]


class _Asked(NamedTuple):
    """A step that is asked of the artifacts of a kind.

    `parts` gives what is asked of one artifact, each with whether it is there; empty where nothing is. `missing` says
    what is not there. `after` is the step without which this one is not told as a gap: one lack is told once.
    """

    name: str
    words: str
    kind: str
    parts: Callable[[Chain, Artifact], Parts]
    missing: Callable[[Chain, Artifact, list[str]], str] | str = ""
    after: str = ""


def _one(met: Callable[[Chain, Artifact], object]) -> Callable[[Chain, Artifact], Parts]:
    """A step that is met or not by the artifact as a whole."""
    return lambda chain, artifact: {artifact.id: bool(met(chain, artifact))}


def _only(kind: str, parts: Callable[[Chain, Artifact], Parts]) -> Callable[[Chain, Artifact], Parts]:
    """A step that is asked only where there are artifacts of a kind at all: not every programme keeps them."""
    return lambda chain, artifact: parts(chain, artifact) if chain.keeps(kind) else {}


def _work(chain: Chain, requirement: Artifact) -> Parts:
    return {requirement.id: bool(chain.below(requirement.id, "implements"))} if is_built(requirement) else {}


def is_built(requirement: Artifact) -> bool:
    """Whether work is asked: it is of a sort that somebody builds, and is for this time."""
    return requirement.fields.get("type") in _BUILT and requirement.fields.get("priority") != "wont"


def is_tested(requirement: Artifact) -> bool:
    """Whether a test is asked: one of the methods is test, or none is stated, and it is for this time."""
    methods = requirement.fields.get("verification")
    by_test = not isinstance(methods, list) or not methods or "test" in methods
    return by_test and requirement.fields.get("priority") != "wont"


def _tests(chain: Chain, requirement: Artifact) -> Parts:
    return {requirement.id: bool(chain.tests_of(requirement))} if is_tested(requirement) else {}


def _criteria(chain: Chain, requirement: Artifact) -> Parts:
    found = chain.criteria_of(requirement) if is_tested(requirement) else {}
    return {f"{requirement.id}/{name}": covered for name, covered in found.items()}


def _passed(chain: Chain, requirement: Artifact) -> Parts:
    tests = [chain.tested(case) for case in chain.tests_of(requirement)]
    return {requirement.id: sum_up(tests) == "pass"} if is_tested(requirement) else {}


def _accepted(chain: Chain, deliverable: Artifact) -> Parts:
    """What is not finished cannot be accepted yet."""
    if deliverable.status != "approved":
        return {}
    return {deliverable.id: bool(chain.below(deliverable.id, "accepts"))}


def _no_criterion(_chain: Chain, _artifact: Artifact, lacking: list[str]) -> str:
    names = ", ".join(name.partition("/")[2] for name in lacking)
    return f"no test case covers {names}"


def _no_pass(chain: Chain, case: Artifact, _lacking: list[str]) -> str:
    tested = chain.tested(case)
    if tested.verdict == OUTDATED:
        return f"the last run, {tested.run}, is of another version than {case.version}"
    return f"the last run, {tested.run}, says {tested.verdict or 'nothing'}"


STEPS = (
    _Asked(
        "objective-need",
        "objectives that a business need supports",
        "objective",
        _only("business-need", _one(lambda chain, item: chain.below(item.id, "supports"))),
        "no business need supports it",
    ),
    _Asked(
        "need-objective",
        "business needs that support an objective",
        "business-need",
        _only("objective", _one(lambda chain, item: chain.above(item, "supports"))),
        "it supports no objective",
    ),
    _Asked(
        "need-requirement",
        "business needs with a requirement",
        "business-need",
        _one(Chain.requirements_of),
        "no requirement satisfies it",
    ),
    _Asked(
        "requirement-need",
        "requirements with a business need",
        "requirement",
        _one(Chain.needs_of),
        "it satisfies no business need",
    ),
    _Asked(
        "requirement-work",
        "requirements with work, of those that are built",
        "requirement",
        _only("work-item", _work),
        "no work item implements it",
    ),
    _Asked(
        "requirement-test",
        "requirements with a test case, of those that are tested",
        "requirement",
        _tests,
        "no test case verifies it",
    ),
    _Asked(
        "criterion-test",
        "acceptance criteria that a test case covers",
        "requirement",
        _criteria,
        _no_criterion,
        after="requirement-test",
    ),
    _Asked("requirement-pass", "requirements whose tests all passed", "requirement", _passed),
    _Asked(
        "work-requirement",
        "work items with a requirement",
        "work-item",
        _one(lambda chain, item: chain.above(item, "implements")),
        "it implements no requirement",
    ),
    _Asked(
        "test-requirement",
        "test cases with a requirement",
        "test-case",
        _one(lambda chain, item: chain.above(item, "verifies")),
        "it verifies no requirement",
    ),
    _Asked(
        "test-run",
        "test cases with an issued run",
        "test-case",
        _one(lambda chain, item: chain.tested(item).run),
        "no issued run executes it",
    ),
    _Asked(
        "test-pass",
        "test cases whose last run passed",
        "test-case",
        _one(lambda chain, item: chain.tested(item).verdict == "pass"),
        _no_pass,
        after="test-run",
    ),
    _Asked(
        "run-test",
        "test runs with a test case",
        "test-run",
        _one(lambda chain, item: chain.above(item, "executes")),
        "it executes no test case",
    ),
    _Asked(
        "requirement-deliverable",
        "requirements that a deliverable holds",
        "requirement",
        _only("deliverable", _one(lambda chain, item: chain.holders.get(item.id))),
        "no deliverable holds it",
    ),
    _Asked(
        "deliverable-acceptance",
        "approved deliverables with an acceptance",
        "deliverable",
        _accepted,
        "no acceptance is about it",
    ),
)


def coverage(chain: Chain) -> Coverage:
    """How many have the next one, over the whole programme, and requirements by priority, status and release."""
    steps = tuple(_count(chain, asked, chain.of_kind(asked.kind)) for asked in STEPS)
    requirements = chain.of_kind("requirement")
    groups = tuple(
        Group(
            field,
            value,
            len(members),
            tuple(_count(chain, asked, members) for asked in STEPS if asked.kind == "requirement"),
        )
        for field in GROUPS
        for value, members in _grouped(chain, requirements, field)
    )
    return Coverage(tuple(step for step in steps if step.of), groups)


def parts_of(chain: Chain, name: str) -> Parts:
    """What one of the `STEPS` asks over the whole programme, each with whether it is there."""
    asked = next(asked for asked in STEPS if asked.name == name)
    return _parts(chain, asked, chain.of_kind(asked.kind))


def _parts(chain: Chain, asked: _Asked, artifacts: Iterable[Artifact]) -> Parts:
    parts: Parts = {}
    for artifact in artifacts:
        parts |= asked.parts(chain, artifact)
    return parts


def _count(chain: Chain, asked: _Asked, artifacts: Iterable[Artifact]) -> Step:
    parts = _parts(chain, asked, artifacts)
    lacks = tuple(key for key, met in parts.items() if not met)
    return Step(asked.name, asked.words, len(parts) - len(lacks), len(parts), lacks)


def _grouped(chain: Chain, requirements: list[Artifact], field: str) -> list[tuple[str, list[Artifact]]]:
    """Requirements by the value of a field, in the order in which the schema lists its values; '' comes last.

    Nothing where no requirement has the field.
    """
    found: dict[str, list[Artifact]] = {}
    for item in requirements:
        value = item.fields.get(field)
        for name in value if isinstance(value, list) and value else [value]:
            found.setdefault(name if isinstance(name, str) else "", []).append(item)
    if not any(found):
        return []
    kind = chain.programme.kinds.get("requirement")
    listed = kind.schema.get("properties", {}).get(field, {}).get("enum", []) if kind else []
    states = list(kind.states) if kind and field == "status" else listed
    return sorted(found.items(), key=lambda pair: (not pair[0], _place(pair[0], states), natural_id(pair[0])))


def _place(value: str, listed: list[str]) -> int:
    return listed.index(value) if value in listed else len(listed)


def gaps(chain: Chain) -> tuple[Gap, ...]:
    """What lacks the next one in the chain, step by step, in the order of the IDs."""
    return tuple(gap for asked in STEPS if asked.missing for gap in _gaps(chain, asked))


def _gaps(chain: Chain, asked: _Asked) -> Iterable[Gap]:
    before = next((step for step in STEPS if step.name == asked.after), None)
    for artifact in chain.of_kind(asked.kind):
        lacking = [key for key, met in asked.parts(chain, artifact).items() if not met]
        told = before is not None and not all(before.parts(chain, artifact).values())
        if lacking and not told:
            words = asked.missing
            missing = words if isinstance(words, str) else words(chain, artifact, lacking)
            yield Gap(asked.name, item_of(artifact), missing)
