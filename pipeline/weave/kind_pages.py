"""The reference page of each kind, made from its schema: what it is for, its states, its fields, its links.

The words are the schemas' own, which are in English whatever the language of the site.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml

from pipeline.model import Kind
from pipeline.weave.audience import names
from pipeline.weave.loom import Loom, Place
from pipeline.weave.pages import label, plain_markdown, register_path
from pipeline.weave.sight import Sight
from pipeline.weave.tree import Nav

INDEX = "handbook/kinds/index.md"
TITLE = "Kinds and their fields"
_ORIGINS = {
    "heading": "It is taken from the heading.",
    "body.first-paragraph": "It is taken from the first paragraph of the body.",
}
_PHASES = {"early": "being made", "firm": "counts", "ended": "over"}
# What a block of code shows beside a table of contents without being moved.
_WIDTH = 66

Schema = Mapping[str, Any]
Writer = Callable[[Loom, Place], str]


def page_path(kind: str) -> str:
    """The path of the reference page of a kind."""
    return f"handbook/kinds/{kind}.md"


def kinds_shown(sight: Sight, kinds: Iterable[Kind], used: frozenset[str]) -> list[Kind]:
    """The kinds that a reader is told of: all but those of which every artifact in use is hidden from the reader."""
    seen = {artifact.kind for artifact in sight.programme.artifacts.values()}
    return sorted(
        (kind for kind in kinds if kind.name in seen or kind.name not in used), key=lambda k: k.name
    )


def reference(kinds: list[Kind], hidden: frozenset[str]) -> dict[str, tuple[str, Writer]]:
    """The pages on kinds by path, each with its title and what writes it; an example never holds a `hidden` ID."""
    if not kinds:
        return {}
    common = _common(kinds)
    found: dict[str, tuple[str, Writer]] = {INDEX: (TITLE, lambda loom, _: _index(loom, kinds))}
    for kind in kinds:
        found[page_path(kind.name)] = (label(kind, "en", plural=False), _writer(kind, kinds, common, hidden))
    return found


def navigation(pages: Mapping[str, tuple[str, Writer]], authored: set[str]) -> Nav:
    """The navigation of the pages on kinds that authors did not write themselves."""
    below: Nav = [
        path if path == INDEX else {title: path} for path, (title, _) in pages.items() if path not in authored
    ]
    return [{TITLE: below}] if below else []


def _writer(kind: Kind, kinds: list[Kind], common: frozenset[str], hidden: frozenset[str]) -> Writer:
    return lambda loom, _: _page(loom, kind, kinds, common, hidden)


def _common(kinds: list[Kind]) -> frozenset[str]:
    """The fields that most kinds share: those that mean the same in more than half of them."""
    counts: dict[tuple[str, str], int] = {}
    for kind in kinds:
        for name, field in kind.schema.get("properties", {}).items():
            key = (name, field.get("description", ""))
            counts[key] = counts.get(key, 0) + 1
    return frozenset(name for (name, words), count in counts.items() if words and count * 2 > len(kinds))


def _index(loom: Loom, kinds: list[Kind]) -> str:
    rows = []
    for kind in kinds:
        address = loom.addresses.document(page_path(kind.name), "") or ""
        first = kind.description.split(". ")[0].rstrip(".") + "."
        name = loom.dialect.link(label(kind, "en", plural=False), address)
        rows.append([name, f"`{kind.prefix}`", _cell(first)])
    words = "Each kind is one schema file; these pages are made from the schemas."
    return "\n\n".join([f"# {TITLE}", words, loom.dialect.table(["Kind", "ID", "For"], rows, "", False)])


def _page(loom: Loom, kind: Kind, kinds: list[Kind], common: frozenset[str], hidden: frozenset[str]) -> str:
    fields: dict[str, Schema] = {
        name: field for name, field in kind.schema.get("properties", {}).items() if name != "kind"
    }
    required = frozenset(kind.schema.get("required", ()))
    own = {name: field for name, field in fields.items() if name not in common}
    shared = {name: field for name, field in fields.items() if name in common}
    parts = [f"# {label(kind, 'en', plural=False)}", plain_markdown(kind.description), _facts(loom, kind)]
    if kind.states:
        parts += ["## States", _states(loom, kind)]
    if own:
        parts.append("## Its own fields")
        parts += [_field(loom, name, field, name in required, kinds, hidden) for name, field in own.items()]
    if shared:
        parts += ["## Fields that it shares with other kinds", _shared(loom, shared, required, kinds)]
    return "\n\n".join(parts)


def _facts(loom: Loom, kind: Kind) -> str:
    """How artifacts of the kind are named, begun and found."""
    lines = [
        f"- Its IDs begin with `{kind.prefix}-`.",
        f'- `paraph new {kind.name} "Title"` writes one, `paraph schema {kind.name}` prints the whole schema.',
    ]
    if kind.schema.get("allOf"):
        lines.append("- Some of its fields depend on others; the schema says how.")
    register = loom.addresses.document(register_path(kind.name), "")
    if register:
        every = f"All {label(kind, 'en').lower()}"
        lines.append(f"- {loom.dialect.link(every, register)}")
    return "\n".join(lines)


def _states(loom: Loom, kind: Kind) -> str:
    rows = []
    for name, state in kind.states.items():
        notes = [_PHASES.get(state.phase, state.phase)]
        notes += ["others may rest on it"] if state.settled else []
        notes += ["no longer to be cited"] if state.replaced else []
        after = ", ".join(f"`{item}`" for item in kind.moves.get(name, ())) or "none"
        rows.append([f"`{name}`", f"{state.phase}: {', '.join(notes)}", after])
    return loom.dialect.table(["State", "Phase", "May become"], rows, "", False)


def _field(
    loom: Loom, name: str, field: Schema, required: bool, kinds: list[Kind], hidden: frozenset[str]
) -> str:
    """A field with all that the schema says of it."""
    parts = _parts(field)
    lines = [f"- {_sort(loom, field, kinds)}{'; required' if required else ''}{':' if parts else '.'}"]
    lines += [f"    - `{key}`: {_inside(part)}" for key, part in parts.items()]
    lines += [f"- {words}" for words in _notes(field)]
    written = [
        f"### `{name}` {{#{name}}}",
        plain_markdown(field.get("description", "")),
        "\n".join(lines),
        _example(name, field, hidden),
    ]
    return "\n\n".join(part for part in written if part)


def _shared(loom: Loom, fields: Mapping[str, Schema], required: frozenset[str], kinds: list[Kind]) -> str:
    rows = []
    for name, field in fields.items():
        inner = " " + ", ".join(f"`{key}`" for key in _parts(field)) if _parts(field) else ""
        sort = _sort(loom, field, kinds) + inner + ("; required" if name in required else "")
        rows.append([f"`{name}`", _cell(sort), _cell(field.get("description", ""))])
    return loom.dialect.table(["Field", "Holds", "Meaning"], rows, "", False)


def _sort(loom: Loom, field: Schema, kinds: list[Kind]) -> str:
    """What a field holds, in words."""
    if "x-link" in field:
        return _link(loom, field, kinds)
    if "enum" in field:
        return "One of " + ", ".join(f"`{item}`" for item in field["enum"])
    items = field.get("items", {})
    if field.get("type") == "array":
        if "enum" in items:
            return "A list of " + ", ".join(f"`{item}`" for item in items["enum"])
        return "A list of entries with" if items.get("properties") else "A list of texts"
    if field.get("type") == "object":
        return "An entry with" if field.get("properties") else "Lines of `key: value`"
    return _scalar(field)


def _scalar(field: Schema) -> str:
    if field.get("format") == "date":
        return "A day, as `2026-03-31`"
    sort = {"integer": "A whole number", "number": "A number", "boolean": "`true` or `false`"}
    words = sort.get(str(field.get("type")), "Text")
    low, high = field.get("minimum"), field.get("maximum")
    if low is not None and high is not None:
        return f"{words} from {low} to {high}"
    return f"{words}, at least {low}" if low is not None else words


def _link(loom: Loom, field: Schema, kinds: list[Kind]) -> str:
    rule = field["x-link"]
    known = {kind.name: kind for kind in kinds}
    targets = [
        loom.dialect.link(
            label(known[name], "en", plural=False).lower(), loom.addresses.document(page_path(name), "") or ""
        )
        for name in rule["to"]
        if name in known
    ]
    count = "One ID, in a list" if field.get("maxItems") == 1 else "A list of IDs"
    if targets:
        return f"{count}: {' or '.join(targets)}"
    return f"{count}, of any kind" if "*" in rule["to"] else count


def _notes(field: Schema) -> list[str]:
    """What else holds for a field."""
    rule = field.get("x-link", {})
    notes = [f"Read from the other end: *{rule['inverse']}*."] if rule.get("inverse") else []
    notes += ["What it leads to has to be as settled as the artifact itself."] if rule.get("rests") else []
    notes += ["Following it never leads back."] if rule.get("acyclic") else []
    notes += [_ORIGINS[field["x-from"]]] if field.get("x-from") in _ORIGINS else []
    notes += ["The rules on wording apply to it."] if field.get("x-prose") else []
    return notes + (["A change of it is no change of content."] if field.get("x-normative") is False else [])


def _parts(field: Schema) -> Mapping[str, Schema]:
    """The fields inside a field."""
    items = field.get("items")
    found: Mapping[str, Schema] = (items if isinstance(items, dict) else field).get("properties", {})
    return found


def _inside(part: Schema) -> str:
    allowed = " (" + ", ".join(f"`{item}`" for item in part["enum"]) + ")" if "enum" in part else ""
    return plain_markdown(part.get("description", part.get("title", ""))) + allowed


def _example(name: str, field: Schema, hidden: frozenset[str]) -> str:
    """The first example that may be shown: as front matter, or as prose for a field of the body; '' for none."""
    for value in field.get("examples", ()):
        if names(str(value), hidden):
            continue
        if field.get("x-from") == "body.first-paragraph":
            return f"> {plain_markdown(str(value))}"
        nested = isinstance(value, list) and any(isinstance(item, dict | list) for item in value)
        flow = None if isinstance(value, list) and not nested else False
        text = yaml.dump(
            {name: value},
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=_WIDTH,
            default_flow_style=flow,
        )
        return f"```yaml\n{text}```"
    return ""


class _Dumper(yaml.SafeDumper):
    """Indents the items of a list below their key, as documents here do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Go one level deeper."""
        super().increase_indent(flow, False)


def _cell(text: str) -> str:
    return plain_markdown(text).replace("|", "\\|").replace("\n", " ")
