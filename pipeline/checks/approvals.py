"""Rules on approvals: who approved, and what exactly."""

from collections.abc import Iterable, Iterator

from msgspec import structs

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import listing
from pipeline.model import Artifact, Base, Fault, Link, Programme, Signed, Standing, State
from pipeline.model.ledger import NOT_YET, POLICIES

_NAMED = 4


@rule("LC-EDIT", "block", "programme")
def edited(programme: Programme) -> Iterator[Fault]:
    """Approved content was changed without a new version and a new approval.

    The artifact is approved, its version was approved by all that the policy of its kind asks for, and its content is
    another now: a field that counts, the text, or for a deliverable something that it holds. What the schema calls no
    content (`x-normative: false`, such as tags), and where lines are broken, may change freely.

    **Why.** Those who signed answer for what they read. A version that says two things can be held against nobody.

    **Mend.** Raise the version, and have it approved (`paraph approve`); until then its status says that it is not. Or
    restore what was approved.
    """
    for artifact, standing in _settled(programme):
        if _is_edited(standing) and not _by_what_it_holds(standing, programme):
            day = max(item.day for item in standing.earlier)
            by = _listed(dict.fromkeys(item.entry.party for item in standing.earlier))
            named = _version(standing)
            moved = [identity for identity in standing.moved if identity != artifact.id]
            if artifact.id in standing.moved or not moved:
                message = f"{artifact.id} has changed since {named} was approved on {day} by {by}"
            else:
                message = (
                    f"{_listed(moved)} changed since {artifact.id} was approved on {day} by {by} with {named}"
                )
            hint = (
                "raise its version and have it approved with `paraph approve`, or restore what was approved"
            )
            yield on(artifact, message, hint, "version")


def _is_edited(standing: Standing) -> bool:
    return bool(standing.earlier)


def _by_what_it_holds(standing: Standing, programme: Programme) -> bool:
    """Whether a deliverable differs only by artifacts that were edited themselves: that is told there."""
    return bool(standing.moved) and all(
        identity != standing.id and _told(identity, programme) for identity in standing.moved
    )


def _told(identity: str, programme: Programme) -> bool:
    """Whether it is found at an artifact itself that nobody approved it as it is, or that it cannot be read whole."""
    standing, artifact = programme.standings.get(identity), programme.artifacts.get(identity)
    if artifact is None:
        return identity not in programme.documents
    if artifact.partial or identity in programme.twins:
        return True
    if standing is None or not _is_settled(artifact, programme):
        return False
    return _is_edited(standing) or bool(standing.missing or standing.rejected)


def _unapproved_signers(programme: Programme, base: Base) -> Iterator[Fault]:
    """Changes of who may sign that nobody approved who could on the base."""
    hint = "name under policies.party who approves such a change, in a change of its own"
    policies = base.policies
    if policies is not None and not (policies.votes and policies.approved):
        message = f"who approves {_listed(base.changed_policies)} is otherwise than on {base.name}"
        if policies.votes:
            message = f"{message}, and {_lack(policies)}"
        mend = _approve(POLICIES, policies) if policies.votes else hint
        weight = "block" if policies.votes else "warn"
        yield Fault(base.settings_file, message, mend, POLICIES, line=1, column=1, weight=weight)
    for identity in base.signers:
        artifact = programme.artifacts.get(identity)
        if artifact is not None:
            message = f"who signs as {identity}, or with which key, is otherwise than on {base.name}"
            yield structs.replace(on(artifact, message, hint), weight="warn")


@rule("LC-APPR", "block", "programme", against=_unapproved_signers)
def unapproved(programme: Programme) -> Iterator[Fault]:
    """Something is approved without all the roles that its policy asks for, or by someone without a mandate that day.

    Its status says that it is approved, and the policy of its kind (the setting `policies`) names a role of which no
    approval counts for this version and content: there is none, it was withdrawn, its key had expired or was revoked,
    the party had no mandate in that role on that day, or the role rejected it. An approval of a deliverable is one of
    all that it holds. With a base (`--base`), the policies, the parties and their keys are read from the base; a change
    of them has to be approved by the roles that the base has under `policies.party`.

    **Why.** Approved is what others build on. A status is a word that anybody can type; an approval has a name, a
    mandate and a date.

    **Mend.** Have the role approve it (`paraph approve`), or set the status back. `paraph approvals ID` shows who is in
    and who is missing.
    """
    pending: dict[str, int] = {}
    for artifact, standing in _settled(programme):
        ledger = programme.ledgers.get(artifact.id)
        if ledger is not None and ledger.faults:
            continue  # What became of its approvals is told there.
        if _is_edited(standing):
            continue
        waits = next((vote for vote in standing.votes if vote.uncounted.endswith(NOT_YET)), None)
        if waits is not None and not standing.rejected:
            signer = waits.uncounted.partition(" ")[0]
            pending[signer] = pending.get(signer, 0) + 1
        elif standing.missing or standing.rejected:
            message = f"{artifact.id} is {artifact.status}, but {_lack(standing)}"
            yield on(artifact, message, _approve(artifact.id, standing), "status")
    yield from _of_pending(programme, pending)


def _of_pending(programme: Programme, pending: dict[str, int]) -> Iterator[Fault]:
    """One fault for each party that is no longer approved, instead of one for all that it signed."""
    for identity, count in pending.items():
        party = programme.artifacts.get(identity)
        if party is not None:
            what = (
                f"its approvals of {count} artifacts do" if count > 1 else "its approval of one artifact does"
            )
            message = f"{identity} is {party.status}: {what} not count before it is approved itself"
            yield on(party, message, "have the party approved in the change that changes it", "status")


def _lack(standing: Standing) -> str:
    """What an approval lacks, in words."""
    for vote in standing.rejected:
        assert vote.by is not None
        return f"{vote.role} ({vote.by.entry.party}) rejected it on {vote.by.day}: {vote.by.entry.reason}"
    missing = [vote for vote in standing.votes if vote.role in standing.missing]
    if not missing:
        return "only its authors approved it"
    first = next((vote for vote in missing if vote.uncounted), None)
    if first is not None:
        return f"the approval by {first.role} does not count: {first.uncounted}"
    quorum, there = standing.policy.quorum, len(standing.votes) - len(missing)
    if quorum:
        return f"{there} of the {quorum} who are needed have approved {_version(standing)}"
    verb = "has" if len(missing) == 1 else "have"
    return f"{_listed(vote.role for vote in missing)} {verb} not approved {_version(standing)}"


def _approve(identity: str, standing: Standing) -> str:
    role = next(iter(standing.missing), standing.votes[0].role if standing.votes else "ROLE")
    back = "" if identity == POLICIES else ", or set its status back"
    return f'`paraph approve {identity} --role "{role}"`{back}'


@rule("LC-SELF", "block", "programme")
def alone(programme: Programme) -> Iterator[Fault]:
    """The author is the only approver.

    All that the policy asks for is there, and everyone who approved stands in `authors`; where there are none, is the
    owner. A deputy counts as the person who signed. A policy may allow it (`author_alone`).

    **Why.** Nobody sees their own blind spot; that is what a second pair of eyes is for.

    **Mend.** Have somebody approve it who did not write it.
    """
    for artifact, standing in _settled(programme):
        if standing.alone and not standing.missing and not standing.rejected and not _is_edited(standing):
            who = _listed(dict.fromkeys(vote.by.entry.party for vote in standing.votes if vote.by))
            message = f"{artifact.id} was approved by nobody but who wrote it: {who}"
            yield on(
                artifact, message, "have somebody approve it who did not write it", _written_by(artifact)
            )


def _written_by(artifact: Artifact) -> str:
    return "authors" if artifact.fields.get("authors") else "owner"


@rule("LC-COMM", "block", "artifact")
def commented(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """Something is approved while a review comment on it is open.

    A review comment with the artifact in `on` has not ended, and the status says that the artifact is approved. What
    was issued for good (reports, minutes, test runs) cannot be changed any more, and is left out.

    **Why.** An approval over an open remark either did not see it or did not answer it.

    **Mend.** Answer the comment and close it, or set the status of the artifact back.
    """
    kind = programme.kind_of(artifact)
    if kind is None or not _is_settled(artifact, programme) or not kind.moves.get(artifact.status):
        return
    comments = {
        source.id: source
        for source, link in programme.incoming.get(artifact.id, ())
        if link.role == "on"
        and source.kind == "review-comment"
        and programme.phase(source) not in ("ended", "")
    }
    if comments:
        names = _listed(comments)
        verb = "is" if len(comments) == 1 else "are"
        message = f"{artifact.id} is {artifact.status}, but {names} on it {verb} open"
        yield on(artifact, message, f"answer and close {names}, or set the status back", "status")


@rule("RQ-SUSPECT", "warn", "programme")
def suspect(programme: Programme) -> Iterator[Fault]:
    """What it rests on has changed since it was last approved.

    The last approval of the artifact names what it linked up to, with the content of that day, and one of these has
    other content now. It warns on what is approved and on drafts, and blocks what is in review: who approves must know.
    What was changed without an approval of its own is told there, and not here.

    **Why.** A requirement that satisfied the need of last year may miss that of today, and nobody has looked.

    **Mend.** Check that it still fits. If it does, approve it again (`paraph approve`); if not, change it.
    """
    for identity, standing in programme.standings.items():
        artifact = programme.artifacts[identity]
        kind = programme.kind_of(artifact)
        state = kind.states.get(artifact.status) if kind else None
        if standing.last is None or state is None or state.phase == "ended":
            continue
        if state.settled and not standing.approved:
            continue
        for link in artifact.links:
            if _has_moved(link, standing.last, programme):
                yield _suspect(artifact, link, standing.last, state, programme)


def _has_moved(link: Link, last: Signed, programme: Programme) -> bool:
    """Whether what a link leads to is otherwise than an approval saw it, and rightly so."""
    seen, target = last.entry.upstream.get(link.target), programme.artifacts.get(link.target)
    now = programme.contents.get(link.target)
    if seen is None or target is None or now is None or seen.content == now:
        return False
    kind = programme.kind_of(target)
    settles = kind is not None and any(state.settled for state in kind.states.values())
    return not _told(link.target, programme) and (_is_settled(target, programme) or not settles)


def _suspect(artifact: Artifact, link: Link, last: Signed, state: State, programme: Programme) -> Fault:
    target, before = programme.artifacts[link.target], last.entry.upstream[link.target].version
    moved = f", from {before} to {target.version}" if before != target.version else ""
    when = f"on {last.day} by {last.entry.party}"
    message = f"{target.id} has changed{moved} since {artifact.id} was last approved, {when}"
    hint = f'check that it still fits, then `paraph approve {artifact.id} --role "{last.entry.role}"`'
    weight = "block" if state.phase == "firm" and not state.settled else "warn"
    return structs.replace(on(artifact, message, hint, *link.field), weight=weight)


def _settled(programme: Programme) -> Iterator[tuple[Artifact, Standing]]:
    """The artifacts that say they are approved, and that a policy is about."""
    for identity, standing in programme.standings.items():
        artifact = programme.artifacts[identity]
        if _is_settled(artifact, programme):
            yield artifact, standing


def _is_settled(artifact: Artifact, programme: Programme) -> bool:
    kind = programme.kind_of(artifact)
    state = kind.states.get(artifact.status) if kind else None
    return state is not None and state.settled


def _version(standing: Standing) -> str:
    return f"version {standing.version}" if standing.version else "it"


def _listed(names: Iterable[str]) -> str:
    """Names in a sentence; of many the first few."""
    some = list(names)
    return listing(some if len(some) <= _NAMED else [*some[: _NAMED - 1], f"{len(some) - _NAMED + 1} more"])


RULES = (edited, unapproved, alone, commented, suspect)
