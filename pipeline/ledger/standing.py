"""Where artifacts stand: which roles of their policy are in, by which entries, and which are missing."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import structs

from pipeline.ledger.contents import Contents
from pipeline.ledger.register import Register, people
from pipeline.model import Artifact, Ledger, Policy, Programme, Signed, Standing, Vote
from pipeline.model.ledger import AGAINST, FOR

DELIVERABLE = "deliverable"


def policy_of(artifact: Artifact, policies: Mapping[str, Policy]) -> Policy | None:
    """Who approves an artifact; None where its kind has no policy. A deliverable is signed by those that it names."""
    policy = policies.get(artifact.kind)
    if policy is None or policy.on or artifact.kind != DELIVERABLE:
        return policy
    named = artifact.fields.get("required_signatures")
    on = tuple(item for item in named if isinstance(item, str)) if isinstance(named, list) else ()
    return structs.replace(policy, on=tuple(role for role in on if role not in policy.before))


class Standings:
    """Judges artifacts by one register, with the ledgers of a programme and the digests of what it says now."""

    def __init__(
        self,
        programme: Programme,
        register: Register,
        ledgers: Mapping[str, Ledger],
        contents: Contents,
    ) -> None:
        self.register = register
        self._programme, self._ledgers, self._contents = programme, ledgers, contents
        self._faults: dict[str, str] = {}
        self._holding = self._index()

    def all(self) -> dict[str, Standing]:
        """Where every artifact of a kind with a policy stands, by ID; artifacts that stand twice are left out."""
        found = {}
        for identity, artifact in sorted(self._programme.artifacts.items()):
            if identity not in self._programme.twins and not artifact.partial:
                standing = self.of(artifact)
                if standing is not None:
                    found[identity] = standing
        return found

    def of(self, artifact: Artifact) -> Standing | None:
        """Where an artifact stands; None where its kind has no policy."""
        policy = policy_of(artifact, self.register.policies)
        if policy is None:
            return None
        content = self._contents.of(artifact)
        standing = self.judge(artifact.id, artifact.version, content, policy, authors_of(artifact))
        return self._with_moved(standing, artifact) if standing.earlier else standing

    def _with_moved(self, standing: Standing, artifact: Artifact) -> Standing:
        """What of a deliverable differs from when it was approved."""
        now, then = self._contents.holds(artifact), standing.earlier[-1].entry.holds
        moved = [identity for identity in {**then, **now} if now.get(identity) != then.get(identity)]
        return structs.replace(standing, moved=tuple(sorted(moved)))

    def judge(
        self, identity: str, version: str, content: str, policy: Policy, authors: Iterable[str] = ()
    ) -> Standing:
        """Where what is called `identity` stands, with some content, by a policy."""
        entries = self._entries(identity)
        votes = self._votes(identity, version, content, policy)
        approvers = {self.person(vote.by) for vote in votes if vote.favourable and vote.by}
        written = people(authors, self.register.parties)
        alone = bool(approvers) and not policy.author_alone and approvers <= written
        good = [item for item in entries if item.entry.decision in FOR and not self.fault(item)]
        withdrawn = self.withdrawn(entries)
        good = [item for item in good if item.digest not in withdrawn]
        earlier = self._earlier(identity, version, content, policy, good)
        last = good[-1] if good else None
        return Standing(identity, version, content, policy, votes, earlier, last, alone=alone)

    def fault(self, item: Signed) -> str:
        """Why an entry does not count, or ''."""
        if item.digest not in self._faults:
            self._faults[item.digest] = self.register.fault(item)
        return self._faults[item.digest]

    def withdrawn(self, entries: Iterable[Signed]) -> set[str]:
        """The entries that the one who made them, or for whom they were made, took back."""
        by_digest = {item.digest: item.entry for item in entries}
        found = set()
        for item in entries:
            taken = str(item.entry.evidence.get("entry", "")) if item.entry.decision == "withdraw" else ""
            meant = by_digest.get(taken)
            mine = meant is not None and item.entry.party in (meant.party, meant.on_behalf)
            if mine and not self.fault(item):
                found.add(taken)
        return found

    def person(self, item: Signed) -> str:
        """Who signed: for a signature in a PDF, the party of the certificate, not the clerk who took it back."""
        certificate = str(item.entry.evidence.get("certificate", ""))
        signer = self.register.owner(certificate) if certificate else None
        return signer.id if signer else item.entry.party

    def _entries(self, identity: str) -> tuple[Signed, ...]:
        ledger = self._ledgers.get(identity)
        return ledger.entries if ledger else ()

    def _index(self) -> dict[tuple[str, str], list[Signed]]:
        """The entries of deliverables by what they hold, ID and digest."""
        found: dict[tuple[str, str], list[Signed]] = {}
        for ledger in self._ledgers.values():
            withdrawn = self.withdrawn(ledger.entries)
            for item in ledger.entries:
                if item.entry.decision in FOR and item.digest not in withdrawn:
                    for identity, held in item.entry.holds.items():
                        found.setdefault((identity, held.content), []).append(item)
        return found

    def _votes(self, identity: str, version: str, content: str, policy: Policy) -> tuple[Vote, ...]:
        entries = self._entries(identity)
        current = [item for item in entries if (item.entry.version, item.entry.content) == (version, content)]
        withdrawn = self.withdrawn(entries)
        order = _ancestors(entries)
        roles = [(role, False) for role in policy.before]
        roles += [(role, True) for role in policy.on if role not in policy.before]
        votes = []
        for role, on in roles:
            mine = [item for item in current if _is(item, role) and item.entry.decision in (*FOR, *AGAINST)]
            mine = [item for item in mine if item.digest not in withdrawn]
            vote = self._vote(Vote(role, on), mine, order)
            if not vote.decision:
                vote = self._through(vote, self._holding.get((identity, content), ()))
            votes.append(vote)
        return tuple(votes)

    def _vote(self, vote: Vote, mine: list[Signed], order: Mapping[str, set[str]]) -> Vote:
        """What counts of a role's entries: the last, and of two that did not know of each other the one against."""
        good = [item for item in mine if not self.fault(item)]
        seen = {digest for item in good for digest in order[item.digest]}
        final = [item for item in good if item.digest not in seen]
        against = [item for item in final if item.entry.decision in AGAINST]
        if final:
            by = (against or final)[-1]
            return structs.replace(vote, decision=by.entry.decision, by=by)
        return structs.replace(vote, uncounted=self.fault(mine[-1])) if mine else vote

    def _through(self, vote: Vote, entries: Iterable[Signed]) -> Vote:
        """The role's approval of a deliverable that holds the artifact as it is."""
        for item in entries:
            if _is(item, vote.role) and not self.fault(item):
                decision, through = item.entry.decision, item.entry.artifact
                return structs.replace(vote, decision=decision, by=item, through=through, uncounted="")
        return vote

    def _earlier(
        self, identity: str, version: str, content: str, policy: Policy, good: list[Signed]
    ) -> tuple[Signed, ...]:
        """The approvals of other content of the same version, where they were all that the policy asks for."""
        found: tuple[Signed, ...] = ()
        others = {item.entry.content: None for item in good if item.entry.version == version}
        for other in others:
            if other != content:
                votes = self._votes(identity, version, other, policy)
                standing = Standing(identity, version, other, policy, votes)
                if not standing.missing:
                    found = tuple(vote.by for vote in votes if vote.by is not None)
        return found


def _is(item: Signed, role: str) -> bool:
    return item.entry.role.casefold() == role.casefold()


def authors_of(artifact: Artifact) -> Iterator[str]:
    """Who wrote it: its authors, or its owner where it names none."""
    stated = artifact.fields.get("authors")
    named = [item for item in stated if isinstance(item, str)] if isinstance(stated, list) else []
    owner = artifact.fields.get("owner")
    yield from named or ([owner] if isinstance(owner, str) else [])


def _ancestors(entries: Iterable[Signed]) -> dict[str, set[str]]:
    """All that each entry had before it; they come after those that they saw."""
    found: dict[str, set[str]] = {}
    for item in entries:
        mine: set[str] = set()
        for head in item.entry.heads:
            mine |= {head} | found.get(head, set())
        found[item.digest] = mine
    return found
