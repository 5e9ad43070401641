"""Approvals: what a ledger holds, what a policy asks for, and where an artifact stands by the two.

A digest is written `sha256:` and 64 hexadecimal digits; a key is named by its fingerprint as ssh-keygen shows it.
"""

from typing import Annotated, Any

from msgspec import Meta, Struct

FORM = "paraph.entry/1"
# What may be written into a ledger. `FOR` are the decisions by which a role is in.
DECISIONS = (
    "approve",
    "approve-with-conditions",
    "reject",
    "withdraw",
    "issue",
    "receive",
    "refuse",
    "renew",
    "revoke-key",
)
FOR = ("approve", "approve-with-conditions", "receive")
AGAINST = ("reject", "refuse")
# What is said of a party that is a draft, or in review, after its ID.
NOT_YET = "does not sign before it is approved itself"
# The ledger of the policies themselves, which are no artifact.
POLICIES = "POLICIES"


class Reason(Struct, frozen=True):
    """Why something does not hold: a stable code such as `ledger.forged`, where (a path or an ID), and in words."""

    code: str
    where: str
    message: str


class Pinned(Struct, frozen=True, forbid_unknown_fields=True):
    """Which version of an artifact, and the digest of its content."""

    version: str
    content: str


class Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"on_behalf": "for"}):
    """One entry of a ledger, as it is written and signed.

    `content` is the digest of the artifact at `version`; `upstream` has what it links up to, `holds` what a deliverable
    is composed of, each by its ID (a page by its path). `party` signs with `key`; `on_behalf` is the party whose deputy
    it is, or ''. `heads` are the entries of the same ledger that nothing had followed yet when this one was made.
    `date` is in UTC, as 2026-03-31T09:15:00Z. `evidence` holds what the decision rests on, such as a file's digest.
    """

    artifact: str
    version: str
    content: str
    decision: str
    role: str
    party: str
    name: str
    date: str
    key: str
    heads: tuple[str, ...]
    form: str
    on_behalf: str = ""
    reason: str = ""
    conditions: tuple[str, ...] = ()
    upstream: dict[str, Pinned] = {}
    holds: dict[str, Pinned] = {}
    evidence: dict[str, Any] = {}


class Signed(Struct, frozen=True):
    """An entry with its digest and the path of its file from the project's folder. `signer` is the fingerprint of the
    key that signed it, '' where signatures could not be verified."""

    entry: Entry
    digest: str
    path: str
    signer: str = ""

    @property
    def day(self) -> str:
        """The day of the entry, as 2026-03-31."""
        return self.entry.date[:10]


class Ledger(Struct, frozen=True):
    """The entries of one artifact, each after all that it saw, and what is wrong with the files.

    What is wrong with its own file or signature is no entry: it is among the faults alone.
    """

    id: str
    entries: tuple[Signed, ...] = ()
    faults: tuple[Reason, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """The digests of the entries that no other has seen, sorted."""
        seen = {head for item in self.entries for head in item.entry.heads}
        return tuple(sorted(item.digest for item in self.entries if item.digest not in seen))


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """Who approves an artifact of a kind.

    `before` are the roles whose approval stands in the ledger, `on` those that sign the PDF; for a deliverable without
    `on` its required signatures do. `quorum` is how many different people are enough, 0 for every role. Where
    `author_alone` is set, an author may be the only one.
    """

    before: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    quorum: Annotated[int, Meta(ge=0)] = 0
    author_alone: bool = False


class Vote(Struct, frozen=True):
    """Where one role of a policy stands: `decision` is '' while nothing that counts was entered.

    `by` is the entry, which may stand in the ledger of a deliverable that holds the artifact: `through` is its ID.
    `uncounted` says of the last entry that does not count why.
    """

    role: str
    on: bool = False
    decision: str = ""
    by: Signed | None = None
    through: str = ""
    uncounted: str = ""

    @property
    def favourable(self) -> bool:
        """Whether the role is in."""
        return self.decision in FOR


class Standing(Struct, frozen=True):
    """Where an artifact stands by its policy and the ledgers, with the content that it has now.

    `content` is its digest. `earlier` are the approvals of other content of the same version, where all were in; `last`
    is the last approval of all, from which its links were known good. `moved` is what of a deliverable, itself
    included, differs from those earlier approvals. `alone` says that only authors approved.
    """

    id: str
    version: str
    content: str
    policy: Policy
    votes: tuple[Vote, ...] = ()
    earlier: tuple[Signed, ...] = ()
    last: Signed | None = None
    moved: tuple[str, ...] = ()
    alone: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles that are not in, in the order of the policy; none where a quorum is reached without them."""
        return _missing(self.votes, self.policy)

    @property
    def issuable(self) -> bool:
        """Whether all that must be in before it is issued for signature is in."""
        before = tuple(vote for vote in self.votes if not vote.on)
        return not self.rejected and not _missing(before, self.policy)

    @property
    def rejected(self) -> tuple[Vote, ...]:
        """The roles that rejected it as it is."""
        return tuple(vote for vote in self.votes if vote.decision in AGAINST)

    @property
    def approved(self) -> bool:
        """Whether all that the policy asks for is there."""
        return not self.missing and not self.rejected and not self.alone

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions under which it was approved."""
        return tuple(
            text for vote in self.votes if vote.favourable and vote.by for text in vote.by.entry.conditions
        )


def _missing(votes: tuple[Vote, ...], policy: Policy) -> tuple[str, ...]:
    absent = tuple(vote.role for vote in votes if not vote.favourable)
    if not absent or not policy.quorum:
        return absent
    people = {vote.by.entry.party for vote in votes if vote.favourable and vote.by}
    return () if len(people) >= min(policy.quorum, len(votes)) else absent
