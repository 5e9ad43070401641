"""Versions as links pin them, against those that artifacts state."""

from pipeline.model import Artifact


def is_unsure(target: Artifact) -> bool:
    """Whether the version is not known: its header could not be read, or states it as a number."""
    return target.partial or not isinstance(target.fields.get("version", ""), str)


def never_was(pinned: str, present: str) -> bool:
    """Whether a pinned version is beyond the present one; only that can be told without the history."""
    try:
        return version_numbers(pinned) > version_numbers(present)
    except ValueError:
        return pinned != present


def is_outdated(pinned: str, target: Artifact) -> bool:
    """Whether a link pins a version that came before the present one of its target."""
    if not pinned or is_unsure(target):
        return False
    try:
        return version_numbers(pinned) < version_numbers(target.version)
    except ValueError:
        return False


def version_numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version without the zeros at its end, so that 1 is 1.0; ValueError for what is none."""
    parts = [int(part) for part in version.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
