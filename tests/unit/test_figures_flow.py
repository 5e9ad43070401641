"""The threads from need to verdict: what each comes to, and that the counts of coverage say the same."""

import os

import pytest

from pipeline.figures.trace.chain import Chain
from pipeline.figures.trace.coverage import coverage
from pipeline.figures.trace.flow import MISSING, threads
from tests.registers import register, section
from tests.support import ROOT, programme_in

APPROVED = {"status": "approved"}
TESTED = {**APPROVED, "type": "functional", "priority": "must", "verification": ["test"]}


def small():
    """Two needs, one of them bare; five requirements, of which each stops somewhere else."""
    return register(
        section("BN-1", **APPROVED),
        section("BN-2", **APPROVED),
        section("BN-3", **APPROVED),
        section("REQ-1", satisfies=["BN-1", "BN-2"], **TESTED),
        section("REQ-2", satisfies=["BN-1"], **TESTED),
        section("REQ-3", satisfies=["BN-1"], **{**TESTED, "type": "quality", "verification": ["analysis"]}),
        section("REQ-4", **TESTED),
        section("REQ-5", satisfies=["BN-2"], **{**TESTED, "priority": "could"}),
        section("REQ-6", satisfies=["BN-2"], **{**TESTED, "status": "withdrawn"}),
        section("WI-1", implements=["REQ-1"], status="closed"),
        section("WI-2", implements=["REQ-1", "REQ-4"], status="in-progress"),
        section("WI-3", implements=["REQ-5"], status="closed"),
        section("TC-1", verifies=["REQ-1"], level="system", **APPROVED),
        section("TC-2", verifies=["REQ-1", "REQ-4"], level="uat", **APPROVED),
        section("TC-3", verifies=["REQ-5"], level="system", **APPROVED),
        section("TR-1", executes=["TC-1@1.0"], verdict="pass", date="2026-11-02", status="issued"),
        section("TR-2", executes=["TC-2@1.0"], verdict="fail", date="2026-11-02", status="issued"),
        section("TR-3", executes=["TC-3@0.9"], verdict="pass", date="2026-11-02", status="issued"),
    )


def test_each_thread_goes_as_far_as_its_links_do():
    found = [(item.unit, *item.stops) for item in threads(Chain(small()))]
    assert found == [
        # Of two tests the worse verdict counts; work that is done and work that is not is not done.
        ("REQ-1", "BN-1", "must", "going", "uat", "fail"),
        ("REQ-2", "BN-1", "must", "missing", "missing"),
        ("REQ-3", "BN-1", "must", "unasked", "unasked"),
        ("REQ-1", "BN-2", "must", "going", "uat", "fail"),
        # The run is of an earlier version, and so is none.
        ("REQ-5", "BN-2", "could", "done", "other", "missing"),
        ("BN-3", "BN-3", "missing"),
        ("REQ-4", "missing", "must", "going", "uat", "fail"),
    ]


def test_where_no_programme_keeps_work_none_is_missing():
    programme = register(section("BN-1", **APPROVED), section("REQ-1", satisfies=["BN-1"], **TESTED))
    assert [item.stops for item in threads(Chain(programme))] == [("BN-1", "must", "unasked", "missing")]


def test_an_empty_programme_has_no_threads():
    assert threads(Chain(register(section("RSK-1")))) == ()


@pytest.mark.parametrize("source", ["small", "reference"])
def test_what_is_missing_is_what_coverage_lacks(source):
    programme = small() if source == "small" else programme_in(os.path.join(ROOT, "docs_src"))[0]
    chain = Chain(programme)
    lacks = {step.name: set(step.lacks) for step in coverage(chain).steps}
    found = {
        name: {item.unit for item in threads(chain) if item.stops[at : at + 1] == (MISSING,)}
        for at, name in enumerate(
            ("requirement-need", "need-requirement", "requirement-work", "requirement-test")
        )
    }
    assert found == {name: lacks[name] for name in found}
    passed = {item.unit for item in threads(chain) if item.stops[4:] == ("pass",)}
    step = next(step for step in coverage(chain).steps if step.name == "requirement-pass")
    assert len(passed) == step.have
