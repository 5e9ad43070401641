"""Whether ledgers still hold what somebody wrote down of them: their heads at a release, their entries on a base."""

from collections.abc import Collection, Mapping

from pipeline.ledger.files import ENTRY, stem
from pipeline.model import Ledger, Reason


def heads_of(ledgers: Mapping[str, Ledger]) -> dict[str, tuple[str, ...]]:
    """The heads of all ledgers by ID, for a manifest; a ledger without a good entry is left out."""
    return {identity: ledger.heads for identity, ledger in sorted(ledgers.items()) if ledger.heads}


def compare_heads(
    ledgers: Mapping[str, Ledger], recorded: Mapping[str, Collection[str]], folder: str, when: str
) -> list[Reason]:
    """What of the heads that were recorded is gone: each is a ledger that was cut off since (`ledger.shorter`).

    `folder` is that of the ledgers; `when` says when they were recorded.
    """
    faults = []
    for identity, heads in sorted(recorded.items()):
        there = {item.digest for item in ledgers[identity].entries} if identity in ledgers else set()
        for head in sorted(set(heads) - there):
            name = f"{stem(head)}{ENTRY}"
            message = f"the ledger of {identity} had the entry {name} {when}, and no longer has it"
            faults.append(Reason("ledger.shorter", f"{folder}/{identity}/{name}", message))
    return faults
