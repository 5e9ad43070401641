"""What a steering pack holds, block by block: IDs, days, exact figures, and no wording."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pipeline.figures.measures import Value
from pipeline.figures.rag import Judged

Figures = dict[str, Value]


class Dimension(NamedTuple):
    """A dimension of the state: now and in the report before ('' where not stated), what its thresholds give, and the
    override, if any: reason, and who judged."""

    name: str
    now: str
    before: str
    judged: Judged | None
    override: tuple[str, str] | None


class Choice(NamedTuple):
    """An option of a decision."""

    id: str
    text: str
    recommended: bool


class Ask(NamedTuple):
    """A decision that is asked for: what, in which context, between which options, by when; and in which language."""

    id: str
    lang: str
    statement: str
    context: str
    choices: tuple[Choice, ...]
    deadline: date | None


class Movement(NamedTuple):
    """A milestone: when it comes, when it was to come at the last report and by its baseline, slip and tolerance.

    `state` is hit, missed or moved where its baseline has come, else coming; slips are in working days.
    """

    id: str
    field: str
    day: date | None
    before: date | None
    baseline: date | None
    slip: int | None
    tolerance: int | None
    critical: bool
    state: str

    @property
    def beyond(self) -> bool:
        """Whether it slips by more than its plan allows."""
        return self.slip is not None and self.tolerance is not None and self.slip > self.tolerance


class Due(NamedTuple):
    """The milestones that were due by one baseline: those achieved by then, those achieved or still waited for after
    it, and those that have another day before them."""

    hit: tuple[str, ...]
    missed: tuple[str, ...]
    moved: tuple[str, ...]

    @property
    def total(self) -> int:
        """All that were due: hit, missed and moved."""
        return len(self.hit) + len(self.missed) + len(self.moved)


class Share(NamedTuple):
    """The money of a workstream, '' where a line names none; None for what not all of its lines state."""

    workstream: str
    bac: Decimal | None
    ac: Decimal | None
    eac: Decimal | None

    @property
    def vac(self) -> Decimal | None:
        """What is left of the budget at completion."""
        return self.bac - self.eac if self.bac is not None and self.eac is not None else None


class Tests(NamedTuple):
    """User acceptance of a business process, '' for none: test cases planned, executed, passed."""

    process: str
    planned: int
    executed: int
    passed: int


class Pressing(NamedTuple):
    """A risk or an issue among the first: scores before and after the response (risk), or its grade; what is done."""

    id: str
    kind: str
    score: int | None
    residual: int | None
    grade: str
    response: str
    owner: str
    actions: tuple[str, ...]


class Register(NamedTuple):
    """How many of a kind were open at the last report, came, ended, and are open now.

    What came and ended in between counts in both. `lost` are those that were open and are in no register any more.
    """

    kind: str
    before: int | None
    opened: int | None
    closed: int | None
    now: int
    lost: tuple[str, ...] = ()

    @property
    def ties(self) -> bool:
        """Whether the previous closing and the movement come to what is open now."""
        if self.before is None or self.opened is None or self.closed is None:
            return True
        return not self.lost and self.before + self.opened - self.closed == self.now


class Todo(NamedTuple):
    """An action: who, by when, whether that has passed, and when it was done."""

    id: str
    owner: str
    due: date | None
    overdue: bool
    done: date | None


class Minutes(NamedTuple):
    """The previous meeting of the steering committee: its day, how many attended, its agenda, what it decided."""

    id: str
    day: date | None
    attended: int
    agenda: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[str, ...]


class Gain(NamedTuple):
    """A benefit: its measure, its value at first, last known and aimed at, by when."""

    id: str
    measure: str
    unit: str
    first: object
    last: object
    last_on: date | None
    target: object
    date: date | None


class Pack(NamedTuple):
    """A steering pack. `since` is the day of the state that it is compared with, None where there is none.

    `figures` are those of `SHOWN`; `before` what they were at `since`. `previous` is the report before, '' for the
    first; `known` says whether it is known how the registers were at `since`.
    """

    report: str
    as_of: date
    since: date | None
    state: tuple[Dimension, ...]
    asks: tuple[Ask, ...]
    milestones: tuple[Movement, ...]
    due: Due
    due_originally: Due
    dependencies: tuple[str, ...]
    shares: tuple[Share, ...]
    tests: tuple[Tests, ...]
    defects: dict[str, tuple[int, ...]]
    pressing: tuple[Pressing, ...]
    registers: tuple[Register, ...]
    actions: tuple[Todo, ...]
    minutes: Minutes | None
    benefits: tuple[Gain, ...]
    figures: Figures
    before: Figures
    previous: str
    known: bool

    @property
    def compares(self) -> bool:
        """Whether anything is known of the day `since`."""
        stated = any(item.before for item in self.state) or any(item.before for item in self.milestones)
        return self.since is not None and bool(self.previous or self.known or stated)
