"""What a coverage rule asks for: artifacts of one kind that need a link with another."""

from typing import Literal

from msgspec import Struct

Scalar = str | int | float | bool
Wanted = dict[str, Scalar | tuple[Scalar, ...]]


class Coverage(Struct, frozen=True, forbid_unknown_fields=True, rename={"having": "with"}):
    """Artifacts of `kind` whose fields are as `where` says need a link with one of kind `to`, as `having` says.

    `needs` is a link of the kind, or the words of a link that leads to it (`verified by`). A field that holds a list
    fits when one of its items does. While a gate of the type `gate` is open for the artifact's release, what is
    missing blocks. `title` and `hint` are the words of a rule of the project's own, `code` is its code.
    """

    code: str
    kind: str
    needs: str
    to: str
    where: Wanted = {}
    having: Wanted = {}
    title: str = ""
    hint: str = ""
    severity: Literal["completeness", "error", "warning"] = "completeness"
    gate: Literal["", "stage", "uat-entry", "go-live"] = ""
