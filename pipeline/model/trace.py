"""How needs, requirements, work, tests and runs hang together, as the reports on tracing show it."""

from msgspec import Struct


class Item(Struct, frozen=True):
    """An artifact as an entry of a report: what it is called, and where it stands."""

    id: str
    kind: str
    title: str
    status: str
    path: str
    line: int


class Tested(Struct, frozen=True):
    """A test case with the run that counts for it: the run's ID, verdict and day, '' where there is none."""

    id: str
    run: str = ""
    verdict: str = ""
    day: str = ""


class Row(Struct, frozen=True):
    """A requirement below a need, and all that follows from it.

    `need` is None for a requirement without one, `requirement` for a need without one. `verdict` sums up the tests:
    `fail`, `blocked`, `open` (no run of the present version), `pass`, or '' where there is no test.
    """

    need: Item | None
    requirement: Item | None
    objectives: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    tests: tuple[Tested, ...] = ()
    verdict: str = ""
    deliverables: tuple[str, ...] = ()
    acceptances: tuple[str, ...] = ()


class Origin(Struct, frozen=True):
    """A work item, a test case or a test run, and what it is for: the same chain, read upward."""

    item: Item
    tests: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    verdict: str = ""


class Step(Struct, frozen=True):
    """How many of the artifacts that should have a next one have it. `have` of `of`; `lacks` are the others' IDs."""

    name: str
    words: str
    have: int
    of: int
    lacks: tuple[str, ...] = ()


class Group(Struct, frozen=True):
    """The steps of those requirements that have one value of a field: `by` is priority, status or release."""

    by: str
    value: str
    requirements: int
    steps: tuple[Step, ...]


class Coverage(Struct, frozen=True):
    """The steps of a whole programme, and those of its requirements by groups."""

    steps: tuple[Step, ...]
    groups: tuple[Group, ...]


class Gap(Struct, frozen=True):
    """An artifact that lacks the next one: which step, and what is missing in words."""

    step: str
    item: Item
    missing: str


class Hop(Struct, frozen=True):
    """One link of a way, as it is written: `source` names `target` in `role`."""

    source: str
    role: str
    target: str


class Reached(Struct, frozen=True):
    """What a change touches, in how many steps, and by which way from what was changed."""

    item: Item
    steps: int
    way: tuple[Hop, ...]


class Way(Struct, frozen=True):
    """A shortest chain between two artifacts: the artifacts in order, and the link between each two."""

    items: tuple[Item, ...]
    hops: tuple[Hop, ...]
