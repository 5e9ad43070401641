"""Recording that somebody does not sign what was issued, and why."""

from pipeline.errors import CouldNotRun
from pipeline.model import Artifact, Entry
from pipeline.model.signature import slug_of
from pipeline.outputs.clerk import Clerk, Office, office
from pipeline.outputs.deliverables import deliverables
from pipeline.outputs.receiving import ClerkFor
from pipeline.render.place import alone
from pipeline.run import Loaded
from pipeline.settings import Project


def refuse(
    project: Project, loaded: Loaded, identity: str, role: str, reason: str, clerk_for: ClerkFor
) -> tuple[Entry, str]:
    """Enter that a role refuses to sign a deliverable as it was issued; give the entry and the path of its file.

    Raises CouldNotRun where it was not issued, or the role does not sign on it.
    """
    artifact = deliverables(loaded.programme, "limited", [identity])[0]
    at = office(project, loaded.programme)
    with alone(project.path(".paraph", "issuing"), "issuing a deliverable or taking one back"):
        return _enter(at, artifact, role, reason, clerk_for(at))


def _enter(at: Office, artifact: Artifact, role: str, reason: str, clerk: Clerk) -> tuple[Entry, str]:
    issues = at.issues(artifact)
    if not issues:
        hint = f'what was not issued is rejected: paraph reject {artifact.id} --role "{role}"'
        raise CouldNotRun(f"{artifact.id} was not issued, so nobody has to sign it", hint)
    issued = issues[-1].entry
    roles = issued.evidence.get("roles")
    names = [item for item in roles if isinstance(item, str)] if isinstance(roles, list) else []
    meant = next((item for item in names if slug_of(item) == slug_of(role)), None)
    if meant is None:
        listed = ", ".join(names) or "nobody"
        raise CouldNotRun(f"{role} does not sign on {artifact.id} {issued.version}", f"on it sign: {listed}")
    evidence = {"file": issued.evidence.get("file"), "sha256": issued.evidence.get("sha256")}
    entry = at.entry_on(issued, clerk, "refuse", meant, evidence, reason)
    return entry, at.enter(entry, clerk)
