"""The programme and the texts that an audience sees, made from what `audience` says is above it."""

import re
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, structs

from pipeline.errors import CouldNotRun
from pipeline.model import Artifact, Document, Heading, Programme, Source, Standing
from pipeline.model.past import Moment, State
from pipeline.model.situation import Situation
from pipeline.sources.scan import slug
from pipeline.weave.audience import MARK, OURS, Lines, conceal, exceeds, inside, is_id, names, redact
from pipeline.weave.spans import Span, find_spans, inline_references, scheme
from pipeline.weave.tokens import Edit, masked_text, replace

_WITHHELD = "withheld"


class Sight(Struct, frozen=True):
    """What an audience sees: a programme that holds nothing else, and what was taken out of it.

    `hidden` are IDs in capitals, `paths` hidden documents, `cuts` the lines of hidden sections of visible
    documents; `anchors` maps those anchors that changed to what they became ('' for hidden ones), by path.
    """

    audience: str
    programme: Programme
    hidden: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    cuts: dict[str, Lines] = {}
    anchors: dict[str, dict[str, str]] = {}
    titles: frozenset[str] = frozenset()


def see(programme: Programme, audience: str) -> Sight:
    """What an audience sees of a programme. Raises ValueError for an audience that does not exist."""
    hidden, paths, cuts = conceal(programme, audience)
    programme = structs.replace(programme, past=_before(programme, audience, hidden))
    if not hidden and not paths:
        return Sight(audience, programme)
    bare = Sight(audience, programme, hidden, paths, cuts, titles=_titles(programme, hidden, paths))
    sight = structs.replace(bare, anchors=_moved(bare))
    return structs.replace(sight, programme=_reduce(sight))


def reveals(sight: Sight, text: str) -> bool:
    """Whether a text that was written about the whole programme (a finding, say) tells of anything hidden."""
    if names(text, sight.hidden):
        return True
    return any(word in text for word in sight.paths) or any(word in text for word in sight.titles)


def _titles(programme: Programme, hidden: frozenset[str], paths: frozenset[str]) -> frozenset[str]:
    found: list[Any] = []
    for path, document in programme.documents.items():
        found += [artifact.title for artifact in document.artifacts if artifact.id.upper() in hidden]
        if path in paths:
            found += [heading.text for heading in document.headings if heading.level == 1]
            found += [document.page.fields.get("title")] if document.page else []
    return frozenset(words for words in found if isinstance(words, str) and len(words) > 3)


def _moved(sight: Sight) -> dict[str, dict[str, str]]:
    moved = {}
    for path, document in sight.programme.documents.items():
        if path not in sight.paths:
            after = {item.line: item.anchor for item in _headings(sight, document)}
            pairs = ((item.anchor, after.get(item.line, "")) for item in document.headings)
            if changed := {before: now for before, now in pairs if before != now}:
                moved[path] = changed
    return moved


def _headings(sight: Sight, document: Document) -> tuple[Heading, ...]:
    """The visible headings, with anchors that tell neither a hidden ID nor that a hidden heading had their words."""
    ranges, hidden = sight.cuts.get(document.path, ()), sight.hidden
    if not ranges and not any(names(item.text + " " + item.anchor, hidden) for item in document.headings):
        return document.headings
    found: list[Heading] = []
    taken: set[str] = set()
    for heading in document.headings:
        if inside(heading.line, ranges):
            continue
        words = redact(heading.text, hidden)
        derived = re.fullmatch(rf"{re.escape(slug(heading.text))}(_\d+)?", heading.anchor)
        anchor = (
            slug(words.replace(MARK, _WITHHELD)) if derived else redact(heading.anchor, hidden, _WITHHELD)
        )
        unique, number = anchor, 0
        while unique in taken:
            number += 1
            unique = f"{anchor}_{number}"
        taken.add(unique)
        found.append(structs.replace(heading, text=words, anchor=unique))
    return tuple(found)


def _reduce(sight: Sight) -> Programme:
    programme, hidden = sight.programme, sight.hidden
    documents = {
        path: _document(sight, document)
        for path, document in programme.documents.items()
        if path not in sight.paths
    }
    artifacts: dict[str, Artifact] = {}
    for document in documents.values():
        for artifact in document.artifacts:
            artifacts.setdefault(artifact.id, artifact)
    incoming = {
        target: [(artifacts[source.id], link) for source, link in links if source.id in artifacts]
        for target, links in programme.incoming.items()
        if target.upper() not in hidden
    }
    return structs.replace(
        programme,
        documents=documents,
        artifacts=artifacts,
        twins={key: value for key, value in programme.twins.items() if key.upper() not in hidden},
        incoming={key: value for key, value in incoming.items() if value},
        files=frozenset(path for path in programme.files if not names(path, hidden)),
        ledgers={key: value for key, value in programme.ledgers.items() if key in artifacts},
        standings={
            key: _standing(value, hidden) for key, value in programme.standings.items() if key in artifacts
        },
        situations={
            key: _situation(value, hidden) for key, value in programme.situations.items() if key in artifacts
        },
        contents={key: value for key, value in programme.contents.items() if key in artifacts},
    )


def _standing(standing: Standing, hidden: frozenset[str]) -> Standing:
    """Where an artifact stands; a role may be called by the ID of a party."""
    votes = tuple(structs.replace(vote, role=redact(vote.role, hidden)) for vote in standing.votes)
    return structs.replace(standing, votes=votes)


def _situation(told: Situation, hidden: frozenset[str]) -> Situation:
    return structs.replace(
        told,
        roles=tuple(redact(role, hidden) for role in told.roles),
        decided=tuple(structs.replace(item, role=redact(item.role, hidden)) for item in told.decided),
        waiting=tuple(redact(role, hidden) for role in told.waiting),
    )


def _document(sight: Sight, document: Document) -> Document:
    path, ranges = document.path, sight.cuts.get(document.path, ())
    views = tuple(
        structs.replace(view, fields=_clean(sight, path, view.fields))
        for view in document.views
        if not inside(view.header.line, ranges)
    )
    artifacts = tuple(_artifact(sight, item) for item in document.artifacts if not inside(item.line, ranges))
    page = document.page
    if page:
        kept = tuple(item for item in page.mentions if item.target.upper() not in sight.hidden)
        page = structs.replace(page, fields=_clean(sight, path, page.fields), mentions=kept)
    return Document(path, artifacts, page, _headings(sight, document), (), views)


def _artifact(sight: Sight, artifact: Artifact) -> Artifact:
    return structs.replace(
        artifact,
        fields=_clean(sight, artifact.path, artifact.fields),
        links=tuple(link for link in artifact.links if link.target.upper() not in sight.hidden),
        mentions=tuple(item for item in artifact.mentions if item.target.upper() not in sight.hidden),
    )


def _clean(sight: Sight, path: str, value: Any) -> Any:
    """A front matter value without what is hidden; an item of a list that is a hidden ID goes."""
    if isinstance(value, str):
        if "](" in value:
            value = replace(value, _link_edits(sight, path, value, masked_text(value)))
        return redact(value, sight.hidden)
    if isinstance(value, list):
        return [_clean(sight, path, item) for item in value if not is_id(item, sight.hidden)]
    if isinstance(value, dict):
        return {_clean(sight, path, key): _clean(sight, path, item) for key, item in value.items()}
    return value


def _before(programme: Programme, audience: str, hidden: frozenset[str]) -> tuple[Moment, ...]:
    """The moments as the audience sees them: what is hidden now was so before, and what was hidden then stays so."""
    shown = []
    # Most of what a moment holds is what the one before it held.
    cleaned: dict[tuple[frozenset[str], int], State] = {}
    for moment in programme.past:
        above = {key.upper() for key, state in moment.artifacts.items() if exceeds(state.fields, audience)}
        unseen = hidden | above
        if moment.name.upper() in unseen:
            continue
        states = {key: item for key, item in moment.artifacts.items() if key.upper() not in unseen}
        for key, state in states.items() if unseen else ():
            known = (unseen, id(state))
            if known not in cleaned:
                cleaned[known] = _state(Sight(audience, programme, unseen), state)
            states[key] = cleaned[known]
        shown.append(structs.replace(moment, artifacts=states))
    return tuple(shown)


def _state(sight: Sight, state: State) -> State:
    """What an artifact said before, without what is hidden. Where a link led then cannot be told, so its text goes."""
    fields = {key: value for key, value in state.fields.items() if not _has_link(value)}
    cleaned = _clean(sight, "", fields)
    title = cleaned.get("title")
    return structs.replace(state, title=title if isinstance(title, str) else "", fields=cleaned)


def _has_link(value: Any) -> bool:
    if isinstance(value, list | dict):
        return any(_has_link(item) for item in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and "](" in value


def show_source(sight: Sight, source: Source, word: str, *, marked: bool = False) -> Source:
    """A visible document's text, without what is hidden, its front matter and its reference-style links.

    Lines keep their numbers. In prose a mark stands for a hidden ID; in code, where nothing is replaced later, `word`.
    A text that is `marked` has such marks already. Raises CouldNotRun when the text is no longer the programme's.
    """
    path = source.document.path
    document = sight.programme.documents[path]
    cuts = sight.cuts.get(path, ())
    before = {heading.line for heading in document.headings}
    after = {heading.line for heading in source.document.headings if not inside(heading.line, cuts)}
    if before != after:
        # What is hidden is known by its lines, so the lines must be those that were looked at.
        raise CouldNotRun(f"{path} was changed while it was being read", "run the command again")
    header = (1, _body_line(source.document) - 1)
    text = _blank(source.text if marked else OURS.sub("\ufffd", source.text), (header, *cuts))
    masked = masked_text(text)
    if "]:" in masked:
        text = inline_references(text, masked)
        masked = masked_text(text)
    if sight.hidden or sight.paths:
        text = replace(text, _link_edits(sight, path, text, masked))
        masked = masked_text(text)
        text = _redacted(text, masked, sight.hidden, word)
        masked = masked_text(text)
    return Source(document, text, masked)


def _redacted(text: str, masked: str, hidden: frozenset[str], word: str) -> str:
    """A text without hidden IDs: a mark in prose, a word in code."""
    return redact(text, hidden, lambda at: MARK if masked[at].strip() else word)


def _body_line(document: Document) -> int:
    """The first line after the front matter."""
    if document.whole:
        return document.whole.body
    header = document.page.header if document.page else None
    return header.line + header.count + 1 if header and header.path == document.path else 1


def _blank(text: str, ranges: Lines) -> str:
    lines = text.split("\n")
    for first, last in ranges:
        for number in range(first - 1, min(last, len(lines))):
            lines[number] = ""
    return "\n".join(lines)


def _link_edits(sight: Sight, path: str, text: str, masked: str) -> list[Edit]:
    edits = []
    for span in find_spans(text, masked):
        target = _target(sight, path, span)
        if target is None:
            edits.append(Edit(span.start, span.end, MARK))
        elif target != span.target:
            start = text.index(span.target, span.text_end)
            edits.append(Edit(start, start + len(span.target), target))
    return edits


def _target(sight: Sight, path: str, span: Span) -> str | None:
    """The target of a link as the audience may have it: None when it leads to what is hidden."""
    if scheme(span.target):
        return None if names(span.target, sight.hidden) else span.target
    file, sign, fragment = span.target.partition("#")
    if names(unquote(file), sight.hidden):
        return None
    place = normpath(join(dirname(path), unquote(file))) if file else path
    if any(name in sight.paths for name in (place, f"{place}.md", f"{place}/index.md", f"{place}/README.md")):
        return None
    now = sight.anchors.get(place, {}).get(fragment)
    if now is not None:
        return f"{file}#{now}" if now else None
    return None if names(unquote(fragment), sight.hidden) else file + sign + fragment
