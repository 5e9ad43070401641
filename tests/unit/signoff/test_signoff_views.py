"""A deliverable with views on the chain, on risks and on responsibilities says the same from its bundle."""

import pytest
from msgspec import structs

from pipeline.signoff.bundle.archive import unpack
from pipeline.signoff.bundle.compose import compose
from pipeline.signoff.bundle.manifest import read
from pipeline.signoff.bundle.weaving import weave_bundle
from tests.registers import section
from tests.unit.signoff.bundles import AROUND, ONE_VIEW, given
from tests.unit.test_figures_flow import APPROVED, TESTED

REGISTER = "# Register\n\n" + "\n".join(
    [
        section("PTY-1", "Head of works", **APPROVED),
        section("OBJ-1", **APPROVED),
        section("BN-1", supports=["OBJ-1"], process="collection", **APPROVED),
        section("BN-2", **APPROVED),
        section("REQ-1", satisfies=["BN-1"], **TESTED),
        section("REQ-2", derived_from=["REQ-1"], **TESTED),
        section("WI-1", implements=["REQ-1"], status="closed"),
        section("TC-1", verifies=["REQ-1"], criteria=["REQ-1/AC-1"], level="uat", **APPROVED),
        section("TC-2", verifies=["REQ-2"], level="unit", **APPROVED),
        section("TR-1", executes=["TC-1@1.0"], verdict="pass", date="2026-11-02", status="issued"),
        section("TR-2", executes=["TC-2@0.9"], verdict="pass", date="2026-11-02", status="issued"),
        section("RSK-1", probability=2, impact=5, residual={"probability": 1, "impact": 5}, owner="PTY-1"),
        section("RSK-2", probability=9, impact=5),
        section("ISS-1", urgency="high", impact="low", escalation={"to": "PTY-1", "on": "2026-11-01"}),
        section("ASM-1", validate_by="2026-12-18", affects=["REQ-1"]),
        section("DEP-1", provider="PTY-1", consumer="Team B", need_by="2026-12-14", commit_by="2026-12-15"),
        section("ACT-1", arises_from=["RSK-1"]),
        section("RAS-1", responsible=["PTY-1"], accountable=["The press"], **APPROVED),
    ]
)
VIEWS = {
    "table\nkind: requirement": "approved",
    "matrix\nrows: requirement\ncolumns_kind: business-need\nby: satisfies\nrows_by: priority": "Must (2)",
    "coverage": "Objectives that a need supports",
    "coverage\nby: priority": "Must",
    "sankey": "BN-2",
    "sankey\nby: process": "Not stated",
    "heatmap": "RSK-2",
    "rasci": "The press",
    "raid": "ACT-1",
    "raid\ntop: 1\nparts: [risks]": "RSK-1",
}


def bundle(view: str) -> bytes:
    """The bundle of a deliverable with one view, on the day that it is made for."""
    made = given({"report.md": ONE_VIEW.format(f"view: {view}"), "register.md": REGISTER})
    programme = structs.replace(made.programme, day=AROUND.day)
    return compose(structs.replace(made, programme=programme), "DLV-1", "internal")


@pytest.mark.parametrize("view", VIEWS)
def test_what_a_bundle_shows_is_what_the_programme_shows(view):
    """Composing refuses a bundle from which something else is woven."""
    assert VIEWS[view] in weave_bundle(read(bundle(view)), "").woven.markdown


def test_what_a_view_does_not_read_is_not_in_the_bundle():
    files = unpack(bundle("heatmap"))
    register = next(data.decode() for path, data in files.items() if path.endswith("/register.md"))
    assert "RSK-2" in register
    assert "BN-1" not in register
    assert "Text." not in register
