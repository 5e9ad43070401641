"""What an artifact states, as the rules ask for it: nothing is missing where it could not be read."""

from collections.abc import Iterable
from typing import Any

from pipeline.model import Artifact, Programme

Stated = dict[str, Any]


def lacks(artifact: Artifact, field: str) -> bool:
    """Whether an artifact has no such field, or an empty list or table in it, as far as its header could be read.

    A field that is there with no value, or an empty text, is told by SCHEMA.
    """
    return not artifact.partial and (field not in artifact.fields or artifact.fields[field] in ([], {}))


def table(value: Any) -> Stated:
    """A value that is a table, or an empty one: what is none is told by SCHEMA."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """A value that is a list, or an empty one."""
    return value if isinstance(value, list) else []


def is_open(artifact: Artifact, programme: Programme) -> bool:
    """Whether an artifact has not ended; one whose status is unknown is told by SCHEMA and counts as ended."""
    return programme.phase(artifact) in ("early", "firm")


def has_source(artifact: Artifact, role: str, kind: str, programme: Programme, *but: str) -> bool:
    """Whether an artifact of a kind links to this one by a role; those in the states `but` do not count.

    One whose header could not be read whole counts where it names this one.
    """
    if any(
        link.role == role and source.kind == kind and source.status not in but
        for source, link in programme.incoming.get(artifact.id, ())
    ):
        return True
    return artifact.id in programme.named_in_part


def listing(words: Iterable[str], last: str = "and") -> str:
    """Words in a sentence: a, b and c."""
    *before, end = words
    return f"{', '.join(before)} {last} {end}" if before else end
