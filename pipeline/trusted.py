"""Judges approvals by what the base says of who may sign: its parties, its policies, the keys revoked there.

A change that gives itself a mandate, or asks for fewer signatures, is judged without either.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import structs

from pipeline.checks.approvals import RULES
from pipeline.history.releases import last_release
from pipeline.history.repository import contents as contents_of
from pipeline.history.repository import listing
from pipeline.history.snapshot import Snapshot
from pipeline.ledger.contents import Contents, digest_of_policies
from pipeline.ledger.files import ENTRY, SIGNATURE
from pipeline.ledger.heads import compare_heads
from pipeline.ledger.judge import judged_by
from pipeline.ledger.read import build_ledgers
from pipeline.ledger.register import SIGNERS, Register, parties_of, register_from
from pipeline.ledger.signature import Verdicts
from pipeline.ledger.standing import Standings
from pipeline.model import Artifact, Base, Fault, Kind, Ledger, Policy, Programme, Reason
from pipeline.model.ledger import POLICIES
from pipeline.settings import Project

# The rules that say something else when others may sign.
_JUDGED = tuple(rule for rule in RULES if rule.reads == "programme")
CODES = frozenset(rule.code for rule in _JUDGED)


class Trusted(NamedTuple):
    """What the base says of signers, applied: what to tell against it, and the faults that take the place of others.

    `instead` is None where the programme's own parties and policies say the same.
    """

    base: Base
    instead: list[tuple[str, Fault]] | None


class Signing(NamedTuple):
    """What decides who may sign: the parties, their kinds, the policies."""

    parties: Iterable[Artifact]
    kinds: Mapping[str, Kind]
    policies: Mapping[str, Policy]


class Ours(NamedTuple):
    """What is judged: the project, its programme, the digests of what it says, the verdicts on signatures."""

    project: Project
    programme: Programme
    contents: Contents
    verdicts: Verdicts


def trust(
    present: Ours, base: Base, tip: Snapshot, parted: Snapshot, signing: Signing, before: Signing
) -> Trusted:
    """The base with what it says of approvals, and what becomes of the programme's when it judges.

    `signing` is what the `tip` of the base says of who may sign, and judges, with the keys that it revoked; what the
    branch changed is told by what was said `before`, where the two `parted`. Entries of then must be there now.
    Raises ToolMissing without ssh-keygen.
    """
    project, programme = present.project, present.programme
    every = [*programme.ledgers.values(), *_ledgers(tip, project, present.verdicts).values()]
    mine = Signing(parties_of(programme), programme.kinds, project.settings.policies)
    own, register, was = (register_from(*item, every) for item in (mine, signing, before))
    shorter = tuple(_shorter(parted, project))
    shorter += _shorter_than_released(present, tip, shorter)
    base = structs.replace(base, shorter=shorter, home=project.folder)
    if not signing.policies:
        # Nothing has to be approved there yet; what is to be counts once it is there.
        return Trusted(base, [] if programme.standings else None)
    contents, known = present.contents, programme
    if programme.kinds != signing.kinds:
        known = _by_kinds_of(signing.kinds, programme)
        contents = Contents(known, present.contents.read)
    standings = Standings(known, register, programme.ledgers, contents)
    base = _changed(base, project, own, was, standings)
    if own == register and known is programme:
        return Trusted(base, None)
    judged = judged_by(known, register, contents)
    return Trusted(base, [(rule.code, fault) for rule in _JUDGED for fault in rule.run(judged)])


def _by_kinds_of(kinds: Mapping[str, Kind], programme: Programme) -> Programme:
    """The programme with the kinds of a base: what was asked of a kind there is asked, whatever it is called here."""
    prefixes = {kind.prefix: name for name, kind in kinds.items()}
    artifacts = {}
    for identity, artifact in programme.artifacts.items():
        name = prefixes.get(identity.rpartition("-")[0], artifact.kind)
        artifacts[identity] = artifact if name == artifact.kind else structs.replace(artifact, kind=name)
    return structs.replace(programme, kinds={**programme.kinds, **kinds}, artifacts=artifacts)


def _changed(base: Base, project: Project, own: Register, was: Register, standings: Standings) -> Base:
    """The base with what of the policies and the parties is otherwise here, and whether that is approved."""
    names = {*own.policies, *was.policies}
    kinds = tuple(sorted(name for name in names if own.policies.get(name) != was.policies.get(name)))
    policy = standings.register.policies.get(SIGNERS)
    if kinds:
        standing = standings.judge(POLICIES, "", digest_of_policies(own.policies), policy or Policy())
        file = project.file or project.path("paraph.toml")
        base = structs.replace(base, changed_policies=kinds, policies=standing, settings_file=file)
    if policy is None:
        every = {*own.parties, *was.parties}
        others = sorted(item for item in every if own.parties.get(item) != was.parties.get(item))
        base = structs.replace(base, signers=tuple(others))
    return base


def _ledgers(snapshot: Snapshot, project: Project, verdicts: Verdicts) -> dict[str, Ledger]:
    files = _files(snapshot, project)
    data = dict(zip(files, contents_of(snapshot.repository.top, files.values()), strict=True))
    return build_ledgers(files, data.get, verdicts)


def _files(snapshot: Snapshot, project: Project) -> dict[str, str]:
    """The files of the ledgers of a revision, by their path below the folder that it has for them."""
    folder = snapshot.repository.path(project.path(snapshot.settings.approvals))
    if folder is None:
        return {}
    found = listing(snapshot.repository, snapshot.commit, folder).files
    below = {path[len(folder) + 1 :] if folder else path: blob for path, blob in found.items()}
    return {
        path: blob
        for path, blob in below.items()
        if path.count("/") == 1 and path.endswith((ENTRY, SIGNATURE))
    }


def _shorter_than_released(present: Ours, tip: Snapshot, told: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The heads of ledgers that the last release of the base names and that are gone, but for what is told already."""
    last = last_release(present.project, tip.commit)
    if last is None:
        return ()
    where, known = present.project.settings.approvals, {reason.where for reason in told}
    reasons = compare_heads(present.programme.ledgers, last.ledgers, where, f"at release {last.version}")
    return tuple(reason for reason in reasons if reason.where not in known)


def _shorter(parted: Snapshot, project: Project) -> Iterator[Reason]:
    """The entries that were there where the two parted, and are not any more."""
    where = project.settings.approvals
    for path in sorted(_files(parted, project)):
        if path.endswith(ENTRY) and not os.path.isfile(os.path.join(project.path(where), path)):
            message = f"{path.rpartition('/')[2]} is on {parted.name}, and is gone"
            yield Reason("ledger.shorter", f"{where}/{path}", message)
