"""A field of an artifact as a cell."""

import re
from collections.abc import Sequence
from typing import Any

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.views.numbers import number
from pipeline.views.select import id_of
from pipeline.views.values import Badge, Cell, Ref, Words
from pipeline.views.words import say

# A value of a list: words in small letters.
SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


def cell(programme: Programme, artifact: Artifact, column: str) -> Cell:
    """What a column shows of an artifact: a field, a link's targets, or what links to it by an inverse's words."""
    if column == "id":
        return (Ref(artifact.id),)
    if column == "title":
        return (Words(artifact.title),) if artifact.title else ()
    kind = programme.kind_of(artifact)
    if column in artifact.fields:
        value = artifact.fields[column]
        if kind and column in kind.links:
            return tuple(
                Ref(link.target, version=link.version) for link in artifact.links if link.role == column
            )
        if column == "status" or (kind and column in kind.badges and _is_word(value)):
            return (Badge(column, plain(value)),)
        return value_cell(programme, value)
    if column == "classification":
        return (Badge(column, artifact.classification),)
    return tuple(Ref(identity) for identity in backlinks(programme, artifact.id, column))


def _is_word(value: Any) -> bool:
    """Whether a value is one of a list of words: a figure, a day or a name reads better as it is."""
    return isinstance(value, str) and SLUG.fullmatch(value) is not None


def value_cell(programme: Programme, value: Any) -> Cell:
    """A value: an ID as a reference (of a party with its name), all else as words."""
    items = value if isinstance(value, list) else [value]
    parts: list[Ref | Words] = []
    for item in items:
        if isinstance(item, str) and id_of(item) in programme.artifacts:
            target = programme.artifacts[id_of(item)]
            parts.append(Words(target.title) if target.kind == "party" and target.title else Ref(target.id))
        else:
            parts.append(Words(plain(item)))
    return tuple(parts)


def backlinks(programme: Programme, identity: str, words: str) -> list[str]:
    """The IDs that link to an artifact by a role whose inverse is called `words` (or `verified_by`)."""
    wanted = words.replace("_", " ")
    found = set()
    for source, link in programme.incoming.get(identity, ()):
        kind = programme.kind_of(source)
        rule = kind.links.get(link.role) if kind else None
        if rule and rule.inverse == wanted:
            found.add(source.id)
    return sorted(found, key=natural_id)


def label(programme: Programme, kinds: set[str], column: str) -> str:
    """The words above a column: the title that a schema gives the field."""
    for name in sorted(kinds):
        kind = programme.kinds.get(name)
        title = kind.schema.get("properties", {}).get(column, {}).get("title") if kind else None
        if isinstance(title, str):
            return title
    return (column[:1].upper() + column[1:]).replace("_", " ")


def named(units: Sequence[str], most: int, lang: str) -> Cell:
    """Artifacts by their IDs, about the first so many, and how many more there are: more than one, if any."""
    shown = units if len(units) <= most + 1 else units[:most]
    more = len(units) - len(shown)
    return (*map(Ref, shown), *((Words(say("and more", lang, n=number(more, lang))),) if more else ()))


def plain(value: Any) -> str:
    """A value as words: a mapping as 'key: value' pairs, a list by commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{str(key).replace('_', ' ')}: {plain(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(plain(item) for item in value)
    return "" if value is None else str(value)
