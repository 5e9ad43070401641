"""Rules on plans: milestones come in order and are told as they are, and dependencies are agreed."""

from collections.abc import Iterator

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import has_source, is_open, lacks, listing
from pipeline.figures.days import read_day
from pipeline.figures.milestones import (
    live_milestones,
    predecessors,
    present_day,
    slip_of,
    tolerance_of,
    tolerances,
)
from pipeline.figures.network import knotted
from pipeline.model import Artifact, Fault, Programme


@rule("MS-ORDER", "block", "programme")
def disordered(programme: Programme) -> Iterator[Fault]:
    """A milestone is dated before one that it comes after.

    The day on which it comes (`actual`, else `forecast`, else `baseline`) is before that of a milestone in `after`; or
    its `baseline` is before that one's. Milestones that were cancelled do not count. Where `after` comes back to where
    it began, REF-CYCLE tells that, and there is no order.

    **Why.** A date that the plan itself rules out is a date that nobody works towards.

    **Mend.** Correct one of the two dates, or remove the link when the one does not wait for the other.
    """
    milestones = live_milestones(programme)
    after = predecessors(milestones)
    early = [key for key, others in after.items() if list(_early(milestones[key], others, milestones))]
    # Most plans are in order: only where one is not must it be known what has no order at all.
    loops = knotted(after) if early else frozenset()
    for identity in early:
        others = [other for other in after[identity] if not (identity in loops and other in loops)]
        yield from _early(milestones[identity], others, milestones)


def _early(artifact: Artifact, others: list[str], milestones: dict[str, Artifact]) -> Iterator[Fault]:
    """The first of the two dates of a milestone that is before one of its predecessors'."""
    before = [milestones[other] for other in others]
    field, day = present_day(artifact)
    present = [(item.id, other) for item in before if (other := present_day(item)[1])]
    agreed = [(item.id, other) for item in before if (other := read_day(item.fields.get("baseline")))]
    baseline = read_day(artifact.fields.get("baseline"))
    for key, own, theirs in ((field, day, present), ("baseline", baseline, agreed)):
        last = max(theirs, key=lambda pair: pair[1], default=None)
        if own and last and own < last[1]:
            message = f"{artifact.id} is dated {own}, before {last[0]}, which it comes after, on {last[1]}"
            yield on(artifact, message, "correct one of the dates, or remove the link in after", key)
            return


@rule("MS-ACT", "block", "artifact", "milestone")
def wrongly_achieved(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A milestone was achieved in the future, or without a day; or it has a day, and was not achieved.

    Its `actual` is after today; or its status is achieved and it has no `actual`; or it has one and is still planned.

    **Why.** Whether a milestone was hit, and by how much it was missed, is read from this day.

    **Mend.** Put the day on which it was achieved in `actual`, together with the status achieved; what is expected
    stands in `forecast`.
    """
    actual, today = read_day(artifact.fields.get("actual")), read_day(programme.day)
    if artifact.status == "achieved" and lacks(artifact, "actual"):
        yield on(artifact, f"{artifact.id} is achieved, but has no actual date", "add actual:", "status")
    elif actual and today and actual > today:
        message = f"{artifact.id} cannot have been achieved on {actual}, which is to come"
        yield on(artifact, message, "correct actual; an expected day stands in forecast", "actual")
    elif actual and artifact.status == "planned":
        message = f"{artifact.id} was achieved on {actual}, but its status is planned"
        yield on(artifact, message, "set its status to achieved, or remove actual", "status")


@rule("MS-PAST", "calendar", "artifact", "milestone")
def past(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A milestone is expected on a day that has passed.

    Its `forecast`, or its `baseline` where it has no forecast, is before today, and it is still planned.

    **Why.** Either it was achieved and nobody wrote it down, or it is late and nobody has said until when.

    **Mend.** Set it to achieved with its `actual` day, or give it a new forecast with its reason in
    `forecast_history`.
    """
    field, day = present_day(artifact)
    today = read_day(programme.day)
    if artifact.status == "planned" and field != "actual" and day and today and day < today:
        message = f"{artifact.id} is planned, but its {field} of {day} has passed"
        yield on(artifact, message, "set it to achieved with its actual day, or forecast it anew", field)


@rule("MS-TOL", "calendar", "programme")
def intolerable(programme: Programme) -> Iterator[Fault]:
    """A milestone slips beyond the tolerance, without an exception report or a decision.

    It is still planned, and comes more working days after its `baseline` than `tolerances.time` of the plan allows: of
    the plan that covers the gate it is part of, else of the plan of the programme. An exception report
    names it in `covers`; a decision stands in its `decided_by`, and was not rejected. Without a plan that has such a
    tolerance, nothing is said.

    **Why.** Beyond the tolerance the programme manager's mandate ends: those who gave it decide how to go on.

    **Mend.** Write the exception report with `covers: [MS-...]`, or have it decided and name the decision in
    `decided_by`.
    """
    known = tolerances(programme)
    if not known:
        return
    for artifact in live_milestones(programme).values():
        allowed, slip = tolerance_of(artifact, known), slip_of(artifact, programme)
        if artifact.status != "planned" or allowed is None or slip is None or slip <= allowed[1]:
            continue
        if not _is_excused(artifact, programme):
            message = f"{artifact.id} slips by {slip} working days, beyond the {allowed[1]} that {allowed[0]} allows"
            hint = "report the exception (covers), or have it decided (decided_by)"
            yield on(artifact, message, hint, present_day(artifact)[0])


def _is_excused(artifact: Artifact, programme: Programme) -> bool:
    for link in artifact.links:
        decision = programme.artifacts.get(link.target)
        if link.role == "decided_by" and (
            decision is None or decision.status not in ("requested", "rejected")
        ):
            return True
    return any(
        link.role == "covers" and (source.partial or source.fields.get("type") == "exception")
        for source, link in programme.incoming.get(artifact.id, ())
    )


@rule("DP-BOTH", "block", "artifact", "dependency")
def one_sided(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """An open dependency between teams on which not both have agreed.

    It is open or in progress, its `provider` is another than its `consumer`, and `agreed_provider` or
    `agreed_consumer` is missing.

    **Why.** A dependency that the one counts on and the other has not heard of is found out on the day it is due.

    **Mend.** Let both agree, and put the days on which they did in `agreed_provider` and `agreed_consumer`.
    """
    fields = artifact.fields
    if programme.phase(artifact) != "firm" or fields.get("provider") == fields.get("consumer"):
        return
    missing = [field for field in ("agreed_provider", "agreed_consumer") if lacks(artifact, field)]
    if missing:
        who = listing((f"the {field.removeprefix('agreed_')}" for field in missing), "and")
        message = f"{artifact.id} lacks the agreement of {who}"
        yield on(artifact, message, f"add {listing(f'{field}:' for field in missing)}")


@rule("DP-LATE", "block", "artifact", "dependency")
def too_late(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A dependency comes after the day by which it is needed, and neither a risk nor an issue says so.

    Its `commit_by` is after its `need_by`, it has not ended, `raised_as` names nothing, and no risk or issue names it
    in `related`.

    **Why.** The gap is known today and becomes a delay later: it needs an owner and an answer.

    **Mend.** Agree on another day, or write the risk or the issue and name it in `raised_as`.
    """
    need, commit = read_day(artifact.fields.get("need_by")), read_day(artifact.fields.get("commit_by"))
    if not need or not commit or commit <= need or not is_open(artifact, programme):
        return
    if not _is_raised(artifact, programme):
        message = f"{artifact.id} comes on {commit}, but is needed by {need}"
        yield on(
            artifact, message, "agree on another day, or name the risk or the issue in raised_as", "commit_by"
        )


def _is_raised(artifact: Artifact, programme: Programme) -> bool:
    if not lacks(artifact, "raised_as"):
        return True
    return any(has_source(artifact, "related", kind, programme) for kind in ("risk", "issue"))


RULES = (disordered, wrongly_achieved, past, intolerable, one_sided, too_late)
