"""Rules on who may read what: no text speaks of what its readers may not see."""

from collections.abc import Iterator

from pipeline.checks.rule import rule
from pipeline.checks.targets import local_target
from pipeline.model import Artifact, Document, Fault, Programme
from pipeline.model.document import CLASSIFICATIONS

_LEVELS = {name: level for level, name in enumerate(CLASSIFICATIONS)}


@rule("SEC-AUD", "block", "programme")
def above_its_readers(programme: Programme) -> Iterator[Fault]:
    """The prose of a document speaks of something that its readers may not see.

    A public text names, or links to, what is internal or limited; or an internal one what is limited. The outputs leave
    the ID or the link out, but not the words around it. Links of the front matter are no fault: they go whole.

    **Why.** The sentence tells what was to be kept from its readers, or breaks off where they need it.

    **Mend.** Say it without what is withheld, or change the classification of one of the two. An example belongs in
    code.
    """
    classes = {item.id: _class(item) for item in programme.artifacts.values()}
    pages = {path: _of_page(document) for path, document in programme.documents.items()}
    if len({*classes.values(), *pages.values()}) == 1:
        return  # All are for the same readers, as in most programmes.
    above = {name: level for name, level in _levels(classes, programme).items() if level}
    if not above:
        return
    highest = max(above.values())
    for document in programme.documents.values():
        levels = [
            _own_level(pages[document.path]),
            *(_own_level(_class(item)) for item in document.artifacts),
        ]
        if min(levels) < highest:
            yield from _mentions(document, above)
            yield from _hyperlinks(document, above, programme)


def _levels(classes: dict[str, str], programme: Programme) -> dict[str, int]:
    """How high each artifact of a class, and each document by its path, is classified; what has none is left out."""
    found = {name: _LEVELS.get(stated, 0) for name, stated in classes.items()}
    for path, document in programme.documents.items():
        owner = document.whole or document.page
        if owner is not None and owner.classification in _LEVELS:
            found[path] = _LEVELS[owner.classification]
    return found


def _mentions(document: Document, above: dict[str, int]) -> Iterator[Fault]:
    texts = [
        (item.id, item.classification, [mention for mention in item.mentions if mention.line >= item.body])
        for item in document.artifacts
    ]
    if document.page is not None:
        first = document.page.header.line + document.page.header.count if document.page.header else 0
        prose = [mention for mention in document.page.mentions if mention.line >= first]
        texts.append(("", document.page.classification, prose))
    for owner, classification, mentions in texts:
        own = _own_level(classification)
        for mention in mentions:
            if above.get(mention.target, 0) > own:
                level = _named(above[mention.target])
                yield Fault(
                    document.path,
                    f"{mention.target} is {level}, but this text is {classification}",
                    _HINT,
                    owner,
                    line=mention.line,
                    column=mention.column,
                    length=len(mention.target),
                )


def _hyperlinks(document: Document, above: dict[str, int], programme: Programme) -> Iterator[Fault]:
    for link in document.hyperlinks:
        target = local_target(document.path, link.target)
        found = programme.documents.get(target[0]) if target else None
        if target is None or found is None:
            continue
        anchored = next((item.id for item in found.artifacts if item.id == target[1]), "")
        level = max(above.get(target[0], 0), above.get(anchored, 0))
        owner = next(
            (item for item in reversed(document.artifacts) if item.line <= link.line <= item.end), None
        )
        classification = owner.classification if owner else _of_page(document)
        if level > _own_level(classification):
            message = f"{link.target} is {_named(level)}, but this text is {classification}"
            name, length = owner.id if owner else "", link.length
            yield Fault(
                document.path, message, _HINT, name, line=link.line, column=link.column, length=length
            )


_HINT = "say it without what is withheld, or change the classification of one of the two"


def _of_page(document: Document) -> str:
    owner = document.whole or document.page
    return owner.classification if owner else "internal"


def _class(artifact: Artifact) -> str:
    stated = artifact.fields.get("classification", "internal")
    return stated if isinstance(stated, str) else ""


def _own_level(classification: str) -> int:
    """How high a text is classified. Where its class is none, SCHEMA tells that, and nothing is above it."""
    return _LEVELS.get(classification, max(_LEVELS.values()))


def _named(level: int) -> str:
    return next(name for name, value in _LEVELS.items() if value == level)


RULES = (above_its_readers,)
