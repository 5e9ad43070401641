"""The view `approvals`: where artifacts stand by their policies, who has decided, and who is still to come."""

from msgspec import structs

from pipeline.figures.days import read_day
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme, Signed, Standing
from pipeline.model.ledger import FOR
from pipeline.model.situation import NONE_ASKED, Said, Situation
from pipeline.views.dates import long_day
from pipeline.views.select import select, text, texts
from pipeline.views.values import Cell, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

_COLUMNS = ("artifact", "version", "state", "in", "missing")
_CONDITIONS = "approve-with-conditions"
_STATES = {
    "none-asked": "approvals.none asked",
    "rejected": "was rejected",
    "alone": "authors alone",
    "approved": "is approved",
    "issued": "is issued",
    "issuable": "may be issued",
    "awaited": "is awaited",
}


def approvals(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The artifacts that the block names, or all of which a policy asks an approval, one a row.

    Only where ledgers were read, or what they said was kept, is there anything to see.
    """
    told = situations(programme)
    if not told:
        return Nothing()
    named = bool(texts(fields.get("ids")))
    chosen = select(programme, fields)
    if not named:
        chosen = [item for item in chosen if told.get(item.id, NONE_ASKED) != NONE_ASKED]
    if not named and not texts(fields.get("sort")):
        chosen = sorted(chosen, key=_rank)
    if not chosen:
        return Nothing()
    headers = tuple((Words(say(f"approvals.{column}", lang)),) for column in _COLUMNS)
    rows = tuple(_row(item, told.get(item.id, NONE_ASKED), lang) for item in chosen)
    return Table(headers, rows, text(fields.get("caption")))


def judged(programme: Programme) -> list[Artifact]:
    """The artifacts that a policy says something of, deliverables first."""
    found = (programme.artifacts.get(name) for name, item in programme.standings.items() if item.votes)
    return sorted((item for item in found if item is not None), key=_rank)


def situations(programme: Programme) -> dict[str, Situation]:
    """Where each artifact stands by the ledgers, or stood when that was kept, by its ID."""
    if not programme.standings:
        return programme.situations
    return {identity: situation(programme, item) for identity, item in programme.standings.items()}


def kept(programme: Programme) -> Programme:
    """The programme for what is made once: where artifacts stand is kept as it is told, and nothing else of approvals.

    Who approved what changes after a document is made, and it has a table of its own for those who sign it.
    """
    return structs.replace(programme, standings={}, situations=situations(programme))


def situation(programme: Programme, standing: Standing) -> Situation:
    """Where an artifact stands, as it is told."""
    if not standing.votes:
        return NONE_ASKED
    against = tuple(vote.role for vote in standing.rejected)
    decided = tuple(
        Said(vote.role, vote.decision, vote.by.day if vote.by else "")
        for vote in standing.votes
        if vote.decision
    )
    # Where a quorum is reached without them, others need not decide any more.
    waiting = tuple(role for role in standing.missing if role not in against)
    state, roles, day = _state(programme, standing)
    return Situation(state, roles, day, decided, waiting)


def _state(programme: Programme, standing: Standing) -> tuple[str, tuple[str, ...], str]:
    """The state, the roles of whom it is said, and the day of the issue."""
    if standing.rejected:
        return "rejected", tuple(vote.role for vote in standing.rejected), ""
    if standing.alone:
        return "alone", (), ""
    if standing.approved:
        return "approved", (), ""
    issued = _issued(programme, standing)
    waiting = [vote for vote in standing.votes if vote.role in standing.missing]
    if issued is not None:
        return "issued", tuple(vote.role for vote in waiting), issued.day
    if standing.issuable and any(vote.on for vote in standing.votes):
        return "issuable", (), ""
    before = [vote for vote in waiting if not vote.on]
    return "awaited", tuple(vote.role for vote in before or waiting), ""


def _rank(artifact: Artifact) -> tuple[bool, str, tuple[str, int]]:
    return artifact.kind != "deliverable", artifact.kind, natural_id(artifact.id)


def _row(artifact: Artifact, told: Situation, lang: str) -> tuple[Cell, ...]:
    return (
        (Ref(artifact.id, titled=True),),
        (Words(artifact.version),),
        (Words(summary(told, lang)),),
        tuple(Words(_decided(item, lang)) for item in told.decided),
        tuple(Words(role) for role in told.waiting),
    )


def _decided(said: Said, lang: str) -> str:
    """A role that has decided, with the day, and how where that is not plain approval."""
    told = []
    if said.decision not in FOR:
        told.append(say("approvals.against", lang))
    if said.decision == _CONDITIONS:
        told.append(say("approvals.conditions", lang))
    day = read_day(said.day)
    told += [long_day(day, lang)] if day else []
    return f"{said.role} ({', '.join(told)})" if told else said.role


def summary(told: Situation, lang: str) -> str:
    """Where an artifact stands, in a few words; of a state that is not known, nothing."""
    words = _STATES.get(told.state)
    return say(words, lang, day=told.day, roles=", ".join(told.roles)) if words else ""


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
