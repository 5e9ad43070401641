"""What was decided on PERCEPTA, by whom and when: who signs its needs, requirements, deliverables and parties."""

from typing import NamedTuple

OWNER, COUNSEL, SPONSOR = "Business owner", "Legal counsel", "Programme sponsor"
COLLECTION, ACCOUNTING, LEGAL, DIRECTOR = "PTY-010", "PTY-011", "PTY-016", "PTY-001"


class Decision(NamedTuple):
    """One entry: on what, which decision, in which role, whose key signs, when; for whom a deputy signs, and why.

    `then` is how the documents stood where an earlier version was decided on: a file, a piece of it, what stood there.
    `beside` marks an entry of another branch, which did not see the last one; `key` is another's key than the party's.
    """

    id: str
    decision: str
    role: str
    party: str
    date: str
    on_behalf: str = ""
    reason: str = ""
    conditions: tuple[str, ...] = ()
    then: tuple[tuple[str, str, str], ...] = ()
    beside: bool = False
    key: str = ""


# What the accounting department decides on; the rest is for the collection department. Where the chief accountant is
# an author, it is too.
_ACCOUNTING = {"BN-005", "BN-008", "REQ-124", "REQ-201", "REQ-202", "REQ-203", "REQ-205", "REQ-206"}
# The day of the committee's answer where it is not the day of the baseline.
_DAYS = {
    "BN-009": "2025-09-30",
    "REQ-102": "2026-04-21",
    "REQ-107": "2026-02-10",
    "REQ-111": "2026-05-05",
    "REQ-302": "2026-05-19",
    **dict.fromkeys(("REQ-121", "REQ-122", "REQ-124", "REQ-307"), "2026-10-06"),
}
_LATE_PARTIES = {"PTY-012": "2025-12-02", "PTY-013": "2026-03-17"}
_CONDITIONS = {
    ("REQ-114", LEGAL): ("Legal counsel confirms the table of terms before each release that changes it.",),
}

_PAYMENTS = "requirements/payments.md"
# Version 1.0 of the interest rounded per period; the answer of the committee was no.
REJECTED = Decision(
    "REQ-111",
    "reject",
    COUNSEL,
    LEGAL,
    "2026-04-21T13:40:00Z",
    reason="Rounding per period gives 24.54 EUR for AC-2 where the letter says 24.55; round the total once.",
    then=(
        (_PAYMENTS, 'version: "1.1"\ncreated: "2025-08-19"', 'version: "1.0"\ncreated: "2025-08-19"'),
        (_PAYMENTS, "bears 24.55 EUR (31 and 31 days)", "bears 24.54 EUR (31 and 31 days)"),
        (
            _PAYMENTS,
            "Amounts per rate period are added unrounded, and the total is rounded once, to\nthe cent,",
            "Amounts are rounded per rate period, to\nthe cent,",
        ),
    ),
)
BASELINE = (
    Decision(
        "DLV-001",
        "approve",
        "Programme manager",
        "PTY-003",
        "2026-06-09T08:30:00Z",
        on_behalf="PTY-002",
        reason="The programme manager is on leave until 15 June.",
    ),
    Decision("DLV-001", "approve", "Head of collection", COLLECTION, "2026-06-11T09:05:00Z"),
    Decision("DLV-001", "approve", "Chief accountant", ACCOUNTING, "2026-06-11T09:12:00Z"),
    Decision("DLV-001", "approve", SPONSOR, DIRECTOR, "2026-06-11T15:20:00Z"),
)


def decisions(approved: list[str]) -> list[Decision]:
    """All decisions in the order of their days; `approved` are the IDs that are approved now."""
    found = [REJECTED, *BASELINE]
    for identity in approved:
        prefix = identity.partition("-")[0]
        if prefix == "PTY":
            day = _LATE_PARTIES.get(identity, "2025-05-06")
            found.append(Decision(identity, "approve", SPONSOR, DIRECTOR, f"{day}T10:00:00Z"))
        elif prefix in ("BN", "REQ"):
            day = _DAYS.get(identity, "2025-06-10" if prefix == "BN" else "2026-06-09")
            owner = ACCOUNTING if identity in _ACCOUNTING else COLLECTION
            for role, party, time in ((OWNER, owner, "12:10:00"), (COUNSEL, LEGAL, "14:25:00")):
                conditions = _CONDITIONS.get((identity, party), ())
                decision = "approve-with-conditions" if conditions else "approve"
                found.append(
                    Decision(identity, decision, role, party, f"{day}T{time}Z", conditions=conditions)
                )
    return sorted(found, key=lambda item: (item.date, item.id))
