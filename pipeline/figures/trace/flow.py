"""The chain as threads: each goes from a need over a requirement, its work and its tests to their verdict.

A thread is a row of the traceability matrix: a requirement below a need, so a requirement that serves two needs is two
threads. Where the next artifact is missing though it is asked for, the thread comes to `MISSING`; where nothing is
asked, to `UNASKED`. A thread goes on behind missing work, since tests do not hang on it, and ends where there is no
requirement or no test.
"""

from typing import NamedTuple

from pipeline.figures.trace.chain import Chain, sum_up
from pipeline.figures.trace.coverage import is_built, is_tested
from pipeline.figures.trace.matrix import matrix
from pipeline.model import Artifact
from pipeline.model.trace import Row

NEED, REQUIREMENT, WORK, TEST, VERDICT = STAGES = ("need", "requirement", "work", "test", "verdict")
MISSING, UNASKED = "missing", "unasked"
# What a work item, a test or a priority is called in a thread, in the order in which they are shown.
DONE, GOING, UAT, OTHER, NONE = "done", "going", "uat", "other", "none"


class Thread(NamedTuple):
    """A row of the matrix: the IDs of its need and its requirement ('' for none), and where it comes to at each stage.

    `stops` ends where the thread ends. Its first stop is the ID of the need, or `MISSING`.
    """

    need: str
    requirement: str
    stops: tuple[str, ...]

    @property
    def unit(self) -> str:
        """What is counted: the requirement, or the need that has none."""
        return self.requirement or self.need


def threads(chain: Chain) -> tuple[Thread, ...]:
    """All threads, in the order of the matrix."""
    return tuple(_thread(chain, row) for row in matrix(chain))


def _thread(chain: Chain, row: Row) -> Thread:
    need = row.need.id if row.need else ""
    if row.requirement is None:
        return Thread(need, "", (need, MISSING))
    requirement = chain.programme.artifacts[row.requirement.id]
    priority = requirement.fields.get("priority")
    stops = [need or MISSING, priority if isinstance(priority, str) and priority else NONE]
    stops += [_work(chain, requirement), _test(chain, requirement)]
    if stops[-1] in (UAT, OTHER):
        verdict = sum_up(row.tests)
        stops.append(MISSING if verdict == "open" else verdict)
    return Thread(need, requirement.id, tuple(stops))


def _work(chain: Chain, requirement: Artifact) -> str:
    """Whether all its work items are done, or some are not, or none is there, or none is asked."""
    items = chain.below(requirement.id, "implements")
    if items:
        return DONE if all(chain.programme.phase(item) == "ended" for item in items) else GOING
    return MISSING if chain.keeps("work-item") and is_built(requirement) else UNASKED


def _test(chain: Chain, requirement: Artifact) -> str:
    """Whether users test it, or only others do, or nobody, or it is not to be tested."""
    cases = chain.tests_of(requirement)
    if cases:
        return UAT if any(case.fields.get("level") == "uat" for case in cases) else OTHER
    return MISSING if is_tested(requirement) else UNASKED
