"""Rules on what is kept under control: risks, issues, actions."""

from collections.abc import Iterator
from typing import Any

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import has_source, is_open, lacks, listing
from pipeline.figures.days import read_day, working_days
from pipeline.figures.risks import OPPORTUNITY, score
from pipeline.model import Artifact, Fault, Programme


@rule("AC-OWN", "completeness", "artifact", "action")
def ownerless(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """An action without owner or due date.

    Its `owner` or its `due` is missing, and it is neither closed nor rejected.

    **Why.** What nobody in particular does by no day in particular is not done.

    **Mend.** Name one party in `owner`, and the day in `due`.
    """
    missing = [field for field in ("owner", "due") if lacks(artifact, field)]
    if missing and is_open(artifact, programme):
        what = listing({"owner": "owner", "due": "due date"}[field] for field in missing)
        yield on(artifact, f"{artifact.id} has no {what}", f"add {listing(f'{field}:' for field in missing)}")


@rule("AC-LATE", "calendar", "artifact", "action")
def overdue(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """An action is overdue.

    Its `due` is before today, and it is neither closed nor rejected.

    **Why.** Who reads the register must be able to trust that what is late is known to be late, and by whom it is
    followed.

    **Mend.** Close the action with the day in `done_on`, or agree on another day with whoever waits for it.
    """
    today, due = read_day(programme.day), read_day(artifact.fields.get("due"))
    if today and due and due < today and is_open(artifact, programme):
        days = (today - due).days
        message = f"{artifact.id} was due on {due}, {days} {'day' if days == 1 else 'days'} ago"
        yield on(artifact, message, "close it with done_on, or agree on another day", "due")


@rule("RK-HIGH", "completeness", "artifact", "risk")
def unanswered(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A high risk without owner, response or action.

    Its score, probability times impact, is at or above the setting `thresholds.high_risk` (15), and it is proposed or
    open. An action answers it when it names the risk in `arises_from` and was not rejected. A risk that is accepted
    needs no action: RK-ACC asks for the decision.

    **Why.** A high risk that nobody works on is only waited for.

    **Mend.** Name the `owner` and the `response`, and write the action with `arises_from: [RSK-...]`.
    """
    high = score(artifact.fields)
    if high < programme.thresholds.high_risk or not is_open(artifact, programme):
        return
    missing = [field for field in ("owner", "response") if lacks(artifact, field)]
    accepted = artifact.fields.get("response") == "accept"
    if not accepted and not has_source(artifact, "arises_from", "action", programme, "rejected"):
        missing.append("action")
    if missing:
        message = f"{artifact.id} has the score {high} and no {listing(missing, 'or')}"
        hint = "name who answers for it, how, and by which action (arises_from)"
        yield on(artifact, message, hint)


@rule("RK-RESID", "block", "artifact", "risk")
def growing(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """A residual risk above the inherent one.

    Probability times impact in `residual` is more than before the response. An opportunity may grow: nothing is said
    where the response is exploit or enhance.

    **Why.** A response that makes a risk larger is no response; more often the two scores were exchanged.

    **Mend.** Correct the scores, or choose another response.
    """
    before, after = score(artifact.fields), score(artifact.fields.get("residual"))
    if before and after > before and artifact.fields.get("response") not in OPPORTUNITY:
        message = f"the residual score of {artifact.id} is {after}, above the inherent {before}"
        yield on(artifact, message, "correct the scores, or choose another response", "residual")


@rule("RK-ACC", "block", "artifact", "risk")
def accepted_by_nobody(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A high risk is accepted without a decision.

    Its response is accept, or its `roam` accepted, its score is at or above `thresholds.high_risk` (15), and
    `accepted_by` names no decision, or one that was not taken.

    **Why.** Who carries a high risk for the organisation must have the mandate to do so, and must have said it.

    **Mend.** Have it decided, and name the decision in `accepted_by`; or choose another response.
    """
    field = next((name for name in ("response", "roam") if _is_accepted(artifact.fields.get(name))), "")
    if not field or score(artifact.fields) < programme.thresholds.high_risk:
        return
    if not is_open(artifact, programme):
        return
    links = [link for link in artifact.links if link.role == "accepted_by"]
    if not links and lacks(artifact, "accepted_by"):
        message = f"{artifact.id} is high and accepted, but no decision says so"
        yield on(artifact, message, "name the decision in accepted_by", field)
    for link in links:
        decision = programme.artifacts.get(link.target)
        if decision is not None and decision.status in ("requested", "deferred", "rejected"):
            message = f"{artifact.id} is accepted by {decision.id}, which is {decision.status}"
            yield on(artifact, message, "have it decided, or choose another response", *link.field)


def _is_accepted(value: Any) -> bool:
    return value in ("accept", "accepted")


@rule("RK-OCC", "block", "artifact", "risk")
def occurred(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A risk has occurred, and there is no issue.

    Its status is occurred, and no issue names it in `stems_from`.

    **Why.** What has happened is no longer uncertain: it needs an owner and an answer of its own.

    **Mend.** Write the issue with `stems_from: [RSK-...]`.
    """
    if artifact.status == "occurred" and not has_source(artifact, "stems_from", "issue", programme):
        message = f"{artifact.id} has occurred, but no issue stems from it"
        yield on(artifact, message, f"write the issue, with stems_from: [{artifact.id}]", "status")


@rule("IS-ESC", "calendar", "artifact", "issue")
def unescalated(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A critical issue is open for long and was not escalated.

    Its `impact` or its `urgency` is critical, more working days than `thresholds.escalation` (5) have gone by since
    the day in `created`, and `escalation` is missing.

    **Why.** What is critical exceeds the mandate of its owner sooner or later; those above must hear of it while they
    can still act.

    **Mend.** Escalate it, with `escalation: {to: ..., on: ...}`; or close it.
    """
    fields, limits = artifact.fields, programme.thresholds
    today, since = read_day(programme.day), read_day(fields.get("created"))
    if "critical" not in (fields.get("impact"), fields.get("urgency")) or not is_open(artifact, programme):
        return
    if today and since and lacks(artifact, "escalation"):
        days = working_days(since, today, limits.closed)
        if days > limits.escalation:
            message = f"{artifact.id} is critical, open for {days} working days, and not escalated"
            yield on(artifact, message, "add escalation: {to: ..., on: ...}, or close it")


RULES = (ownerless, overdue, unanswered, growing, accepted_by_nobody, occurred, unescalated)
