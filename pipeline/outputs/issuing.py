"""Issuing a deliverable for signature: built once, out of its bundle, stored beside its ledger, and entered there.

Nothing is seen of it before it is whole: what is built lies beside until the entry that says so is signed.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from pipeline import shipped
from pipeline.errors import CouldNotRun
from pipeline.ledger.standing import policy_of
from pipeline.model import Artifact, Policy, Report, Standing
from pipeline.model.signature import slug_of
from pipeline.model.woven import Approval
from pipeline.outputs.clerk import Clerk, Office, office
from pipeline.outputs.deliverables import Commit, circumstances, deliverables, template_folders
from pipeline.outputs.past import with_past
from pipeline.outputs.version import clean_commit
from pipeline.render.place import alone
from pipeline.run import Loaded
from pipeline.schemas import read_schemas
from pipeline.settings import Project
from pipeline.signoff.bundle.build import build
from pipeline.signoff.bundle.compose import Given, compose
from pipeline.signoff.bundle.means import means
from pipeline.signoff.pdf.examine import examine_content
from pipeline.signoff.pdf.trust import Trust

# What stands in the table of approvals, by what stands in the ledger.
_DECISIONS = {"approve": "approved", "approve-with-conditions": "approved-with-conditions"}
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]*")
_WORK = ".issuing-"

Show = Callable[[str], None]


class NotYet(CouldNotRun):
    """What must come first is not there: the deliverable may not be issued yet."""


class Issued(Struct, frozen=True):
    """A deliverable that is issued: where its PDF and its entry are, the SHA-256 of the PDF, for whom, who signs on it.

    `before` says that it was issued already.
    """

    path: str
    entry: str
    digest: str
    audience: str
    signers: tuple[str, ...]
    before: bool = False


def issue(
    project: Project,
    loaded: Loaded,
    found: Report,
    identity: str,
    clerk_for: Callable[[Office], Clerk],
    show: Show,
) -> Issued:
    """Issue a deliverable for the readers whom its classification names.

    `found` are the findings at the gate issue, `clerk_for` gives who issues it. Raises NotYet where something must
    come first, and CouldNotRun where it cannot be issued, or another run is issuing it.
    """
    artifact = deliverables(loaded.programme, "limited", [identity])[0]
    place = office(project, loaded.programme)
    with alone(project.path(".paraph", "issuing"), f"issuing {identity}, or another deliverable"):
        there = _before(place, artifact)
        if there:
            return there
        commit = clean_commit(project, f"{project.settings.approvals}/{identity}/*.json*")
        _check(place, artifact, found)
        return _make(loaded, place, artifact, clerk_for(place), Commit(commit, dirty=False), found.day, show)


def pdf_of(project: Project, artifact: Artifact) -> str:
    """Where the PDF of a deliverable's version lies once it was issued."""
    name = f"{artifact.id}-{artifact.version}.pdf"
    return os.path.join(_folder(project, artifact), artifact.version, name)


def _folder(project: Project, artifact: Artifact) -> str:
    return project.path(project.settings.approvals, artifact.id)


def _before(place: Office, artifact: Artifact) -> Issued | None:
    """The deliverable as it was issued already. Raises CouldNotRun where this version was with other content."""
    if not _VERSION.fullmatch(artifact.version):
        raise CouldNotRun(f"{artifact.id} states no version that can be issued", "state one, such as 1.0")
    entries = [item for item in place.issues(artifact) if item.entry.version == artifact.version]
    if not entries:
        return None
    same = [item for item in entries if item.entry.content == place.contents.of(artifact)]
    if not same:
        raise CouldNotRun(
            f"version {artifact.version} of {artifact.id} was issued before, and says something else now",
            "what was issued stays as it is: give what you changed a new version, and have it approved",
        )
    path = pdf_of(place.project, artifact)
    # Two who issued it in two clones made two entries; the PDF that was merged is the one that counts.
    last = next((item for item in same if item.entry.evidence.get("sha256") == _digest(path)), None)
    if last is None:
        raise CouldNotRun(
            f"{path} is not what was issued on {same[-1].day}",
            "put it back as git has it: it is never made again",
        )
    audience = str(last.entry.evidence.get("audience", ""))
    return Issued(path, last.path, _digest(path), audience, _policy(place, artifact).on, before=True)


def _check(place: Office, artifact: Artifact, found: Report) -> None:
    """Raise NotYet where a role or a finding stands in the way."""
    standing = place.programme.standings.get(artifact.id)
    if standing and not standing.issuable:
        raise NotYet(f"{artifact.id} is not issued yet: {_lacks(standing)}", _who(standing))
    failing = [finding for finding in found.findings if found.fails(finding)]
    if failing:
        number = f"{len(failing)} findings" if len(failing) > 1 else "a finding"
        hint = "paraph check --gate issue shows what, and how to mend it"
        raise NotYet(f"{artifact.id} is not issued: {number} must be mended first", hint)


def _lacks(standing: Standing) -> str:
    against = [f"{vote.role} rejected it" for vote in standing.rejected]
    waits = [
        f"{vote.role} has not approved it" + (f" ({vote.uncounted})" if vote.uncounted else "")
        for vote in standing.votes
        if not vote.on and not vote.decision
    ]
    return "; ".join([*against, *waits])


def _who(standing: Standing) -> str:
    if standing.rejected:
        return "change what was rejected, give it a new version, and have that approved"
    missing = next(vote.role for vote in standing.votes if not vote.on and not vote.decision)
    return f'who holds the role approves it: paraph approve {standing.id} --role "{missing}"'


def _make(
    loaded: Loaded, place: Office, artifact: Artifact, clerk: Clerk, commit: Commit, day: str, show: Show
) -> Issued:
    project = place.project
    folder = _folder(project, artifact)
    show(f"weaving {artifact.id}")
    data = _bundle(loaded, place, artifact, commit, day)
    work = _empty(folder)
    try:
        show(f"building {artifact.id}")
        out = os.path.join(work, "issued.pdf")
        build(data, work, template_folders(project, artifact), out)
        _check_fields(out, artifact, _policy(place, artifact).on)
        evidence = {
            "file": os.path.basename(pdf_of(project, artifact)),
            "sha256": _digest(out),
            "sources": sha256(data).hexdigest(),
            "audience": artifact.classification,
            "roles": list(_policy(place, artifact).on),
        }
        entry = place.entry(artifact, clerk, "issue", clerk.role, evidence)
        path = pdf_of(project, artifact)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.replace(out, path)
        try:
            written = place.enter(entry, clerk)
        except BaseException:
            os.remove(path)
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Issued(path, written, _digest(path), artifact.classification, _policy(place, artifact).on)


def _check_fields(path: str, artifact: Artifact, roles: tuple[str, ...]) -> None:
    """Raise CouldNotRun where the PDF has no place for a role to sign in: a template may leave it out."""
    there = {slug_of(role) for role in examine_content(Path(path).read_bytes(), path, Trust()).free}
    lacking = [role for role in roles if slug_of(role) not in there]
    if lacking:
        template = artifact.fields.get("template", "standard")
        raise CouldNotRun(
            f"{artifact.id} is not issued: its template {template} has no place for {', '.join(lacking)} to sign in",
            "its control page includes approvals.html, as the standard template does",
        )


def _bundle(loaded: Loaded, place: Office, artifact: Artifact, commit: Commit, day: str) -> bytes:
    project, settings = place.project, place.project.settings
    given = Given(
        programme=with_past(project, loaded).programme,
        source=loaded.source,
        root=project.root,
        settings=settings,
        schemas=read_schemas([shipped.folder("schemas"), project.path(settings.schemas)]),
        means=means(template_folders(project, artifact)),
        around=circumstances(project, loaded, artifact, day, commit),
        signatures=_policy(place, artifact).on,
        approvals=tuple(_approvals(place, artifact)),
    )
    return compose(given, artifact.id, artifact.classification)


def _policy(place: Office, artifact: Artifact) -> Policy:
    """Who approves a deliverable: those that it names sign on it, where no policy says otherwise."""
    policies = place.register.policies
    stated = policy_of(artifact, policies) or policy_of(artifact, {artifact.kind: Policy()})
    return stated or Policy()


def _approvals(place: Office, artifact: Artifact) -> list[Approval]:
    """The table of approvals: the roles that approved it with who did, and those that are to sign on it."""
    standing = place.programme.standings.get(artifact.id)
    policy = _policy(place, artifact)
    by = {vote.role: vote for vote in standing.votes} if standing else {}
    found = []
    for role in (*policy.before, *policy.on):
        vote = by.get(role)
        if vote and vote.by:
            entry = vote.by.entry
            found.append(
                Approval(role, entry.name, _DECISIONS.get(vote.decision, vote.decision), vote.by.day)
            )
        else:
            found.append(Approval(role))
    return found


def _empty(folder: str) -> str:
    """An empty folder to work in, below the ledger; what a run that was killed left there goes."""
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        if name.startswith(_WORK):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
    return tempfile.mkdtemp(prefix=_WORK, dir=folder)


def _digest(path: str) -> str:
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
