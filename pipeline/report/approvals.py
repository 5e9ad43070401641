"""Approvals for a terminal and as JSON: who is in, who is missing, and why what was entered does not count."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.model import Artifact, Ledger, Programme, Signed, Standing, Vote
from pipeline.report.plain import visible

FORM = "paraph.approvals/1"


def as_text(programme: Programme, standings: Iterable[Standing]) -> str:
    """One line an artifact that has not ended: its version, its status, and what its approval lacks."""
    rows = [
        (item.id, item.version, programme.artifacts[item.id].status, _state(item))
        for item in standings
        if programme.phase(programme.artifacts[item.id]) != "ended"
    ]
    if not rows:
        return "nothing here has to be approved: the settings have no policies, or nothing is of these kinds"
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = (
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    )
    return "\n".join(visible(line) for line in lines)


def one_as_text(
    artifact: Artifact | None, standing: Standing, ledger: Ledger | None, reasons: dict[str, str]
) -> str:
    """All of one artifact: its roles, and what stands in its ledger. `reasons` say what does not count, by digest.

    Without an artifact it is of the policies themselves.
    """
    head = f"{standing.id} {standing.version}".rstrip()
    title, status = (artifact.title, artifact.status) if artifact else ("Who approves what", "in force")
    lines = [f"{head}  {title}", f"Status {status}; {_state(standing)}", ""]
    width = max((len(vote.role) for vote in standing.votes), default=0)
    lines += [f"  {vote.role.ljust(width)}  {_vote(vote)}" for vote in standing.votes]
    entries = ledger.entries if ledger else ()
    if entries:
        lines += ["", "In the ledger, oldest first:"]
        lines += [f"  {_entry(item, standing)}{_why(item, reasons)}" for item in entries]
    for fault in ledger.faults if ledger else ():
        lines.append(f"  {fault.where}: {fault.message}")
    return "\n".join(visible(line) for line in lines)


def as_json(programme: Programme, standings: Iterable[Standing], day: str) -> str:
    """The same for other programs: see schemas/reports/approvals.schema.json."""
    value = {
        "$schema": FORM,
        "tool": {"name": "paraph", "version": __version__},
        "day": day,
        "artifacts": [_artifact(programme, item) for item in standings],
        "heads": {key: list(ledger.heads) for key, ledger in sorted(programme.ledgers.items())},
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def keys_as_text(rows: Iterable[tuple[str, str, str, str, str, str]]) -> str:
    """The keys of parties, a line each: fingerprint, party, name, first and last day, the day of its revocation."""
    lines = []
    for fingerprint, party, name, since, until, revoked in rows:
        times = f"from {since}" + (f" to {until}" if until else "")
        gone = f", revoked on {revoked}" if revoked else ""
        who = f"{party} {name}".rstrip()
        lines.append(visible(f"{fingerprint}  {who}, {times}{gone}"))
    return "\n".join(lines) if lines else "no party has a key"


def _state(standing: Standing) -> str:
    if standing.rejected:
        return f"rejected by {_listed(vote.role for vote in standing.rejected)}"
    if standing.earlier:
        return "changed since it was approved"
    if standing.missing:
        return f"waits for {_listed(standing.missing)}"
    if standing.alone:
        return "approved by its authors alone"
    return "approved, with conditions" if standing.conditions else "approved"


def _vote(vote: Vote) -> str:
    if vote.by is None:
        return f"missing ({vote.uncounted})" if vote.uncounted else "missing"
    entry = vote.by.entry
    words = f"{_decision(vote.decision)} by {_who(vote.by)} on {vote.by.day}"
    if vote.through:
        words += f", with {vote.through}"
    if vote.decision == "reject" and entry.reason:
        words += f": {entry.reason}"
    return words + "".join(f"; condition: {text}" for text in entry.conditions)


def _entry(item: Signed, standing: Standing) -> str:
    entry = item.entry
    role = f" as {entry.role}" if entry.role else ""
    version = f" {entry.version}" if entry.version else ""
    other = "" if entry.content == standing.content or entry.decision == "revoke-key" else ", other content"
    reason = f": {entry.reason}" if entry.reason else ""
    return f"{item.day}  {_decision(entry.decision)}{version}{role} by {_who(item)}{other}{reason}"


def _why(item: Signed, reasons: dict[str, str]) -> str:
    return f" (does not count: {reasons[item.digest]})" if item.digest in reasons else ""


def _decision(decision: str) -> str:
    return {
        "approve": "approved",
        "approve-with-conditions": "approved with conditions",
        "reject": "rejected",
        "withdraw": "withdrawn",
        "issue": "issued",
        "receive": "signed",
        "refuse": "refused",
        "renew": "renewed",
        "revoke-key": "key revoked",
    }.get(decision, decision)


def _who(item: Signed) -> str:
    entry = item.entry
    name = f"{entry.party} {entry.name}".rstrip()
    if entry.decision == "receive":
        # Who signed the PDF; the one who entered it has but taken it back.
        stated = {key: str(value) for key, value in entry.evidence.items()}
        signer = f"{stated.get('signer', '')} {stated.get('who', '')}".strip()
        seat = f", for {stated['for']}" if "for" in stated else ""
        return f"{signer}{seat} (entered by {name})" if signer else name
    return f"{name}, for {entry.on_behalf}" if entry.on_behalf else name


def _artifact(programme: Programme, standing: Standing) -> dict[str, Any]:
    artifact = programme.artifacts.get(standing.id)
    return {
        "id": standing.id,
        "kind": artifact.kind if artifact else "",
        "title": artifact.title if artifact else "",
        "version": standing.version,
        "status": artifact.status if artifact else "",
        "content": standing.content,
        "approved": standing.approved and not standing.earlier,
        "issuable": standing.issuable,
        "changed": bool(standing.earlier),
        "authors_alone": standing.alone,
        "missing": list(standing.missing),
        "conditions": list(standing.conditions),
        "roles": [_role(vote) for vote in standing.votes],
    }


def _role(vote: Vote) -> dict[str, Any]:
    found: dict[str, Any] = {
        "role": vote.role,
        "where": "pdf" if vote.on else "ledger",
        "decision": vote.decision,
    }
    if vote.by is not None:
        entry = vote.by.entry
        found |= {"party": entry.party, "name": entry.name, "date": entry.date, "entry": vote.by.digest}
        found |= {"for": entry.on_behalf} if entry.on_behalf else {}
        found |= {"reason": entry.reason} if entry.reason else {}
    found |= {"through": vote.through} if vote.through else {}
    return found | ({"uncounted": vote.uncounted} if vote.uncounted else {})


def _listed(words: Iterator[str] | tuple[str, ...]) -> str:
    *before, end = list(words)
    return f"{', '.join(before)} and {end}" if before else end
