"""The view `approvals`: where artifacts stand by their policies, who has decided, and who is still to come."""

from pipeline.figures.days import read_day
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme, Signed, Standing, Vote
from pipeline.views.dates import long_day
from pipeline.views.select import select, text, texts
from pipeline.views.values import Cell, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

_COLUMNS = ("artifact", "version", "state", "in", "missing")
_CONDITIONS = "approve-with-conditions"


def approvals(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The artifacts that the block names, or all of which a policy asks an approval, one a row.

    Only where ledgers were read is there anything to see: a PDF has its own table of those who sign it.
    """
    if not programme.standings:
        return Nothing()
    named = bool(texts(fields.get("ids")))
    chosen = select(programme, fields)
    if not named:
        chosen = [item for item in chosen if _judged(programme, item)]
    if not named and not texts(fields.get("sort")):
        chosen = sorted(chosen, key=_rank)
    if not chosen:
        return Nothing()
    headers = tuple((Words(say(f"approvals.{column}", lang)),) for column in _COLUMNS)
    rows = tuple(_row(programme, item, lang) for item in chosen)
    return Table(headers, rows, text(fields.get("caption")))


def judged(programme: Programme) -> list[Artifact]:
    """The artifacts that a policy says something of, deliverables first."""
    found = (programme.artifacts.get(name) for name in programme.standings)
    return sorted((item for item in found if item is not None and _judged(programme, item)), key=_rank)


def _judged(programme: Programme, artifact: Artifact) -> bool:
    standing = programme.standings.get(artifact.id)
    return standing is not None and bool(standing.votes)


def _rank(artifact: Artifact) -> tuple[bool, str, tuple[str, int]]:
    return artifact.kind != "deliverable", artifact.kind, natural_id(artifact.id)


def _row(programme: Programme, artifact: Artifact, lang: str) -> tuple[Cell, ...]:
    first: tuple[Cell, ...] = ((Ref(artifact.id, titled=True),), (Words(artifact.version),))
    standing = programme.standings.get(artifact.id)
    if standing is None or not standing.votes:
        return (*first, (Words(say("approvals.none asked", lang)),), (), ())
    decided = tuple(Words(_decided(vote, lang)) for vote in standing.votes if vote.decision)
    # Where a quorum is reached without them, others need not decide any more.
    waiting = tuple(Words(role) for role in standing.missing if not _against(standing, role))
    return (*first, (Words(summary(programme, standing, lang)),), decided, waiting)


def _against(standing: Standing, role: str) -> bool:
    return any(vote.role == role for vote in standing.rejected)


def _decided(vote: Vote, lang: str) -> str:
    """A role that has decided, with the day, and how where that is not plain approval."""
    told = []
    if not vote.favourable:
        told.append(say("approvals.against", lang))
    if vote.decision == _CONDITIONS:
        told.append(say("approvals.conditions", lang))
    day = read_day(vote.by.day) if vote.by else None
    told += [long_day(day, lang)] if day else []
    return f"{vote.role} ({', '.join(told)})" if told else vote.role


def summary(programme: Programme, standing: Standing, lang: str) -> str:
    """Where an artifact stands, in a few words."""
    if standing.rejected:
        return say("was rejected", lang, roles=_roles(standing.rejected))
    if standing.alone:
        return say("authors alone", lang)
    if standing.approved:
        return say("is approved", lang)
    issued = _issued(programme, standing)
    waiting = tuple(vote for vote in standing.votes if vote.role in standing.missing)
    if issued is not None:
        return say("is issued", lang, day=issued.day, roles=_roles(waiting))
    if standing.issuable and any(vote.on for vote in standing.votes):
        return say("may be issued", lang)
    return say("is awaited", lang, roles=_roles(tuple(vote for vote in waiting if not vote.on) or waiting))


def _issued(programme: Programme, standing: Standing) -> Signed | None:
    """The entry by which what it says now was issued for signature."""
    ledger = programme.ledgers.get(standing.id)
    wanted = ("issue", standing.version, standing.content)
    found = [
        item
        for item in (ledger.entries if ledger else ())
        if (item.entry.decision, item.entry.version, item.entry.content) == wanted
    ]
    return found[-1] if found else None


def _roles(votes: tuple[Vote, ...]) -> str:
    return ", ".join(vote.role for vote in votes)
