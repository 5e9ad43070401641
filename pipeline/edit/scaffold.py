"""A new artifact as text: from the schema's own descriptions and examples, ready to be filled in."""

import json
import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pipeline.errors import CouldNotRun
from pipeline.model import Document, Kind, LinkRule, Programme
from pipeline.sources.scan import slug

# Text that YAML reads as text without quotes.
_PLAIN = r"[A-Z][\w ,.()/-]*[\w).]|[A-Z]+-\d+(?:@[\d.]+)?|[a-z][a-z-]{2,}|\d{4}-\d\d-\d\d"
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


def author_of(programme: Programme, name: str) -> str:
    """The ID of the one party whose name is `name`; '' where there is none, or more than one."""
    wanted = name.casefold().strip()
    found = [
        item.id
        for item in programme.artifacts.values()
        if item.kind == "party" and str(item.fields.get("name", "")).casefold().strip() == wanted
    ]
    return found[0] if wanted and len(found) == 1 else ""


def defaults_of(document: Document | None) -> dict[str, Any]:
    """The fields that a section takes from its file where it does not state them."""
    if document is None:
        return {}
    fields = document.whole.fields if document.whole else document.page.fields if document.page else {}
    stated = fields.get("defaults")
    return stated if isinstance(stated, dict) else {}


def link_fields(kind: Kind, programme: Programme, wanted: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The link fields that (role, ID) pairs ask for; a link that must name a version names the target's own.

    Raises CouldNotRun for a link that the kind has not, and for a target that is not there or of another kind.
    """
    found: dict[str, list[str]] = {}
    for role, written in wanted:
        rule = kind.links.get(role)
        if rule is None:
            near = get_close_matches(role, kind.links, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(sorted(kind.links))}"
            raise CouldNotRun(f"the kind {kind.name} has no link {role!r}", hint)
        found.setdefault(role, []).append(_target(kind.schema["properties"][role], rule, programme, written))
        most = kind.schema["properties"][role].get("maxItems", len(found[role]))
        if len(found[role]) > most:
            raise CouldNotRun(f"{role} holds one ID only", "give --link once for it")
    return found


def _target(field: dict[str, Any], rule: LinkRule, programme: Programme, written: str) -> str:
    """The target of a link as the schema wants it written."""
    identity, _, version = written.partition("@")
    target = programme.artifacts.get(identity)
    if target is None:
        near = get_close_matches(identity, programme.artifacts, n=1, cutoff=0.6)
        raise CouldNotRun(f"{identity} does not exist", f"did you mean {near[0]}?" if near else "")
    if "*" not in rule.to and target.kind not in rule.to:
        raise CouldNotRun(
            f"{identity} is a {target.kind}, and {rule.role} leads to {' or '.join(rule.to)}",
            "name another artifact or another link",
        )
    pattern = str(field.get("items", {}).get("pattern", ""))
    if not version and target.version and pattern and not re.search(pattern, identity):
        return f"{identity}@{target.version}"
    return written


def scaffold(
    kind: Kind, identity: str, title: str, day: str, *, section: bool, known: dict[str, Any] | None = None
) -> str:
    """The text of a new artifact: its required fields with examples, and what it lacks as comments.

    What an author must decide is filled with the schema's example and said so in a comment beside it; `known` are the
    values of fields that are certain.
    """
    header = "\n".join(_lines(kind, day, known or {})) + "\n"
    body = _body(kind)
    if section:
        return f"## {identity} {title}\n\n```yaml {{.artifact}}\n{header}```\n\n{body}"
    return f"---\nid: {identity}\n{header}---\n\n# {title}\n\n{body}"


def _lines(kind: Kind, day: str, known: dict[str, Any]) -> Iterable[str]:
    properties: dict[str, dict[str, Any]] = kind.schema["properties"]
    required = [name for name in kind.schema.get("required", ()) if name not in ("id", "title")]
    early = next(iter(kind.states), "draft")
    yield f"status: {early}"
    if "version" in properties:
        yield 'version: "0.1"'
    if "created" in properties:
        yield f"created: {day}"
    for name, value in known.items():
        if name in properties:
            yield f"{name}: {one_value(value)}"
    for name in dict.fromkeys((*required, *properties)):
        if (
            name in known
            or name in ("status", "version", "created")
            or name in _SELDOM
            or name in kind.supplied
        ):
            continue
        schema = properties[name]
        words = str(schema.get("description", "")).split(". ")[0].rstrip(".")
        if name in required:
            yield f"{name}: {_written(schema)}  # {words}"
        else:
            yield f"# {name}: {_written(schema)}  # {words}"


def _written(schema: dict[str, Any]) -> str:
    """An example of a value on one line: text as it is where YAML reads it so, all else as JSON, which is YAML."""
    return one_value(
        schema.get("const", (schema.get("enum") or schema.get("examples") or [_blank(schema)])[0])
    )


def one_value(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, list) and value and all(_is_plain(item) for item in value):
        return f"[{', '.join(value)}]"
    return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)


def _is_plain(value: object) -> bool:
    """Whether YAML reads a value as the same text without quotes, in a list too."""
    if not isinstance(value, str) or value.casefold() in ("true", "false", "null"):
        return False
    return re.fullmatch(_PLAIN, value) is not None and "," not in value


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
