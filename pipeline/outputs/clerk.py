"""Who enters something into a ledger: the party whose key it is, at a moment; and the entry that is to be signed."""

from functools import partial
from typing import Any

from msgspec import Struct, structs

from pipeline.errors import CouldNotRun
from pipeline.ledger.append import append
from pipeline.ledger.contents import Contents
from pipeline.ledger.moment import moment
from pipeline.ledger.register import Register, register_of
from pipeline.ledger.signature import fingerprint_of
from pipeline.model import Artifact, Entry, Ledger, Programme, Signed
from pipeline.model.ledger import FORM
from pipeline.refresh import read_bytes
from pipeline.settings import Project

Evidence = dict[str, Any]


class Clerk(Struct, frozen=True):
    """A party with the key file that it signs with and the fingerprint of that, at a moment (UTC)."""

    party: str
    name: str
    role: str
    key: str
    fingerprint: str
    moment: str


class Office(Struct, frozen=True):
    """Where entries are made: the project, its programme with the ledgers, the digests of its content, who may sign."""

    project: Project
    programme: Programme
    contents: Contents
    register: Register

    def ledger(self, artifact: Artifact) -> Ledger:
        """The ledger of an artifact. Raises CouldNotRun for one that is not whole: nothing is added to that."""
        ledger = self.programme.ledgers.get(artifact.id, Ledger(artifact.id))
        if ledger.faults:
            fault = ledger.faults[0]
            raise CouldNotRun(
                f"the ledger of {artifact.id} is not whole: {fault.message} ({fault.where})",
                "put it back as git has it, and run the command again",
            )
        return ledger

    def entry(
        self, artifact: Artifact, clerk: Clerk, decision: str, role: str, evidence: Evidence, reason: str = ""
    ) -> Entry:
        """An entry on an artifact as it is, behind all that its ledger holds."""
        return Entry(
            artifact=artifact.id,
            version=artifact.version,
            content=self.contents.of(artifact),
            decision=decision,
            role=role,
            party=clerk.party,
            name=clerk.name,
            date=clerk.moment,
            key=clerk.fingerprint,
            heads=self.ledger(artifact).heads,
            form=FORM,
            reason=reason,
            upstream=self.contents.upstream(artifact),
            holds=self.contents.holds(artifact),
            evidence=evidence,
        )

    def entry_on(
        self, issued: Entry, clerk: Clerk, decision: str, role: str, evidence: Evidence, reason: str = ""
    ) -> Entry:
        """An entry on a deliverable as it was issued, whatever it says by now."""
        now = self.entry(self.programme.artifacts[issued.artifact], clerk, decision, role, evidence, reason)
        return structs.replace(
            now,
            version=issued.version,
            content=issued.content,
            upstream=issued.upstream,
            holds=issued.holds,
        )

    def fault(self, entry: Entry) -> str:
        """Why an entry would not count, in words; '' where it would."""
        ledger = self.programme.ledgers.get(entry.artifact)
        last = max((item.entry.date for item in ledger.entries), default="") if ledger else ""
        if entry.date < last:
            return f"the ledger of {entry.artifact} has an entry of {last} already, and this one is of {entry.date}"
        return self.register.fault(Signed(entry, "", ""))

    def enter(self, entry: Entry, clerk: Clerk) -> str:
        """Sign an entry and write it; give the path of its file. Raises CouldNotRun for one that would not count."""
        if fault := self.fault(entry):
            raise CouldNotRun(f"this would not count: {fault}", "see who may sign in the register of parties")
        return append(self.project.path(self.project.settings.approvals), entry, clerk.key)

    def issues(self, artifact: Artifact) -> list[Signed]:
        """The entries by which versions of a deliverable were issued, those that count."""
        entries = self.ledger(artifact).entries
        return [item for item in entries if item.entry.decision == "issue" and not self.register.fault(item)]


def office(project: Project, programme: Programme) -> Office:
    """Where entries on the artifacts of a programme are made."""
    contents = Contents(programme, partial(read_bytes, project.root))
    return Office(
        project, programme, contents, register_of(programme, project.settings.policies, programme.ledgers)
    )


def clerk_of(place: Office, key: str) -> Clerk:
    """The party whose key a file holds, now. Raises CouldNotRun where it is nobody's."""
    fingerprint = fingerprint_of(key)
    party = place.register.owner(fingerprint)
    if party is None:
        raise CouldNotRun(
            f"{key} is the key of no party: {fingerprint}",
            "name another with --key, or add this one to the `keys` of your party and have that approved",
        )
    role = place.programme.artifacts[party.id].fields.get("role")
    clerk = Clerk(party.id, party.name, role if isinstance(role, str) else "", key, fingerprint, moment())
    probe = Entry("", "", "", "issue", "", clerk.party, "", clerk.moment, fingerprint, (), FORM)
    if fault := place.register.key_fault(Signed(probe, "", "")):
        raise CouldNotRun(fault, "name another key with --key")
    return clerk
