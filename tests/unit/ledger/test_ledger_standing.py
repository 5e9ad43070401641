"""Who counts: policies, quorums, mandates, keys, deputies, and what a deliverable brings along."""

import pytest
from msgspec import structs

from pipeline.ledger.contents import Contents
from pipeline.ledger.form import digest, encode
from pipeline.ledger.register import Key, Mandate, Register, Revocation, Signatory
from pipeline.ledger.standing import Standings, policy_of
from pipeline.model import Artifact, Header, Ledger, Pinned, Policy, Programme, Signed, Standing
from tests.unit.ledger.ledgers import CONTENT, OTHER, entry

NONE = Programme({}, {}, {}, {}, {}, {}, {}, frozenset())
KEYS = {name: f"SHA256:{letter * 43}" for name, letter in (("PTY-1", "A"), ("PTY-2", "B"), ("PTY-3", "C"))}


def party(
    identity: str, *roles: str, since: str = "2026-01-01", until: str = "", **more: object
) -> Signatory:
    mandate = Mandate(since, until, frozenset(role.casefold() for role in roles))
    return Signatory(identity, identity, (mandate,), (), (Key("ssh", KEYS[identity], since, ""),))._replace(
        **more
    )


def signed(party: str = "PTY-1", **fields: object) -> Signed:
    made = entry(party=party, key=KEYS[party], **fields)
    return Signed(made, digest(encode(made)), "", made.key)


def standings(*entries: Signed, parties: tuple[Signatory, ...] = (), **more: object) -> Standings:
    known = parties or (party("PTY-1", "Director"), party("PTY-2", "Counsel"), party("PTY-3"))
    ledgers: dict[str, list[Signed]] = {}
    for item in entries:
        ledgers.setdefault(item.entry.artifact, []).append(item)
    register = Register({item.id: item for item in known}, {}, {})._replace(**more)
    found = {key: Ledger(key, tuple(value)) for key, value in ledgers.items()}
    return Standings(NONE, register, found, Contents(NONE, lambda _: None))


def judged(*entries: Signed, policy: Policy, authors: tuple[str, ...] = (), **more: object) -> Standing:
    return standings(*entries, **more).judge("REQ-1", "1.0", CONTENT, policy, authors)


BOTH = Policy(before=("Director", "Counsel"))
DIRECTOR = Policy(before=("Director",))


def test_every_role_is_asked_for():
    found = judged(signed(), policy=BOTH)
    assert (found.missing, found.approved, found.issuable) == (("Counsel",), False, False)
    found = judged(signed(), signed("PTY-2", role="counsel"), policy=BOTH)
    assert (found.missing, found.approved, found.issuable) == ((), True, True)


def test_what_signs_the_pdf_is_not_waited_for_before_it_is_issued():
    found = judged(signed(), policy=Policy(before=("Director",), on=("Counsel",)))
    assert (found.missing, found.approved, found.issuable) == (("Counsel",), False, True)


@pytest.mark.parametrize(("quorum", "approved"), [(1, True), (2, True), (3, False), (9, False)])
def test_a_quorum_is_of_different_people(quorum, approved):
    both = party("PTY-1", "Director", "Counsel")
    entries = (signed(), signed(role="Counsel"), signed("PTY-2", role="Clerk"))
    policy = Policy(before=("Director", "Counsel", "Clerk", "King"), quorum=quorum)
    found = judged(*entries, policy=policy, parties=(both, party("PTY-2", "Clerk")))
    assert found.approved is approved


def test_another_version_and_other_content_do_not_count():
    assert judged(signed(version="1.1"), policy=DIRECTOR).missing == ("Director",)
    assert judged(signed(content=OTHER), policy=DIRECTOR).missing == ("Director",)


def test_other_content_of_an_approved_version_is_an_edit_and_of_one_that_never_was_is_none():
    assert [item.entry.content for item in judged(signed(content=OTHER), policy=DIRECTOR).earlier] == [OTHER]
    assert judged(signed(content=OTHER), policy=BOTH).earlier == ()
    assert judged(signed(content=OTHER, version="0.9"), policy=DIRECTOR).earlier == ()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-12-31", "the mandate of PTY-1 as Director did not hold on 2025-12-31"),
        ("2026-01-01", ""),
        ("2026-06-30", ""),
        ("2026-07-01", "the mandate of PTY-1 as Director did not hold on 2026-07-01"),
    ],
)
def test_a_mandate_holds_from_its_first_day_to_its_last(day, words):
    director = party("PTY-1", "Director", until="2026-06-30")
    key = Key("ssh", KEYS["PTY-1"], "2020-01-01", "")
    found = judged(
        signed(date=f"{day}T09:00:00Z"), policy=DIRECTOR, parties=(director._replace(keys=(key,)),)
    )
    assert found.votes[0].uncounted.startswith(words)
    assert found.approved is not bool(words)


def test_a_mandate_of_before_goes_on_counting():
    now = party("PTY-1", "Director", since="2026-06-01")
    before = Mandate("2025-01-01", "2026-05-31", frozenset(("director",)))
    held = now._replace(mandates=(*now.mandates, before), keys=(Key("ssh", KEYS["PTY-1"], "2025-01-01", ""),))
    assert judged(signed(), policy=DIRECTOR, parties=(held,)).approved


def test_a_deputy_signs_for_whom_it_stands_in_and_for_no_other():
    director = party("PTY-1", "Director")._replace(deputies=("PTY-3",))
    parties = (director, party("PTY-2", "Director"), party("PTY-3"))
    assert judged(signed("PTY-3", on_behalf="PTY-1"), policy=DIRECTOR, parties=parties).approved
    found = judged(signed("PTY-3", on_behalf="PTY-2"), policy=DIRECTOR, parties=parties)
    assert found.votes[0].uncounted == "PTY-3 is no deputy of PTY-2"
    found = judged(signed("PTY-3"), policy=DIRECTOR, parties=parties)
    assert found.votes[0].uncounted == "PTY-3 has no mandate as Director"


def test_a_revoked_key_counts_for_what_its_revocation_knows():
    known, unknown = signed(), signed(role="Counsel")
    parties = (party("PTY-1", "Director", "Counsel"),)
    gone = {KEYS["PTY-1"]: Revocation("2026-03-03T00:00:00Z", "PTY-2", frozenset((known.digest,)))}
    found = judged(known, unknown, policy=BOTH, parties=parties, revoked=gone)
    assert found.missing == ("Counsel",)
    assert found.votes[1].uncounted.endswith("which does not know of this entry")


def test_the_last_decision_of_a_role_counts():
    first = signed()
    against = signed(decision="reject", date="2026-03-03T09:00:00Z", heads=(first.digest,))
    again = signed(date="2026-03-04T09:00:00Z", heads=(against.digest,))
    assert judged(first, against, policy=DIRECTOR).rejected
    assert judged(first, against, again, policy=DIRECTOR).approved


def test_of_two_that_did_not_know_of_each_other_the_one_against_counts():
    against = signed(decision="reject")
    for order in ((signed(), against), (against, signed())):
        assert judged(*order, policy=DIRECTOR).rejected


def test_only_who_made_a_decision_takes_it_back():
    first = signed()
    taken = {"decision": "withdraw", "date": "2026-03-03T09:00:00Z", "evidence": {"entry": first.digest}}
    assert judged(first, signed("PTY-2", **taken), policy=DIRECTOR).approved
    assert judged(first, signed(**taken), policy=DIRECTOR).missing == ("Director",)
    forged = structs.replace(signed(**taken), entry=structs.replace(signed(**taken).entry, key=KEYS["PTY-2"]))
    assert judged(first, forged, policy=DIRECTOR).approved


def test_authors_do_not_approve_alone():
    assert judged(signed(), policy=DIRECTOR, authors=("PTY-1", "PTY-2")).alone
    assert not judged(signed(), policy=DIRECTOR, authors=("PTY-2",)).alone
    assert not judged(signed(), signed("PTY-2", role="Counsel"), policy=BOTH, authors=("PTY-1",)).alone
    assert not judged(signed(), policy=structs.replace(DIRECTOR, author_alone=True), authors=("PTY-1",)).alone
    assert not judged(policy=DIRECTOR, authors=("PTY-1",)).alone


def test_who_approves_a_deliverable_approves_what_it_holds_as_it_was():
    holds = {"REQ-1": Pinned("1.0", CONTENT)}
    with_it = signed(artifact="DLV-1", content=OTHER, holds=holds)
    found = judged(with_it, policy=DIRECTOR)
    assert found.approved
    assert found.votes[0].through == "DLV-1"
    assert not standings(with_it).judge("REQ-1", "1.1", OTHER, DIRECTOR).approved
    against = signed(decision="reject")
    assert judged(with_it, against, policy=DIRECTOR).rejected


def test_a_signature_in_a_pdf_counts_for_whose_certificate_it_is():
    certificate = "ab" * 32
    key = Key("x509", certificate, "2026-01-01", "2026-12-31")
    director = party("PTY-1", "Director")
    parties = (director._replace(keys=(*director.keys, key)), party("PTY-3"))
    evidence = {"certificate": certificate, "signed": "2026-03-01T10:00:00Z"}
    taken = signed("PTY-3", decision="receive", evidence=evidence)
    assert judged(taken, policy=DIRECTOR, parties=parties).approved
    assert judged(taken, policy=DIRECTOR, parties=parties, authors=("PTY-1",)).alone
    assert not judged(taken, policy=DIRECTOR, parties=parties, authors=("PTY-3",)).alone
    late = signed("PTY-3", decision="receive", evidence=evidence | {"signed": "2027-01-01T00:00:00Z"})
    found = judged(late, policy=DIRECTOR, parties=parties)
    assert found.votes[0].uncounted == "the certificate of PTY-1 did not count on 2027-01-01"
    other = signed("PTY-3", decision="receive", evidence={"certificate": "cd" * 32})
    found = judged(other, policy=DIRECTOR, parties=parties)
    assert found.votes[0].uncounted == "the certificate of the signature belongs to no party"


def test_a_deliverable_is_signed_by_those_that_it_names():
    fields = {"required_signatures": ["Sponsor", "Director"]}
    artifact = Artifact("DLV-1", "deliverable", "", 1, 1, 1, Header("", 1, 1), fields)
    assert policy_of(artifact, {"deliverable": DIRECTOR}) == Policy(before=("Director",), on=("Sponsor",))
    stated = Policy(on=("Counsel",))
    assert policy_of(artifact, {"deliverable": stated}) == stated
    assert policy_of(artifact, {"requirement": DIRECTOR}) is None
