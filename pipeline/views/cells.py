"""A field of an artifact as a cell."""

import re
from collections.abc import Sequence
from typing import Any

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.views.labels import (
    NOTHING_SAID,
    Schema,
    colon,
    field_of,
    inside,
    semicolon,
    title_of,
    value_of,
)
from pipeline.views.numbers import number
from pipeline.views.select import id_of
from pipeline.views.values import Badge, Cell, Ref, Words
from pipeline.views.words import say

# A value of a list: words in small letters.
SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


def cell(programme: Programme, artifact: Artifact, column: str, lang: str) -> Cell:
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
            return badge(programme, artifact, column, lang)
        return value_cell(programme, value, lang, field_of(kind, column))
    if column == "classification":
        words = value_of(field_of(kind, column), artifact.classification, lang)
        return (Badge(column, artifact.classification, words),)
    return tuple(Ref(identity) for identity in backlinks(programme, artifact.id, column))


def badge(programme: Programme, artifact: Artifact, field: str, lang: str) -> Cell:
    """The value of a field as a badge, in the words that the schema has for it; nothing where it is not stated."""
    value = artifact.fields.get(field)
    if value is None or value == "":
        return ()
    words = value_of(field_of(programme.kind_of(artifact), field), value, lang)
    return (Badge(field, plain(value, lang), words),)


def _is_word(value: Any) -> bool:
    """Whether a value is one of a list of words: a figure, a day or a name reads better as it is."""
    return isinstance(value, str) and SLUG.fullmatch(value) is not None


def value_cell(programme: Programme, value: Any, lang: str, schema: Schema = NOTHING_SAID) -> Cell:
    """A value: an ID as a reference (of a party with its name), all else as words, by what its schema calls them."""
    items = value if isinstance(value, list) else [value]
    parts: list[Ref | Words] = []
    for item in items:
        if isinstance(item, str) and id_of(item) in programme.artifacts:
            target = programme.artifacts[id_of(item)]
            parts.append(Words(target.title) if target.kind == "party" and target.title else Ref(target.id))
        else:
            parts.append(Words(plain(item, lang, schema)))
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


def named(units: Sequence[str], most: int, lang: str) -> Cell:
    """Artifacts by their IDs, about the first so many, and how many more there are: more than one, if any."""
    shown = units if len(units) <= most + 1 else units[:most]
    more = len(units) - len(shown)
    return (*map(Ref, shown), *((Words(say("and more", lang, n=number(more, lang))),) if more else ()))


def plain(value: Any, lang: str = "en", schema: Schema = NOTHING_SAID) -> str:
    """A value as words, by what its schema calls them: a mapping as 'Key: value' pairs, a list by commas."""
    if isinstance(value, bool):
        return say("yes" if value else "no", lang)
    if isinstance(value, dict):
        pairs = ((str(key), item, inside(schema, str(key))) for key, item in value.items())
        return semicolon(lang).join(
            f"{title_of(known, key, lang)}{colon(lang)} {plain(item, lang, known)}"
            for key, item, known in pairs
        )
    if isinstance(value, list):
        return ", ".join(plain(item, lang, schema) for item in value)
    return value_of(schema, value, lang) or ("" if value is None else str(value))
