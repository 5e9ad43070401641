"""Rules of which one edit trips several: only the first in rank is told, since one mend answers for all."""

from collections.abc import Iterable

from pipeline.model import Fault, Finding

# What was issued may not change at all; then what was approved needs a new version and a new approval; then a change
# of what is baselined needs a change request.
RANKS = ("LC-ISSUED", "LC-EDIT", "LC-CR", "LC-APPR")


def outranked(found: Iterable[tuple[str, Fault]]) -> list[tuple[str, Fault]]:
    """The faults with their codes, without those of a ranked rule where one of a higher rank is about the artifact."""
    faults = list(found)
    highest = _highest((code, fault.artifact) for code, fault in faults)
    return [(code, fault) for code, fault in faults if _is_told(code, fault.artifact, highest)]


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, some against a base and some not, without those that one of a higher rank answers for."""
    some = list(findings)
    highest = _highest((item.code, item.artifact) for item in some)
    return [item for item in some if _is_told(item.code, item.artifact, highest)]


def _highest(found: Iterable[tuple[str, str]]) -> dict[str, int]:
    highest: dict[str, int] = {}
    for code, identity in found:
        if code in RANKS:
            rank = RANKS.index(code)
            highest[identity] = min(rank, highest.get(identity, rank))
    return highest


def _is_told(code: str, identity: str, highest: dict[str, int]) -> bool:
    return code not in RANKS or RANKS.index(code) == highest[identity]
