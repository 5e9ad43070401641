"""The canonical extract of the registers, of which the figures of an issued report are made and made again.

It is JSON in UTF-8 with sorted keys, one artifact a line, so that a difference can be read. Amounts are the decimal
texts that the sources state; the few other numbers (scores, points, series) have the shortest digits that give
them back.
One as-of date holds for all of it, and the thresholds that its figures are judged by are part of it.
"""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Document, Header, Link, Programme, Thresholds
from pipeline.model.document import CLASSIFICATIONS, Page
from pipeline.model.past import Moment

FORM = "paraph.registers/1"


def extract(programme: Programme, report: str, as_of: str) -> bytes:
    """The registers of a programme on a day, but for the report made of them: the same state, the same bytes."""
    chosen = sorted(
        (item for item in programme.artifacts.values() if item.id != report and item.kind in programme.kinds),
        key=lambda item: natural_id(item.id),
    )
    head = {
        "as_of": as_of,
        "form": FORM,
        "report": report,
        "thresholds": msgspec.to_builtins(programme.thresholds, enc_hook=str),
    }
    rows = ",\n".join(_line(_row(item, programme)) for item in chosen)
    return f'{{"artifacts":[\n{rows}\n],\n{_line(head)[1:]}\n'.encode()


def _row(artifact: Artifact, programme: Programme) -> dict[str, Any]:
    fields = artifact.fields | {"classification": _classification(artifact, programme)}
    return {
        "fields": fields,
        "id": artifact.id,
        "kind": artifact.kind,
        "links": [[link.role, link.target, link.version] for link in artifact.links],
        "path": artifact.path,
    }


def _classification(artifact: Artifact, programme: Programme) -> str:
    """What an artifact is classified as: the stricter of its own and that of the document it stands in."""
    document = programme.documents.get(artifact.path)
    around = document.whole or document.page if document else None
    stated = (artifact.classification, around.classification if around else artifact.classification)
    rank = {name: number for number, name in enumerate(CLASSIFICATIONS)}
    return max(stated, key=lambda item: rank.get(item, len(rank)))


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest_of(registers: bytes) -> str:
    """The digest of an extract, as a report states it."""
    return f"sha256:{sha256(registers).hexdigest()}"


def restore(registers: bytes, programme: Programme) -> Programme | None:
    """The programme that an extract holds, on its as-of date and by its thresholds; None for what is no extract.

    The kinds are those of `programme`. Each artifact is a document of its own, without a body.
    """
    told = _told(registers)
    return _programme(told.artifacts, programme, told.as_of, told.thresholds) if told else None


class _Told(NamedTuple):
    """What an extract holds."""

    artifacts: tuple[Artifact, ...]
    as_of: str
    thresholds: Thresholds


def _thresholds(stated: dict[str, Any]) -> Thresholds:
    """The thresholds of an extract, whose days are texts."""
    closed = [date.fromisoformat(day) for day in stated.get("closed", ())]
    return msgspec.convert({**stated, "closed": closed}, Thresholds)


# Several rules ask after the same registers in one run.
@lru_cache(maxsize=64)
def _told(registers: bytes) -> _Told | None:
    try:
        stated = msgspec.json.decode(registers)
        thresholds = _thresholds(stated["thresholds"])
        as_of = date.fromisoformat(stated["as_of"]).isoformat()
        artifacts = tuple(_artifact(row) for row in stated["artifacts"])
    except (msgspec.MsgspecError, AttributeError, KeyError, TypeError, ValueError):
        return None
    return _Told(artifacts, as_of, thresholds) if stated.get("form") == FORM else None


def _artifact(row: dict[str, Any]) -> Artifact:
    links = tuple(Link(role, target, version, (role,)) for role, target, version in row["links"])
    path = f"{row['path']}#{row['id']}"
    if not isinstance(row["fields"], dict):
        raise TypeError("fields are a table")
    return Artifact(row["id"], row["kind"], path, 1, 1, 1, Header(path, 1, 0), row["fields"], links)


def _programme(
    artifacts: Iterable[Artifact], programme: Programme, as_of: str, thresholds: Thresholds
) -> Programme:
    every = {item.id: item for item in artifacts}
    incoming: dict[str, list[tuple[Artifact, Link]]] = {}
    for item in every.values():
        for link in item.links:
            incoming.setdefault(link.target, []).append((item, link))
    return structs.replace(
        programme,
        documents={item.path: Document(item.path, (item,), Page(item.fields)) for item in every.values()},
        artifacts=every,
        twins={},
        incoming=incoming,
        files=frozenset(),
        day=as_of,
        thresholds=thresholds,
        digests={},
        registers={},
        ledgers={},
        standings={},
        contents={},
        situations={},
        past=(),
    )


def restore_moment(moment: Moment, programme: Programme) -> Programme:
    """The programme as it was at an earlier moment, by the kinds and thresholds of `programme`."""
    artifacts = []
    for identity, state in moment.artifacts.items():
        kind = programme.kinds.get(state.kind)
        links = [
            [role, *_named(item)]
            for role in (kind.links if kind else ())
            for item in _listed(state.fields.get(role))
        ]
        row = {"fields": state.fields, "id": identity, "kind": state.kind, "links": links, "path": ""}
        artifacts.append(_artifact(row))
    return _programme(artifacts, programme, moment.day, programme.thresholds)


def _listed(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _named(item: str) -> tuple[str, str]:
    """The ID of a link and the version that it pins, or ''."""
    identity, _, version = item.partition("@")
    return identity, version


def fits(report: Artifact, programme: Programme) -> bool:
    """Whether the registers that a report was made of are there, as its digest says."""
    registers = programme.registers.get(report.id)
    return registers is not None and report.fields.get("snapshot_digest") == digest_of(registers)


def frozen(report: Artifact, programme: Programme) -> Programme | None:
    """The programme that a report was made of; None where its registers are missing, or are not those that it names."""
    registers = programme.registers.get(report.id)
    return restore(registers, programme) if registers is not None and fits(report, programme) else None
