"""What fields, links and values are called in a language: the words of their schemas, else the English ones there."""

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.figures.days import read_day
from pipeline.figures.measures import MEASURES
from pipeline.model import Kind, LinkRule, Programme
from pipeline.views.dates import unbroken_day

Schema = Mapping[str, Any]
# What a schema says of what it does not know.
NOTHING_SAID: Schema = {}


def field_of(kind: Kind | None, field: str) -> Schema:
    """What the schema of a kind says of a field; an empty mapping where it does not know it."""
    known = kind.schema.get("properties", NOTHING_SAID).get(field, NOTHING_SAID) if kind else NOTHING_SAID
    return known if isinstance(known, dict) else NOTHING_SAID


def inside(schema: Schema, key: str) -> Schema:
    """What the schema of a mapping, or of the mappings in a list, says of a key."""
    known = (items_of(schema) or schema).get("properties", NOTHING_SAID)
    found = known.get(key, NOTHING_SAID) if isinstance(known, dict) else NOTHING_SAID
    return found if isinstance(found, dict) else NOTHING_SAID


def items_of(schema: Schema) -> Schema:
    """What the schema of a list says of its items."""
    items = schema.get("items")
    return items if isinstance(items, dict) else NOTHING_SAID


def label_of(kind: Kind | None, field: str, lang: str) -> str:
    """What a field is called."""
    return title_of(field_of(kind, field), field, lang)


def title_of(schema: Schema, key: str, lang: str) -> str:
    """What a key with this schema is called: by its `x-labels`, else by its title, else as it is spelt."""
    words = schema.get("x-labels", NOTHING_SAID).get(lang) or schema.get("title")
    return words if isinstance(words, str) else _spelt(key)


def inverse_of(rule: LinkRule, lang: str) -> str:
    """The words of a link, read from its target."""
    return rule.inverse_labels.get(lang) or rule.inverse


def value_of(schema: Schema, value: object, lang: str) -> str:
    """The words of a value that is one of a list, of a day, or of an item of such a list; '' for all else.

    Where all values are names of measures, they are called as those are.
    """
    if not isinstance(value, str):
        return ""
    schema = items_of(schema) or schema
    if schema.get("format") == "date":
        day = read_day(value)
        return unbroken_day(day, lang) if day else ""
    allowed = schema.get("enum", ())
    if value in MEASURES and all(item in MEASURES for item in allowed):
        return MEASURES[value].label(lang) if allowed else ""
    words = schema.get("x-values", NOTHING_SAID)
    return str(words.get(value, NOTHING_SAID).get(lang, ""))


def column_label(programme: Programme, kinds: Iterable[str], column: str, lang: str) -> str:
    """The words above a column: those of a field of one of the kinds, or of a link that is read from its target."""
    for name in sorted(kinds):
        schema = field_of(programme.kinds.get(name), column)
        if schema:
            return title_of(schema, column, lang)
    wanted = column.replace("_", " ")
    for kind in programme.kinds.values():
        for rule in kind.links.values():
            if rule.inverse == wanted:
                return _first_large(inverse_of(rule, lang))
    return _spelt(column)


def colon(lang: str) -> str:
    """The colon after a label, with the gap that French puts before it."""
    return "\u00a0:" if lang == "fr" else ":"


def semicolon(lang: str) -> str:
    """The semicolon between two facts, with the gap that French puts before it."""
    return "\u00a0; " if lang == "fr" else "; "


def _spelt(key: str) -> str:
    return _first_large(key.replace("_", " "))


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]
