"""Rules of which one edit trips several: only the first in rank is told, since one mend answers for all."""

from collections.abc import Iterable

from pipeline.model import Fault

# What was issued may not change at all; then what was approved needs a new version and a new approval; then a change
# of what is baselined needs a change request.
RANKS = ("LC-ISSUED", "LC-EDIT", "LC-CR", "LC-APPR")


def outranked(found: Iterable[tuple[str, Fault]]) -> list[tuple[str, Fault]]:
    """The faults with their codes, without those of a ranked rule where one of a higher rank is about the artifact."""
    faults = list(found)
    highest: dict[str, int] = {}
    for code, fault in faults:
        if code in RANKS:
            rank = RANKS.index(code)
            highest[fault.artifact] = min(rank, highest.get(fault.artifact, rank))
    return [
        (code, fault)
        for code, fault in faults
        if code not in RANKS or RANKS.index(code) == highest[fault.artifact]
    ]
