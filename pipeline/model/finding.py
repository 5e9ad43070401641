"""What is wrong with a document, from the fault a check sees to the finding a person reads."""

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct

Severity = Literal["error", "warning"]
Weight = Literal["block", "warn", "completeness", "calendar", "issue"]
# What a rule of each weight does by default, in words: "By default it ...".
WEIGHTS: dict[Weight, str] = {
    "block": "blocks",
    "warn": "warns",
    "completeness": "warns in early states, blocks in firm ones",
    "calendar": "warns at merge, blocks at issue and release",
    "issue": "warns at merge, blocks at issue and release",
}
Reads = Literal["document", "artifact", "programme", "base"]
Path = tuple[str | int, ...]


class Fault(Struct, frozen=True, array_like=True):
    """A fault as a check yields it: what, where and how to mend it.

    The place is either a `field` (keys and indexes into the front matter of `artifact`, or of the page when
    `artifact` is empty) or a `line` and `column` of the file `path`. Fields are turned into lines only for
    the faults that are found, since that takes a second, slower reading of the header.
    """

    path: str
    message: str
    hint: str = ""
    artifact: str = ""
    field: Path | None = None
    line: int = 0
    column: int = 0
    length: int = 1
    # Which of several artifacts with the same ID in one file; counts from 0 in the order of the file.
    nth: int = 0
    # A fault of the sources names its code itself; a check's fault takes the code of the check.
    code: str = ""
    # Where one rule holds faults of different weight, the fault's own; '' for the rule's.
    weight: str = ""
    # The key of the field is at fault, not its value.
    key: bool = False


class Finding(Struct, frozen=True, array_like=True):
    """A fault with its code, its place (line and column count from 1, columns in characters) and severity.

    `status` and `phase` are those of the artifact at the time; the severity is derived from them, the gate
    and the settings when a report is made, and is empty until then.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    artifact: str = ""
    status: str = ""
    phase: str = ""
    length: int = 1
    weight: str = ""
    severity: str = ""
    # Why it is accepted for a time, by whom and until when; '' for one that is not waived.
    waived: str = ""
    # It was there when the ratchet was begun, and blocks nothing.
    known: bool = False

    def order(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are shown: path, line, column, code, then the words."""
        return (self.path, self.line, self.column, self.code, self.message)


class Rule(Struct, frozen=True):
    """A rule of the catalogue: its code, how much it weighs, its page in the manual, and its check.

    `reads` says what the check is given and so when it must run again: `document` (one document),
    `artifact` (one artifact and those it is directly linked with, either way), `programme` (everything) or `base`
    (everything, and what differs from another revision; only where one is given). `against` is what a rule of another
    scope looks for besides where there is a base. `page` is Markdown: a title line, then what is wrong, why it
    matters and how to mend it.
    """

    code: str
    weight: Weight
    reads: Reads
    run: Callable[..., Any]
    page: str
    # What is found while reading, or by a tool for prose, is not run by the check runner.
    external: bool = False
    # The kinds that a rule on an artifact is about; none for all.
    kinds: tuple[str, ...] = ()
    against: Callable[..., Any] | None = None

    @property
    def title(self) -> str:
        """The first line of the page, without its full stop."""
        return self.page.strip().splitlines()[0].rstrip(".")
