"""Verdicts on signed documents and releases, for a person and for other programs."""

from collections.abc import Iterable, Iterator

import msgspec

from pipeline import __version__
from pipeline.model import Reason
from pipeline.model.verdict import Signature, Verdict
from pipeline.report.plain import dump, visible

FORMAT = "paraph.verdict/1"
_WORDS = {"valid": "VALID", "invalid": "NOT VALID", "incomplete": "INCOMPLETE"}
_DONE = {
    "approve": "approved",
    "approve-with-conditions": "approved with conditions",
    "reject": "rejected",
    "issue": "issued",
    "receive": "signed",
    "refuse": "refused",
    "renew": "renewed",
    "withdraw": "withdrawn",
}
# What gives the answer to what is not known.
_HELP = {
    "record.missing": "name it with --record, such as --record approvals",
    "record.untrusted": "name a file of trusted SSH keys (ALLOWED SIGNERS in man ssh-keygen) with --signers",
    "record.absent": "name the record in which it was issued",
    "release.unknown-signer": "name a file of trusted SSH keys with --signers",
    "certificate.untrusted": "name the certificates of the authorities that you trust with --trust",
    "rebuild.not-here": "install what is named, and verify again",
}


def worst(verdicts: Iterable[Verdict]) -> str:
    """The word for all of some verdicts: `invalid` where one is, else `incomplete` where one is."""
    words = {verdict.word for verdict in verdicts}
    return next((word for word in ("invalid", "incomplete") if word in words), "valid")


def render_json(verdicts: list[Verdict]) -> str:
    """Give verdicts as a JSON object; `schemas/reports/verdict.schema.json` says what it holds."""
    found = [{"verdict": item.word, **msgspec.to_builtins(item)} for item in verdicts]
    tool = {"name": "paraph", "version": __version__}
    return dump({"$schema": FORMAT, "tool": tool, "verdict": worst(verdicts), "verdicts": found})


def render_text(verdict: Verdict) -> str:
    """Give one verdict with its reasons, and what it is about."""
    return "\n".join(visible(line) for line in _lines(verdict))


def _lines(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.path}: {_WORDS[verdict.word]}"
    for reason in verdict.reasons:
        yield from _reason("wrong", reason, verdict.path)
    for reason in verdict.unknown:
        yield from _reason("not known", reason, verdict.path)
    yield from _about(verdict)
    for signature in verdict.signatures:
        yield f"  signed: {_signed(signature)}"
    for role in verdict.unsigned:
        yield f"  not signed: {role}"
    for entry in verdict.entries:
        role = f" as {entry.role}" if entry.role else ""
        done = f"{_DONE.get(entry.decision, entry.decision)}{role}"
        by = f"{entry.name} ({entry.party}), {_moment(entry.date)}"
        yield (
            f"  record: {done} by {entry.signer}, taken back by {by}"
            if entry.signer
            else f"  record: {done} by {by}"
        )
    if verdict.superseded:
        yield f"  superseded: version {verdict.superseded} was issued after it"
    if verdict.rebuilt and verdict.rebuilt.code == "rebuild.same":
        yield f"  built again: {verdict.rebuilt.message} ({verdict.rebuilt.code})"
    if verdict.release:
        yield f"  release: {verdict.release}"


def _reason(word: str, reason: Reason, path: str) -> Iterator[str]:
    where = f" [{reason.where}]" if reason.where and reason.where != path else ""
    yield f"  {word}: {reason.message} ({reason.code}){where}"
    if reason.code in _HELP:
        yield f"    help: {_HELP[reason.code]}"


def _about(verdict: Verdict) -> Iterator[str]:
    stated = verdict.stated
    if stated.get("identifier"):
        classification = f", {stated['classification']}" if stated.get("classification") else ""
        yield f"  document: {stated['identifier']} {stated.get('version', '')}{classification}"
    if verdict.sha256:
        yield f"  sha256: {verdict.sha256}"


def _signed(signature: Signature) -> str:
    if signature.when:
        when = f"{_moment(signature.when)} by timestamp"
    else:
        when = (
            f"{_moment(signature.claimed)} by the signer's clock"
            if signature.claimed
            else "when is not known"
        )
    kind = ", certifies the document" if signature.certifies else ""
    # Timestamps follow each signature; what matters is who else signed.
    later = [item for item in signature.since if not item.startswith("a timestamp")]
    since = f"; since then {', '.join(later)}" if later else ""
    return f"{signature.role}, {signature.who}, {when}, {signature.level}{kind}{since}"


def _moment(date: str) -> str:
    return f"{date[:10]} {date[11:16]} UTC" if len(date) > 16 else date
