"""A programme with its approvals: the ledgers, where each artifact stands by them, and the digests that count."""

from collections.abc import Mapping

from msgspec import structs

from pipeline.ledger.contents import Contents, upward
from pipeline.ledger.register import Register, register_of
from pipeline.ledger.standing import Standings
from pipeline.model import Ledger, Policy, Programme


def with_approvals(
    programme: Programme,
    home: str,
    policies: Mapping[str, Policy],
    ledgers: dict[str, Ledger],
    contents: Contents,
) -> Programme:
    """The programme with the ledgers that lie below the folder `home`, judged by its own parties and by policies."""
    register = register_of(programme, policies, ledgers)
    known = structs.replace(programme, home=home, ledgers=ledgers)
    return judged_by(known, register, contents)


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
