"""Verifying what was issued, signed or released, offline: one verdict a document or release.

What it is judged by comes from outside of it: trusted certificates, trusted SSH keys, and the record. Where one of
these is not given, the verdict says what cannot be known.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from pipeline.errors import CouldNotRun
from pipeline.ledger.heads import compare_heads
from pipeline.model import Reason
from pipeline.model.release import MANIFEST, PUBLISHED, Manifest, read_manifest
from pipeline.model.verdict import Entered, Signature, Verdict
from pipeline.outputs.recorded import Record, Recorded, judge_record
from pipeline.publish.verify import verify_release
from pipeline.signoff.pdf.examine import Wanted, examine_content
from pipeline.signoff.pdf.examined import Examined
from pipeline.signoff.pdf.file import Unreadable, read
from pipeline.signoff.pdf.reasons import because
from pipeline.signoff.pdf.trust import Trust
from pipeline.signoff.rebuild import rebuild

# What of the reasons does not speak against a document: nobody signed it yet, or no one was named who is trusted.
_UNSIGNED = "signature.none"
_UNTRUSTED = ("certificate.untrusted", "timestamp.untrusted")


class Means(Struct, frozen=True):
    """What is judged by: trusted certificates, the record, the folder of a release, trusted SSH keys ('' for none).

    `places` are the folders of installed templates by which a document is built again; without any, it is not.
    """

    trust: Trust
    record: Record | None = None
    release: str = ""
    keys: str = ""
    places: tuple[str, ...] = ()


def verify(path: str, means: Means, show: Callable[[str], None]) -> Iterator[Verdict]:
    """The verdicts on a file; or on a folder: on each release and each document in it.

    Raises CouldNotRun for what is not there or holds nothing to verify, and for means that cannot be used.
    """
    releases = [
        above for above, _, _ in os.walk(path) if os.path.isfile(os.path.join(above, PUBLISHED, MANIFEST))
    ]
    documents = list(_documents(path)) if os.path.isdir(path) else [path]
    for release in sorted(releases):
        show(f"verifying {os.path.basename(release)}")
        yield _release(release, means)
    if not documents and not releases:
        raise CouldNotRun(f"{path} holds no PDF and no release", "name a PDF, or a folder that holds some")
    for document in documents:
        show(f"verifying {os.path.basename(document)}")
        yield _document(document, means)


def _documents(folder: str) -> Iterator[str]:
    for above, names, files in os.walk(folder):
        names.sort()
        yield from (os.path.join(above, name) for name in sorted(files) if name.lower().endswith(".pdf"))


def _document(path: str, means: Means) -> Verdict:
    try:
        content = read(path)
    except Unreadable as error:
        return Verdict(path, reasons=(because(error.code, path),))
    recorded: Recorded | None = None

    def ask(stated: dict[str, str], base: str) -> Wanted:
        nonlocal recorded
        if means.record is not None:
            identity, version = stated.get("identifier", ""), stated.get("version", "")
            recorded = judge_record(means.record, identity, version, base)
        return recorded.wanted if recorded else Wanted()

    found = examine_content(content, path, means.trust, wanted=ask)
    reasons, unknown = _sorted(found, recorded, trusting=bool(means.trust.roots))
    rebuilt = _rebuilt(content, means.places) if means.places else None
    if rebuilt is not None and rebuilt.code == "rebuild.not-here":
        unknown.append(rebuilt)
    elif rebuilt is not None and rebuilt.code != "rebuild.same":
        reasons.append(rebuilt)
    release, more = _released(found, means)
    return Verdict(
        path,
        found.sha256,
        (*reasons, *more),
        tuple(unknown),
        found.facts,
        tuple(_signatures(found)),
        found.free,
        tuple(_entries(recorded)),
        recorded.superseded if recorded else "",
        rebuilt,
        release,
    )


def _unreadable(found: Examined) -> bool:
    return not found.issued


def _sorted(
    found: Examined, recorded: Recorded | None, *, trusting: bool
) -> tuple[list[Reason], list[Reason]]:
    """What speaks against a document, and what cannot be known yet: whom nobody trusts, where no one is trusted."""
    open_yet = {_UNSIGNED} if trusting else {_UNSIGNED, *_UNTRUSTED}
    reasons = [reason for reason in found.reasons if reason.code not in open_yet]
    unknown = [reason for reason in found.reasons if reason.code in open_yet]
    if recorded is None:
        if not _unreadable(found):
            message = (
                "without the record nobody knows whether a signature was taken out, or a refusal is missing"
            )
            unknown.append(Reason("record.missing", found.path, message))
        return reasons, unknown
    if found.free and found.signatures and not reasons:
        roles = ", ".join(found.free)
        unknown.append(Reason("signature.awaited", found.path, f"it is not signed yet as: {roles}"))
    return [*reasons, *recorded.reasons], [*unknown, *recorded.unknown]


def _rebuilt(content: bytes, places: Iterable[str]) -> Reason:
    result = rebuild(content, list(places))
    return Reason(result.code, result.where, result.message)


def _signatures(found: Examined) -> Iterator[Signature]:
    for mark in found.signatures:
        yield Signature(
            mark.role,
            mark.who,
            mark.fingerprint,
            mark.when,
            mark.claimed,
            mark.level,
            mark.certifies,
            mark.since,
        )


def _entries(recorded: Recorded | None) -> Iterator[Entered]:
    for item in recorded.entries if recorded else ():
        entry = item.entry
        signer = str(entry.evidence.get("who", "")) if entry.decision == "receive" else ""
        yield Entered(entry.decision, entry.role, entry.name, entry.party, entry.date, item.digest, signer)


def _released(found: Examined, means: Means) -> tuple[str, list[Reason]]:
    """The version of the release that holds a document, and what speaks against that."""
    if not means.release or _unreadable(found):
        return "", []
    manifest = _manifest(means.release)
    if any(output.sha256 == found.sha256 for output in manifest.outputs):
        return manifest.version, []
    message = f"release {manifest.version} does not hold this file"
    return "", [Reason("release.other-file", found.path, message)]


def _release(folder: str, means: Means) -> Verdict:
    judged = verify_release(folder, means.keys)
    reasons, unknown = list(judged.reasons), []
    if not means.keys:
        unknown = [item for item in reasons if item.code == "release.unknown-signer"]
        reasons = [item for item in reasons if item.code != "release.unknown-signer"]
    if judged.manifest is not None and means.record is not None:
        ledgers, when = means.record.ledgers, f"at release {judged.manifest.version}"
        reasons += compare_heads(ledgers, judged.manifest.ledgers, means.record.folder, when)
    elif judged.manifest is not None and judged.manifest.ledgers:
        message = (
            "without the record nobody knows whether the ledgers still hold what they held at the release"
        )
        unknown.append(Reason("record.missing", folder, message))
    version = judged.manifest.version if judged.manifest else ""
    return Verdict(folder, "", tuple(reasons), tuple(unknown), release=version)


def _manifest(folder: str) -> Manifest:
    """The manifest of a release. Raises CouldNotRun where there is none."""
    path = Path(folder, PUBLISHED, MANIFEST)
    try:
        return read_manifest(path.read_bytes())
    except (OSError, ValueError) as error:
        raise CouldNotRun(
            f"{path} is no manifest of a release", "name the folder of a published version"
        ) from error
