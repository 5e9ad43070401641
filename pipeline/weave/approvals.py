"""Where artifacts stand by their policies, as readers of the site see it: who is in, and who is still to come."""

from collections.abc import Iterator

from pipeline.ledger.register import register_of
from pipeline.model import Artifact, Signed, Vote
from pipeline.views.approvals import situation, summary
from pipeline.weave.attributes import classes
from pipeline.weave.audience import MARK
from pipeline.weave.inline import literal, weave_line
from pipeline.weave.labels import fact
from pipeline.weave.links import titled
from pipeline.weave.loom import Loom, Place
from pipeline.weave.words import word

PAGE = "approvals.md"
_HOW = "sign"


def approvals(loom: Loom, place: Place, artifact: Artifact) -> str:
    """Where a deliverable stands: its roles, who is in, who is to come, and how one signs; '' for anything else."""
    standing = loom.programme.standings.get(artifact.id)
    if standing is None or artifact.kind != "deliverable" or not standing.votes:
        return ""
    lang = artifact.lang
    headers = [word(key, lang) for key in ("role", "decision", "by", "day")]
    rows = [_row(loom, place, vote, lang) for vote in standing.votes]
    words = summary(situation(loom.programme, standing), lang)
    parts = [
        f"**{word('approvals', lang)}:** {weave_line(loom, place, words)}",
        loom.dialect.table(headers, rows, "", False),
        how(loom, lang),
    ]
    return "\n\n".join([loom.dialect.open(classes("approvals")), *filter(None, parts), loom.dialect.close()])


def approval_fact(loom: Loom, place: Place, artifact: Artifact) -> Iterator[str]:
    """Where any other artifact stands, in a line among its facts."""
    standing = loom.programme.standings.get(artifact.id)
    if standing is not None and artifact.kind != "deliverable" and standing.votes:
        words = summary(situation(loom.programme, standing), artifact.lang)
        yield fact(word("approvals", artifact.lang), weave_line(loom, place, words), artifact.lang)


def how(loom: Loom, lang: str) -> str:
    """The link to how one signs and checks; '' where there is no such page."""
    address = loom.addresses.document(PAGE, _HOW)
    return loom.dialect.link(word("how to sign", lang), address) if address else ""


def _row(loom: Loom, place: Place, vote: Vote, lang: str) -> list[str]:
    """A role: what it decided, who did, on which day; or what is still to come of it, and from whom."""
    role = weave_line(loom, place, vote.role, linked=False)
    if vote.by is None or not vote.decision:
        state = word("to sign" if vote.on else "to approve", lang)
        return [
            role,
            loom.dialect.span(state, classes("badge", "status", "in-review")),
            _holders(loom, vote.role),
            "",
        ]
    state = word(f"decided {vote.decision}", lang)
    colour = "approved" if vote.favourable else "blocked"
    badge = loom.dialect.span(state, classes("badge", "status", colour))
    through = f" ({titled(loom, vote.through)})" if vote.through in loom.programme.artifacts else ""
    return [role, f"{badge}{through}", _name(loom, vote.by, lang), vote.by.day]


def _name(loom: Loom, item: Signed, lang: str) -> str:
    """Who decided, for readers who may see the party."""
    entry = item.entry
    if entry.party not in loom.programme.artifacts:
        return MARK
    behalf = loom.programme.artifacts.get(entry.on_behalf)
    name = behalf.fields.get("name") or behalf.title if behalf else ""
    return literal(word("for another", lang).format(name=entry.name, other=name) if name else entry.name)


def _holders(loom: Loom, role: str) -> str:
    """Who holds a role, as far as the readers may see the party."""
    register = register_of(loom.programme, {}, {})
    holders = register.holders(role, loom.programme.day)
    return literal(", ".join(item.name for item in holders if item.name))
