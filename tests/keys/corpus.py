"""The ledgers of the corpus: what was decided in each case, and what somebody did to the files afterwards."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.keys.decisions import Decision

DIRECTOR, COUNSEL = ("Director", "PTY-001"), ("Counsel", "PTY-016")
OBJECTIVES = "objectives.md"
TAG = (OBJECTIVES, "tags: [letters]\n", "")
FIVE_DAYS = (OBJECTIVES, "within six days", "within five days")


def _as_they_are(_files: list[Path]) -> None:
    """Nothing is done to the files."""


class Case(NamedTuple):
    """What was decided, in order, and what is done to the files of the entries."""

    decided: list[Decision]
    tamper: Callable[[list[Path]], None] = _as_they_are


def by(
    identity: str, who: tuple[str, str], day: str = "2026-02-02", decision: str = "approve", **more: object
) -> Decision:
    """A decision on the morning of a day."""
    return Decision(identity, decision, *who, f"{day}T09:00:00Z")._replace(**more)


def both(identity: str, **more: object) -> list[Decision]:
    """The approvals of the director and of counsel."""
    return [by(identity, DIRECTOR, **more), by(identity, COUNSEL, **more)]


def _tamper(files: list[Path]) -> None:
    edited, forged, replayed, cut = files[:4]
    unsigned, orphan = files[7:9]
    edited.write_text(edited.read_text().replace('"role": "Director"', '"role": "Counsel"'))
    shutil.copy(f"{edited}.sig", f"{forged}.sig")
    home = replayed.parent.with_name("OBJ-002")
    shutil.move(replayed, home)
    shutil.move(f"{replayed}.sig", home)
    for file in (cut, Path(f"{cut}.sig"), Path(f"{unsigned}.sig"), orphan):
        file.unlink()
    strange = orphan.parent.with_name("OBJ-008") / "0123456789abcdef.json"
    strange.parent.mkdir()
    strange.write_text("{}\n")


CASES = {
    "LC-APPR/bad-missing-rejected-withdrawn-and-another-version": Case(
        [
            by("OBJ-002", DIRECTOR),
            by("OBJ-003", DIRECTOR),
            by("OBJ-003", COUNSEL, decision="reject", reason="The term is too short."),
            *both("OBJ-004"),
            by("OBJ-004", COUNSEL, "2026-02-03", "withdraw", reason="The law has changed."),
            *both("OBJ-005", then=((OBJECTIVES, 'version: "1.1"', 'version: "1.0"'),)),
        ]
    ),
    "LC-APPR/bad-mandate-key-role-and-deputy": Case(
        [
            by("OBJ-001", COUNSEL, "2026-01-31"),
            by("OBJ-001", DIRECTOR, "2026-02-01"),
            by("OBJ-002", DIRECTOR, "2026-01-31"),
            by("OBJ-002", COUNSEL, "2026-02-01"),
            by("OBJ-003", ("Director", "PTY-003"), "2026-01-31"),
            by("OBJ-003", COUNSEL, "2026-01-31"),
            by("OBJ-004", DIRECTOR, "2026-01-31"),
            by("OBJ-004", ("Counsel", "PTY-010"), "2026-01-31", on_behalf="PTY-016"),
            by("OBJ-005", DIRECTOR, "2026-01-31"),
            by("OBJ-005", ("Counsel", "PTY-011"), "2026-01-31"),
            by("PTY-011", ("", "PTY-011"), "2026-01-30", "revoke-key", reason="It was stolen."),
        ]
    ),
    "LC-APPR/good-all-in-a-deputy-a-quorum-and-no-policy": Case(
        [
            *both("OBJ-001", day="2026-01-31"),
            by("OBJ-002", DIRECTOR, "2026-01-30"),
            by("OBJ-002", ("Counsel", "PTY-010"), on_behalf="PTY-016"),
            *both("OBJ-003", day="2026-01-31"),
            by("OBJ-005", DIRECTOR, "2026-01-30", "reject", reason="Not before the budget."),
            by("OBJ-005", DIRECTOR, "2026-01-31"),
            by("OBJ-005", COUNSEL, "2026-01-31"),
        ]
    ),
    "LC-EDIT/bad-a-field-a-word-and-what-a-deliverable-holds": Case(
        [
            *both("OBJ-001", then=((OBJECTIVES, "target: 99 %", "target: 98 %"),)),
            *both("OBJ-002", then=(FIVE_DAYS,)),
            by("DLV-001", DIRECTOR, then=(("words.md", "by post", "by post or by mail"),)),
        ]
    ),
    "LC-EDIT/good-a-new-version-a-draft-and-no-content": Case(
        [
            *both("OBJ-001", then=((OBJECTIVES, 'version: "1.1"', 'version: "1.0"'),)),
            *both("OBJ-001", day="2026-02-03"),
            *both("OBJ-002", then=(FIVE_DAYS,)),
            *both("OBJ-003", then=(TAG, (OBJECTIVES, "answered\nwithin", "answered within"))),
        ]
    ),
    "LC-SELF/bad-the-author-and-a-deputy-who-wrote-it": Case(
        [by("CHA-001", DIRECTOR), by("CHA-002", ("Director", "PTY-003"), on_behalf="PTY-001")]
    ),
    "LC-SELF/good-another-approves-too-and-an-author-who-may": Case([*both("OBJ-001"), by("CHA-001", DIRECTOR)]),
    "RQ-SUSPECT/bad-an-objective-changed": Case(
        [by("CHA-001", DIRECTOR, then=(FIVE_DAYS,))]
    ),
    "RQ-SUSPECT/bad-changed-while-it-is-in-review": Case(
        [by("CHA-001", DIRECTOR, then=(FIVE_DAYS,))]
    ),
    "RQ-SUSPECT/good-approved-again-not-yet-approved-and-a-tag": Case(
        [
            by("CHA-001", DIRECTOR, then=(FIVE_DAYS, TAG)),
            by("CHA-001", DIRECTOR, "2026-02-03"),
        ]
    ),
    "LC-LEDGER/bad-edited-forged-cut-and-misplaced": Case(
        [
            by("OBJ-001", DIRECTOR),
            by("OBJ-002", DIRECTOR),
            by("OBJ-003", DIRECTOR),
            by("OBJ-004", DIRECTOR),
            by("OBJ-004", COUNSEL, "2026-02-03"),
            by("OBJ-005", DIRECTOR, "2026-02-03"),
            by("OBJ-005", COUNSEL, "2026-02-02"),
            by("OBJ-006", DIRECTOR),
            by("OBJ-007", DIRECTOR),
            by("OBJ-009", DIRECTOR, key="PTY-002"),
        ],
        _tamper,
    ),
    "LC-LEDGER/good-two-branches-that-were-joined": Case(
        [
            by("OBJ-001", DIRECTOR),
            by("OBJ-001", COUNSEL, beside=True),
            by("OBJ-001", COUNSEL, "2026-02-03", "withdraw", reason="One more look."),
            by("OBJ-001", COUNSEL, "2026-02-04"),
        ]
    ),
}  # fmt: skip
