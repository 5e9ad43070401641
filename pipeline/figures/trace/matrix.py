"""The chain as rows: from needs down to runs, and from work and tests up to objectives."""

from pipeline.figures.trace.chain import Chain, ids_of, item_of, ordered, sum_up
from pipeline.model import Artifact
from pipeline.model.trace import Origin, Row


def matrix(chain: Chain) -> tuple[Row, ...]:
    """A row for each requirement of each need and for a need without any; then requirements without a need."""
    rows = []
    seen: set[str] = set()
    for need in chain.of_kind("business-need"):
        requirements = chain.requirements_of(need)
        seen.update(ids_of(requirements))
        rows += [_row(chain, need, item) for item in requirements] or [_row(chain, need, None)]
    bare = [item for item in chain.of_kind("requirement") if item.id not in seen]
    return (*rows, *(_row(chain, None, item) for item in bare))


def _row(chain: Chain, need: Artifact | None, requirement: Artifact | None) -> Row:
    objectives = ids_of(chain.objectives_of([need] if need else []))
    if requirement is None:
        return Row(item_of(need) if need else None, None, objectives)
    tests = tuple(chain.tested(case) for case in chain.tests_of(requirement))
    held = tuple(chain.holders.get(requirement.id, ()))
    accepted = [item for identity in held for item in chain.below(identity, "accepts")]
    return Row(
        item_of(need) if need else None,
        item_of(requirement),
        objectives,
        ids_of(chain.below(requirement.id, "implements")),
        tests,
        sum_up(tests),
        held,
        tuple(dict.fromkeys(ids_of(accepted))),
    )


def origins(chain: Chain) -> tuple[Origin, ...]:
    """A row for each work item, test case and test run: the requirements, needs and objectives that it is for."""
    kinds = {"work-item": _of_work, "test-case": _of_case, "test-run": _of_run}
    return tuple(make(chain, item) for kind, make in kinds.items() for item in chain.of_kind(kind))


def _of_work(chain: Chain, work: Artifact) -> Origin:
    return _origin(chain, work, chain.above(work, "implements"))


def _of_case(chain: Chain, case: Artifact) -> Origin:
    verdict = chain.tested(case).verdict or "open"
    return _origin(chain, case, chain.above(case, "verifies"), verdict=verdict)


def _of_run(chain: Chain, run: Artifact) -> Origin:
    cases = chain.above(run, "executes")
    verdict = run.fields.get("verdict")
    requirements = [item for case in cases for item in chain.above(case, "verifies")]
    return _origin(chain, run, requirements, ids_of(cases), verdict if isinstance(verdict, str) else "")


def _origin(
    chain: Chain,
    item: Artifact,
    requirements: list[Artifact],
    tests: tuple[str, ...] = (),
    verdict: str = "",
) -> Origin:
    needs = ordered(need for requirement in requirements for need in chain.needs_of(requirement))
    objectives = chain.objectives_of(needs)
    return Origin(item_of(item), tests, ids_of(requirements), ids_of(needs), ids_of(objectives), verdict)
