"""`defaults:` of a file's front matter: what its sections take where they do not state it."""

from typing import Any, NamedTuple

from pipeline.model import Fault, Kind
from pipeline.sources.front import Front, near_key
from pipeline.sources.vocabulary import Vocabulary


class Defaults(NamedTuple):
    """The fields for sections, what is wrong with them, and whether they are certain to be all that was meant."""

    fields: dict[str, Any]
    faults: tuple[Fault, ...] = ()
    certain: bool = True

    def complete(self, own: dict[str, Any], kind: Kind) -> dict[str, Any]:
        """A section's own fields with those that it does not state and its kind knows."""
        if not self.fields:
            return own
        known = kind.schema["properties"]
        return {**{key: item for key, item in self.fields.items() if key in known and key not in own}, **own}


def read_defaults(path: str, front: Front, words: Vocabulary, whole: str) -> Defaults:
    """The defaults of a file; `whole` is the ID of the artifact that the file is, or ''.

    A key that no kind knows is a fault and counts as the one that it is meant to be.
    """
    found = front.fields.get("defaults")
    if found is None:
        meant = next((key for key in front.fields if near_key(key, {"defaults": {}})), None)
        found = front.fields[meant] if meant else {}
    if not isinstance(found, dict):
        message = "defaults must be key: value lines"
        fault = Fault(path, message, "write one key a line below it", whole, ("defaults",), code="SCHEMA")
        # The schema of pages tells it of a page.
        return Defaults({}, (fault,) if whole else (), certain=False)
    known: dict[str, Any] = (
        {key: {} for kind in words.kinds.values() for key in kind.schema["properties"]} if found else {}
    )
    unknown = sorted(key for key in found if key not in known)
    faults = tuple(_unknown(path, key, known, whole) for key in unknown)
    meant_keys = {near_key(key, known): found[key] for key in unknown}
    meant_keys.pop("", None)
    return Defaults({**meant_keys, **found}, faults, certain=not front.partial)


def _unknown(path: str, key: str, known: dict[str, Any], whole: str) -> Fault:
    near = near_key(key, known)
    hint = f"did you mean {near}?" if near else "remove it, or write it in the sections"
    message = f"there is no field {key!r} in any kind"
    return Fault(path, message, hint, whole, ("defaults", key), code="SCHEMA", key=True)
