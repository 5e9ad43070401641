"""What differs between two revisions of a programme, artifact by artifact, and what that touches."""

from typing import Any

from msgspec import Struct

# A run of a text: '=' in both, '-' in the older one alone, '+' in the newer one alone.
Run = tuple[str, str]


class Entry(Struct, frozen=True):
    """An artifact that only one of the two has."""

    id: str
    kind: str
    title: str
    status: str
    path: str
    line: int


class Edit(Struct, frozen=True):
    """A value that differs. `field` leads to it (`acceptance_criteria[AC-1].text`); the body is called `text`.

    `words` are the runs of two texts, and empty for other values.
    """

    field: str
    before: Any
    after: Any
    words: tuple[Run, ...] = ()


class Edited(Struct, frozen=True):
    """An artifact that both have and that differs. `ended` says that its lifecycle came to an end.

    `moved` is the file that it stood in before, or '' where it stands there still or the whole file was renamed.
    """

    id: str
    kind: str
    title: str
    path: str
    line: int
    edits: tuple[Edit, ...] = ()
    moved: str = ""
    ended: bool = False


class Touched(Struct, frozen=True):
    """An artifact that a change touches: in how many steps, over which artifact, by which role of a link."""

    id: str
    kind: str
    title: str
    steps: int
    over: str
    role: str


class Diff(Struct, frozen=True):
    """Everything that differs between `base` and `head`. `renamed` has the old and the new path of files."""

    base: str
    head: str
    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    changed: tuple[Edited, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    touched: tuple[Touched, ...] = ()
