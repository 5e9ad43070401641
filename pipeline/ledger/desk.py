"""Where decisions are entered: what an entry will say, or why there can be none."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from msgspec import structs

from pipeline.ledger.contents import Contents, digest_of_policies
from pipeline.ledger.register import SIGNERS, Register, Signatory, may_revoke, people, register_of
from pipeline.ledger.standing import Standings, authors_of, policy_of
from pipeline.model import Artifact, Entry, Ledger, Pinned, Policy, Programme, Signed, Standing
from pipeline.model.ledger import AGAINST, FOR, FORM, POLICIES

# What an entry is signed with is filled in by who signs it; this only has its form.
_NO_KEY = f"SHA256:{'A' * 43}"


class Refused(Exception):
    """A decision cannot be entered; `hint` says what can be done."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Subject(NamedTuple):
    """What a decision is about. The policies themselves are no artifact."""

    id: str
    version: str
    content: str
    policy: Policy
    upstream: dict[str, Pinned]
    holds: dict[str, Pinned]
    artifact: Artifact | None


class Asked(NamedTuple):
    """What somebody wants to enter: the decision and its role, the fingerprint of their key, the moment, why."""

    decision: str
    role: str
    key: str
    date: str
    reason: str = ""
    conditions: tuple[str, ...] = ()


class Desk:
    """The ledgers of a programme, ready for the next entry."""

    def __init__(self, programme: Programme, policies: dict[str, Policy], contents: Contents) -> None:
        self.programme, self._contents = programme, contents
        self.register: Register = register_of(programme, policies, programme.ledgers)
        self.standings = Standings(programme, self.register, programme.ledgers, contents)

    def subject(self, identity: str) -> Subject:
        """What an ID names, with what it says now. Raises Refused where nobody approves that."""
        policies = self.register.policies
        if identity == POLICIES:
            policy = policies.get(SIGNERS)
            if policy is None:
                raise Refused("no policy says who approves the policies", "name roles under policies.party")
            return Subject(POLICIES, "", digest_of_policies(policies), policy, {}, {}, None)
        artifact = self.programme.artifacts.get(identity)
        if artifact is None:
            near = get_close_matches(identity.upper(), self.programme.artifacts, n=1)
            raise Refused(f"there is no artifact {identity}", f"did you mean {near[0]}?" if near else "")
        if identity in self.programme.twins:
            raise Refused(f"{identity} stands more than once", "give each artifact an ID of its own")
        own = policy_of(artifact, policies)
        if own is None:
            kinds = f"; there are policies for {', '.join(sorted(policies))}" if policies else ""
            hint = f"the setting policies.{artifact.kind} would name the roles{kinds}"
            raise Refused(f"no policy asks anybody to approve a {artifact.kind}", hint)
        upstream, holds = self._contents.upstream(artifact), self._contents.holds(artifact)
        content = self._contents.of(artifact)
        return Subject(identity, artifact.version, content, own, upstream, holds, artifact)

    def standing(self, subject: Subject) -> Standing:
        """Where it stands."""
        if subject.artifact is not None:
            standing = self.standings.of(subject.artifact)
            assert standing is not None
            return standing
        return self.standings.judge(subject.id, subject.version, subject.content, subject.policy)

    def enter(self, subject: Subject, asked: Asked) -> Entry:
        """The entry of a decision for or against. Raises Refused."""
        role = self._role(subject, asked.role)
        party = self._owner(asked.key, asked.date)
        on_behalf = self._seat(party, role, asked.date[:10])
        entry = self._entry(subject, asked._replace(role=role), party, on_behalf)
        if asked.decision in FOR:
            self._refuse_approval(subject, entry)
        return entry

    def withdraw(self, subject: Subject, asked: Asked) -> tuple[Entry, Signed]:
        """The entry that takes back the last decision of the one whose key it is, and that decision. Raises Refused."""
        party = self._owner(asked.key, asked.date)
        ledger = self.programme.ledgers.get(subject.id, Ledger(subject.id))
        gone = self.standings.withdrawn(ledger.entries)
        mine = [
            item
            for item in ledger.entries
            if item.entry.decision in (*FOR, *AGAINST)
            and party.id in (item.entry.party, item.entry.on_behalf)
            and item.digest not in gone
            and asked.role.casefold() in ("", item.entry.role.casefold())
        ]
        if not mine:
            raise Refused(
                f"{party.id} has entered nothing on {subject.id} that could be withdrawn",
                f"`paraph approvals {subject.id}` shows what stands there",
            )
        taken = mine[-1]
        entry = self._entry(subject, asked._replace(role=taken.entry.role), party, "")
        return structs.replace(
            entry, version=taken.entry.version, content=taken.entry.content, upstream={}, holds={},
            evidence={"entry": taken.digest},
        ), taken  # fmt: skip

    def revoke(self, fingerprint: str, since: str, asked: Asked) -> Entry:
        """The entry that revokes a key from a moment on; what it signed before goes on counting. Raises Refused."""
        owner = self.register.owner(fingerprint)
        if owner is None:
            raise Refused(f"{fingerprint} is the key of no party", "`paraph approvals --keys` lists the keys")
        if fingerprint in self.register.revoked:
            before = self.register.revoked[fingerprint]
            raise Refused(f"{fingerprint} was revoked already, by {before.by} on {before.since[:10]}")
        party = self._owner(asked.key, asked.date)
        artifact = self.programme.artifacts[owner.id]
        subject = Subject(owner.id, artifact.version, self._contents.of(artifact), Policy(), {}, {}, artifact)
        entry = self._entry(subject, asked, party, "")
        if not may_revoke(self.register, Signed(structs.replace(entry, key=asked.key), "", "")):
            policy = self.register.policies.get(SIGNERS, Policy())
            roles = ", ".join((*policy.before, *policy.on)) or "nobody else, without policies.party"
            raise Refused(f"{party.id} may not revoke a key of {owner.id}", f"it may itself, and: {roles}")
        known = [
            item.digest
            for ledger in self.programme.ledgers.values()
            for item in ledger.entries
            if item.entry.key == fingerprint and item.entry.date < since
        ]
        evidence = {"key": fingerprint, "since": since, "entries": sorted(known)}
        return structs.replace(entry, evidence=evidence)

    def _role(self, subject: Subject, role: str) -> str:
        """The role as the policy writes it."""
        roles = (*subject.policy.before, *subject.policy.on)
        same = next((item for item in roles if item.casefold() == role.casefold()), None)
        if same is not None:
            return same
        near = get_close_matches(role, roles, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the policy names {listed(roles)}"
        raise Refused(f"{role!r} is no role that approves {subject.id}", hint)

    def _owner(self, key: str, date: str) -> Signatory:
        """The party whose key it is. Raises Refused where it is nobody's, or does not count now."""
        party = self.register.owner(key)
        if party is None:
            hint = "have it added to the keys of your party, and that approved"
            raise Refused(f"the key {key} belongs to no party that is approved", hint)
        probe = Signed(_blank(party.id, key, date), "", "")
        wrong = self.register.key_fault(probe)
        if wrong:
            raise Refused(wrong, "sign with a key of yours that counts today")
        return party

    def _seat(self, party: Signatory, role: str, day: str) -> str:
        """The party for which one signs in a role as its deputy; '' where it holds the role itself."""
        if party.holds(role, day):
            return ""
        seat = next((item for item in self.register.holders(role, day) if party.id in item.deputies), None)
        if seat is not None:
            return seat.id
        holders = self.register.holders(role, day)
        who = listed(f"{item.id} ({item.name})" if item.name else item.id for item in holders)
        hint = f"on {day} {who} may" if holders else f"no party has a mandate as {role} on {day}"
        raise Refused(self.register.role_fault(party.id, "", role, day), hint)

    def _entry(self, subject: Subject, asked: Asked, party: Signatory, on_behalf: str) -> Entry:
        ledger = self.programme.ledgers.get(subject.id, Ledger(subject.id))
        if ledger.faults:
            hint = "`paraph check` shows what; a ledger is mended before anything is added to it"
            raise Refused(f"the ledger of {subject.id} is not in order", hint)
        last = max((item.entry.date for item in ledger.entries), default="")
        if asked.date < last:
            hint = "set the clock of this machine, or leave --today out"
            raise Refused(
                f"the ledger of {subject.id} has an entry of {last}: this one would be before it", hint
            )
        return Entry(
            artifact=subject.id,
            version=subject.version,
            content=subject.content,
            decision=asked.decision,
            role=asked.role,
            party=party.id,
            name=party.name,
            date=asked.date,
            key=_NO_KEY,
            heads=ledger.heads,
            form=FORM,
            on_behalf=on_behalf,
            reason=asked.reason,
            conditions=asked.conditions,
            upstream=subject.upstream,
            holds=subject.holds,
        )

    def _refuse_approval(self, subject: Subject, entry: Entry) -> None:
        """Raise Refused where an approval would not count, or would say nothing new."""
        standing = self.standing(subject)
        if standing.earlier:
            hint = "raise the version; or restore what was approved"
            day = max(item.day for item in standing.earlier)
            message = f"version {subject.version} of {subject.id} was approved on {day} with other content"
            raise Refused(message, hint)
        vote = next(item for item in standing.votes if item.role == entry.role)
        if vote.favourable and vote.by and not vote.through and vote.by.entry.upstream == entry.upstream:
            who = vote.by.entry.party
            message = f"{entry.role} ({who}) approved {_named(subject)} on {vote.by.day} already"
            raise Refused(message, "nothing has to be done")
        others = [item for item in standing.votes if item.favourable and item.by and item.role != entry.role]
        written = people(authors_of(subject.artifact), self.register.parties) if subject.artifact else set()
        approvers = {self.standings.person(item.by) for item in others if item.by} | {entry.party}
        complete = not set(standing.missing) - {entry.role}
        if complete and approvers <= written and not subject.policy.author_alone:
            hint = "have somebody approve it who did not write it"
            raise Refused(f"{entry.party} wrote {subject.id}, and would be the only one to approve it", hint)


def _blank(party: str, key: str, date: str) -> Entry:
    return Entry("", "", "", "approve", "", party, "", date, key, (), FORM)


def _named(subject: Subject) -> str:
    return f"version {subject.version} of {subject.id}" if subject.version else subject.id


def listed(words: Iterable[str]) -> str:
    """Words in a sentence: a, b and c; nobody, where there are none."""
    *before, end = list(words) or ["nobody"]
    return f"{', '.join(before)} and {end}" if before else end
