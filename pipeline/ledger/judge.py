"""A programme with its approvals: the ledgers, where each artifact stands by them, and the digests that count."""

from collections.abc import Mapping

from msgspec import structs

from pipeline.ledger.contents import Contents, upward
from pipeline.ledger.register import SIGNERS, Register, parties_of, register_from
from pipeline.ledger.standing import Standings
from pipeline.model import Ledger, Policy, Programme, Reason


def with_approvals(
    programme: Programme,
    home: str,
    policies: Mapping[str, Policy],
    ledgers: dict[str, Ledger],
    contents: Contents,
) -> Programme:
    """The programme with the ledgers that lie below the folder `home`, judged by its own parties and by policies."""
    parties, unsure = parties_of(programme), _unsure(programme, ledgers)
    register = register_from(parties, programme.kinds, policies, ledgers.values(), unsure)
    known = {identity: _with_strangers(ledger, register) for identity, ledger in ledgers.items()}
    return judged_by(structs.replace(programme, home=home, ledgers=known), register, contents)


def _with_strangers(ledger: Ledger, register: Register) -> Ledger:
    """The ledger with a fault for each entry whose key is none of the party that it names."""
    strangers = []
    for item in ledger.entries:
        party = register.parties.get(item.entry.party)
        if item.entry.party in register.unsure | register.pending:
            continue
        if party is None or party.key(item.entry.key) is None:
            words = register.key_fault(item)
            message = f"{item.path.rpartition('/')[2]} is signed by nobody who may: {words}"
            strangers.append(Reason("ledger.stranger", item.path, message))
    return structs.replace(ledger, faults=(*ledger.faults, *strangers)) if strangers else ledger


def _unsure(programme: Programme, ledgers: Mapping[str, Ledger]) -> frozenset[str]:
    """The parties of whom not all could be read, and those who are missing where a document could not be."""
    found = {item.id for item in programme.artifacts.values() if item.kind == SIGNERS and item.partial}
    found |= {identity for identity in programme.twins if programme.artifacts[identity].kind == SIGNERS}
    if any(document.faults for document in programme.documents.values()):
        named = {item.entry.party for ledger in ledgers.values() for item in ledger.entries}
        named |= {item.entry.on_behalf for ledger in ledgers.values() for item in ledger.entries}
        found |= named - programme.artifacts.keys()
    return frozenset(found)


def judged_by(programme: Programme, register: Register, contents: Contents) -> Programme:
    """The programme with where each of its artifacts stands by a register."""
    standings = Standings(programme, register, programme.ledgers, contents).all()
    digests = {}
    for identity, standing in standings.items():
        digests[identity] = standing.content
        if standing.last is not None:
            artifact = programme.artifacts[identity]
            digests.update((item.id, contents.of(item)) for item in upward(programme, artifact))
    return structs.replace(programme, standings=standings, contents=digests)
