"""The programme as JSON, for other programs; `schemas/reports/programme.schema.json` says what it holds."""

from collections.abc import Iterable
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.exchange.figures import figures
from pipeline.model import Artifact, Finding, Programme

FORMAT = "paraph.programme/1"


def export_json(
    programme: Programme, findings: Iterable[Finding], title: str, day: str, notes: Iterable[str] = ()
) -> str:
    """The whole programme as indented JSON text, in the order of paths and IDs; the same input, the same text."""
    value = {
        "$schema": FORMAT,
        "tool": {"name": "paraph", "version": __version__},
        "title": title,
        "day": day,
        "kinds": [_kind(programme, name) for name in sorted(programme.kinds)],
        "documents": [_document(programme, path) for path in programme.documents],
        "artifacts": [
            _artifact(programme, artifact)
            for document in programme.documents.values()
            for artifact in document.artifacts
        ],
        "figures": figures(programme),
        "notes": list(notes),
        "findings": [_finding(finding) for finding in findings],
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _kind(programme: Programme, name: str) -> dict[str, Any]:
    kind = programme.kinds[name]
    return {
        "name": kind.name,
        "prefix": kind.prefix,
        "title": kind.title,
        "lifecycle": kind.lifecycle,
        "states": [
            {"name": state.name, "phase": state.phase, "settled": state.settled, "replaced": state.replaced}
            for state in kind.states.values()
        ],
        "links": [
            {"role": link.role, "to": list(link.to), "inverse": link.inverse} for link in kind.links.values()
        ],
    }


def _document(programme: Programme, path: str) -> dict[str, Any]:
    document = programme.documents[path]
    return {
        "path": path,
        "artifacts": [artifact.id for artifact in document.artifacts],
        "front_matter": document.page.fields if document.page else None,
        "headings": [
            {"level": item.level, "text": item.text, "anchor": item.anchor, "line": item.line}
            for item in document.headings
        ],
        "hyperlinks": [
            {"target": item.target, "line": item.line, "column": item.column, "image": item.image}
            for item in document.hyperlinks
        ],
        "mentions": [_mention(item) for item in (document.page.mentions if document.page else ())],
    }


def _artifact(programme: Programme, artifact: Artifact) -> dict[str, Any]:
    return {
        "id": artifact.id,
        "kind": artifact.kind,
        "title": artifact.title,
        "status": artifact.status,
        "phase": programme.phase(artifact),
        "version": artifact.version,
        "classification": artifact.classification,
        "path": artifact.path,
        "line": artifact.line,
        "end": artifact.end,
        "section": artifact.section,
        "fields": artifact.fields,
        "links": [
            {"role": item.role, "target": item.target, "version": item.version} for item in artifact.links
        ],
        "linked_from": [
            {"role": link.role, "source": source.id, "version": link.version}
            for source, link in programme.incoming.get(artifact.id, ())
        ],
        "mentions": [_mention(item) for item in artifact.mentions],
    }


def _mention(item: Any) -> dict[str, Any]:
    return {"target": item.target, "version": item.version, "line": item.line, "column": item.column}


def _finding(finding: Finding) -> dict[str, Any]:
    names = ("path", "line", "column", "code", "severity", "message", "hint", "artifact", "status")
    return {name: getattr(finding, name) for name in names}
