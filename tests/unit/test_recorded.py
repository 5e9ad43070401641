"""What the record of a document counts for: entries of keys that were revoked."""

import pytest

from pipeline.model import Entry, Ledger, Signed
from pipeline.model.ledger import FORM
from pipeline.outputs.recorded import Record, judge_record

LOST, CARD = "SHA256:lost", "c" * 64


def entry(decision: str, signer: str, date: str, artifact: str = "DLV-001", **evidence: object) -> Signed:
    made = Entry(
        artifact, "1.0", "sha256:1", decision, "Director", "PTY-001", "Ann Unreal", date, signer, (), FORM,
        evidence=evidence,
    )  # fmt: skip
    return Signed(made, f"sha256:{decision}-{date}", f"{artifact}/{decision}-{date}.json", signer)


def codes(*entries: Signed, revoked: str, known: tuple[str, ...] = ()) -> list[str]:
    since = "2026-03-01T09:00:00Z"
    gone = entry(
        "revoke-key", "SHA256:other", since, "PTY-001", key=revoked, since=since, entries=list(known)
    )
    issued = entry("issue", "SHA256:clerk", "2026-01-02T09:00:00Z", sha256="base")
    ledgers = {"DLV-001": Ledger("DLV-001", (issued, *entries)), "PTY-001": Ledger("PTY-001", (gone,))}
    return [
        reason.code for reason in judge_record(Record("approvals", ledgers), "DLV-001", "1.0", "base").reasons
    ]


def test_what_was_known_when_a_key_was_revoked_goes_on_counting():
    early = entry("approve", LOST, "2026-01-03T09:00:00Z")
    assert codes(early, revoked=LOST, known=(early.digest,)) == []


@pytest.mark.parametrize("date", ["2026-01-03T09:00:00Z", "2026-04-01T09:00:00Z"])
def test_whoever_has_a_revoked_key_makes_no_entry_whatever_date_it_states(date: str):
    assert codes(entry("approve", LOST, date), revoked=LOST) == ["ledger.revoked-key"]


@pytest.mark.parametrize(
    ("signed", "expected"), [("2026-02-01T09:00:00Z", []), ("2026-03-02T09:00:00Z", ["ledger.revoked-key"])]
)
def test_a_certificate_counts_by_the_time_of_the_signature(signed: str, expected: list[str]):
    taken = entry("receive", "SHA256:clerk", "2026-03-05T09:00:00Z", certificate=CARD, signed=signed)
    assert codes(taken, revoked=CARD) == expected
