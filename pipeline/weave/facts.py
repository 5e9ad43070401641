"""What cover and control page of a deliverable state, for an audience."""

from msgspec import Struct, structs

from pipeline.model import Artifact, Programme
from pipeline.model.woven import Approval, Facts, Revision
from pipeline.weave.audience import MARK
from pipeline.weave.inline import spoken
from pipeline.weave.sight import Sight, reveals, see


class Circumstances(Struct, frozen=True):
    """What is stated besides the artifact: day and revision of the sources, whose they are, its versions so far."""

    day: str
    organisation: str = ""
    programme: str = ""
    revision: str = ""
    dirty: bool = False
    history: tuple[Revision, ...] = ()


def facts_for(programme: Programme, artifact_id: str, audience: str, around: Circumstances) -> Facts:
    """The facts of a deliverable. Raises KeyError when the audience may not see it."""
    sight = see(programme, audience)
    artifact = sight.programme.artifacts[artifact_id]
    kind = programme.kinds[artifact.kind]
    state = kind.states.get(artifact.status)
    return Facts(
        id=artifact.id,
        title=spoken(artifact.title, artifact.lang),
        version=artifact.version,
        status=artifact.status,
        settled=bool(state and state.settled),
        classification=artifact.classification,
        day=around.day,
        organisation=around.organisation,
        owner=_name(sight, artifact, artifact.fields.get("owner")),
        programme=around.programme,
        revision=around.revision,
        dirty=around.dirty,
        titles=_titles(sight, artifact),
        history=tuple(_revision(sight, artifact, entry) for entry in around.history),
        approvals=tuple(Approval(name) for name in _names(sight, artifact, "required_signatures")),
        distribution=_names(sight, artifact, "distribution"),
    )


def _revision(sight: Sight, artifact: Artifact, entry: Revision) -> Revision:
    """A line of the history; the words of a commit are withheld where they tell of what the audience may not see."""
    return (
        structs.replace(entry, change=spoken(MARK, artifact.lang)) if reveals(sight, entry.change) else entry
    )


def _titles(sight: Sight, artifact: Artifact) -> tuple[tuple[str, str], ...]:
    """The title in other languages: as stated, else as its translations are called."""
    stated = artifact.fields.get("titles")
    found = (
        {code: words for code, words in stated.items() if _text(words)} if isinstance(stated, dict) else {}
    )
    for source, link in sight.programme.incoming.get(artifact.id, ()):
        if link.role == "translation_of":
            found.setdefault(source.lang, source.title)
    return tuple((code, spoken(found[code], code)) for code in sorted(found) if code != artifact.lang)


def _names(sight: Sight, artifact: Artifact, field: str) -> tuple[str, ...]:
    listed = artifact.fields.get(field)
    names = [_name(sight, artifact, item) for item in listed] if isinstance(listed, list) else []
    return tuple(filter(None, names))


def _name(sight: Sight, artifact: Artifact, value: object) -> str:
    """The name of a party given by its ID, or the words as they are."""
    party = sight.programme.artifacts.get(value) if isinstance(value, str) else None
    return spoken(party.title if party else _text(value), artifact.lang)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
