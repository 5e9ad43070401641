"""Where artifacts stand: who decided and when, who is still to come."""

from msgspec import structs

from pipeline.model import Policy, Standing, Vote
from pipeline.views import Nothing, show
from tests.registers import register, section
from tests.unit.ledger.ledgers import CONTENT
from tests.unit.views.test_views_raid import words
from tests.unit.weave.test_weave_approvals import signed


def vote(role: str, decision: str = "", day: str = "2026-03-02", on: bool = False) -> Vote:
    by = signed(decision=decision, date=f"{day}T09:15:00Z") if decision else None
    return Vote(role, on, decision, by)


def stands(**votes: tuple[Vote, ...]):
    """Artifacts REQ_10, REQ_9 ... with the votes on each, and one of which no approval is asked."""
    names = {key.replace("_", "-"): value for key, value in votes.items()}
    programme = register(
        *(section(name, status="approved") for name in names), section("MTG-1", status="issued")
    )
    standings = {
        name: Standing(name, "1.0", CONTENT, Policy(quorum=1 if name == "BN-1" else 0), value)
        for name, value in names.items()
    }
    return structs.replace(programme, standings=standings)


PROGRAMME = stands(
    REQ_10=(vote("Director", "approve"), vote("Accountant")),
    REQ_9=(vote("Director", "reject", "2026-03-09"), vote("Accountant")),
    DLV_1=(vote("Director", "approve-with-conditions"), vote("Accountant", "approve")),
    BN_1=(vote("Director", "approve"), vote("Accountant")),
    BN_2=(),
)


def test_all_that_is_to_be_approved_deliverables_first():
    assert words(show(PROGRAMME, {"view": "approvals"})) == [
        [
            "DLV-1",
            "1.0",
            "approved as it stands",
            "Director (under conditions, 2 March 2026) Accountant (2 March 2026)",
            "",
        ],
        # One of the two is enough.
        ["BN-1", "1.0", "approved as it stands", "Director (2 March 2026)", ""],
        ["REQ-9", "1.0", "rejected by Director", "Director (against, 9 March 2026)", "Accountant"],
        ["REQ-10", "1.0", "awaits Accountant", "Director (2 March 2026)", "Accountant"],
    ]


def test_those_that_a_block_names_in_its_order_and_language():
    shown = show(PROGRAMME, {"view": "approvals", "ids": ["REQ-10", "MTG-1"], "caption": "Deux"}, "fr")
    assert shown.caption == "Deux"
    assert [cell[0].text for cell in shown.headers] == [
        "Document", "Version", "Situation", "Se sont prononcés", "Encore attendus",
    ]  # fmt: skip
    assert words(shown) == [
        ["REQ-10", "1.0", "en attente de : Accountant", "Director (2 mars 2026)", "Accountant"],
        ["MTG-1", "1.0", "aucune approbation requise", "", ""],
    ]
    found = show(PROGRAMME, {"view": "approvals", "kind": "requirement", "sort": ["id"]}, "nl")
    assert [row[0] for row in words(found)] == ["REQ-9", "REQ-10"]


def test_without_ledgers_there_is_nothing_to_see():
    assert show(structs.replace(PROGRAMME, standings={}), {"view": "approvals"}) == Nothing()
    assert show(PROGRAMME, {"view": "approvals", "kind": "risk"}) == Nothing()
