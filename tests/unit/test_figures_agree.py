"""What a rule finds uncovered, the report on tracing counts as lacking, and the views show as such."""

from pathlib import Path

import pytest

from pipeline.figures.trace.chain import Chain
from pipeline.figures.trace.coverage import coverage
from pipeline.views import Ref, show
from tests.support import ROOT, programme_in

# The rules, and the step of the chain that each is about.
STEPS = {
    "ND-COV": "need-requirement",
    "RQ-NEED": "requirement-need",
    "RQ-TEST": "requirement-test",
    "RQ-IMPL": "requirement-work",
    "RQ-CRIT": "criterion-test",
    "TC-ORPH": "test-requirement",
}
CASES = [
    (code, case.name) for code in STEPS for case in sorted((Path(ROOT) / "tests/corpus" / code).glob("bad-*"))
]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_what_a_rule_finds_lacks_the_step(code, case):
    folder = Path(ROOT) / "tests/corpus" / code / case
    programme, _ = programme_in(str(folder))
    found = set()
    for line in (folder / "expected.txt").read_text().splitlines():
        place, _, told = line.partition(" ")
        path, number, _ = place.split(":")
        if told.split()[0] == code:
            items = programme.documents[path].artifacts
            found.add(
                max((item for item in items if item.line <= int(number)), key=lambda item: item.line).id
            )
    assert found
    step = next(step for step in coverage(Chain(programme)).steps if step.name == STEPS[code])
    lacks = {name.partition("/")[0] for name in step.lacks}
    assert found <= lacks
    rows = show(programme, {"view": "coverage"}).table.rows
    assert found <= {part.id for row in rows for part in row[2] if isinstance(part, Ref)}
