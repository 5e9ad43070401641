"""Who may sign, in which role, with which key, on which day: what the parties say, and which keys were revoked."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.model import Artifact, Kind, Ledger, Policy, Programme, Signed
from pipeline.model.ledger import NOT_YET

# The kind whose policy says who approves a change of who may sign: of parties, and of the policies themselves.
SIGNERS = "party"


class Mandate(NamedTuple):
    """From when until when ('' for until further notice), and in which roles, without regard to case."""

    since: str
    until: str
    roles: frozenset[str]

    def covers(self, day: str) -> bool:
        """Whether a day is one of its days."""
        return self.since <= day and (not self.until or day <= self.until)


class Key(NamedTuple):
    """A key and the days on which a signature by it counts. `sort` is ssh or x509."""

    sort: str
    fingerprint: str
    since: str
    until: str

    def covers(self, day: str) -> bool:
        """Whether a day is one of its days."""
        return self.since <= day and (not self.until or day <= self.until)


class Signatory(NamedTuple):
    """A party as one who signs."""

    id: str
    name: str
    mandates: tuple[Mandate, ...]
    deputies: tuple[str, ...]
    keys: tuple[Key, ...]

    def holds(self, role: str, day: str) -> bool:
        """Whether it may sign in a role on a day."""
        return any(role.casefold() in mandate.roles and mandate.covers(day) for mandate in self.mandates)

    def key(self, fingerprint: str) -> Key | None:
        """Its key of a fingerprint; where one was given it for several times, the first."""
        return next((key for key in self.keys if key.fingerprint == fingerprint), None)


class Revocation(NamedTuple):
    """From when on a key no longer counts, and the entries of before that do."""

    since: str
    by: str
    known: frozenset[str]


class Register(NamedTuple):
    """All who may sign, the keys that were revoked, and the policies.

    `pending` are parties that are drafts, or in review. `unsure` are those of whom not all could be read: what is wrong
    there is told there, and they are believed.
    """

    parties: dict[str, Signatory]
    revoked: dict[str, Revocation]
    policies: Mapping[str, Policy]
    unsure: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()

    def owner(self, fingerprint: str) -> Signatory | None:
        """The party that a key belongs to."""
        return next((item for item in self.parties.values() if item.key(fingerprint)), None)

    def holders(self, role: str, day: str) -> list[Signatory]:
        """The parties that may sign in a role on a day."""
        return [item for item in self.parties.values() if item.holds(role, day)]

    def key_fault(self, item: Signed) -> str:
        """Why the key of an entry does not count for the party that it names, in words; '' where it does."""
        entry = item.entry
        party = self.parties.get(entry.party)
        if entry.party in self.unsure:
            return ""
        if entry.party in self.pending:
            return f"{entry.party} {NOT_YET}"
        if party is None:
            return f"there is no party {entry.party}"
        keys = [key for key in party.keys if key.fingerprint == entry.key]
        if not keys:
            return f"{entry.key} is no key of {party.id}"
        if not any(key.covers(item.day) for key in keys):
            return f"the key of {party.id} did not count on {item.day}: {_times(keys)}"
        gone = self.revoked.get(entry.key)
        if gone and entry.decision != "revoke-key" and item.digest not in gone.known:
            when = "" if entry.date >= gone.since else ", which does not know of this entry"
            return f"the key of {party.id} was revoked by {gone.by} on {gone.since[:10]}{when}"
        return ""

    def fault(self, item: Signed) -> str:
        """Why an entry does not count, in words; '' where it does: key, mandate, role, and who stands in for whom."""
        entry = item.entry
        wrong = self.key_fault(item)
        # What the one who keeps the ledger enters for others. A refusal is often said, and only holds things up.
        if wrong or entry.decision in ("withdraw", "revoke-key", "issue", "refuse", "renew"):
            return wrong
        if entry.decision == "receive" and "certificate" in entry.evidence:
            return self._received(item)
        return self.role_fault(entry.party, entry.on_behalf, entry.role, item.day)

    def role_fault(self, identity: str, on_behalf: str, role: str, day: str) -> str:
        """Why a party may not sign in a role on a day, for itself or as the deputy of another; '' where it may."""
        party = self.parties.get(on_behalf or identity)
        if (on_behalf or identity) in self.unsure:
            return ""
        if on_behalf in self.pending:
            return f"{on_behalf} {NOT_YET}"
        if party is None:
            return f"there is no party {on_behalf or identity}"
        if on_behalf and identity not in party.deputies:
            return f"{identity} is no deputy of {on_behalf}"
        if party.holds(role, day):
            return ""
        mine = [mandate for mandate in party.mandates if role.casefold() in mandate.roles]
        if not mine:
            return f"{party.id} has no mandate as {role}"
        times = ", ".join(_time(mandate.since, mandate.until) for mandate in mine)
        return f"the mandate of {party.id} as {role} did not hold on {day}: it holds {times}"

    def _received(self, item: Signed) -> str:
        """Why a signature in a PDF, which a clerk took back, does not count for its role."""
        evidence = item.entry.evidence
        day = str(evidence.get("signed", item.day))[:10]
        certificate = str(evidence.get("certificate", ""))
        signer = self.owner(certificate)
        if signer is None:
            return "the certificate of the signature belongs to no party"
        if not any(key.covers(day) for key in signer.keys if key.fingerprint == certificate):
            return f"the certificate of {signer.id} did not count on {day}"
        gone = self.revoked.get(certificate)
        if gone and day >= gone.since[:10] and item.digest not in gone.known:
            return f"the certificate of {signer.id} was revoked on {gone.since[:10]}"
        own = self.role_fault(signer.id, "", item.entry.role, day)
        if not own:
            return ""
        deputised = any(signer.id in holder.deputies for holder in self.holders(item.entry.role, day))
        return "" if deputised else own


def register_from(
    parties: Iterable[Artifact],
    kinds: Mapping[str, Kind],
    policies: Mapping[str, Policy],
    ledgers: Iterable[Ledger],
    unsure: frozenset[str] = frozenset(),
) -> Register:
    """The register that parties make, by some policies, with the keys that ledgers revoke.

    A party that is a draft, or in review, does not count yet.
    """
    every = list(parties)
    signatories = {item.id: _signatory(item) for item in every if _counts(item, kinds)}
    pending = frozenset(item.id for item in every) - signatories.keys() - unsure
    register = Register(signatories, {}, policies, unsure, pending)
    entries = {item.digest: item for ledger in ledgers for item in ledger.entries}
    for item in sorted(entries.values(), key=lambda one: (one.entry.date, one.digest)):
        if item.entry.decision == "revoke-key" and may_revoke(register, item):
            evidence = item.entry.evidence
            key, since = str(evidence.get("key", "")), str(evidence.get("since") or item.entry.date)
            known = evidence.get("entries")
            kept = frozenset(known) if isinstance(known, list) else frozenset()
            before = register.revoked.get(key)
            if before is None or since < before.since:
                register.revoked[key] = Revocation(since, item.entry.party, kept)
    return register


def register_of(
    programme: Programme, policies: Mapping[str, Policy], ledgers: Mapping[str, Ledger]
) -> Register:
    """The register that the parties of a programme make, by some policies, with the keys that ledgers revoke."""
    return register_from(parties_of(programme), programme.kinds, policies, ledgers.values())


def parties_of(programme: Programme) -> list[Artifact]:
    """The parties of a programme, without those whose ID stands twice."""
    return [
        item
        for item in programme.artifacts.values()
        if item.kind == SIGNERS and item.id not in programme.twins
    ]


def _counts(party: Artifact, kinds: Mapping[str, Kind]) -> bool:
    kind = kinds.get(party.kind)
    state = kind.states.get(party.status) if kind else None
    return state is not None and (state.settled or state.phase == "ended")


def may_revoke(register: Register, item: Signed) -> bool:
    """Whether the one who signed an entry may revoke a key of the party whose ledger it is in."""
    entry = item.entry
    if register.key_fault(item):
        return False
    if entry.party == entry.artifact:
        return True
    policy, signer = register.policies.get(SIGNERS, Policy()), register.parties.get(entry.party)
    return signer is not None and any(signer.holds(role, item.day) for role in (*policy.before, *policy.on))


def people(names: Iterable[str], parties: Mapping[str, Signatory]) -> set[str]:
    """Authors or signers by the IDs of their parties, or by name where they have none."""
    by_name = {party.name: party.id for party in parties.values() if party.name}
    return {by_name.get(name, name) for name in names}


def _signatory(artifact: Artifact) -> Signatory:
    fields = artifact.fields
    deputies = tuple(link.target for link in artifact.links if link.role == "deputies")
    return Signatory(
        artifact.id, _text(fields.get("name")), tuple(_mandates(artifact)), deputies, tuple(_keys(artifact))
    )


def _mandates(artifact: Artifact) -> Iterator[Mandate]:
    """The mandate that a party has, and those that it, or who held the role before, had."""
    stated = artifact.fields.get("mandate")
    roles = {_text(artifact.fields.get("role")), *_texts(_table(stated).get("roles"))}
    former = artifact.fields.get("former_mandates")
    for item in (stated, *(former if isinstance(former, list) else ())):
        table = _table(item)
        if _text(table.get("from")):
            mine = roles | set(_texts(table.get("roles")))
            yield Mandate(
                _text(table["from"]),
                _text(table.get("until")),
                frozenset(role.casefold() for role in mine if role),
            )


def _keys(artifact: Artifact) -> Iterator[Key]:
    stated: Any = artifact.fields.get("keys")
    for item in stated if isinstance(stated, list) else ():
        table = _table(item)
        key = Key(*(_text(table.get(name)) for name in ("type", "fingerprint", "from", "until")))
        if key.fingerprint and key.since:
            yield key


def _times(keys: Iterable[Key]) -> str:
    return "it counts " + ", ".join(_time(key.since, key.until) for key in keys)


def _time(since: str, until: str) -> str:
    return f"from {since} to {until}" if until else f"from {since}"


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
