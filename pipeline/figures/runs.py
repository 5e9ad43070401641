"""Which test run of a test case counts, and whether it is evidence."""

from pipeline.figures.order import natural_id
from pipeline.figures.versions import is_outdated
from pipeline.model import Artifact, Link, Programme

Run = tuple[Artifact, Link]


def counting(case: Artifact, programme: Programme) -> Run | None:
    """The run of a test case that counts, with the link that names the case; None where none was issued.

    It is the last issued run, by its date and then its ID. A run of the present version counts before any run of an
    earlier one.
    """
    runs = [
        (source, link)
        for source, link in programme.incoming.get(case.id, ())
        if link.role == "executes" and source.kind == "test-run" and _is_settled(source, programme)
    ]
    return max(runs, key=lambda run: _order(run, case), default=None)


def evidence_of(case: Artifact, programme: Programme) -> Run | None:
    """The run by which a test case counts as passed: the one that counts, where it is a pass; else None."""
    run = counting(case, programme)
    return run if run is not None and run[0].fields.get("verdict") == "pass" else None


def _is_settled(run: Artifact, programme: Programme) -> bool:
    kind = programme.kinds.get(run.kind)
    state = kind.states.get(run.status) if kind else None
    return state is not None and state.settled


def _order(run: Run, case: Artifact) -> tuple[bool, str, tuple[str, int]]:
    source, link = run
    return not is_outdated(link.version, case), str(source.fields.get("date", "")), natural_id(source.id)
