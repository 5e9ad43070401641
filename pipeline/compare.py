"""`paraph diff`: two revisions of a programme, one of which may be the working tree, and what the change touches."""

import re
from collections.abc import Callable

from pipeline.figures.impact import impact
from pipeline.history.diff import Side, differences
from pipeline.history.repository import repository_of, resolve
from pipeline.history.snapshot import Snapshot
from pipeline.model import Programme, Source
from pipeline.model.diff import Diff, Edited, Touched
from pipeline.programme import build_programme
from pipeline.settings import Project
from pipeline.views.holding import holders

HERE = "the working tree"

# What ends the name of a field in the way that leads to a value below it.
_FIELD = re.compile(r"[.\[]")


def compare(project: Project, base: str, head: str, tree: Callable[[], Side]) -> Diff:
    """What differs between two revisions; `head` is '' for the working tree, which `tree` gives.

    Raises CouldNotRun where there is no such revision or no repository.
    """
    repository = repository_of(project.root)
    old = Snapshot(project, repository, base, resolve(repository, base))
    if head:
        new = Snapshot(project, repository, head, resolve(repository, head))
        after = _side(new)
        same = new.documents if new.reading == old.reading else {}
        before = _side(
            old, after.programme, {path for path, blob in same.items() if old.documents.get(path) == blob}
        )
    else:
        after = tree()
        before = _side(old)
    found = differences(before, after)
    changed = {item.id for item in (*found.added, *found.removed)}
    changed |= {item.id for item in found.changed if _is_of_content(item, after.programme)}
    return Diff(base, head or HERE, *found, _touched(before, after, changed))


def _is_of_content(item: Edited, programme: Programme) -> bool:
    """Whether others have to know of a change: of the content, or of the status, on which they rest as well."""
    kind = programme.kinds.get(item.kind)
    silent = kind.descriptive - {"status"} if kind else frozenset()
    return any(_FIELD.split(edit.field)[0] not in silent for edit in item.edits)


def _side(snapshot: Snapshot, other: Programme | None = None, same: set[str] | None = None) -> Side:
    """A revision read whole; the documents that another one has the `same` are not read twice."""
    shared = {path: other.documents[path] for path in same or ()} if other else {}
    sources = snapshot.read(snapshot.documents.keys() - shared.keys())
    documents = [source.document for source in sources.values()]
    programme = build_programme((*documents, *shared.values()), snapshot.catalogue, snapshot.files)

    def source(path: str) -> Source:
        if path not in sources:
            sources.update(snapshot.read([path]))
        return sources[path]

    return Side(programme, source)


def _touched(before: Side, after: Side, changed: set[str]) -> tuple[Touched, ...]:
    """What the change touches now; what is gone touches what still links to it."""
    programme = after.programme
    held = holders(programme)
    for identity, deliverables in holders(before.programme).items():
        if identity not in programme.artifacts:
            held[identity] = [item for item in deliverables if item in programme.artifacts]
    found = impact(programme, changed, held)
    return tuple(
        Touched(key, programme.artifacts[key].kind, programme.artifacts[key].title, *touch)
        for key, touch in found.items()
    )
