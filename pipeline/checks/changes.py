"""Rules on what a change does to the artifacts that its base has: lifecycles, what was issued, what was agreed."""

from collections.abc import Iterator
from typing import Any

from pipeline.checks.rule import on, rule
from pipeline.model import Artifact, Base, Change, Fault, Kind, Programme, State


@rule("LC-JUMP", "block", "base")
def jumped(programme: Programme, base: Base) -> Iterator[Fault]:
    """A status changed in a way that the lifecycle does not allow.

    The status of an artifact is compared with that on the base (`--base`), and the lifecycle as the base declares it
    says which may follow which: a draft is reviewed before it is approved, what was withdrawn stays so. An artifact
    that was more than a draft does not vanish either: it ends in a state that says so.

    **Why.** A step that is left out is a review that nobody made, and what vanishes takes its history with it.

    **Mend.** Take the steps one by one, each on the base before the next. Bring back what vanished, and give it the
    status that ends it.
    """
    for change in base.changes.values():
        kind, before, after = change.kind, change.was.status, change.now.status
        known = programme.kinds.get(change.now.kind)
        # A status that there is not is told by SCHEMA.
        if before == after or before not in kind.states or known is None or after not in known.states:
            continue
        allowed = kind.moves.get(before, ())
        if after not in allowed:
            message = f"{change.now.id} was {before} on {base.name} and is {after} now"
            follows = (
                f"{' or '.join(allowed)} may follow {before}" if allowed else f"nothing follows {before}"
            )
            yield on(change.now, message, follows, "status")
    for artifact in base.gone.values():
        kind_then = base.kinds.get(artifact.kind)
        if (
            kind_then
            and kind_then.phase(artifact.status) in ("firm", "ended")
            and not _is_issued(kind_then, artifact)
        ):
            yield _gone(artifact, base, f"bring it back{_ending(kind_then, artifact)}")


def _gone(artifact: Artifact, base: Base, hint: str) -> Fault:
    message = f"{artifact.id} was {artifact.status} on {base.name} and is gone"
    return Fault(artifact.path, message, hint, artifact.id, line=1, column=1)


def _ending(kind: Kind, artifact: Artifact) -> str:
    """How an artifact may end instead, as the rest of a hint."""
    ends = [name for name in kind.moves.get(artifact.status, ()) if kind.phase(name) == "ended"]
    return f", with status: {' or '.join(ends)}" if ends else ""


@rule("LC-ISSUED", "block", "base")
def issued(_programme: Programme, base: Base) -> Iterator[Fault]:
    """What was issued was changed.

    A report, a test run, minutes: once such an artifact is issued on the base (`--base`), its content stays as it is.
    It concerns every lifecycle in which a state is firm and settled and nothing follows it. What the schema calls no
    content (`x-normative: false`, such as tags) may still change.

    **Why.** Others have read it and acted on it; they must find what they read.

    **Mend.** Restore it. What has to be corrected goes into a new one that supersedes it.
    """
    for change in base.changes.values():
        if _is_immutable(change.kind.states.get(change.was.status), change.kind):
            when = f"issued on {base.name}"
        elif _is_immutable(change.kind.states.get(change.ahead), change.kind):
            when = f"issued on {base.name} meanwhile"
        else:
            continue
        if change.of_content:
            message = f"{change.now.id} was {when} and has changed since: {_what(change)}"
            yield _at(change, message, "restore it, and correct it in a new one that supersedes it")
    for artifact in base.gone.values():
        kind = base.kinds.get(artifact.kind)
        if kind and _is_issued(kind, artifact):
            yield _gone(artifact, base, "bring it back: what was issued stays")


def _is_issued(kind: Kind, artifact: Artifact) -> bool:
    return _is_immutable(kind.states.get(artifact.status), kind)


def _is_immutable(state: State | None, kind: Kind) -> bool:
    """Whether content in a state can no longer change: it counts, it was agreed, and nothing comes after it."""
    return state is not None and state.phase == "firm" and state.settled and not kind.moves.get(state.name)


def _at(change: Change, message: str, hint: str) -> Fault:
    """A fault at the first thing that differs."""
    now = change.now
    if change.fields:
        return on(now, message, hint, change.fields[0])
    return Fault(now.path, message, hint, now.id, line=change.line, column=1, nth=now.nth)


def _what(change: Change) -> str:
    return ", ".join((*change.fields, *(["its text"] if change.line else [])))


@rule("LC-CR", "block", "base")
def unrequested(programme: Programme, base: Base) -> Iterator[Fault]:
    """Agreed content was changed without an approved change request.

    An artifact of a baseline that is approved on the base (`--base`) has other content now, and no approved change
    request modifies it at the version that the base has.

    **Why.** Others plan, build and test by what was agreed; a change request tells what the change does to them.

    **Mend.** Write a change request that `modifies` it, pinned to its version, and have it approved. Or restore it.
    """
    for change in base.changes.values():
        state = change.kind.states.get(change.was.status)
        if change.kind.lifecycle != "baseline" or state is None or not state.settled or not change.of_content:
            continue
        if change.now.kind == "budget" and not change.line and set(change.fields) <= _OF_MONEY:
            continue  # A decision is as good, says BG-BASE.
        requests = _requests(programme, change)
        if not any(_covers(programme, *request, change.was.version) for request in requests):
            message = f"{change.now.id} was approved on {base.name} and has changed: {_what(change)}"
            yield _at(change, message, _request(programme, requests, change.was))


def _requests(programme: Programme, change: Change) -> list[tuple[Artifact, str]]:
    """The change requests that modify an artifact, each with the version that it pins."""
    return [
        (source, link.version)
        for source, link in programme.incoming.get(change.now.id, ())
        if link.role == "modifies" and _lifecycle(programme, source) == "change-request"
    ]


def _lifecycle(programme: Programme, artifact: Artifact) -> str:
    kind = programme.kinds.get(artifact.kind)
    return kind.lifecycle if kind else ""


def _covers(programme: Programme, request: Artifact, pinned: str, version: str) -> bool:
    """Whether a change request is approved, and was made against a version."""
    state = programme.kinds[request.kind].states.get(request.status)
    return state is not None and state.settled and pinned == version


def _request(programme: Programme, requests: list[tuple[Artifact, str]], was: Artifact) -> str:
    """What a change request would have to say, or what those that there are lack."""
    for request, pinned in requests:
        if pinned == was.version:
            return f"{request.id} modifies it and is {request.status}: have it approved"
    for request, pinned in requests:
        if pinned and _covers(programme, request, pinned, pinned):
            return f"{request.id} modifies version {pinned}: this changes version {was.version}"
    named = f"{was.id}@{was.version}" if was.version else was.id
    return f"have a change request approved that has modifies: [{named}], or restore it"


@rule("MS-HIST", "block", "base")
def moved(_programme: Programme, base: Base) -> Iterator[Fault]:
    """A forecast moved without its history.

    The forecast of a milestone is another than on the base (`--base`), and `forecast_history` has no new entry that
    leads to it. Entries that the base has stay as they are.

    **Why.** The trend of a date is what tells a steering committee whether to believe the next one.

    **Mend.** Add an entry to `forecast_history`: `on` the day, `to` the new forecast, and the `reason`.
    """
    for change in base.changes.values():
        if change.now.kind != "milestone":
            continue
        before, after = _history(change.was), _history(change.now)
        forecast = change.now.fields.get("forecast")
        if after[: len(before)] != before:
            message = f"{change.now.id}: the forecast history that {base.name} has was rewritten"
            hint = "restore its entries; a new one is added below them"
            first = next(at for at, entry in enumerate(before) if after[at : at + 1] != [entry])
            yield on(change.now, message, hint, "forecast_history", first)
        elif forecast != change.was.fields.get("forecast") and change.was.fields.get("forecast"):
            # A milestone that was reached, or given up, needs no forecast any more.
            ended = forecast is None and change.kind.phase(change.now.status) == "ended"
            new = [entry.get("to") for entry in after[len(before) :] if isinstance(entry, dict)]
            if not ended and (not new or new[-1] != forecast):
                yield _unexplained(change)


def _unexplained(change: Change) -> Fault:
    before, after = change.was.fields.get("forecast"), change.now.fields.get("forecast")
    message = (
        f"{change.now.id} moves from {before} to {after or 'no date'} without a word in its forecast history"
    )
    hint = f"add to forecast_history the day (on), {after or 'the date'} (to) and the reason"
    return on(change.now, message, hint, "forecast")


def _history(artifact: Artifact) -> list[Any]:
    entries = artifact.fields.get("forecast_history")
    return entries if isinstance(entries, list) else []


@rule("BG-BASE", "block", "base")
def rebudgeted(programme: Programme, base: Base) -> Iterator[Fault]:
    """A budget changed without a change request or a decision.

    The BAC of a budget, or of a line of one, is another than on the base (`--base`). It takes an approved change
    request that modifies it at the version that the base has, or a new entry in the budget's `changes` that names an
    approved change request or a decision that was taken. Budgets that are still drafts are free to change.

    **Why.** What was approved is what can be spent; whoever reads the figures asks first who raised them.

    **Mend.** Add the change to `changes` with what decided it, or restore the amount.
    """
    for change in base.changes.values():
        if "bac" not in change.fields or change.now.kind not in ("budget", "budget-line"):
            continue
        if change.kind.phase(change.was.status) != "firm" or _is_decided(programme, base, change):
            continue
        before, after = change.was.fields.get("bac"), change.now.fields.get("bac")
        message = (
            f"the BAC of {change.now.id} was {before or 'not stated'} on {base.name} and is {after or 'gone'}"
        )
        hint = "name the change request or the decision under changes of the budget, or restore the amount"
        yield on(change.now, message, hint, "bac")


# What of a budget changes when its amount does.
_OF_MONEY = frozenset(("bac", "changes", "version"))


def _is_decided(programme: Programme, base: Base, change: Change) -> bool:
    """Whether a change request or a decision stands behind another BAC."""
    version = change.was.version
    if any(_covers(programme, *request, version) for request in _requests(programme, change)):
        return True
    parents = [link.target for link in change.now.links if link.role == "part_of"]
    return any(_has_new_entry(programme, base, identity) for identity in (change.now.id, *parents))


def _has_new_entry(programme: Programme, base: Base, identity: str) -> bool:
    """Whether a budget lists a change, by what is approved or taken, that it did not list on the base."""
    change = base.changes.get(identity)
    if change is None:
        return False
    listed = change.was.fields.get("changes")
    entries = change.now.fields.get("changes")
    new = [item for item in entries if item not in (listed or ())] if isinstance(entries, list) else []
    return any(isinstance(item, dict) and _is_settled(programme, str(item.get("by"))) for item in new)


def _is_settled(programme: Programme, identity: str) -> bool:
    artifact = programme.artifacts.get(identity)
    kind = programme.kinds.get(artifact.kind) if artifact else None
    if artifact is None or kind is None or kind.lifecycle not in ("change-request", "decision"):
        return False
    state = kind.states.get(artifact.status)
    return state is not None and state.settled


RULES = (jumped, issued, unrequested, moved, rebudgeted)
