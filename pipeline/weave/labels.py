"""What stands before a fact, and a fact as an item of a list."""

import re

from pipeline.model import Kind
from pipeline.weave.dialect import indented

SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


def label_of(kind: Kind | None, field: str, lang: str) -> str:
    """What a field is called: as its schema says in the language (`x-labels`), else by its title there."""
    schema = kind.schema.get("properties", {}).get(field, {}) if kind else {}
    words = schema.get("x-labels", {}).get(lang) or schema.get("title")
    return words if isinstance(words, str) else field.replace("_", " ").capitalize()


def labels_lang(kind: Kind | None, lang: str) -> str:
    """The language of our own labels: that of the others beside them, so that a list is not half translated."""
    properties = kind.schema.get("properties", {}) if kind else {}
    return lang if any(lang in schema.get("x-labels", {}) for schema in properties.values()) else "en"


def fact(label: str, written: str | list[str]) -> str:
    """A fact as an item of a list: one line, or a list below its label."""
    if isinstance(written, str):
        return f"- **{label}:** {written}"
    return (
        f"- **{label}:**\n\n"
        + "\n".join(f"    - {indented(line, '      ').strip()}" for line in written)
        + "\n"
    )


def weave_badge(value: str) -> str:
    """The words of a badge: a value of a list, with spaces for its hyphens."""
    if SLUG.fullmatch(value):
        return value.replace("-", " ")
    return value.replace("[", "(").replace("]", ")").replace("<", "&lt;")
