"""One field of a kind on its reference page: what it holds, what else holds for it, an example."""

from collections.abc import Mapping
from typing import NamedTuple

import yaml

from pipeline.model import Kind
from pipeline.views.labels import Schema, colon, items_of, title_of, value_of
from pipeline.weave.audience import names
from pipeline.weave.loom import Loom
from pipeline.weave.pages import described, english, label, plain_markdown
from pipeline.weave.words_kinds import tell

# What a block of code shows beside a table of contents without being moved.
_WIDTH = 66


def page_path(kind: str) -> str:
    """The path of the reference page of a kind."""
    return f"handbook/kinds/{kind}.md"


class Told(NamedTuple):
    """What the pages tell of: the kinds, the fields that most of them share, the IDs that no example may name."""

    kinds: list[Kind]
    common: frozenset[str]
    hidden: frozenset[str]


class Page(NamedTuple):
    """A page being written, in a language."""

    loom: Loom
    told: Told
    lang: str

    def say(self, key: str, **values: object) -> str:
        """Words of ours."""
        return tell(key, self.lang, **values)

    def english(self, text: str) -> str:
        """Words of a schema inside a line, with their language where it is not that of the page."""
        return english(self.loom, text, self.lang) if text else text

    def described(self, text: str) -> str:
        """What a schema describes, as paragraphs, with its language where it is not that of the page."""
        return described(self.loom, text, self.lang)


def field_words(page: Page, name: str, schema: Schema, required: bool) -> str:
    """A field with all that the schema says of it."""
    parts = _parts(schema)
    needed = f"; {page.say('required')}" if required else ""
    lines = [f"- {_sort(page, schema)}{needed}{colon(page.lang) if parts else '.'}"]
    lines += [f"    - `{key}`{colon(page.lang)} {_inside(page, part)}" for key, part in parts.items()]
    lines += [f"- {words}" for words in _notes(page, schema)]
    # In English, the name in the schema says what the title would.
    title = f"**{title_of(schema, name, page.lang)}**" if page.lang != "en" else ""
    written = [
        f"### `{name}` {{#{name}}}",
        title,
        page.described(plain_markdown(schema.get("description", ""))),
        "\n".join(lines),
        _example(name, schema, page.told.hidden),
    ]
    return "\n\n".join(part for part in written if part)


def shared_fields(page: Page, fields: Mapping[str, Schema], required: frozenset[str]) -> str:
    """The fields that other kinds have too, as a table."""
    rows = []
    for name, field in fields.items():
        inner = " " + ", ".join(f"`{key}`" for key in _parts(field)) if _parts(field) else ""
        sort = _sort(page, field) + inner + (f"; {page.say('required')}" if name in required else "")
        named = f"`{name}`" if page.lang == "en" else f"`{name}` ({title_of(field, name, page.lang)})"
        rows.append([named, one_line(sort), page.english(one_line(field.get("description", "")))])
    headers = [page.say("field"), page.say("holds"), page.say("meaning")]
    return page.loom.dialect.table(headers, rows, "", False)


def _sort(page: Page, field: Schema) -> str:
    """What a field holds, in words."""
    if "x-link" in field:
        return _link(page, field)
    if "enum" in field:
        return f"{page.say('one of')} {_values(page, field)}"
    items = items_of(field)
    if field.get("type") == "array":
        if "enum" in items:
            return f"{page.say('list of values')} {_values(page, items)}"
        return page.say("list of entries" if items.get("properties") else "list of texts")
    if field.get("type") == "object":
        return page.say("entry" if field.get("properties") else "pairs")
    return _scalar(page, field)


def _values(page: Page, schema: Schema) -> str:
    """The values that are allowed, as they are spelt, each with its words in the language of the page."""
    told = ((f"`{item}`", value_of(schema, item, page.lang)) for item in schema["enum"])
    return ", ".join(f"{value} ({words})" if words else value for value, words in told)


def _scalar(page: Page, field: Schema) -> str:
    if field.get("format") == "date":
        return page.say("day")
    sort = str(field.get("type"))
    words = page.say(sort if sort in ("integer", "number", "boolean") else "text")
    low, high = field.get("minimum"), field.get("maximum")
    if low is not None and high is not None:
        return page.say("between", sort=words, low=low, high=high)
    return page.say("at least", sort=words, low=low) if low is not None else words


def _link(page: Page, field: Schema) -> str:
    rule = field["x-link"]
    known = {kind.name: kind for kind in page.told.kinds}
    targets = [
        page.loom.dialect.link(
            small(label(known[name], page.lang, plural=False), page.lang),
            page.loom.addresses.document(page_path(name), "") or "",
        )
        for name in rule["to"]
        if name in known
    ]
    count = page.say("one id" if field.get("maxItems") == 1 else "ids")
    if targets:
        return f"{count}{colon(page.lang)} {page.say('or').join(targets)}"
    return f"{count}, {page.say('any kind')}" if "*" in rule["to"] else count


def small(words: str, lang: str) -> str:
    """The name of a kind inside a sentence, where German keeps its capital."""
    return words if lang == "de" else words.lower() if lang == "en" else words[:1].lower() + words[1:]


def _notes(page: Page, field: Schema) -> list[str]:
    """What else holds for a field."""
    rule, origin = field.get("x-link", {}), field.get("x-from")
    inverse = rule.get("inverse_labels", {}).get(page.lang) or rule.get("inverse")
    notes = [page.say("inverse", words=inverse)] if inverse else []
    notes += [page.say("rests")] if rule.get("rests") else []
    notes += [page.say("acyclic")] if rule.get("acyclic") else []
    notes += [page.say(f"from {origin}")] if origin else []
    notes += [page.say("prose")] if field.get("x-prose") else []
    return notes + ([page.say("no content")] if field.get("x-normative") is False else [])


def _parts(field: Schema) -> Mapping[str, Schema]:
    """The fields inside a field."""
    found: Mapping[str, Schema] = (items_of(field) or field).get("properties", {})
    return found


def _inside(page: Page, part: Schema) -> str:
    allowed = f" ({_values(page, part)})" if "enum" in part else ""
    return page.english(plain_markdown(part.get("description", part.get("title", "")))) + allowed


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


def one_line(text: str) -> str:
    """Words of a schema for a cell of a table."""
    return plain_markdown(text).replace("|", "\\|").replace("\n", " ")
