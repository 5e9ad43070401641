"""What stands around an artifact's text: its heading, its line of badges, and the list of its facts and links."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.model import Artifact, Finding, Kind
from pipeline.sources.scan import slug
from pipeline.views.cells import plain
from pipeline.views.select import id_of, natural_id
from pipeline.weave.attributes import classes
from pipeline.weave.dialect import indented
from pipeline.weave.inline import reference, weave_line, weave_text
from pipeline.weave.loom import Loom, Place
from pipeline.weave.nav import title_of
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
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


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
        badge(loom, field, plain(value), label_of(kind, field, lang))
        for field, value in stated
        if _is_scalar(value)
    ]
    if artifact.version:
        words = f"version {weave_badge(artifact.version)}"
        badges.append(loom.dialect.span(words, classes("badge", "version")))
    level = artifact.classification
    badges.append(
        loom.dialect.span(word(level, artifact.lang), classes("badge", "classification", slug(level)))
    )
    return " ".join(badges)


def badge(loom: Loom, field: str, value: str, label: str = "") -> str:
    """The value of a field as a badge; its classes are the field and the value.

    With a `label`, it stands before a value that is no word of a list and so does not say what it is.
    """
    party = loom.programme.artifacts.get(id_of(value))
    if party is not None and party.kind == "party" and party.title:
        value = party.title
    words = weave_badge(value)
    if label and not _SLUG.fullmatch(value):
        words = f"{weave_badge(label)}: {words}"
    return loom.dialect.span(words, classes("badge", slug(field), slug(value))) if words else ""


def weave_badge(value: str) -> str:
    """The words of a badge: a value of a list, with spaces for its hyphens."""
    if _SLUG.fullmatch(value):
        return value.replace("-", " ")
    return value.replace("[", "(").replace("]", ")").replace("<", "&lt;")


def details(loom: Loom, place: Place, artifact: Artifact) -> str:
    """The list of an artifact's facts: owner, the other fields, links out, links in; '' where there is none."""
    own, shared = _shown(loom.programme.kind_of(artifact), artifact)
    items = [*_owner(loom, place, artifact), *_facts(loom, place, artifact, own)]
    items += [*_links_out(loom, artifact), *_links_in(loom, artifact), *_facts(loom, place, artifact, shared)]
    # Only where the artifact is at home: elsewhere on the site a view shows it once more.
    beside = None if place.prefix else loom.beside
    items += _mentions(loom, artifact) if beside else []
    box = [loom.dialect.open(classes("facts")), "\n".join(items), loom.dialect.close()] if items else []
    found = [findings(loom, place, beside.findings.get(artifact.id, []))] if beside else []
    return "\n\n".join(part for part in [*box, *found] if part)


def _mentions(loom: Loom, artifact: Artifact) -> list[str]:
    """Where prose names the artifact, besides what links to it already."""
    linking = {source.id for source, _ in loom.programme.incoming.get(artifact.id, ())}
    linking |= {artifact.id, *(link.target for link in artifact.links)}
    written = []
    for name in dict.fromkeys(loom.programme.mentioned.get(artifact.id, ())):
        if name in loom.programme.artifacts:
            written += [] if name in linking else [titled(loom, name)]
        elif name in loom.programme.documents:
            address = loom.addresses.document(name, "")
            words = weave_badge(title_of(loom.programme.documents[name], artifact.lang))
            written += [loom.dialect.link(words, address)] if address else []
    if not written:
        return []
    lang = _labels_lang(loom.programme.kind_of(artifact), artifact.lang)
    return [_item(word("mentioned", lang), written[0] if len(written) == 1 else written)]


def findings(loom: Loom, place: Place, found: list[Finding]) -> str:
    """What the checks say of an artifact or a page, folded away; '' where they say nothing."""
    if not found or loom.beside is None:
        return ""
    lines = [f'??? info "{word("findings", place.lang)}: {len(found)}"', ""]
    for item in sorted(found, key=Finding.order):
        code = (
            loom.dialect.link(item.code, f"{loom.beside.rules}#{item.code}")
            if loom.beside.rules
            else item.code
        )
        hint = f" *{weave_line(loom, place, item.hint)}*" if item.hint else ""
        lines.append(f"    - **{code}** {weave_line(loom, place, item.message)}.{hint}")
    return "\n".join(lines)


def _owner(loom: Loom, place: Place, artifact: Artifact) -> Iterator[str]:
    owner = artifact.fields.get("owner")
    if isinstance(owner, str) and owner:
        label = label_of(loom.programme.kind_of(artifact), "owner", artifact.lang)
        yield _item(label, party(loom, place, owner))


def _facts(loom: Loom, place: Place, artifact: Artifact, shown: list[tuple[str, Any]]) -> Iterator[str]:
    kind = loom.programme.kind_of(artifact)
    for field, schema in shown:
        value = artifact.fields[field]
        label = label_of(kind, field, artifact.lang)
        written = _value(loom, place, value, schema if isinstance(schema, dict) else {})
        if written:
            yield _item(label, written)


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


def label_of(kind: Kind | None, field: str, lang: str) -> str:
    """What a field is called: as its schema says in the language (`x-labels`), else by its title there."""
    schema = kind.schema.get("properties", {}).get(field, {}) if kind else {}
    words = schema.get("x-labels", {}).get(lang) or schema.get("title")
    return words if isinstance(words, str) else field.replace("_", " ").capitalize()


def _labels_lang(kind: Kind | None, lang: str) -> str:
    """The language of our own labels: that of the others beside them, so that a list is not half translated."""
    properties = kind.schema.get("properties", {}) if kind else {}
    return lang if any(lang in schema.get("x-labels", {}) for schema in properties.values()) else "en"


def _item(label: str, written: str | list[str]) -> str:
    if isinstance(written, str):
        return f"- **{label}:** {written}"
    return (
        f"- **{label}:**\n\n"
        + "\n".join(f"    - {indented(item, '      ').strip()}" for item in written)
        + "\n"
    )


def _value(loom: Loom, place: Place, value: Any, schema: dict[str, Any]) -> str | list[str]:
    """A value: one line, or a list of lines."""
    if isinstance(value, list):
        inner = schema.get("items")
        written = [_one(loom, place, item, inner if isinstance(inner, dict) else {}) for item in value]
        written = [item for item in written if item]
        short = all(isinstance(item, str) and " " not in item for item in value)
        return ", ".join(written) if short else written
    return _one(loom, place, value, schema)


def _one(loom: Loom, place: Place, value: Any, schema: dict[str, Any]) -> str:
    if isinstance(value, bool):
        return word("yes" if value else "no", place.lang)
    if isinstance(value, dict):
        return _mapping(loom, place, value, schema)
    if isinstance(value, str):
        return party(loom, place, value)
    return plain(value)


def _mapping(loom: Loom, place: Place, value: dict[str, Any], schema: dict[str, Any]) -> str:
    """A mapping with an ID and a text as 'ID text'; any other as 'Label: value' pairs."""
    known = schema.get("properties", {})
    parts = []
    if isinstance(value.get("id"), str) and isinstance(value.get("text"), str):
        identity = loom.dialect.span(value["id"], classes("part"))
        parts.append(f"{identity} {weave_line(loom, place, value['text'])}")
        value = {key: item for key, item in value.items() if key not in ("id", "text")}
    for key, item in value.items():
        inner = known.get(key, {}) if isinstance(known, dict) else {}
        label = inner.get("title") or str(key).replace("_", " ").capitalize()
        written = _value(loom, place, item, inner)
        parts.append(f"{label}: {written if isinstance(written, str) else '; '.join(written)}")
    return "; ".join(parts)


def party(loom: Loom, place: Place, value: str) -> str:
    """A text; an ID alone is a reference, and that of a party shows the party's name."""
    target = loom.programme.artifacts.get(id_of(value))
    if target is None:
        paragraphs = [part for part in value.split("\n\n") if part.strip()]
        return "\n\n".join(weave_line(loom, place, part) for part in paragraphs)
    if target.kind == "party" and target.title:
        return f"{weave_text(loom, place, target.title, linked=False)} ({reference(loom, target.id, value)})"
    return reference(loom, target.id, value)


def _links_out(loom: Loom, artifact: Artifact) -> Iterator[str]:
    kind = loom.programme.kind_of(artifact)
    for role in kind.links if kind else ():
        targets = [(link.target, link.version) for link in artifact.links if link.role == role]
        if targets and kind:
            yield _item(label_of(kind, role, artifact.lang), _references(loom, targets))


def _links_in(loom: Loom, artifact: Artifact) -> Iterator[str]:
    groups: dict[str, dict[str, None]] = {}
    for source, link in loom.programme.incoming.get(artifact.id, ()):
        kind = loom.programme.kind_of(source)
        rule = kind.links.get(link.role) if kind else None
        # A link that is stated at both ends is shown once.
        if rule and (link.role, source.id) not in {(own.role, own.target) for own in artifact.links}:
            groups.setdefault(rule.inverse, {}).setdefault(source.id)
    for words in sorted(groups):
        targets = [(identity, "") for identity in sorted(groups[words], key=natural_id)]
        yield _item(words[:1].upper() + words[1:], _references(loom, targets))


def _references(loom: Loom, targets: list[tuple[str, str]]) -> str | list[str]:
    """References with the titles of what they lead to, one a line when there are several."""
    written = [titled(loom, identity, version) for identity, version in targets]
    return written[0] if len(written) == 1 else written


def titled(loom: Loom, identity: str, version: str = "") -> str:
    """A reference with the title of the artifact after it."""
    target = loom.programme.artifacts.get(identity)
    words = f"{identity}@{version}" if version else identity
    if target is None:
        return words
    here = Place(target.path, target.path, target.lang)
    return f"{reference(loom, identity, words)} {weave_line(loom, here, target.title, linked=False)}".rstrip()


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and value != ""
