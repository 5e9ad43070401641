"""A bundle of a programme: the deliverable with all that it needs, as its audience sees it.

What is written is read again before it is given away: a bundle from which something else would be woven than from
the programme is given to nobody, and nothing is issued from it.
"""

import os
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec import Struct, structs

from pipeline.errors import CouldNotRun
from pipeline.model import Artifact, Heading, Programme, Source
from pipeline.model.woven import Approval, Facts, Woven
from pipeline.schemas import SchemaFile
from pipeline.settings import Settings
from pipeline.signoff.bundle import manifest as form
from pipeline.signoff.bundle.document import SEPARATOR, write_document
from pipeline.signoff.bundle.means import Means
from pipeline.signoff.bundle.needs import Needs, needs_of
from pipeline.signoff.bundle.readme import README
from pipeline.signoff.bundle.weaving import read_documents, weave_bundle
from pipeline.sources.vocabulary import Vocabulary
from pipeline.views.approvals import kept
from pipeline.weave.deliverable import weave_deliverable
from pipeline.weave.facts import Circumstances, facts_for
from pipeline.weave.sight import Sight, see, show_source
from pipeline.weave.words import withheld


class Unfaithful(CouldNotRun):
    """From a bundle something else would be woven than from the programme, at a place that the message shows."""

    def __init__(self, identity: str, place: str) -> None:
        hint = "look there for a comment or a fence that is never closed; else report it: the sources are not to blame"
        super().__init__(
            f"{identity} is not issued: what it is made from says otherwise there than here: {place}", hint
        )


class Given(Struct, frozen=True):
    """What a bundle is made of: the programme with a way to its texts, and the folder of the sources.

    `means` are the templates and tools, `around` is stated besides the sources, `signatures` and `approvals` are the
    roles that are to sign on the document and what its table holds.
    """

    programme: Programme
    source: Callable[[str], Source]
    root: str
    settings: Settings
    schemas: dict[str, SchemaFile]
    means: Means
    around: Circumstances
    signatures: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()


def compose(given: Given, identity: str, audience: str) -> bytes:
    """The bundle of a deliverable for an audience, as an archive.

    Raises KeyError when the audience may not see it, and Unfaithful where the bundle would not say the same.
    """
    programme = kept(given.programme)
    sight = see(programme, audience)
    artifact = sight.programme.artifacts[identity]
    woven = weave_deliverable(programme, given.source, identity, audience, root=given.root)
    facts = facts_for(given.programme, identity, audience, given.around)
    files = {
        form.README: README.encode(),
        form.SETTINGS: form.encode(_settings(given.settings, sight)),
        form.HISTORY: form.encode(facts.history),
        **{form.SOURCES + path: _read(given.root, path) for path in woven.images},
    }
    needs = needs_of(sight.programme, artifact, given.settings.adopt)
    files |= {form.PAST: form.encode(needs.past)} if needs.past else {}
    files |= {form.APPROVALS: form.encode(needs.situations)} if needs.situations else {}
    files |= _schemas(given.schemas, sight, needs)
    files |= _documents(given, sight, needs, artifact)
    data = form.write(_manifest(given, artifact, audience), files)
    _check(data, sight, needs, woven, facts)
    return data


def _manifest(given: Given, artifact: Artifact, audience: str) -> form.Manifest:
    return form.Manifest(
        form=form.FORM,
        id=artifact.id,
        version=artifact.version,
        audience=audience,
        day=given.around.day,
        revision=given.around.revision,
        signatures=given.signatures,
        approvals=given.approvals,
        files={},
        templates=given.means.templates,
        fonts=given.means.fonts,
        tools=given.means.tools,
    )


def _settings(settings: Settings, sight: Sight) -> dict[str, object]:
    """The settings by which documents are read and woven, where they are not as they are by default."""
    documents = sight.programme.documents
    adopted = any(item.adopted for document in documents.values() for item in document.artifacts)
    wanted = ("title", "organisation", "lang", "limits", "thresholds", *(("adopt",) if adopted else ()))
    usual = Settings()
    return {
        name: getattr(settings, name) for name in wanted if getattr(settings, name) != getattr(usual, name)
    }


def _schemas(schemas: dict[str, SchemaFile], sight: Sight, needs: Needs) -> dict[str, bytes]:
    """The schemas of the kinds that there are in the bundle, and those on which all rest."""
    kinds = {sight.programme.artifacts[identity].kind for identity in (*needs.held, *needs.told)}
    kinds |= {state.kind for moment in needs.past for state in moment.artifacts.values()}
    found = {}
    for name, file in schemas.items():
        declared = msgspec.json.decode(file.data).get("x-kind")
        if declared is None or declared["name"] in kinds:
            found[form.SCHEMAS + name] = file.data
    return found


def _documents(given: Given, sight: Sight, needs: Needs, artifact: Artifact) -> dict[str, bytes]:
    """The documents of the bundle. Anchors that come out otherwise, since less stands before them, are stated."""
    programme = sight.programme
    paths = {path for path, _, _ in needs.places} | {
        programme.artifacts[identity].path for identity in needs.told
    }
    words = Vocabulary(programme.kinds, programme.prefixes, given.settings.adopt)
    files = {}
    for path in sorted(paths):
        shown = show_source(sight, given.source(path), withheld(artifact.lang))
        written = write_document(shown, needs, {})
        data = written.text.encode()
        again = read_documents({path: data}, words)[path].document.headings
        pairs = zip(_worded(written.headings), _worded(again), strict=False)
        moved = {was.line: was.anchor for was, now in pairs if was.anchor != now.anchor}
        if moved:
            data = write_document(shown, needs, moved).text.encode()
        files[form.SOURCES + path] = data
    return files


def _worded(headings: Sequence[Heading]) -> list[Heading]:
    return [item for item in headings if item.text != SEPARATOR]


def _check(data: bytes, sight: Sight, needs: Needs, woven: Woven, facts: Facts) -> None:
    """Raise Unfaithful where the bundle says otherwise than the programme."""
    bundle = form.read(data)
    again = weave_bundle(bundle, "")
    for identity in needs.held:
        if _stated(again.programme.artifacts[identity]) != _stated(sight.programme.artifacts[identity]):
            raise Unfaithful(woven.id, f"the header of {identity}")
    same = [" ".join(text.markdown.split()) for text in (woven, again.woven)]
    told = structs.replace(again.facts, status=facts.status, settled=facts.settled)
    if same[0] != same[1]:
        raise Unfaithful(woven.id, _first(*same))
    stated = ("title", "version", "owner", "titles", "history", "distribution", "classification", "day")
    for name in stated:
        if getattr(told, name) != getattr(facts, name):
            raise Unfaithful(woven.id, f"its {name}")


def _stated(artifact: Artifact) -> dict[str, Any]:
    """The fields of the header; what the body supplies is compared with the body."""
    return {name: value for name, value in artifact.fields.items() if name not in artifact.supplied}


def _first(one: str, other: str) -> str:
    pairs = enumerate(zip(one, other, strict=False))
    at = next((number for number, (was, now) in pairs if was != now), min(len(one), len(other)))
    return f"{one[max(0, at - 40) : at + 40]!r}, not {other[max(0, at - 40) : at + 40]!r}"


def _read(root: str, path: str) -> bytes:
    with open(os.path.join(root, path), "rb") as file:
        return file.read()
