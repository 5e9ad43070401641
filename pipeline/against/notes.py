"""What the reader of a comparison must know: what could not be compared, and by whose settings it was judged."""

from collections.abc import Iterator

from pipeline.history.snapshot import Snapshot
from pipeline.settings import JUDGING, Settings


def of_base(name: str, parted: Snapshot, *, shallow: bool) -> Iterator[str]:
    """What of the base, which is called `name`, could not be compared; `shallow` where older commits are missing."""
    for fault in parted.catalogue.faults:
        yield f"{name} cannot be compared in this kind: {fault.message} ({fault.path}:{fault.line})"
    if not parted.documents:
        where = parted.root or "the folder of the sources"
        yield f"{name} has no document below {where}: there was nothing to compare with"
    if shallow:
        yield "the clone is shallow: new IDs were not looked up among those that were deleted long ago"


def of_settings(name: str, own: Settings, judges: Settings | None) -> Iterator[str]:
    """Which settings of the base judge in place of one's `own`; `judges` are those of the base, None without any."""
    if judges is None:
        yield f"{name} has no settings of Paraph: those of this tree judge it"
        return
    for key in JUDGING:
        mine, theirs = getattr(own, key), getattr(judges, key)
        if mine != theirs:
            which = _differing(key, mine, theirs)
            yield f"{which} from {name}, which judges this change: what stands here counts once it is there"


def _differing(name: str, mine: object, theirs: object) -> str:
    """A setting that differs, in words: for a table the keys that do."""
    if not isinstance(mine, dict) or not isinstance(theirs, dict):
        return f"the setting {name} differs"
    keys = sorted(key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key))
    names = ", ".join(f"{name}.{key}" for key in keys)
    return f"the setting {names} differs" if len(keys) == 1 else f"the settings {names} differ"
