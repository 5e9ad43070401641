"""The reference page of each kind, made from its schema: what it is for, its states, its fields, its links.

The labels and the words around them are in the language of the site; what the schemas describe is in English, and
says so to whoever has it read aloud.
"""

from collections.abc import Callable, Iterable, Mapping

from pipeline.model import Kind
from pipeline.views.labels import Schema
from pipeline.views.states import state_name
from pipeline.weave.kind_fields import Page, Told, field_words, one_line, page_path, shared_fields, small
from pipeline.weave.loom import Loom, Place
from pipeline.weave.pages import label, plain_markdown, register_path
from pipeline.weave.sight import Sight
from pipeline.weave.tree import Nav
from pipeline.weave.words_kinds import tell

INDEX = "handbook/kinds/index.md"

Writer = Callable[[Loom, Place], str]


def kinds_shown(sight: Sight, kinds: Iterable[Kind], used: frozenset[str]) -> list[Kind]:
    """The kinds that a reader is told of: all but those of which every artifact in use is hidden from the reader."""
    seen = {artifact.kind for artifact in sight.programme.artifacts.values()}
    return sorted(
        (kind for kind in kinds if kind.name in seen or kind.name not in used), key=lambda k: k.name
    )


def reference(kinds: list[Kind], hidden: frozenset[str], lang: str) -> dict[str, tuple[str, Writer]]:
    """The pages on kinds by path, each with its title and what writes it; an example never holds a `hidden` ID."""
    if not kinds:
        return {}
    told = Told(kinds, _common(kinds), hidden)
    found: dict[str, tuple[str, Writer]] = {
        INDEX: (tell("title", lang), lambda loom, place: _index(Page(loom, told, place.lang)))
    }
    for kind in kinds:
        found[page_path(kind.name)] = (label(kind, lang, plural=False), _writer(kind, told))
    return found


def navigation(pages: Mapping[str, tuple[str, Writer]], authored: set[str], lang: str) -> Nav:
    """The navigation of the pages on kinds that authors did not write themselves."""
    below: Nav = [
        path if path == INDEX else {title: path} for path, (title, _) in pages.items() if path not in authored
    ]
    return [{tell("title", lang): below}] if below else []


def _writer(kind: Kind, told: Told) -> Writer:
    return lambda loom, place: _page(Page(loom, told, place.lang), kind)


def _common(kinds: list[Kind]) -> frozenset[str]:
    """The fields that most kinds share: those that mean the same in more than half of them."""
    counts: dict[tuple[str, str], int] = {}
    for kind in kinds:
        for name, field in kind.schema.get("properties", {}).items():
            key = (name, field.get("description", ""))
            counts[key] = counts.get(key, 0) + 1
    return frozenset(name for (name, words), count in counts.items() if words and count * 2 > len(kinds))


def _index(page: Page) -> str:
    rows = []
    for kind in page.told.kinds:
        address = page.loom.addresses.document(page_path(kind.name), "") or ""
        first = kind.description.split(". ")[0].rstrip(".") + "."
        name = page.loom.dialect.link(label(kind, page.lang, plural=False), address)
        rows.append([name, f"`{kind.prefix}`", page.english(one_line(first))])
    headers = [page.say("kind"), "ID", page.say("for")]
    table = page.loom.dialect.table(headers, rows, "", False)
    return "\n\n".join([f"# {page.say('title')}", page.say("made from"), table])


def _page(page: Page, kind: Kind) -> str:
    fields: dict[str, Schema] = {
        name: field for name, field in kind.schema.get("properties", {}).items() if name != "kind"
    }
    required = frozenset(kind.schema.get("required", ()))
    own = {name: field for name, field in fields.items() if name not in page.told.common}
    shared = {name: field for name, field in fields.items() if name in page.told.common}
    parts = [
        f"# {label(kind, page.lang, plural=False)}",
        page.described(plain_markdown(kind.description)),
        _facts(page, kind),
    ]
    if kind.states:
        parts += [f"## {page.say('states')}", _states(page, kind)]
    if own:
        parts.append(f"## {page.say('own')}")
        parts += [field_words(page, name, schema, name in required) for name, schema in own.items()]
    if shared:
        parts += [f"## {page.say('shared')}", shared_fields(page, shared, required)]
    return "\n\n".join(parts)


def _facts(page: Page, kind: Kind) -> str:
    """How artifacts of the kind are named, begun and found."""
    lines = [page.say("prefix", prefix=kind.prefix), page.say("commands", name=kind.name)]
    if kind.schema.get("allOf"):
        lines.append(page.say("depend"))
    register = page.loom.addresses.document(register_path(kind.name), "")
    if register:
        every = page.say("every", names=small(label(kind, page.lang), page.lang))
        lines.append(page.loom.dialect.link(every, register))
    return "\n".join(f"- {line}" for line in lines)


def _states(page: Page, kind: Kind) -> str:
    rows = []
    for name, state in kind.states.items():
        notes = [page.say(f"phase {state.phase}")]
        notes += [page.say("settled")] if state.settled else []
        notes += [page.say("replaced")] if state.replaced else []
        after = ", ".join(f"`{item}`" for item in kind.moves.get(name, ())) or page.say("none")
        words = state_name(name, page.lang)
        named = f"`{name}`" if words in (name, name.replace("-", " ")) else f"`{name}` ({words})"
        phase = f"{state.phase}: " if page.lang == "en" else ""
        rows.append([named, phase + ", ".join(notes), after])
    headers = [page.say("state"), page.say("phase"), page.say("after")]
    return page.loom.dialect.table(headers, rows, "", False)
