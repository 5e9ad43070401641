"""What a person asks of a run, and what it came to."""

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import Finding

if TYPE_CHECKING:
    from pipeline.ratchet import Ratchet

Progress = Callable[[str], None]


class Options(NamedTuple):
    """What a person asks of a check: which paths are shown, at which gate, which codes, on which day."""

    paths: tuple[str, ...] = ()
    gate: str = "merge"
    fail_on: str = "error"
    select: tuple[str, ...] = ()
    day: str = ""
    prose: bool = True
    must_have_tools: bool = False
    # The revision that the programme is judged against as a change of it; '' for none.
    base: str = ""


class Checked(NamedTuple):
    """What a check came to: the findings before they are graded, and what the reader must know besides."""

    findings: tuple[Finding, ...]
    documents: int
    artifacts: int
    notes: tuple[str, ...]
    # What the ratchet holds that judges, and what its file in this tree holds; the rules that had no chance to judge.
    ratchet: "Ratchet" = MappingProxyType({})
    recorded: "Ratchet" = MappingProxyType({})
    unjudged: frozenset[str] = frozenset()
