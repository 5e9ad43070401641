"""What stands around an artifact's text: its heading, its line of badges, and the list of its facts and links."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from msgspec import structs

from pipeline.figures.measures import MEASURES
from pipeline.model import Artifact, Kind
from pipeline.sources.scan import slug
from pipeline.views.cells import plain
from pipeline.views.labels import (
    Schema,
    colon,
    field_of,
    inside,
    items_of,
    label_of,
    semicolon,
    title_of,
    value_of,
)
from pipeline.views.select import id_of
from pipeline.weave.approvals import approval_fact, approvals
from pipeline.weave.attributes import classes
from pipeline.weave.history import history
from pipeline.weave.inline import literal, reference, weave_line, weave_text
from pipeline.weave.labels import SLUG, fact, weave_badge
from pipeline.weave.links import findings, links_in, links_out, mentions
from pipeline.weave.loom import Beside, Loom, Place
from pipeline.weave.pack_paths import pack_fact
from pipeline.weave.states import state_words
from pipeline.weave.words import word

# Shown elsewhere: in the heading, among the badges, in the body, or not at all because only tools need it.
_ELSEWHERE = frozenset(
    {
        "id",
        "kind",
        "title",
        "status",
        "version",
        "classification",
        "owner",
        "defaults",
        "translated_from",
        "lang",
    }
)
_SHARED = frozenset({"authors", "created", "updated", "review_due", "language_regime", "tags", "waivers"})


def heading_words(loom: Loom, place: Place, artifact: Artifact) -> str:
    """The words of an artifact's heading: its ID and its title."""
    identity = loom.dialect.span(artifact.id, classes("id"))
    return f"{identity} {weave_line(loom, place, artifact.title, linked=False)}".rstrip()


def strip(loom: Loom, artifact: Artifact) -> str:
    """The line of badges below an artifact's heading: status, the fields its kind shows so, version, classification."""
    kind = loom.programme.kind_of(artifact)
    fields = ["status", *(kind.badges if kind else ())]
    stated = [(field, artifact.fields.get(field)) for field in fields]
    lang = artifact.lang
    badges = [
        badge(
            loom,
            field,
            plain(value, lang),
            lang,
            label_of(kind, field, lang),
            value_of(field_of(kind, field), value, lang),
        )
        for field, value in stated
        if _is_scalar(value)
    ]
    if artifact.version:
        words = f"{word('version', lang)} {weave_badge(artifact.version)}"
        badges.append(loom.dialect.span(words, classes("badge", "version")))
    level = artifact.classification
    badges.append(loom.dialect.span(word(level, lang), classes("badge", "classification", slug(level))))
    return " ".join(badges)


def badge(loom: Loom, field: str, value: str, lang: str, label: str = "", stated: str = "") -> str:
    """The value of a field as a badge, in the words that are `stated` for it; its classes are the field and the value.

    With a `label`, it stands before a value that is no word of a list and so does not say what it is.
    """
    party = loom.programme.artifacts.get(id_of(value))
    if party is not None and party.kind == "party" and party.title:
        value = party.title
    words = weave_badge(stated) if stated else state_words(field, value, lang)
    if label and not SLUG.fullmatch(value):
        words = f"{weave_badge(label)}{colon(lang)} {words}"
    return loom.dialect.span(words, classes("badge", slug(field), slug(value))) if words else ""


def glance(loom: Loom, place: Place, artifact: Artifact) -> str:
    """What is to be seen at once where an artifact is at home on the site: owner, approvals, links both ways, findings.

    It stands below the badges; '' elsewhere, where all facts stand in one list.
    """
    beside = _at_home(loom, place)
    if beside is None:
        return ""
    stands = chain(approval_fact(loom, place, artifact), pack_fact(loom, artifact))
    items = [*_owner(loom, place, artifact), *stands, *links_out(loom, artifact), *links_in(loom, artifact)]
    return _joined(
        _box(loom, items, "facts", "glance"),
        approvals(loom, place, artifact),
        findings(loom, place, beside.findings.get(artifact.id, [])),
    )


def details(loom: Loom, place: Place, artifact: Artifact) -> str:
    """The list of an artifact's facts: owner, the other fields, links out, links in; '' where there is none.

    What `glance` shows of them is left out.
    """
    own, shared = _shown(loom.programme.kind_of(artifact), artifact)
    first, last = list(_facts(loom, place, artifact, own)), list(_facts(loom, place, artifact, shared))
    if _at_home(loom, place):
        facts = _box(loom, [*first, *last, *mentions(loom, artifact)], "facts")
        return _joined(facts, history(loom, artifact))
    links = [*links_out(loom, artifact), *links_in(loom, artifact)]
    return _box(loom, [*_owner(loom, place, artifact), *first, *links, *last], "facts")


def _at_home(loom: Loom, place: Place) -> Beside | None:
    """What stands beside an artifact on the page of the site where it is at home; views show it elsewhere too."""
    return None if place.prefix else loom.beside


def _box(loom: Loom, items: list[str], *names: str) -> str:
    """A list of facts; '' for an empty one."""
    return (
        _joined(loom.dialect.open(classes(*names)), "\n".join(items), loom.dialect.close()) if items else ""
    )


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _owner(loom: Loom, place: Place, artifact: Artifact) -> Iterator[str]:
    owner = artifact.fields.get("owner")
    if isinstance(owner, str) and owner:
        label = label_of(loom.programme.kind_of(artifact), "owner", artifact.lang)
        yield fact(label, party(loom, place, owner), artifact.lang)


def _facts(loom: Loom, place: Place, artifact: Artifact, shown: list[tuple[str, Any]]) -> Iterator[str]:
    kind = loom.programme.kind_of(artifact)
    place = structs.replace(place, lang=artifact.lang)
    for field, schema in shown:
        value = artifact.fields[field]
        label = label_of(kind, field, artifact.lang)
        written = _value(loom, place, value, schema if isinstance(schema, dict) else {})
        if written:
            yield fact(label, written, artifact.lang)


def _shown(kind: Kind | None, artifact: Artifact) -> tuple[list[tuple[str, Any]], list[tuple[str, Any]]]:
    """The fields that the list shows, in the order of the schema: those of the kind, and those that all kinds share."""
    known = kind.schema.get("properties", {}) if kind else {}
    badges = kind.badges if kind else ()
    passed = {*_ELSEWHERE, *(kind.links if kind else ()), *artifact.supplied}
    passed |= {field for field in badges if _is_scalar(artifact.fields.get(field))}
    passed |= {"language_regime"} if artifact.fields.get("language_regime") == "none" else set()
    names = [field for field in known if field in artifact.fields and field not in passed]
    own = [(name, known[name]) for name in names if name not in _SHARED]
    return own, [(name, known[name]) for name in names if name in _SHARED]


def _value(loom: Loom, place: Place, value: Any, schema: Schema) -> str | list[str]:
    """A value: one line, or a list of lines."""
    if isinstance(value, list):
        written = [_one(loom, place, item, items_of(schema)) for item in value]
        written = [item for item in written if item]
        short = all(isinstance(item, str) and " " not in item for item in value)
        return ", ".join(written) if short else written
    return _one(loom, place, value, schema)


def _figure(value: dict[str, Any], lang: str) -> str:
    """A figure that a report states, by what its measure is called; '' for anything else."""
    name = value.get("measure")
    measure = MEASURES.get(name) if isinstance(name, str) and value.keys() == {"measure", "value"} else None
    return f"{measure.label(lang)}{colon(lang)} {weave_badge(str(value['value']))}" if measure else ""


def _one(loom: Loom, place: Place, value: Any, schema: Schema) -> str:
    if isinstance(value, bool):
        return plain(value, place.lang)
    if isinstance(value, dict):
        return _figure(value, place.lang) or _mapping(loom, place, value, schema)
    if isinstance(value, str):
        return value_of(schema, value, place.lang) or party(loom, place, value)
    return plain(value, place.lang)


def _mapping(loom: Loom, place: Place, value: dict[str, Any], schema: Schema) -> str:
    """A mapping with an ID and a text as 'ID text'; any other as 'Label: value' pairs."""
    parts = []
    if isinstance(value.get("id"), str) and isinstance(value.get("text"), str):
        identity = loom.dialect.span(value["id"], classes("part"))
        parts.append(f"{identity} {weave_line(loom, place, value['text'])}")
        value = {key: item for key, item in value.items() if key not in ("id", "text")}
    for key, item in value.items():
        inner = inside(schema, str(key))
        label = f"{title_of(inner, str(key), place.lang)}{colon(place.lang)}"
        written = _file(loom, place, item) if key == "file" else _value(loom, place, item, inner)
        parts.append(
            f"{label} {written if isinstance(written, str) else semicolon(place.lang).join(written)}"
        )
    return semicolon(place.lang).join(parts)


def _file(loom: Loom, place: Place, item: Any) -> str:
    """A file that is named as evidence, with the way to it; the public gets none, since nobody said that it may."""
    words = literal(str(item))
    told = loom.beside is not None and loom.beside.told
    address = loom.link(item, place.path) if told and isinstance(item, str) and item else None
    return loom.dialect.link(words, address) if address else words


def party(loom: Loom, place: Place, value: str) -> str:
    """A text; an ID alone is a reference, and that of a party shows the party's name."""
    target = loom.programme.artifacts.get(id_of(value))
    if target is None:
        paragraphs = [part for part in value.split("\n\n") if part.strip()]
        return "\n\n".join(weave_line(loom, place, part) for part in paragraphs)
    if target.kind == "party" and target.title:
        name = weave_text(loom, place, target.title, linked=False, noted=False)
        return f"{name} ({reference(loom, target.id, value)})"
    return reference(loom, target.id, value)


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and value != ""
