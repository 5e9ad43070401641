"""Rules on who decides what, by which mandate, and on what was agreed to change."""

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import has_source, is_open, items, lacks, listing, table
from pipeline.figures.days import read_day
from pipeline.figures.versions import version_numbers
from pipeline.model import Artifact, Fault, Link, Programme


@rule("LC-REVIEW", "calendar", "artifact")
def review_passed(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """The day of the next review has passed.

    Its `review_due` is before today, and it has not ended. A day that sections take from `defaults` is told once.

    **Why.** Nobody has said since that it still holds, and its readers cannot see that.

    **Mend.** Review it, and set `review_due` to the day of the next review.
    """
    if "review_due" not in artifact.fields:
        return
    today, due = read_day(programme.day), read_day(artifact.fields["review_due"])
    if today and due and due < today and is_open(artifact, programme):
        message = f"the review of {artifact.id} was due on {due}"
        yield on(artifact, message, "review it, and set the day of the next review", "review_due")


@rule("DC-META", "completeness", "artifact", "decision", "committee")
def undocumented(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A decision was taken without date, decider or meeting; or a committee has no mandate or quorum.

    A decision in the state taken has a `date`, `decided_by` and `made_in`. A committee, until it ends, has a `mandate`
    and a `quorum`.

    **Why.** A decision counts because of who took it, when, and with how many; without these it can be contested.

    **Mend.** Add what is missing, from the minutes of the meeting or from the act that set up the committee.
    """
    needed: tuple[str, ...]
    if artifact.kind == "decision":
        needed = ("date", "decided_by", "made_in") if artifact.status == "taken" else ()
        words = "was taken, but has no"
    else:
        needed = ("mandate", "quorum") if is_open(artifact, programme) else ()
        words = "decides, but has no"
    missing = [field for field in needed if lacks(artifact, field)]
    if missing:
        message = f"{artifact.id} {words} {listing(missing, 'or')}"
        yield on(artifact, message, f"add {listing(f'{field}:' for field in missing)}")


@rule("DC-ASK", "issue", "artifact", "decision")
def half_asked(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """A decision is asked for without options, recommendation or deadline.

    Its status is requested, and it has no `options`, none or more than one of them is `recommended`, or it has no
    `deadline`.

    **Why.** A committee can only decide on what it can choose from, and when it knows what waiting costs.

    **Mend.** Write the options, doing nothing among them, mark one with `recommended: true`, and say by when.
    """
    if artifact.status != "requested":
        return
    missing = [field for field in ("options", "deadline") if lacks(artifact, field)]
    options = items(artifact.fields.get("options"))
    put_forward = [index for index, option in enumerate(options) if table(option).get("recommended") is True]
    if options and not put_forward:
        missing.insert(0, "recommendation")
    if missing:
        message = f"{artifact.id} is asked for, but has no {listing(missing, 'or')}"
        yield on(artifact, message, "write the options, recommend one of them, and say by when")
    for index in put_forward[1:]:
        message = f"{artifact.id} recommends more than one option"
        yield on(artifact, message, "recommend one of them", "options", index, "recommended")


@rule("CR-IMP", "block", "artifact", "change-request")
def unweighed(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A change was approved without its impact or without a decision.

    Its status is approved or implemented, and its `impact` is missing, or no decision that was taken names it in
    `resolves`.

    **Why.** Who agrees to a change without its price in time and money has not decided; and a change that nobody
    decided is not agreed.

    **Mend.** State the `impact`, and name the change request in `resolves` of the decision.
    """
    if artifact.status not in ("approved", "implemented"):
        return
    missing = ["impact"] if lacks(artifact, "impact") else []
    if not has_source(artifact, "resolves", "decision", programme, "requested", "deferred", "rejected"):
        missing.append("decision")
    if missing:
        message = f"{artifact.id} is {artifact.status}, but has no {listing(missing, 'or')}"
        yield on(artifact, message, "state its impact, and the decision that resolves it")


@rule("CR-DONE", "block", "artifact", "change-request")
def undone(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A change is implemented, but what it modifies has not changed.

    Its status is implemented, and an artifact in `modifies` still has the version that is pinned there.

    **Why.** The change was agreed, and nobody has written it down: tests and suppliers still follow the old text.

    **Mend.** Make the change and raise the version of the artifact, or set the change request back to approved.
    """
    if artifact.status != "implemented":
        return
    for link in artifact.links:
        target = programme.artifacts.get(link.target)
        if link.role == "modifies" and target is not None and _is_unchanged(target, link, programme):
            message = f"{artifact.id} is implemented, but {target.id} still has the version {target.version}"
            hint = f"raise the version of {target.id} with the change, or set {artifact.id} back to approved"
            yield on(artifact, message, hint, *link.field)


def _is_unchanged(target: Artifact, link: Link, programme: Programme) -> bool:
    kind = programme.kind_of(target)
    state = kind.states.get(target.status) if kind else None
    if state is not None and state.replaced:
        return False  # To withdraw it was the change.
    try:
        return version_numbers(target.version) == version_numbers(link.version)
    except ValueError:
        return False  # A version that is none is told by SCHEMA.


@rule("RS-ONE", "block", "artifact", "rasci")
def not_one_accountable(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """Not exactly one party is accountable.

    The `accountable` of a RASCI row names nobody (which a draft may, with a warning), or more than one.

    **Why.** Where two answer for something, neither does.

    **Mend.** Name the one party that answers for the activity; the others are responsible, or are consulted.
    """
    if not is_open(artifact, programme):
        return
    named: Any = artifact.fields.get("accountable")
    if lacks(artifact, "accountable"):
        fault = on(artifact, f"{artifact.id} names nobody as accountable", "name one party in accountable")
        yield structs.replace(fault, weight="completeness")
    elif isinstance(named, list) and len(named) > 1:
        message = f"{artifact.id} names {len(named)} parties as accountable"
        yield on(artifact, message, "name one; the others are responsible or consulted", "accountable", 1)


RULES = (review_passed, undocumented, half_asked, unweighed, undone, not_one_accountable)
