"""What `approve` and `reject` do: see that the decision can stand, enter it, and say what is still missing."""

from typing import TYPE_CHECKING, NamedTuple

import click

from pipeline.cli.deciding import (
    Table,
    enter,
    in_the_way,
    key_of,
    moment,
    open_table,
    refuse,
    uncommitted,
)
from pipeline.ledger.desk import Asked, Refused, Subject, listed
from pipeline.ledger.signature import fingerprint_of
from pipeline.model import Entry, Signed, Vote
from pipeline.model.ledger import FOR
from pipeline.report.plain import visible
from pipeline.settings import Project

if TYPE_CHECKING:
    from pipeline.model import Standing

_SHOWN = 3
_DONE = {
    "approve": "approved",
    "approve-with-conditions": "approved, with conditions,",
    "reject": "rejected",
}


class Wanted(NamedTuple):
    """What was asked for on the command line."""

    decision: str
    role: str
    reason: str
    conditions: tuple[str, ...]
    key: str | None
    today: str | None


def decide(project: Project, identity: str, wanted: Wanted) -> int:
    """Enter a decision, or say why not; gives the exit status. Raises CouldNotRun."""
    key = key_of(project, wanted.key)
    fingerprint = fingerprint_of(key)
    table = open_table(project)
    try:
        subject = table.desk.subject(identity)
        _refuse_unready(table, subject, wanted.decision)
        date = moment(wanted.today, table.desk.programme.ledgers.get(subject.id))
        asked = Asked(wanted.decision, wanted.role, fingerprint, date, wanted.reason, wanted.conditions)
        entry = table.desk.enter(subject, asked)
    except Refused as error:
        return refuse(error.message, error.hint)
    before = table.desk.standing(subject)
    path = enter(table, entry, key)
    click.echo(visible(_said(entry)))
    click.echo(f"  {path} and its .sig: commit both")
    if wanted.decision in FOR:
        click.echo(f"  {_left(before, entry)}")
    return 0


def _refuse_unready(table: Table, subject: Subject, decision: str) -> None:
    """Raise Refused where what is decided on is not ready for it."""
    dirty = uncommitted(table, subject)
    if dirty:
        hint = "commit first: others must be able to read what you decided on"
        raise Refused(f"{listed(dirty)} {'is' if len(dirty) == 1 else 'are'} not committed", hint)
    if decision not in FOR or subject.artifact is None:
        return
    artifact, programme = subject.artifact, table.desk.programme
    phase = programme.phase(artifact)
    if phase != "firm":
        state = artifact.status or "without a status"
        hint = "send it into review first" if phase == "early" else "nobody approves what has ended"
        raise Refused(f"{subject.id} is {state}", hint)
    errors = in_the_way(table, subject)
    if errors:
        first = "; ".join(f"{item.code} {item.path}:{item.line} {item.message}" for item in errors[:_SHOWN])
        more = f" and {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else ""
        raise Refused(f"{subject.id} has errors: {first}{more}", "mend them first: `paraph check`")
    comments = [
        source.id
        for source, link in programme.incoming.get(subject.id, ())
        if link.role == "on" and source.kind == "review-comment" and programme.phase(source) != "ended"
    ]
    if comments:
        verb = "is" if len(comments) == 1 else "are"
        raise Refused(
            f"{listed(comments)} on {subject.id} {verb} open", "answer and close what is open first"
        )


def _said(entry: Entry) -> str:
    who = f"{entry.party} ({entry.name})" if entry.name else entry.party
    deputy = f", for {entry.on_behalf}" if entry.on_behalf else ""
    what = f"{entry.artifact} {entry.version}".rstrip()
    return f"{who} {_DONE[entry.decision]} {what} as {entry.role}{deputy}"


def _left(before: "Standing", entry: Entry) -> str:
    """Who is still to approve after an entry."""
    from msgspec import structs

    def after(vote: Vote) -> Vote:
        mine = vote.role == entry.role
        return structs.replace(vote, decision=entry.decision, by=Signed(entry, "", "")) if mine else vote

    votes = tuple(after(vote) for vote in before.votes)
    standing = structs.replace(before, votes=votes, alone=False)
    if standing.rejected:
        return f"rejected by {listed(vote.role for vote in standing.rejected)}"
    if standing.missing:
        return f"still to approve: {listed(standing.missing)}"
    return "all who have to approve have done so"
