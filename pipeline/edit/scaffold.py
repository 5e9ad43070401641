"""A new artifact as text: from the schema's own descriptions and examples, ready to be filled in."""

import json
import os
import re
from collections.abc import Iterable
from typing import Any

from pipeline.model import Kind, Programme
from pipeline.sources.scan import slug

# Text that YAML reads as text without quotes.
_PLAIN = r"[A-Z][\w ,.()/-]*[\w).]|[A-Z]+-\d+|[a-z][a-z-]{2,}|\d{4}-\d\d-\d\d"
_NAMED = re.compile(r"[A-Z][A-Z0-9]*-\d+")
# Fields that the scaffold leaves to those who need them.
_SELDOM = frozenset(
    (
        "id", "kind", "title", "defaults", "waivers", "translated_from", "translation_of", "supersedes", "related",
        "authors", "language_regime", "review_due", "updated", "tags", "lang", "classification",
    )
)  # fmt: skip


def one_line(title: str) -> str:
    """A title as one line of text. Raises ValueError where it is none, or holds what a terminal or a page obeys."""
    line = " ".join(title.split())
    if not line or not line.isprintable():
        raise ValueError("a title is one line of text")
    return line


def taken_ids(programme: Programme) -> set[str]:
    """The IDs in use, and those by which files are named that could not be read."""
    names = (os.path.basename(path) for path in programme.documents)
    return {*programme.artifacts, *(match[0] for name in names if (match := _NAMED.match(name)))}


def next_id(kind: Kind, taken: Iterable[str], width: int = 3) -> str:
    """The next free ID of a kind: one more than the highest number in use, as wide as the widest."""
    numbers = [match[1] for identity in taken if (match := re.fullmatch(rf"{kind.prefix}-(\d+)", identity))]
    highest = max(map(int, numbers), default=0)
    return f"{kind.prefix}-{str(highest + 1).zfill(max([width, *map(len, numbers)]))}"


def file_name(identity: str, title: str) -> str:
    """The name of a whole file: the ID and the title in small letters, where they are of the Latin alphabet."""
    words = slug(title)[:60].rstrip("-") if slug(title) != slug("") else ""
    return f"{identity}-{words}.md" if words else f"{identity}.md"


def scaffold(kind: Kind, identity: str, title: str, day: str, *, section: bool) -> str:
    """The text of a new artifact: its required fields with examples, and what it lacks as comments.

    What an author must decide is filled with the schema's example and said so in a comment beside it.
    """
    header = "\n".join(_lines(kind, day)) + "\n"
    body = _body(kind)
    if section:
        return f"## {identity} {title}\n\n```yaml {{.artifact}}\n{header}```\n\n{body}"
    return f"---\nid: {identity}\n{header}---\n\n# {title}\n\n{body}"


def _lines(kind: Kind, day: str) -> Iterable[str]:
    properties: dict[str, dict[str, Any]] = kind.schema["properties"]
    required = [name for name in kind.schema.get("required", ()) if name not in ("id", "title")]
    early = next(iter(kind.states), "draft")
    yield f"status: {early}"
    if "version" in properties:
        yield 'version: "0.1"'
    if "created" in properties:
        yield f"created: {day}"
    for name in dict.fromkeys((*required, *properties)):
        if name in ("status", "version", "created") or name in _SELDOM or name in kind.supplied:
            continue
        schema = properties[name]
        words = str(schema.get("description", "")).split(". ")[0].rstrip(".")
        if name in required:
            yield f"{name}: {_written(schema)}  # {words}"
        else:
            yield f"# {name}: {_written(schema)}  # {words}"


def _written(schema: dict[str, Any]) -> str:
    """An example of a value on one line: text as it is where YAML reads it so, all else as JSON, which is YAML."""
    example = schema.get("const", (schema.get("enum") or schema.get("examples") or [_blank(schema)])[0])
    if isinstance(example, list) and example and all(_is_plain(item) for item in example):
        return f"[{', '.join(example)}]"
    return example if _is_plain(example) else json.dumps(example, ensure_ascii=False)


def _is_plain(value: object) -> bool:
    """Whether YAML reads a value as the same text without quotes, in a list too."""
    return isinstance(value, str) and re.fullmatch(_PLAIN, value) is not None and "," not in value


def _blank(schema: dict[str, Any]) -> object:
    """A value of the type of a field whose schema has no example."""
    blanks = {"array": [], "object": {}, "boolean": False, "integer": 0, "number": 0}
    return schema.get("default", schema.get("minimum", blanks.get(str(schema.get("type")), "...")))


def _body(kind: Kind) -> str:
    properties = kind.schema["properties"]
    if kind.body:
        return kind.body.rstrip("\n") + "\n"
    for field, origin in kind.supplied.items():
        if origin == "body.first-paragraph":
            examples = properties[field].get("examples") or [properties[field].get("description", "")]
            return f"{examples[0]}\n"
    return f"{kind.description.split('. ')[0].rstrip('.')}.\n"
