"""Two revisions of a programme side by side: artifacts are followed by their IDs, wherever they stand."""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from pipeline.model import Artifact, Programme, Source
from pipeline.model.diff import Edit, Edited, Entry, Run
from pipeline.sources.content import content_of, plain
from pipeline.sources.text import Text, starts_of

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_SCALARS = (str, int, float, bool, type(None))


class Side(NamedTuple):
    """A revision: its programme, and what gives the text of a document."""

    programme: Programme
    source: Callable[[str], Source]


class Differences(NamedTuple):
    """What only the newer one has, what only the older one has, what both have otherwise, and the renamed files."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Edited, ...]
    renamed: tuple[tuple[str, str], ...]


def differences(before: Side, after: Side) -> Differences:
    """All that differs, in the order of IDs."""
    old, new = before.programme.artifacts, after.programme.artifacts
    renamed = dict(_renamed(before.programme, after.programme))
    both = (_edited(before, after, key, renamed) for key in _ordered(old.keys() & new.keys()))
    return Differences(
        tuple(_entry(new[key]) for key in _ordered(new.keys() - old.keys())),
        tuple(_entry(old[key]) for key in _ordered(old.keys() - new.keys())),
        tuple(item for item in both if item is not None),
        tuple(sorted(renamed.items())),
    )


def _ordered(identities: set[str]) -> list[str]:
    return sorted(identities, key=lambda item: (item.rpartition("-")[0], len(item), item))


def _entry(artifact: Artifact) -> Entry:
    return Entry(artifact.id, artifact.kind, artifact.title, artifact.status, artifact.path, artifact.line)


def _renamed(before: Programme, after: Programme) -> Iterator[tuple[str, str]]:
    """Files that are gone, each with the new file that holds the same artifacts."""
    fresh = {
        tuple(item.id for item in document.artifacts): path
        for path, document in after.documents.items()
        if path not in before.documents and document.artifacts
    }
    for path, document in before.documents.items():
        held = tuple(item.id for item in document.artifacts)
        if path not in after.documents and held in fresh:
            yield path, fresh[held]


def _edited(before: Side, after: Side, identity: str, renamed: dict[str, str]) -> Edited | None:
    old, new = before.programme.artifacts[identity], after.programme.artifacts[identity]
    moved = old.path if old.path != new.path and renamed.get(old.path) != new.path else ""
    if (
        not moved
        and old == new
        and before.programme.documents[old.path] is after.programme.documents[new.path]
    ):
        return None
    edits = [*_fields(old, new), *_body(before, after, old, new)]
    if not edits and not moved:
        return None
    ended = after.programme.phase(new) == "ended" != before.programme.phase(old)
    return Edited(new.id, new.kind, new.title, new.path, new.line, tuple(edits), moved, ended)


def _fields(old: Artifact, new: Artifact) -> Iterator[Edit]:
    """The edits of the front matter, the status first."""
    keys = dict.fromkeys(("status", "version", "title", *new.fields, *old.fields))
    for key in keys:
        yield from edits(key, plain(old.fields.get(key)), plain(new.fields.get(key)))


def _body(before: Side, after: Side, old: Artifact, new: Artifact) -> Iterator[Edit]:
    texts = [_text(side, artifact) for side, artifact in ((before, old), (after, new))]
    yield from edits("text", *texts)


def _text(side: Side, artifact: Artifact) -> str:
    kind = side.programme.kinds.get(artifact.kind)
    if kind is None:
        return ""
    source = side.source(artifact.path)
    return content_of(artifact, kind, source.document, Text(source.text, starts_of(source.text))).body


def edits(field: str, old: Any, new: Any) -> Iterator[Edit]:
    """The smallest values below a field that differ: entries with an `id` are matched by it, others by their place."""
    if old == new and type(old) is type(new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from edits(f"{field}.{key}", old.get(key), new.get(key))
    elif _is_keyed(old) and _is_keyed(new):
        by_id = [{str(item["id"]): item for item in items} for items in (old, new)]
        for key in dict.fromkeys((*by_id[0], *by_id[1])):
            yield from edits(f"{field}[{key}]", by_id[0].get(key), by_id[1].get(key))
    elif isinstance(old, list) and isinstance(new, list) and not _is_plain(old + new):
        for number, (one, other) in enumerate(zip_longest(old, new), 1):
            yield from edits(f"{field}[{number}]", one, other)
    else:
        texts = isinstance(old, str) and isinstance(new, str)
        yield Edit(field, old, new, tuple(words(old, new)) if texts else ())


def _is_keyed(value: Any) -> bool:
    """Whether it is a list of entries with IDs of their own."""
    keys = (
        [item.get("id") if isinstance(item, dict) else None for item in value]
        if isinstance(value, list)
        else []
    )
    return bool(keys) and None not in keys and len(set(map(str, keys))) == len(keys)


def _is_plain(value: list[Any]) -> bool:
    return all(isinstance(item, _SCALARS) for item in value)


def words(old: str, new: str) -> Iterator[Run]:
    """Two texts as runs of words that are in both, in the old one or in the new one: paragraphs first, then words."""
    rows, others = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, first, last, begin, end in SequenceMatcher(None, rows, others, autojunk=False).get_opcodes():
        one, other = "".join(rows[first:last]), "".join(others[begin:end])
        if tag == "replace":
            yield from _runs(_WORD.findall(one), _WORD.findall(other))
        else:
            yield {"equal": "=", "delete": "-", "insert": "+"}[tag], one or other


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    """Runs of words; words that changed one after the other are one run, with the white space between them."""
    gone, came = "", ""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (tag, first, last, begin, end) in enumerate(opcodes):
        one, other = "".join(old[first:last]), "".join(new[begin:end])
        if tag != "equal" or (one.isspace() and gone and came and at + 1 < len(opcodes)):
            gone, came = gone + one, came + other
            continue
        yield from ((sign, text) for sign, text in (("-", gone), ("+", came)) if text)
        gone, came = "", ""
        yield "=", one
    yield from ((sign, text) for sign, text in (("-", gone), ("+", came)) if text)
