"""Which run of a test case counts, for the rules and for the reports alike."""

import pytest

from pipeline.figures.runs import counting, evidence_of
from pipeline.figures.trace.chain import Chain
from tests.support import programme_of

CASE = """## TC-001 Balance

```yaml {.artifact}
status: approved
version: "1.0"
```
"""
RUN = """
## %s Run

```yaml {.artifact}
status: %s
executes: [TC-001%s]
date: "%s"
verdict: %s
```
"""


@pytest.mark.parametrize(
    ("runs", "counts", "verdict"),
    [
        ([], "", ""),
        ([("TR-001", "draft", "@1.0", "2026-02-01", "pass")], "", ""),
        ([("TR-001", "issued", "@1.0", "2026-02-01", "pass")], "TR-001", "pass"),
        # A version is the same with and without the nought at its end, and a run need not name one.
        ([("TR-001", "issued", "@1", "2026-02-01", "pass")], "TR-001", "pass"),
        ([("TR-001", "issued", "", "2026-02-01", "pass")], "TR-001", "pass"),
        ([("TR-001", "issued", "@0.9", "2026-02-01", "pass")], "TR-001", "outdated"),
        # A run of the present version before a later one of an earlier version.
        (
            [
                ("TR-001", "issued", "@1.0", "2026-02-01", "fail"),
                ("TR-002", "issued", "@0.9", "2026-02-02", "pass"),
            ],
            "TR-001",
            "fail",
        ),
        # On one day the number decides, as a number.
        (
            [
                ("TR-9", "issued", "@1.0", "2026-02-01", "fail"),
                ("TR-10", "issued", "@1.0", "2026-02-01", "pass"),
            ],
            "TR-10",
            "pass",
        ),
    ],
)
def test_the_last_issued_run_of_the_present_version_counts(runs, counts, verdict):
    text = "# Tests\n\n" + CASE + "".join(RUN % run for run in runs)
    programme, _ = programme_of({"tests.md": text})
    case = programme.artifacts["TC-001"]
    found, proof = counting(case, programme), evidence_of(case, programme)
    tested = Chain(programme).tested(case)
    assert (found[0].id if found else "") == tested.run == counts
    assert tested.verdict == verdict
    assert (proof is not None) == bool(found and found[0].fields["verdict"] == "pass")
