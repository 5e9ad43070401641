"""Judges approvals by what the base says of who may sign: its parties, its policies, the keys revoked there.

A change that gives itself a mandate, or asks for fewer signatures, is judged without either.
"""

import os
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import structs

from pipeline.checks.approvals import RULES
from pipeline.history.releases import last_release
from pipeline.history.repository import contents, differing, listing
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
_JUDGED = tuple(rule for rule in RULES if rule.reads == "programme" and rule.code != "LC-LEDGER")
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
    folder = tip.repository.path(project.path(project.settings.approvals))
    if folder is None:
        return Trusted(base, None)
    every = [*programme.ledgers.values(), *_ledgers(tip, folder, present.verdicts).values()]
    mine = Signing(parties_of(programme), programme.kinds, project.settings.policies)
    own, register, was = (register_from(*item, every) for item in (mine, signing, before))
    shorter = _shorter(parted, folder, project)
    shorter += _shorter_than_released(present, tip, shorter)
    base = structs.replace(base, shorter=shorter, home=project.folder)
    if not signing.policies:
        # Nothing has to be approved there yet; what is to be counts once it is there.
        return Trusted(base, [] if programme.standings else None)
    base = _changed(
        base, project, own, was, Standings(programme, register, programme.ledgers, present.contents)
    )
    if own == register:
        return Trusted(base, None)
    judged = judged_by(programme, register, present.contents)
    return Trusted(base, [(rule.code, fault) for rule in _JUDGED for fault in rule.run(judged)])


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


def _ledgers(snapshot: Snapshot, folder: str, verdicts: Verdicts) -> dict[str, Ledger]:
    files = listing(snapshot.repository, snapshot.commit, folder).files
    wanted = [path for path in files if _is_of_ledger(path, folder)]
    data = dict(zip(wanted, contents(snapshot.repository.top, (files[path] for path in wanted)), strict=True))
    return build_ledgers(wanted, data.get, verdicts)


def _is_of_ledger(path: str, folder: str) -> bool:
    below = path[len(folder) + 1 :] if folder else path
    return below.count("/") == 1 and below.endswith((ENTRY, SIGNATURE))


def _shorter_than_released(present: Ours, tip: Snapshot, told: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The heads of ledgers that the last release of the base names and that are gone, but for what is told already."""
    last = last_release(present.project, tip.commit)
    if last is None:
        return ()
    where, known = present.project.settings.approvals, {reason.where for reason in told}
    reasons = compare_heads(present.programme.ledgers, last.ledgers, where, f"at release {last.version}")
    return tuple(reason for reason in reasons if reason.where not in known)


def _shorter(parted: Snapshot, folder: str, project: Project) -> tuple[Reason, ...]:
    """The entries that were there where the two parted, and are not any more."""
    where = project.settings.approvals
    reasons = []
    for path in sorted(differing(parted.repository, parted.commit, folder)):
        below = path[len(folder) + 1 :] if folder else path
        there = os.path.isfile(os.path.join(project.path(where), below))
        if _is_of_ledger(path, folder) and path.endswith(ENTRY) and not there:
            message = f"{below.rpartition('/')[2]} is on {parted.name}, and is gone"
            reasons.append(Reason("ledger.shorter", f"{where}/{below}", message))
    return tuple(reasons)
