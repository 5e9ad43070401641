"""Which artifacts a view block names, and in which order."""

import re
from collections.abc import Iterable
from typing import Any

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.model.past import State
from pipeline.views.values import Fields

_ID = re.compile(r"([A-Z][A-Z0-9]*-\d+)(?:@[\w.-]+)?")
# A field that is left out has a value all the same.
_DEFAULTS = {"classification": "internal", "lang": "en", "language_regime": "none"}


def select(programme: Programme, fields: Fields) -> list[Artifact]:
    """The artifacts that a block's `kind`, `ids` and `where` name, in the order of `ids` or of `sort`."""
    ids = texts(fields.get("ids"))
    named = [id_of(item) for item in ids]
    pool: Iterable[Artifact]
    if ids:
        pool = [programme.artifacts[key] for key in dict.fromkeys(named) if key in programme.artifacts]
    else:
        pool = sorted(programme.artifacts.values(), key=natural)
    kind = fields.get("kind")
    found = [
        item for item in pool if (kind is None or item.kind == kind) and holds(item, fields.get("where"))
    ]
    order = texts(fields.get("sort"))
    return sort(programme, found, order) if order else found


def holds(artifact: Artifact | State, where: Any) -> bool:
    """Whether all the fields that `where` names have one of their values."""
    if not isinstance(where, dict):
        return True
    return all(_holds(artifact, field, allowed) for field, allowed in where.items())


def _holds(artifact: Artifact | State, field: str, allowed: Any) -> bool:
    value = artifact.fields.get(field, _DEFAULTS.get(field))
    values = value if isinstance(value, list) else [value]
    wanted = allowed if isinstance(allowed, list) else [allowed]
    stated = {item for item in values if isinstance(item, (str, int, float))}
    stated |= {id_of(item) for item in stated if isinstance(item, str)}
    return any(item in stated for item in wanted if isinstance(item, (str, int, float)))


def sort(programme: Programme, artifacts: list[Artifact], fields: list[str]) -> list[Artifact]:
    """The artifacts by some fields, the first field first; a field with listed values sorts in their order."""
    return sorted(
        artifacts, key=lambda item: [*(_rank(programme, item, field) for field in fields), natural(item)]
    )


def _rank(programme: Programme, artifact: Artifact, field: str) -> tuple[Any, ...]:
    if field == "id":
        return (0, 0, *natural(artifact))
    value = artifact.fields.get(field)
    kind = programme.kind_of(artifact)
    listed = kind.schema.get("properties", {}).get(field, {}).get("enum", []) if kind else []
    if value in listed:
        return (0, listed.index(value))
    if isinstance(value, (int, float)):
        return (0, value)
    # What has no value comes last.
    return (1, 0, str(value).casefold()) if value is not None else (2, 0)


def natural(artifact: Artifact) -> tuple[str, int]:
    """The order of IDs in which 9 comes before 10."""
    return natural_id(artifact.id)


def id_of(item: str) -> str:
    """The ID of a link as written, without the version that it pins."""
    match = _ID.fullmatch(item)
    return match[1] if match else item


def texts(value: Any) -> list[str]:
    """The texts of a list; whatever else stands there is left to the checks."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """A text, or ''."""
    return value if isinstance(value, str) else ""
