"""What a deliverable says of approvals is what the ledgers said when it was made, and its bundle says it ever after."""

from msgspec import structs

from pipeline.model import Ledger, Policy, Standing, Vote
from pipeline.signoff.bundle.archive import unpack
from pipeline.signoff.bundle.compose import Given, compose
from pipeline.signoff.bundle.manifest import APPROVALS, MANIFEST, read, write
from pipeline.signoff.bundle.weaving import weave_bundle
from pipeline.weave.deliverable import weave_deliverable
from tests.registers import section
from tests.unit.ledger.ledgers import CONTENT
from tests.unit.signoff.bundles import AROUND, ONE_VIEW, given
from tests.unit.weave.test_weave_approvals import signed

REGISTER = "# Register\n\n" + "\n".join(
    [
        section("BN-1", "Stray dogs", status="approved", classification="internal"),
        section("BN-2", "Lost cats", status="approved", classification="internal"),
        section("BN-3", "Loose geese", status="approved", classification="limited"),
        section("MTG-1", "Board", status="issued", classification="internal"),
        section("PTY-9", "Keeper of secrets", status="approved", classification="limited"),
    ]
)
APPROVED = Vote("Director", False, "approve", signed(party="PTY-7", name="Ann Unreal", reason="Told to"))
AGAINST = Vote("Accountant", False, "reject", signed(decision="reject", date="2026-03-09T08:00:00Z"))


def standing(identity: str, *votes: Vote, quorum: int = 0) -> Standing:
    return Standing(identity, "1.0", CONTENT, Policy(quorum=quorum), votes)


STANDINGS = {
    "BN-1": standing("BN-1", APPROVED, AGAINST),
    "BN-2": standing("BN-2", APPROVED, Vote("PTY-9")),
    "BN-3": standing("BN-3", APPROVED),
    "PTY-9": standing("PTY-9", APPROVED),
    "DLV-1": standing("DLV-1", APPROVED, Vote("Minister", True)),
}


def of(view: str) -> Given:
    """A deliverable with the view, in a programme in which approvals were asked and given."""
    made = given({"report.md": ONE_VIEW.format(f"view: {view}"), "register.md": REGISTER})
    issued = signed(artifact="BN-2", decision="issue", date="2026-03-04T09:00:00Z")
    programme = structs.replace(
        made.programme,
        day=AROUND.day,
        standings=STANDINGS,
        ledgers={"BN-2": Ledger("BN-2", (issued,))},
    )
    return structs.replace(made, programme=programme)


def files(view: str) -> dict[str, str]:
    return {path: data.decode() for path, data in unpack(compose(of(view), "DLV-1", "internal")).items()}


def woven(data: bytes) -> str:
    return weave_bundle(read(data), "").woven.markdown.replace("\u00a0", " ")


def test_a_bundle_says_where_each_artifact_stood_when_it_was_made():
    text = woven(compose(of("approvals\nids: [BN-1, BN-2, MTG-1]"), "DLV-1", "internal"))
    assert "rejected by Accountant" in text
    assert "Director (2 March 2026)" in text
    assert "Accountant (against, 9 March 2026)" in text
    assert "issued for signature on 2026-03-04; still to sign: \\[withheld\\]" in text
    assert "no approval is asked" in text


def test_a_draft_says_what_the_site_says():
    made = of("approvals\nkind: business-need")
    text = weave_deliverable(made.programme, made.source, "DLV-1", "internal").markdown
    assert "rejected by Accountant" in text
    # What is asked of a card it does not say: the table of those who sign is another.
    assert "Approvals:" not in text


def test_of_itself_a_deliverable_says_how_it_stood_before_it_was_issued():
    text = woven(compose(of("approvals"), "DLV-1", "internal"))
    assert "ready to be issued for signature | Director (2 March 2026) | Minister |" in text


def test_a_bundle_holds_no_more_than_the_view_shows_and_than_its_readers_may_see():
    held = files("approvals\nids: [BN-1, BN-2, BN-3]")
    everything = "".join(held.values())
    assert "Stray dogs" in everything
    for word in ("Ann Unreal", "PTY-7", "PTY-9", "Told to", "BN-3", "Loose geese", "MTG-1", CONTENT):
        assert word not in everything, word
    every = "".join(files("approvals").values())
    assert "Lost cats" in every
    assert "MTG-1" not in every
    assert APPROVALS not in files("table\nkind: business-need")


def test_a_bundle_of_before_has_no_approvals_and_is_read_and_woven_as_it_was():
    data = compose(of("approvals\nids: [BN-1]"), "DLV-1", "internal")
    bundle = read(data)
    old = {path: content for path, content in unpack(data).items() if path not in (APPROVALS, MANIFEST)}
    before = write(bundle.manifest, old)
    assert "Stray dogs" not in woven(before)
    assert weave_bundle(read(before), "").facts == weave_bundle(bundle, "").facts


def test_without_ledgers_a_deliverable_shows_nothing_of_approvals():
    made = of("approvals")
    made = structs.replace(made, programme=structs.replace(made.programme, standings={}, ledgers={}))
    data = compose(made, "DLV-1", "internal")
    assert APPROVALS not in unpack(data)
    assert "Stray dogs" not in woven(data)
