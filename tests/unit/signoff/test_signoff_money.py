"""A deliverable with figures, curves and tables of money says the same from its bundle."""

import pytest
from msgspec import structs

from pipeline.figures.measures import FROM_HEADERS
from pipeline.signoff.bundle.archive import unpack
from pipeline.signoff.bundle.compose import compose
from pipeline.signoff.bundle.manifest import read
from pipeline.signoff.bundle.weaving import weave_bundle
from tests.registers import section
from tests.unit.signoff.bundles import AROUND, ONE_VIEW, given
from tests.unit.signoff.test_signoff_views import REGISTER as CHAIN

MONEY = {"currency": "EUR", "vat": "excl"}
SERIES = [
    {"on": "2026-09-30", "pv": "20.00", "ev": "15.00", "ac": "30.00"},
    {"on": "2027-01-31", "pv": "100.00"},
]
ASKED = {"created": "2026-09-01"}
REGISTER = CHAIN + "\n".join(
    [
        section("BUD-1", status="approved", original_bac="90.00", bac="100.00", pv="20.00", ev="15.00", ac="30.00",
                etc="60.00", changes=[{"by": "CR-1", "amount": "10.00", "on": "2026-11-01"}], series=SERIES,
                reserve={"opening": "9.00", "drawdowns": [{"by": "DEC-1", "amount": "4.00"}]}, **MONEY),
        section("BL-1", status="open", bac="100.00", commitment="70.00", part_of=["BUD-1"], **MONEY),
        section("KPI-1", status="open", measure="Speed", direction="up", figure="spi", amber=0.9, red=0.8,
                series=[{"on": "2026-09-30", "value": 0.81}, {"on": "2026-10-31", "value": 0.8}]),
        section("REQ-9", status="approved", satisfies=["BN-1"], **ASKED),
        section("WI-9", status="closed", points=5, updated="2026-10-01", **ASKED),
        section("MS-1", status="achieved", baseline="2026-03-02", actual="2026-03-03"),
        section("DEF-1", status="open", severity="high", created="2026-11-01"),
        section("DEC-1", status="taken", requested="2026-10-01", created="2026-10-11", date="2026-10-11"),
        section("ACT-2", status="open", due="2026-11-01", review_due="2026-11-01",
                waivers=[{"rule": "AC-OWN", "reason": "r", "owner": "PTY-1", "until": "2026-12-01"}]),
    ]
)  # fmt: skip
VIEWS = {
    "kpis": "0.75",
    "scurve": "30.00",
    "earned": "60.00",
    "earned\nkind: budget-line": "100.00",
    "burnup": "Scope",
    "burnup\nkind: work-item\nby: points": "Scope",
    "burnup\nkind: defect": "Scope",
    **{f"kpis\nfigures: [{name}]": "" for name in FROM_HEADERS},
    f"kpis\nfigures: [{', '.join(FROM_HEADERS)}]": "EUR 100.00",
}


def bundle(view: str) -> bytes:
    """The bundle of a deliverable with one view, on the day that it is made for."""
    made = given({"report.md": ONE_VIEW.format(f"view: {view}"), "register.md": REGISTER})
    programme = structs.replace(made.programme, day=AROUND.day)
    return compose(structs.replace(made, programme=programme), "DLV-1", "internal")


@pytest.mark.parametrize("view", VIEWS)
def test_what_a_bundle_shows_is_what_the_programme_shows(view):
    """Composing refuses a bundle from which something else is woven."""
    assert VIEWS[view] in weave_bundle(read(bundle(view)), "").woven.markdown.replace("\u00a0", " ")


def test_what_a_figure_does_not_read_is_not_in_the_bundle():
    files = unpack(bundle("kpis\nfigures: [overdue-actions]"))
    register = next(data.decode() for path, data in files.items() if path.endswith("/register.md"))
    assert "ACT-2" in register
    assert "MS-1" not in register
    assert "2026-11-01" in register
