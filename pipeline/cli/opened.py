"""A project that outputs are made of: read and checked once, when the first asks for it."""

from collections.abc import Callable
from functools import cached_property

from pipeline.cli.options import day_of, must_have_tools
from pipeline.model import Report
from pipeline.run import Loaded, Options, load, report
from pipeline.settings import Project


class Opened:
    """What the commands that make something begin with: the day, the programme, the findings.

    The wording is checked where `prose` says so, and with it that tools are there where they must be. Findings are
    graded at a `gate`. Steps are told to `show`.
    """

    def __init__(
        self,
        project: Project,
        show: Callable[[str], None],
        today: str | None = None,
        *,
        prose: bool = False,
        gate: str = "merge",
    ) -> None:
        self.project, self._show = project, show
        self.options = Options(
            gate=gate, day=day_of(project, today), prose=prose, must_have_tools=prose and must_have_tools()
        )

    @property
    def day(self) -> str:
        """The day of all that is made."""
        return self.options.day

    @cached_property
    def loaded(self) -> Loaded:
        """The programme, checked. Raises CouldNotRun."""
        return load(self.project, self.options, self._show)

    @cached_property
    def found(self) -> Report:
        """The findings, graded."""
        return report(self.project, self.options, self.loaded.checked, self.loaded.rules)
