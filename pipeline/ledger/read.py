"""Files to ledgers: entries that are what they say, in their order, and what is wrong with the others."""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from msgspec import structs

from pipeline.ledger.files import ENTRY, SIGNATURE, stem, walk_ledgers
from pipeline.ledger.form import LIMIT, Unreadable, decode, digest
from pipeline.ledger.signature import Verdicts, signers
from pipeline.model import Ledger, Reason, Signed
from pipeline.settings import Settings

Read = Callable[[str], bytes | None]


class _Found(NamedTuple):
    """The two files of one name in a folder; None for one that is not there."""

    id: str
    path: str
    data: bytes | None
    signature: bytes | None


def read_ledgers(
    root: str, settings: Settings, known: Verdicts | None = None, *, verify: bool = True
) -> dict[str, Ledger]:
    """The ledgers of the project in the folder `root`, by ID; none where it has none.

    `known` are the verdicts on signatures that need not be asked again; new ones are added. Without `verify` signatures
    are taken for good. Raises ToolMissing where ssh-keygen is needed and not there.
    """
    where = settings.approvals
    names = [f"{where}/{item.id}/{item.name}" for item in walk_ledgers(os.path.join(root, where))]
    return build_ledgers(names, lambda path: _bytes(os.path.join(root, path)), known, verify=verify)


def build_ledgers(
    paths: Iterable[str], read: Read, known: Verdicts | None = None, *, verify: bool = True
) -> dict[str, Ledger]:
    """The ledgers that the files at some paths (`approvals/<ID>/<name>`) are, read by `read`."""
    found = _pairs(paths, read)
    names: dict[str, set[str]] = {}
    good: dict[str, list[Signed]] = {}
    faults: dict[str, list[Reason]] = {}
    judged: list[tuple[_Found, Signed]] = []
    for pair in found:
        names.setdefault(pair.id, set()).add(_stem(pair.path))
        entry = _judge(pair)
        if isinstance(entry, Reason):
            faults.setdefault(pair.id, []).append(entry)
        else:
            judged.append((pair, entry))
    bytes_of = [(pair.data or b"", pair.signature or b"") for pair, _ in judged]
    by = signers(bytes_of, known) if verify else [""] * len(judged)
    for (pair, item), signer in zip(judged, by, strict=True):
        forged = _forged(item, signer) if verify else None
        if forged:
            faults.setdefault(pair.id, []).append(forged)
        else:
            good.setdefault(pair.id, []).append(structs.replace(item, signer=signer))
    return {
        identity: _ordered(identity, good.get(identity, []), faults.get(identity, []), names[identity])
        for identity in names
    }


def _pairs(paths: Iterable[str], read: Read) -> list[_Found]:
    names: dict[str, set[str]] = {}
    for path in paths:
        ending = SIGNATURE if path.endswith(SIGNATURE) else ENTRY
        names.setdefault(path.removesuffix(ending), set()).add(ending)
    found = []
    for base, endings in sorted(names.items()):
        data = read(base + ENTRY) if ENTRY in endings else None
        signature = read(base + SIGNATURE) if SIGNATURE in endings else None
        found.append(_Found(base.split("/")[-2], base + ENTRY, data, signature))
    return found


def _judge(found: _Found) -> Signed | Reason:
    """The entry of two files, not verified yet, or what is wrong with them."""
    name = os.path.basename(found.path)
    if found.data is None:
        path = f"{found.path.removesuffix(ENTRY)}{SIGNATURE}"
        if found.signature is None:
            return Reason("ledger.unreadable", path, f"the files of {name} cannot be read")
        message = f"{os.path.basename(path)} is the signature of an entry that is not there"
        return Reason("ledger.orphan", path, message)
    try:
        entry = decode(found.data)
    except Unreadable as error:
        return Reason("ledger.unreadable", found.path, f"{name} is no entry that can be read: {error}")
    made = digest(found.data)
    if stem(made) != _stem(found.path):
        message = (
            f"{name} is not what it was when it was made: its content would be called {stem(made)}{ENTRY}"
        )
        return Reason("ledger.altered", found.path, message)
    if entry.artifact != found.id:
        message = f"{name} is an entry of {entry.artifact}, and lies in the ledger of {found.id}"
        return Reason("ledger.replayed", found.path, message)
    if found.signature is None:
        return Reason("ledger.unsigned", found.path, f"{name} has no signature beside it")
    return Signed(entry, made, found.path)


def _forged(item: Signed, signer: str) -> Reason | None:
    name = os.path.basename(item.path)
    if not signer:
        message = f"the signature of {name} is not good: it is of other bytes, or no signature of Paraph"
        return Reason("ledger.forged", item.path, message)
    if signer != item.entry.key:
        message = f"{name} says that it was signed with {item.entry.key}, and was signed with {signer}"
        return Reason("ledger.forged", item.path, message)
    return None


def _ordered(identity: str, found: list[Signed], faults: list[Reason], names: set[str]) -> Ledger:
    """The ledger of some good entries, each after those that it saw; `names` are those of all its files."""
    by_digest = {item.digest: item for item in found}
    done: dict[str, Signed] = {}
    missing: set[str] = set()
    for item in sorted(found, key=lambda one: (one.entry.date, one.digest)):
        problem = _broken(item, by_digest, names, missing)
        if problem is not None:
            faults = [*faults, problem]
        if problem is None or problem.code == "ledger.cut":
            done[item.digest] = item
    return Ledger(identity, _after_heads(done), tuple(sorted(faults, key=lambda one: (one.where, one.code))))


def _broken(
    item: Signed, by_digest: Mapping[str, Signed], names: set[str], missing: set[str]
) -> Reason | None:
    """What is wrong with an entry's place in the ledger; each missing entry is told once."""
    name = os.path.basename(item.path)
    for head in item.entry.heads:
        seen = by_digest.get(head)
        if seen is not None and seen.entry.date > item.entry.date:
            message = (
                f"{name} is dated {item.entry.date}, and says that it came after {stem(head)}{ENTRY},"
                f" which is dated {seen.entry.date}"
            )
            return Reason("ledger.reordered", item.path, message)
        if seen is None and stem(head) not in names and head not in missing:
            missing.add(head)
            message = f"{name} came after an entry that is gone: {stem(head)}{ENTRY}"
            return Reason("ledger.cut", item.path, message)
    return None


def _after_heads(entries: dict[str, Signed]) -> tuple[Signed, ...]:
    """Entries that are sorted by date, each after those that it saw."""
    done: dict[str, Signed] = {}
    waiting = dict(entries)
    while waiting:
        ready = [item for item in waiting.values() if not any(head in waiting for head in item.entry.heads)]
        if not ready:  # No digest can name itself; whatever this is, it has no order.
            ready = list(waiting.values())
        for item in ready:
            done[item.digest] = item
            del waiting[item.digest]
    return tuple(done.values())


def _stem(path: str) -> str:
    return os.path.basename(path).removesuffix(ENTRY)


def _bytes(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read(LIMIT + 1)
    except OSError:
        return None
