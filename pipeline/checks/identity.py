"""Rules on IDs: each is unique, and fits its kind and its file."""

from collections.abc import Iterator

from pipeline.checks.rule import on, rule
from pipeline.model import Artifact, Base, Fault, Programme
from pipeline.sources.identity import plain_form


def taken(programme: Programme, base: Base) -> Iterator[Fault]:
    """A new artifact has an ID that the base gave to another one, now or before."""
    for identity, holder in base.taken.items():
        titled = f" ({holder.title})" if holder.title else ""
        if holder.path:
            message = f"{identity} was also given away on {base.name}: {holder.path}:{holder.line}{titled}"
        elif holder.release:
            message = f"{identity} was in use{titled} in release {holder.release} of {holder.day}, and is gone since"
        else:
            message = f"{identity} was in use{titled} until {holder.commit} deleted it on {holder.day}"
        hint = "take the next free number: an ID names one artifact for good"
        yield on(programme.artifacts[identity], message, hint)


@rule("ID-UNIQ", "block", "programme", against=taken)
def duplicate(programme: Programme) -> Iterator[Fault]:
    """An ID is used twice.

    Two artifacts have the same ID. The finding stands at each of them but the first, in the order of paths. With
    `--base`, a new artifact may also not have an ID that another branch brought to the base meanwhile, or that an
    artifact had which was deleted, as the history of the base or the manifest of its last release says.

    **Why.** A link to the ID would mean two things, and an approval of one would seem to cover the other.

    **Mend.** Give one of them the next free number: `paraph new KIND "Title"` knows it.
    """
    for identity, artifacts in programme.twins.items():
        # One whose ID was misspelt is told by ID-KIND: that it means another's ID is a guess.
        certain = [item for item in artifacts if not _is_guessed(item, programme)]
        for twin in certain[1:]:
            first = certain[0]
            message = f"{identity} is already used in {first.path}:{first.line}"
            yield on(twin, message, "give one of the two another number")


def _is_guessed(artifact: Artifact, programme: Programme) -> bool:
    faults = programme.documents[artifact.path].faults
    return any(
        (item.code, item.artifact, item.nth) == ("ID-KIND", artifact.id, artifact.nth) for item in faults
    )


@rule("ID-KIND", "block", "artifact")
def misfit(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """An ID does not fit its kind or its file.

    The prefix belongs to no kind or to another kind than `kind` says, the ID holds a letter or a dash that only looks
    right, or the name of a file that is an artifact does not begin with its ID.

    **Why.** The kind follows from the prefix, and readers find a document by the name of its file.

    **Mend.** Use the prefix of the kind, type the ID on the keyboard, or rename the file.
    """
    kind = programme.kinds.get(artifact.kind)
    if kind is None or artifact.adopted:
        return
    stated = artifact.fields.get("kind")
    if stated != kind.name and isinstance(stated, str):
        message = f"{artifact.id} has the prefix of the kind {kind.name}, but says kind: {stated}"
        yield on(artifact, message, "leave kind out; it follows from the ID", "kind")
    if artifact.section:
        return
    name = artifact.path.rsplit("/", 1)[-1].removesuffix(".md")
    plain = name if name.isascii() else plain_form(name)
    rest = plain.removeprefix(artifact.id)
    if rest == plain or (rest and rest[0].isalnum()):
        message = f"the file {name}.md holds {artifact.id}, but its name does not begin with that ID"
        yield on(artifact, message, f"rename the file to {artifact.id}-....md")


RULES = (duplicate, misfit)
