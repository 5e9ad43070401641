"""What an artifact is joined with: links out, links in, mentions; and what the checks say of it."""

from collections.abc import Iterator

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Finding
from pipeline.views.labels import colon, inverse_of, label_of
from pipeline.weave.attributes import Attributes
from pipeline.weave.inline import reference, weave_line
from pipeline.weave.labels import fact, weave_badge
from pipeline.weave.loom import Loom, Place
from pipeline.weave.nav import title_of
from pipeline.weave.words import word


def links_out(loom: Loom, artifact: Artifact) -> Iterator[str]:
    """What an artifact links to, a fact for each role."""
    kind = loom.programme.kind_of(artifact)
    for role in kind.links if kind else ():
        targets = [(link.target, link.version) for link in artifact.links if link.role == role]
        if targets and kind:
            yield fact(label_of(kind, role, artifact.lang), _references(loom, targets), artifact.lang)


def links_in(loom: Loom, artifact: Artifact) -> Iterator[str]:
    """What links to an artifact, a fact for each role, in the words that the role has from this end."""
    groups: dict[str, dict[str, None]] = {}
    for source, link in loom.programme.incoming.get(artifact.id, ()):
        kind = loom.programme.kind_of(source)
        rule = kind.links.get(link.role) if kind else None
        # A link that is stated at both ends is shown once.
        if rule and (link.role, source.id) not in {(own.role, own.target) for own in artifact.links}:
            groups.setdefault(inverse_of(rule, artifact.lang), {}).setdefault(source.id)
    for words in sorted(groups):
        targets = [(identity, "") for identity in sorted(groups[words], key=natural_id)]
        yield fact(words[:1].upper() + words[1:], _references(loom, targets), artifact.lang)


def mentions(loom: Loom, artifact: Artifact) -> list[str]:
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
    return [
        fact(word("mentioned", artifact.lang), written[0] if len(written) == 1 else written, artifact.lang)
    ]


def _references(loom: Loom, targets: list[tuple[str, str]]) -> str | list[str]:
    """References with the titles of what they lead to, one a line when there are several."""
    written = [titled(loom, identity, version) for identity, version in targets]
    return written[0] if len(written) == 1 else written


def titled(loom: Loom, identity: str, version: str = "", around: str = "") -> str:
    """A reference with the title of the artifact after it, with its language where `around` it another is spoken."""
    target = loom.programme.artifacts.get(identity)
    words = f"{identity}@{version}" if version else identity
    if target is None:
        return words
    here = Place(target.path, target.path, target.lang)
    title = weave_line(loom, here, target.title, linked=False, noted=False)
    if title and around not in ("", target.lang):
        title = loom.dialect.span(title, Attributes(pairs=(("lang", target.lang),)))
    return f"{reference(loom, identity, words)} {title}".rstrip()


def findings(loom: Loom, place: Place, found: list[Finding]) -> str:
    """What the checks say of an artifact or a page, in sight; '' where they say nothing."""
    if not found or loom.beside is None:
        return ""
    lines = []
    for item in sorted(found, key=Finding.order):
        code = (
            loom.dialect.link(item.code, f"{loom.beside.rules}#{item.code}")
            if loom.beside.rules
            else item.code
        )
        hint = f" *{weave_line(loom, place, item.hint)}*" if item.hint else ""
        lines.append(f"- **{code}** {weave_line(loom, place, item.message)}.{hint}")
    title = f"{word('findings', place.lang)}{colon(place.lang)} {len(found)}"
    return loom.dialect.admonition("warning", title, "\n".join(lines))
