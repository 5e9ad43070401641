"""Where an artifact stands by its policy, as its readers are told it: what is left of a standing in what is issued."""

from msgspec import Struct


class Said(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """That a role decided, what (a word of `DECISIONS`), and on which day, as 2026-03-31."""

    role: str
    decision: str
    day: str = ""


class Situation(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where an artifact stands.

    `state` is one of none-asked, rejected, alone (only its authors approved), approved, issued, issuable and awaited;
    `roles` are those of whom that is said, `day` is the one of the issue. `decided` are the roles that decided,
    `waiting` those that are still to come.
    """

    state: str
    roles: tuple[str, ...] = ()
    day: str = ""
    decided: tuple[Said, ...] = ()
    waiting: tuple[str, ...] = ()


NONE_ASKED = Situation("none-asked")
