"""A deliverable with views of the plan says the same from its bundle."""

import pytest
from msgspec import structs

from pipeline.signoff.bundle.compose import compose
from pipeline.signoff.bundle.manifest import read
from pipeline.signoff.bundle.weaving import weave_bundle
from tests.registers import section
from tests.unit.signoff.bundles import AROUND, ONE_VIEW, given

ESTIMATE = {"low": 10, "likely": 20, "high": 40}
ITERATIONS = [{"name": "First", "from": "2026-11-16", "until": "2026-12-04"}]
WINDOW = {"from": "2026-11-16", "until": "2026-12-18"}
MOVED = [{"on": "2026-11-02", "to": "2027-01-15", "reason": "Rain."}]
REGISTER = "# Register\n\n" + "\n".join(
    [
        section("WS-1", "Letters", status="approved"),
        section("PLN-1", status="approved", level="programme", tolerances={"time": 3}),
        section("COM-1", "Steering committee", status="approved"),
        section("MS-1", status="achieved", actual="2026-10-01", baseline="2026-10-01", **{"for": ["WS-1"]}),
        section("MS-2", status="planned", after=["MS-1"], forecast="2026-12-10", duration=ESTIMATE),
        section("MS-3", status="planned", after=["MS-1"], baseline="2026-12-10", duration=ESTIMATE),
        section(
            *("MS-4", "Go"),
            status="planned",
            after=["MS-2", "MS-3"],
            duration=ESTIMATE,
            forecast_history=MOVED,
            baseline="2027-01-04",
            forecast="2027-01-15",
            created="2026-10-01",
        ),
        section("PI-1", "Autumn", status="open", window=WINDOW, iterations=ITERATIONS),
        section(
            "WI-1", "Mailer", status="open", team="Red", iteration="First", planned_in=["PI-1"], points=5
        ),
        section("WI-2", "Ledger", status="open", team="Blue", iteration="First", part_of=["WI-1"]),
        section(
            "DEP-1",
            "Form",
            status="open",
            provider="Red",
            consumer="Blue",
            **{"from": ["WI-1"], "to": ["MS-2"]},
        ),
        section("MTG-1", status="issued", date="2026-11-19", next="2026-12-10", held_by=["COM-1"]),
        section("DEC-1", status="requested", deadline="2026-12-10"),
    ]
)
VIEWS = {
    "gantt": "MS-3",
    "gantt\nids: [MS-4]": "MS-4",
    "gantt\nby: owner": "MS-4",
    "trend\nids: [MS-4]": "Rain.",
    "forecast\nids: [MS-4]": "MS-4",
    "board": "DEP-1",
    "calendar": "DEC-1",
    "calendar\nkinds: [meeting]": "MTG-1",
    "graph\nkind: milestone\nroles: [after]": "MS-3",
    "graph\nids: [MS-4]\nroles: [after]": "MS-2",
    "graph\nkind: dependency\nroles: [from, to]": "WI-1",
    "tree\nkind: work-item\nroles: [part_of]": "WI-2",
    "tree\nids: [COM-1]\nroles: [held_by]": "MTG-1",
}


@pytest.mark.parametrize("view", VIEWS)
def test_what_a_bundle_shows_is_what_the_programme_shows(view):
    """Composing refuses a bundle from which something else is woven."""
    made = given({"report.md": ONE_VIEW.format(f"view: {view}"), "register.md": REGISTER})
    programme = structs.replace(made.programme, day=AROUND.day)
    data = compose(structs.replace(made, programme=programme), "DLV-1", "internal")
    assert VIEWS[view] in weave_bundle(read(data), "").woven.markdown
