"""A deliverable with views on what changed, and on who has to do what, says the same from its bundle."""

from typing import Any

import pytest
from msgspec import structs

from pipeline.model.past import Moment, State
from pipeline.signoff.bundle.archive import unpack
from pipeline.signoff.bundle.compose import compose
from pipeline.signoff.bundle.manifest import PAST, read
from pipeline.signoff.bundle.weaving import weave_bundle
from tests.registers import section
from tests.unit.signoff.bundles import AROUND, ONE_VIEW, given

APPROVED = {"status": "approved", "version": "1.0", "classification": "internal"}
REGISTER = "# Register\n\n" + "\n".join(
    [
        section("PTY-1", "Head of works", **APPROVED),
        section("COM-1", "Board", quorum=2, cadence="Monthly", mandate="All of it", **APPROVED),
        section(
            "MTG-1", type="steering", date="2026-11-12", next="2026-12-10", held_by=["COM-1"], quorum_met=True
        ),
        section("MS-1", "Go-live", status="planned", forecast="2027-07-01", owner="PTY-1"),
        section("MS-2", "Start", status="achieved", forecast="2026-02-02"),
        section("DEC-1", "The date", status="requested", deadline="2026-12-10"),
        section("DEC-2", "The lot", status="taken", date="2026-11-12", decided_by="COM-1", made_in=["MTG-1"]),
        section("ACT-1", "The list", status="open", owner="PTY-1", due="2026-11-18", arises_from=["MTG-1"]),
        section(
            "TERM-1",
            "Plan",
            definition="What is to come.",
            labels={"en": "plan", "fr": "planning"},
            **APPROVED,
        ),
        section("RSK-1", "Fire", status="open", review_due="2026-12-18", owner="PTY-1"),
    ]
)
VIEWS = {
    "changes": "1 June 2027",
    "changes\nsince: v1": "Never built",
    "changes\nkind: milestone": "Expected",
    "actions": "overdue",
    "decisions": "requested",
    "decisions\nstate: made": "Board",
    "reviews": "18 December 2026",
    "meetings": "10 December 2026",
    "meetings\nstate: held": "ACT-1",
    "committees": "All of it",
    "terms": "What is to come.",
}


def state(kind: str, title: str, status: str, **fields: Any) -> State:
    return State(
        kind, title, status, "", {"title": title, "status": status, "classification": "internal", **fields}
    )


def then() -> dict[str, State]:
    """What there was: the go-live came sooner, and a defect has gone since."""
    return {
        "PTY-1": state("party", "Head of works", "approved", version="1.0"),
        "MS-1": state("milestone", "Go-live", "planned", forecast="2027-06-01", owner="PTY-1"),
        "MS-2": state("milestone", "Start", "achieved", forecast="2026-02-02"),
        "DEF-1": state("defect", "Never built", "open", secret="Not for the bundle"),
    }


def bundle(view: str) -> bytes:
    made = given({"report.md": ONE_VIEW.format(f"view: {view}"), "register.md": REGISTER})
    past = (Moment("2026-03-31", "v1", "a" * 40, then()), Moment("2026-11-12", "MTG-1", "b" * 40, then()))
    programme = structs.replace(made.programme, day=AROUND.day, past=past)
    return compose(structs.replace(made, programme=programme), "DLV-1", "internal")


@pytest.mark.parametrize("view", VIEWS)
def test_what_a_bundle_shows_is_what_the_programme_shows(view: str):
    """Composing refuses a bundle from which something else is woven."""
    woven = weave_bundle(read(bundle(view)), "").woven.markdown
    assert VIEWS[view] in woven.replace("\u00a0", " ")


def test_only_what_looks_back_has_a_past_and_of_it_what_is_read():
    assert PAST not in unpack(bundle("actions"))
    past = unpack(bundle("changes"))[PAST].decode()
    assert "2027-06-01" in past
    assert "Not for the bundle" not in past
