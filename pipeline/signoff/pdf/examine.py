"""Examines one signed PDF, offline: who signed, whether it holds, and what was done to the file besides."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from pipeline.model.ledger import Reason
from pipeline.render.pdf.metadata import NAMESPACE
from pipeline.signoff.pdf import file, judge, xmp
from pipeline.signoff.pdf.changes import changes
from pipeline.signoff.pdf.examined import LEVELS, Attached, Examined, Mark
from pipeline.signoff.pdf.names import fingerprint, holder, role_of
from pipeline.signoff.pdf.quiet import quiet
from pipeline.signoff.pdf.reasons import because
from pipeline.signoff.pdf.revisions import History, Then, value_of
from pipeline.signoff.pdf.trust import Trust

_END = b"%%EOF"
# In bytes: an attachment or a packet that unpacks to more is not one of ours.
_MOST = 512 * 1024 * 1024


class Wanted(NamedTuple):
    """What the record says must be there; what is None or '' is not asked.

    `signers` has the fingerprint of each signer's certificate by the name of the field, `issued` is the SHA-256 of
    what was issued, `level` the lowest level of a signature.
    """

    signers: Mapping[str, str] | None = None
    issued: str = ""
    level: str = ""


# What must be there may depend on what a document says of itself, and on the SHA-256 of its first revision.
Ask = Callable[[dict[str, str], str], Wanted]


def examine(
    path: str | os.PathLike[str],
    trust: Trust,
    *,
    wanted: Wanted | Ask | None = None,
    moment: datetime | None = None,
) -> Examined:
    """Examine a PDF by what is trusted, at a moment (now, where it is None).

    A file that cannot be read is no error but a reason, as all else that speaks against it.
    """
    name = os.fspath(path)
    try:
        content = file.read(name)
    except file.Unreadable as error:
        return Examined(name, "", reasons=(because(error.code, name),))
    return examine_content(content, name, trust, wanted=wanted, moment=moment)


def examine_content(
    content: bytes,
    name: str,
    trust: Trust,
    *,
    wanted: Wanted | Ask | None = None,
    moment: datetime | None = None,
) -> Examined:
    """Examine the bytes of a PDF as `examine` does a file."""
    try:
        file.inspect(content, name)
    except file.Unreadable as error:
        return Examined(name, file.digest_of(content), reasons=(because(error.code, name),))
    with quiet():
        try:
            return _examine(name, content, trust, wanted or Wanted(), moment or datetime.now(UTC))
        except Exception as error:
            # Forged bytes fail anywhere, and in any way; what fails does not hold.
            why = str(error) or type(error).__name__
            return Examined(name, file.digest_of(content), reasons=(because("file.unreadable", name, why),))


def _examine(name: str, content: bytes, trust: Trust, asked: Wanted | Ask, moment: datetime) -> Examined:
    reader = PdfFileReader(BytesIO(content))
    facts, issued = _facts(reader), file.digest_of(content[: _ends(reader, content, 0)[0]])
    wanted = asked if isinstance(asked, Wanted) else asked(facts, issued)
    marks = _marks(reader, trust, moment)
    signatures = tuple(mark for mark in marks if mark.level)
    attached = tuple(_attached(reader))
    changed = list(_of_changes(reader, name, marks))
    reasons = [
        *_of_file(reader, content, name, wanted),
        *_once(reason for mark in marks for reason in mark.reasons),
        *changed,
        *(() if changed else _of_attachments(facts, attached, name)),
        *_of_signers(signatures, wanted, name),
    ]
    return Examined(
        path=name,
        sha256=file.digest_of(content),
        issued=issued,
        facts=facts,
        attached=attached,
        signatures=signatures,
        timestamps=tuple(mark for mark in marks if not mark.level),
        free=tuple(_free(reader)),
        reasons=tuple(reasons),
    )


def _of_file(reader: PdfFileReader, content: bytes, name: str, wanted: Wanted) -> Iterator[Reason]:
    end, after = _ends(reader, content, reader.total_revisions - 1)
    if len(content) > after:
        yield because("file.trailing", name, str(len(content) - end))
    first, after = _ends(reader, content, 0)
    if wanted.issued and wanted.issued not in {
        file.digest_of(content[:each]) for each in range(first, after + 1)
    }:
        yield because("file.base", name)


def _ends(reader: PdfFileReader, content: bytes, number: int) -> tuple[int, int]:
    """Where a revision ends: behind its end mark, and behind the line end that may follow."""
    begin = reader.xrefs.get_xref_container_info(number).end_location
    found = content.find(_END, begin)
    if found < 0:
        raise ValueError("a revision has no end")
    end = found + len(_END)
    after = end
    for sign in (b"\r", b"\n"):
        after += content[after : after + 1] == sign
    return end, after


def _marks(reader: PdfFileReader, trust: Trust, moment: datetime) -> tuple[Mark, ...]:
    """All signatures and timestamps in the order in which they were made, each judged."""
    every = judge.judge(reader, trust, moment)
    return tuple(
        _mark(reader, signature, judged, tuple(_said(later) for later, _ in every[number + 1 :]))
        for number, (signature, judged) in enumerate(every)
    )


def _mark(
    reader: PdfFileReader, signature: EmbeddedPdfSignature, judged: judge.Judged, since: tuple[str, ...]
) -> Mark:
    is_stamp = judge.is_timestamp(signature)
    when = judge.time_of(signature.signed_data) if is_stamp else judged.stamped or judged.kept
    codes = {reason.code for reason in judged.reasons}
    intact = not any(code.startswith("signature.") or code == "timestamp.digest" for code in codes)
    return Mark(
        field=str(signature.field_name),
        role="" if is_stamp else role_of(signature.field_name, signature.sig_field),
        who=holder(signature.signer_cert),
        fingerprint=fingerprint(signature.signer_cert),
        when=_written(when),
        claimed=_written(None if is_stamp else signature.self_reported_timestamp),
        level="" if is_stamp else _level(reader, signature, judged),
        certifies=signature.docmdp_level is not None and not is_stamp,
        intact=intact,
        trusted=None if not intact else not codes,
        revoked=True if "certificate.revoked" in codes else None if codes else False,
        since=since,
        reasons=judged.reasons,
    )


def _level(reader: PdfFileReader, signature: EmbeddedPdfSignature, judged: judge.Judged) -> str:
    """The level of PAdES: B-T with a timestamp, B-LT with its proof in the file, B-LTA with a timestamp of that."""
    if judged.stamped is None and judged.kept is None:
        return "B-B"
    if "/DSS" not in reader.root:
        return "B-T"
    for other in reader.embedded_timestamp_signatures:
        later = other.signed_revision > signature.signed_revision
        if later and judged.kept is not None and "/DSS" in reader.get_historical_root(other.signed_revision):
            return "B-LTA"
    return "B-LT"


def _of_changes(reader: PdfFileReader, name: str, marks: tuple[Mark, ...]) -> Iterator[Reason]:
    if any(not mark.intact for mark in marks):
        # Where the bytes are not those that were signed, it says nothing who wrote them.
        return
    found = changes(reader, name)
    yield from found
    if found:
        return
    for signature in reader.embedded_signatures:
        if said := judge.modified(signature):
            yield because("change.other", str(signature.field_name), said)
            return


def _of_attachments(facts: dict[str, str], attached: tuple[Attached, ...], name: str) -> Iterator[Reason]:
    stated = facts.get("sources", "").removeprefix("sha256:")
    if stated and not attached:
        yield because("attachment.missing", name)
    elif stated and stated not in {each.sha256 for each in attached}:
        yield because("attachment.digest", name)


def _of_signers(signatures: tuple[Mark, ...], wanted: Wanted, name: str) -> Iterator[Reason]:
    if not signatures:
        yield because("signature.none", name)
    there = {mark.field: mark for mark in signatures}
    for field, expected in (wanted.signers or {}).items():
        if field not in there:
            yield because("signature.missing", field, field)
        elif there[field].fingerprint != expected:
            yield because("signature.swapped", field, there[field].who)
    for mark in signatures:
        if wanted.signers is not None and mark.field not in wanted.signers:
            yield because("signature.unexpected", mark.field, mark.who)
        if wanted.level and mark.intact and LEVELS.index(mark.level) < LEVELS.index(wanted.level):
            yield because(
                "signature.level", mark.field, f"{mark.level} only, and {wanted.level} is asked for"
            )


def _once(reasons: Iterator[Reason]) -> Iterator[Reason]:
    """The reasons but for those that follow from another: a byte that differs breaks all that was signed after it."""
    told = False
    stamps: set[str] = set()
    for reason in reasons:
        follows = told and reason.code in ("signature.digest", "timestamp.digest")
        if not follows and reason.code not in stamps:
            yield reason
        told = told or reason.code.startswith(("signature.", "timestamp.digest", "timestamp.broken"))
        # One authority that does not hold lets down all that rests on it.
        stamps |= {reason.code} if reason.code.startswith("timestamp.") else set()


def _facts(reader: PdfFileReader) -> dict[str, str]:
    # Not by way of the catalogue: what pyHanko makes of the packet then, its own comparison stumbles over later.
    stream = Then(History(reader), reader.total_revisions - 1).entry("/Metadata")
    return xmp.own(_data(stream), NAMESPACE) if isinstance(stream, generic.StreamObject) else {}


def _attached(reader: PdfFileReader) -> Iterator[Attached]:
    tree = value_of(value_of(reader.root, "/Names"), "/EmbeddedFiles")
    for name, specification in _named(tree, 0):
        stream = value_of(value_of(specification, "/EF"), "/F")
        if isinstance(stream, generic.StreamObject):
            stated = str(value_of(specification, "/UF") or name)
            yield Attached(stated, sha256(_data(stream)).hexdigest())


def _named(tree: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if not isinstance(tree, generic.DictionaryObject) or depth > 20:
        return
    names = value_of(tree, "/Names") or ()
    for index in range(0, len(names), 2):
        yield str(names[index]), names[index + 1]
    kids = value_of(tree, "/Kids") or ()
    for index in range(len(kids)):
        yield from _named(kids[index], depth + 1)


def _data(stream: generic.StreamObject) -> bytes:
    data = bytes(stream.data)
    if len(data) > _MOST:
        raise ValueError("something in it unpacks to more than a document of ours holds")
    return data


def _free(reader: PdfFileReader) -> Iterator[str]:
    for field, value, reference in enumerate_sig_fields(reader):
        if value is None:
            yield role_of(field, reference.get_object())


def _said(signature: EmbeddedPdfSignature) -> str:
    who = holder(signature.signer_cert)
    if judge.is_timestamp(signature):
        return f"a timestamp of {who}"
    return f"a signature of {who} ({role_of(signature.field_name, signature.sig_field)})"


def _written(when: datetime | None) -> str:
    return "" if when is None else when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
