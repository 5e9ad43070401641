"""Which test run counts as the evidence of a test case."""

from pipeline.figures.versions import is_outdated
from pipeline.model import Artifact, Link, Programme

Run = tuple[Artifact, Link]


def evidence_of(case: Artifact, programme: Programme) -> Run | None:
    """The run by which a test case counts as passed, with the link that names the case; None where none does.

    It is the last issued run of the case, by its date and then its ID, where that is a pass. A run of the present
    version counts before any run of an earlier one.
    """
    runs = [
        (source, link)
        for source, link in programme.incoming.get(case.id, ())
        if link.role == "executes" and source.kind == "test-run" and source.status == "issued"
    ]
    last = max(runs, key=lambda run: _order(run, case), default=None)
    return last if last is not None and last[0].fields.get("verdict") == "pass" else None


def _order(run: Run, case: Artifact) -> tuple[bool, str, str, int]:
    source, link = run
    prefix, _, number = source.id.rpartition("-")
    day = str(source.fields.get("date", ""))
    return not is_outdated(link.version, case), day, prefix, int(number) if number.isdigit() else 0
