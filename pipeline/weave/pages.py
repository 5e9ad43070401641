"""The pages that weave makes itself: home, registers of the kinds, the traceability matrix, the catalogue of rules."""

from collections.abc import Iterable

from pipeline.model import Artifact, Kind, Programme, Rule
from pipeline.views import Badge, Cell, Part, Ref, Table, Words, show
from pipeline.views.cells import plain
from pipeline.views.matrix import joined
from pipeline.views.select import natural
from pipeline.weave.attributes import Attributes, classes
from pipeline.weave.audience import redact
from pipeline.weave.loom import Loom, Place
from pipeline.weave.present import table
from pipeline.weave.states import state_words
from pipeline.weave.tokens import read_tokens, replace
from pipeline.weave.words import withheld, word

REGISTERS, MATRIX, RULES = "kinds/index.md", "matrix.md", "checks.md"
# From what is wanted to the proof that it is there: kind, and the link that joins it to the one before.
CHAIN = (("requirement", "satisfies"), ("test-case", "verifies"), ("test-run", "executes"))
CHAIN_START = "business-need"
# The words of the fields that filter a table, which the script in the page finds beside it.
_CONTROLS = ("filter", "all", "shown", "gaps")
_SHARED_ROLES = frozenset({"supersedes", "related", "translation_of"})


def register_path(kind: str) -> str:
    """The path of the page that lists the artifacts of a kind."""
    return f"kinds/{kind}.md"


def kinds_present(programme: Programme) -> list[Kind]:
    """The kinds of which there are artifacts, in the order of the schemas' groups and names."""
    present = {artifact.kind for artifact in programme.artifacts.values()}
    return sorted(
        (kind for kind in programme.kinds.values() if kind.name in present), key=lambda kind: kind.name
    )


def label(kind: Kind, lang: str, *, plural: bool = True) -> str:
    """What a kind is called, as a heading."""
    words = kind.labels.get(lang) or kind.labels.get("en") or (kind.title, kind.title)
    return words[plural][:1].upper() + words[plural][1:]


def listing(programme: Programme, kind: Kind, lang: str) -> Table:
    """All artifacts of a kind with status, version, owner and links, their labels in a language."""
    used = {
        link.role for item in programme.artifacts.values() if item.kind == kind.name for link in item.links
    }
    roles = [role for role in kind.links if role in used and role not in _SHARED_ROLES]
    columns = ["id", "title", "status", "version", "owner", *roles]
    shown = show(programme, {"view": "table", "kind": kind.name, "columns": columns}, lang)
    assert isinstance(shown, Table)
    return shown


def register(loom: Loom, place: Place, kind: Kind, shown: Table, ways: str) -> str:
    """The page of a kind, or a part of it: what it is, the ways to the other parts, and its artifacts."""
    listed = filtered(loom, place, table(loom, place, shown))
    parts = [f"# {label(kind, place.lang)}", described(loom, kind.description, place.lang), ways, listed]
    return "\n\n".join(part for part in parts if part)


def described(loom: Loom, text: str, lang: str) -> str:
    """What a schema or a rule says, as paragraphs: in English, and said to be so on a page in another language."""
    if not text or lang == "en":
        return text
    opening = loom.dialect.open(Attributes(classes=("paraph-described",), pairs=(("lang", "en"),)))
    return "\n\n".join([opening, text, loom.dialect.close()])


def english(loom: Loom, words: str, lang: str) -> str:
    """The same inside a line."""
    return words if lang == "en" else loom.dialect.span(words, Attributes(pairs=(("lang", "en"),)))


def registers(loom: Loom, place: Place) -> str:
    """The page that lists the kinds, with how many artifacts of each there are."""
    rows = []
    for kind in kinds_present(loom.programme):
        count = sum(1 for item in loom.programme.artifacts.values() if item.kind == kind.name)
        name = loom.dialect.link(
            label(kind, place.lang), loom.addresses.document(register_path(kind.name), "") or ""
        )
        rows.append([name, kind.prefix, str(count)])
    headers = [word("kind", place.lang), "ID", word("count", place.lang)]
    title = f"# {word('registers', place.lang)}"
    return "\n\n".join([title, loom.dialect.table(headers, rows, "", False)])


def chains(programme: Programme, lang: str) -> Table:
    """A row for each chain from a need to the last run of its tests; a gap is said in words."""
    kinds = [CHAIN_START, *(kind for kind, _ in CHAIN)]
    headers: tuple[Cell, ...] = tuple(
        (Words(label(programme.kinds[name], lang, plural=False) if name in programme.kinds else name),)
        for name in kinds
    )
    return Table(headers, tuple(_rows(programme, lang)))


def traceability(loom: Loom, place: Place, shown: Table, ways: str) -> str:
    """The page of the traceability matrix, or a part of it."""
    rows = filtered(loom, place, table(loom, place, shown)) if shown.rows else word("none", place.lang)
    return "\n\n".join(part for part in (f"# {word('matrix', place.lang)}", ways, rows) if part)


def filtered(loom: Loom, place: Place, written: str) -> str:
    """A table above which the browser puts fields that narrow it down, in the words that stand here.

    Without scripts it is the table alone.
    """
    pairs = tuple((f"data-{name}", word(name, place.lang)) for name in _CONTROLS)
    return "\n\n".join(
        [loom.dialect.open(Attributes(classes=("filters",), pairs=pairs)), written, loom.dialect.close()]
    )


def _rows(programme: Programme, lang: str) -> Iterable[tuple[Cell, ...]]:
    """The chains; each row is whole, so that it can be read and filtered alone, and says a title once.

    What hangs on nothing begins a chain of its own.
    """
    placed: set[str] = set()
    for depth, name in enumerate([CHAIN_START, *(kind for kind, _ in CHAIN)]):
        found = sorted((item for item in programme.artifacts.values() if item.kind == name), key=natural)
        for artifact in found:
            if artifact.id not in placed:
                lead: tuple[Cell, ...] = tuple(_gap(lang) for _ in range(depth))
                yield from _chains(programme, artifact, depth, lead, lang, placed)


def _chains(
    programme: Programme, artifact: Artifact, depth: int, lead: tuple[Cell, ...], lang: str, placed: set[str]
) -> Iterable[tuple[Cell, ...]]:
    placed.add(artifact.id)
    row = (*lead, _cell(artifact, depth))
    if depth == len(CHAIN):
        yield row
        return
    kind, role = CHAIN[depth]
    following = [programme.artifacts[identity] for identity in joined(programme, artifact, kind, role)]
    if not following:
        yield (*row, *(_gap(lang) if step == 0 else () for step in range(len(CHAIN) - depth)))
    for index, item in enumerate(following):
        before = row if index == 0 else tuple(_again(cell) for cell in row)
        yield from _chains(programme, item, depth + 1, before, lang, placed)


def _gap(lang: str) -> Cell:
    """Where a chain breaks off."""
    return (Badge("gap", word("none", lang)),)


def _again(cell: Cell) -> Cell:
    """A cell of the row above: its ID alone."""
    return tuple(Ref(part.id) if isinstance(part, Ref) else part for part in cell if not _is_state(part))


def _is_state(part: Part) -> bool:
    return isinstance(part, Badge) and part.field != "gap"


def _cell(artifact: Artifact, depth: int) -> Cell:
    parts: list[Ref | Badge] = [Ref(artifact.id, titled=depth < 2)]
    field = "verdict" if "verdict" in artifact.fields else "status"
    if artifact.fields.get(field):
        parts.append(Badge(field, plain(artifact.fields[field])))
    return tuple(parts)


def rule_pages(loom: Loom, rules: Iterable[Rule], hidden: frozenset[str], lang: str) -> str:
    """The page of the rules, each with an anchor of its own: its code. Their examples name no `hidden` ID either.

    What a rule says of itself is in English, and said to be so on a page in another language.
    """
    parts, rows = [], []
    for rule in sorted(rules, key=lambda item: item.code):
        page = redact(rule.page, hidden, withheld(lang)).strip()
        title, _, rest = page.partition("\n")
        title = english(loom, plain_markdown(title.rstrip(".")), lang)
        body = "\n".join(line.removeprefix("    ") for line in rest.split("\n")).strip()
        code = loom.dialect.span(rule.code, classes("id"))
        weight = word(f"weight {rule.weight}", lang)
        body = described(loom, plain_markdown(body), lang)
        parts += [f"## {code} {title} {{#{rule.code}}}", f"*{weight}.*", body]
        rows.append([f"[{rule.code}](#{rule.code}){{.ref}}", title.replace("|", "\\|"), weight])
    headers = [word("rule", lang), word("finds", lang), word("weight", lang)]
    place = Place("", RULES, lang)
    overview = filtered(loom, place, loom.dialect.table(headers, rows, "", False))
    return "\n\n".join([f"# {word('rules', lang)}", overview, *parts])


def plain_markdown(text: str) -> str:
    """Markdown of ours or of a style, without HTML."""
    return replace(text, read_tokens(text).edits)


def home(
    loom: Loom, place: Place, title: str, nav_titles: list[tuple[str, str]], stated: str, glance: str = ""
) -> str:
    """The first page of a site whose authors wrote none: the state at a `glance`, and where everything is."""
    pages = [f"- {loom.dialect.link(words, path)}" for words, path in nav_titles]
    parts = [f"# {title}", stated, glance, "\n".join(pages), overview(loom, place)]
    return "\n\n".join(part for part in parts if part)


def overview(loom: Loom, place: Place) -> str:
    """The registers of a programme as cards: each with how many artifacts it has, and in which states; '' for none."""
    cards = []
    for kind in kinds_present(loom.programme):
        address = loom.addresses.document(register_path(kind.name), "") or ""
        states = [item.status for item in loom.programme.artifacts.values() if item.kind == kind.name]
        counts = [
            # Behind the word, a number asks for no agreement: "approuvé 10".
            f"{state_words('status', state, place.lang)} {states.count(state)}"
            for state in kind.states
            if state in states
        ]
        link = f"**{loom.dialect.link(label(kind, place.lang), address)}** {len(states)}"
        cards.append("\n\n    ".join([f"- {link}", *([" · ".join(counts)] if counts else [])]))
    if not cards:
        return ""
    box = [loom.dialect.open(classes("registers")), "\n\n".join(cards), loom.dialect.close()]
    return "\n\n".join([f"## {word('registers', place.lang)} {{#registers}}", *box])
