"""IDs that were in use before: of artifacts that were deleted, and of those that a release lists."""

from pipeline.history.deleted import deletions
from pipeline.history.releases import last_release
from pipeline.history.repository import Repository
from pipeline.history.snapshot import Snapshot
from pipeline.model import Programme, Source, Taken
from pipeline.settings import Project


def deleted(
    tip: Snapshot, programme: Programme, repository: Repository, identities: frozenset[str]
) -> dict[str, Taken]:
    """The IDs that artifacts had which were deleted; one that came back with its title is no other."""
    if tip.root is None or not tip.documents:
        return {}
    taken = {}
    for identity, deletion in deletions(repository, tip.commit, tip.root, identities).items():
        title = _title(tip.before(deletion.commit, deletion.path), identity)
        if title.casefold() != programme.artifacts[identity].title.casefold():
            taken[identity] = Taken(title, commit=deletion.commit[:10], day=deletion.day)
    return taken


def released(
    tip: Snapshot, programme: Programme, project: Project, identities: frozenset[str]
) -> dict[str, Taken]:
    """The IDs that the last release of the base lists for an artifact of another title."""
    last = last_release(project, tip.commit) if identities else None
    listed = {item.id: item.title for item in last.artifacts} if last else {}
    return {
        identity: Taken(listed[identity], day=last.day, release=last.version)
        for identity in identities & listed.keys()
        if last and listed[identity].casefold() != programme.artifacts[identity].title.casefold()
    }


def _title(source: Source | None, identity: str) -> str:
    artifacts = source.document.artifacts if source else ()
    return next((item.title for item in artifacts if item.id == identity), "")
