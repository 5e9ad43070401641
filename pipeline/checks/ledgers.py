"""The rule on ledgers: whether they are what was written into them."""

from collections.abc import Iterator

from pipeline.checks.rule import rule
from pipeline.model import Base, Fault, Programme
from pipeline.model.ledger import POLICIES

# How what is wrong with a ledger is mended, by the code of the reason.
_MENDS = {
    "ledger.unreadable": "restore it from git, or remove it with its signature if it was never merged",
    "ledger.altered": "restore it from git: who wants to say something else makes a new entry",
    "ledger.unsigned": "restore the signature from git, or remove the entry if it was never merged",
    "ledger.orphan": "restore the entry from git, or remove the signature if it was never merged",
    "ledger.forged": "remove both files, find out who wrote them, and have the one whom it names approve anew",
    "ledger.stranger": "correct the keys of the party, where a key that signed stays with its last day; or remove it",
    "ledger.replayed": "remove it: an approval counts for what it names alone",
    "ledger.reordered": "have it made anew on a machine whose clock is right",
    "ledger.cut": "restore the entry from git: nothing is ever taken out of a ledger",
    "ledger.shorter": "restore the entry from git: nothing is ever taken out of a ledger",
    "ledger.unknown": "bring the artifact back, with the status that ends it",
}


def _gone(programme: Programme, base: Base) -> Iterator[Fault]:
    """Entries that the base has and this tree has not; what a later entry already misses is told there."""
    told = [fault.message for ledger in programme.ledgers.values() for fault in ledger.faults]
    for reason in base.shorter:
        name = reason.where.rpartition("/")[2]
        if not any(name in message for message in told):
            yield _in_ledger(base.home, reason.where, reason.message, reason.code)


@rule("LC-LEDGER", "block", "programme", against=_gone)
def tampered(programme: Programme) -> Iterator[Fault]:
    """A ledger is not what was written into it.

    An entry cannot be read, was changed after it was made, lies in the ledger of another artifact, is dated before what
    it says to have seen, or has no good signature by a key of the party that it names; a signature has no entry; an
    entry is gone that a later one saw; or a ledger is of no artifact. With a base (`--base`) every entry that the base
    has must be there, and every head that the manifest of its last release names.

    **Why.** A ledger proves who agreed to what. One entry that could be put in, changed or taken out, and none proves
    anything.

    **Mend.** Restore the files as git has them. Nothing is corrected in a ledger: an approval is withdrawn
    (`paraph withdraw`), and a new one made. What was never merged may be removed.
    """
    for ledger in programme.ledgers.values():
        for reason in ledger.faults:
            yield _in_ledger(programme.home, reason.where, reason.message, reason.code)
    if any(document.faults for document in programme.documents.values()):
        return  # What could not be read may be the artifact that is missed.
    for identity, ledger in programme.ledgers.items():
        if identity not in programme.artifacts and identity != POLICIES and ledger.entries:
            message = f"this is a ledger of {identity}, which is no artifact"
            yield _in_ledger(programme.home, ledger.entries[0].path, message, "ledger.unknown")


def _in_ledger(home: str, path: str, message: str, code: str) -> Fault:
    return Fault(f"{home}/{path}" if home else path, message, _MENDS[code], line=1, column=1)


RULES = (tampered,)
