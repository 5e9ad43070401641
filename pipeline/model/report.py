"""What a run found, with all that a reporter needs to show it."""

from msgspec import Struct

from pipeline.model.finding import Finding, Rule


class Report(Struct, frozen=True):
    """The findings of one run, graded and sorted, and what was looked at.

    `rules` are those that ran. `notes` are what the reader must know besides, first of all what could not be
    checked; `base` is the revision that the programme was judged against, or ''. `lines` holds source lines by path and
    line number, for excerpts; a line that is not there is not shown. `waived` are findings that somebody accepts for
    a time: they fail nothing.
    """

    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    documents: int
    artifacts: int
    gate: str
    fail_on: str
    day: str
    notes: tuple[str, ...] = ()
    lines: dict[tuple[str, int], str] = {}
    base: str = ""
    waived: tuple[Finding, ...] = ()

    def fails(self, finding: Finding) -> bool:
        """Whether the finding is as bad as `fail_on` or worse, and not known already."""
        return not finding.known and (finding.severity == "error" or self.fail_on == "warning")

    @property
    def new(self) -> tuple[Finding, ...]:
        """The findings that are not known already."""
        return tuple(finding for finding in self.findings if not finding.known)

    @property
    def known(self) -> int:
        """How many findings were there when the ratchet was begun."""
        return sum(finding.known for finding in self.findings)

    @property
    def failed(self) -> bool:
        """Whether any finding is as bad as `fail_on` or worse."""
        return any(self.fails(finding) for finding in self.findings)
