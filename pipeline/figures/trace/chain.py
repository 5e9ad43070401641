"""One step of the chain at a time: need, requirement, work, test, run, and back.

What was withdrawn, superseded or rejected is of no chain; what is done (a closed work item) is. A requirement that is
derived from another serves the needs that the other serves.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from pipeline.figures.order import natural_id
from pipeline.figures.runs import counting
from pipeline.figures.versions import is_outdated
from pipeline.model import Artifact, Programme
from pipeline.model.trace import Item, Tested

# From the worst to the best, as they are summed up.
_VERDICTS = ("fail", "blocked", "open", "pass")
OUTDATED = "outdated"


class Chain:
    """A programme as a chain, with the IDs of the deliverables that hold each artifact (`pipeline.views.holding`)."""

    def __init__(self, programme: Programme, holders: Mapping[str, list[str]] | None = None) -> None:
        self.programme, self.holders = programme, holders or {}
        self._kept: dict[str, bool] = {}

    @cached_property
    def _kinds(self) -> dict[str, list[Artifact]]:
        found: dict[str, list[Artifact]] = {}
        for item in self.programme.artifacts.values():
            if counts(self.programme, item):
                found.setdefault(item.kind, []).append(item)
        return {kind: ordered(items) for kind, items in found.items()}

    def of_kind(self, kind: str) -> list[Artifact]:
        """The artifacts of a kind that count, in the order of their IDs."""
        return self._kinds.get(kind, [])

    def keeps(self, kind: str) -> bool:
        """Whether the programme keeps artifacts of a kind at all."""
        if kind not in self._kept:
            self._kept[kind] = keeps(self.programme, kind)
        return self._kept[kind]

    def below(self, identity: str, role: str) -> list[Artifact]:
        """The artifacts that name an ID in a role."""
        sources = self.programme.incoming.get(identity, ())
        return ordered(
            source
            for source, link in sources
            if link.role == role and source.id != identity and counts(self.programme, source)
        )

    def above(self, artifact: Artifact, role: str) -> list[Artifact]:
        """The artifacts that one names in a role."""
        targets = (self.programme.artifacts.get(link.target) for link in artifact.links if link.role == role)
        return ordered(item for item in targets if item is not None and counts(self.programme, item))

    def requirements_of(self, need: Artifact) -> list[Artifact]:
        """The requirements that satisfy a need, and those derived from them."""
        return _closure(self.below(need.id, "satisfies"), lambda item: self.below(item.id, "derived_from"))

    def needs_of(self, requirement: Artifact) -> list[Artifact]:
        """The needs that a requirement serves, by itself or through what it is derived from."""
        basis = _closure([requirement], lambda item: self.above(item, "derived_from"))
        return ordered(need for item in basis for need in self.above(item, "satisfies"))

    def objectives_of(self, needs: Iterable[Artifact]) -> list[Artifact]:
        """The objectives that some needs support."""
        return ordered(item for need in needs for item in self.above(need, "supports"))

    def tests_of(self, requirement: Artifact) -> list[Artifact]:
        """The test cases that verify a requirement."""
        return self.below(requirement.id, "verifies")

    def tested(self, case: Artifact) -> Tested:
        """A test case with the run that counts: its last issued one, a run of its present version before any other.

        The verdict of a run of an earlier version is `outdated`.
        """
        found = counting(case, self.programme)
        if found is None:
            return Tested(case.id)
        run, link = found
        verdict = OUTDATED if is_outdated(link.version, case) else _text(run.fields.get("verdict"))
        return Tested(case.id, run.id, verdict, _text(run.fields.get("date")))

    def criteria_of(self, requirement: Artifact) -> dict[str, bool]:
        """The acceptance criteria of a requirement, and whether a test covers each.

        A test that names no criterion of the requirement verifies it as a whole.
        """
        stated = requirement.fields.get("acceptance_criteria")
        names = (
            [item.get("id") for item in stated if isinstance(item, dict)] if isinstance(stated, list) else []
        )
        covered: set[str] = set()
        for case in self.tests_of(requirement):
            written = case.fields.get("criteria")
            every = [item for item in written if isinstance(item, str)] if isinstance(written, list) else []
            own = {item.partition("/")[2] for item in every if item.startswith(f"{requirement.id}/")}
            covered |= own or set(filter(None, map(_text, names)))
        return {name: name in covered for name in map(_text, names) if name}


def keeps(programme: Programme, kind: str) -> bool:
    """Whether a programme keeps artifacts of a kind at all, in whatever state: else nothing is asked of them."""
    return any(artifact.kind == kind for artifact in programme.artifacts.values())


def counts(programme: Programme, artifact: Artifact) -> bool:
    """Whether an artifact is of a chain: it has not ended, or ended well."""
    kind = programme.kinds.get(artifact.kind)
    state = kind.states.get(artifact.status) if kind else None
    return state is None or state.phase != "ended" or state.settled


def sum_up(tests: Iterable[Tested]) -> str:
    """The verdict of some tests together: the worst of them; a test that has no run that counts is `open`."""
    verdicts = {item.verdict if item.verdict in _VERDICTS else "open" for item in tests}
    return next((verdict for verdict in _VERDICTS if verdict in verdicts), "")


def item_of(artifact: Artifact) -> Item:
    """An artifact as an entry of a report."""
    return Item(artifact.id, artifact.kind, artifact.title, artifact.status, artifact.path, artifact.line)


def ids_of(artifacts: Iterable[Artifact]) -> tuple[str, ...]:
    """The IDs of some artifacts."""
    return tuple(artifact.id for artifact in artifacts)


def ordered(artifacts: Iterable[Artifact]) -> list[Artifact]:
    """Each artifact once, in the order of the IDs."""
    return sorted({item.id: item for item in artifacts}.values(), key=lambda item: natural_id(item.id))


def _closure(begin: list[Artifact], onward: Callable[[Artifact], list[Artifact]]) -> list[Artifact]:
    """All that some artifacts lead to, themselves included; a cycle leads nowhere new."""
    found = {item.id: item for item in begin}
    queue = list(begin)
    for item in queue:
        for more in onward(item):
            if more.id not in found:
                found[more.id] = more
                queue.append(more)
    return ordered(found.values())


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
