"""Makes programmes of any size: eight kinds, half of them sections, links, mentions, code, and one per cent of faults.

The same size always gives the same files: nothing here is random beyond a seeded generator.
"""

import os
import random

_WORDS = """
account balance booking circular claim collection creditor debtor deduction deed delivery document due entry file
instalment interest invoice ledger letter limit matter notice office order partner payment period plan posting
principal receipt record register reminder rule sector sheet statement sum term title transfer value
"""
WORDS = tuple(_WORDS.split())

# Kind, prefix, weight out of 100, role and prefix of its links.
KINDS = (
    ("business-need", "BN", 5, "related", "BN"),
    ("requirement", "REQ", 40, "satisfies", "BN"),
    ("test-case", "TC", 25, "verifies", "REQ"),
    ("work-item", "WI", 12, "implements", "REQ"),
    ("risk", "RSK", 5, "affects", "MS"),
    ("milestone", "MS", 3, "after", "MS"),
    ("action", "ACT", 6, "related", "DEC"),
    ("decision", "DEC", 4, "related", "REQ"),
)
_PER_FILE = 20


def generate(folder: str, count: int, seed: int = 7) -> None:
    """Write a programme of `count` artifacts of about 2 KB each below a folder."""
    chance = random.Random(seed)
    sizes = {prefix: max(count * weight // 100, 2) for _, prefix, weight, _, _ in KINDS}
    sizes["REQ"] += count - sum(sizes.values())
    for kind, prefix, _, role, target in KINDS:
        total = sizes[prefix]
        sections: list[str] = []
        os.makedirs(os.path.join(folder, kind), exist_ok=True)
        for number in range(1, total + 1):
            identity = f"{prefix}-{number:05d}"
            header = _header(kind, number, _links(role, prefix, target, number, sizes, chance), sizes, chance)
            body = _body(sizes, chance)
            if number % 2:
                text = f"---\nid: {identity}\n{header}---\n\n# {_title(chance)}\n\n{body}"
                _write(folder, f"{kind}/{number // 500:03d}/{identity}.md", text)
            else:
                sections.append(
                    f"## {identity} {_title(chance)}\n\n```yaml {{.artifact}}\n{header}```\n\n{body}"
                )
                if len(sections) == _PER_FILE or number + 2 > total:
                    _write(
                        folder,
                        f"{kind}/sections-{number:05d}.md",
                        f"# {kind} up to {number}\n\n" + "\n".join(sections),
                    )
                    sections = []


def _write(folder: str, name: str, text: str) -> None:
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _links(
    role: str, prefix: str, target: str, number: int, sizes: dict[str, int], chance: random.Random
) -> str:
    if role == "after":
        found = [
            f"MS-{item:05d}" for item in sorted({max(number - step, 1) for step in (1, 2, 3)} - {number})
        ]
    else:
        found = sorted({f"{target}-{chance.randint(1, sizes[target]):05d}" for _ in range(3)})
    if chance.random() < 0.005:
        found.append(f"{target}-99999")
    related = sorted(
        {f"TC-{chance.randint(1, sizes['TC']):05d}", f"REQ-{chance.randint(1, sizes['REQ']):05d}"}
    )
    if role == "related":
        return f"related: [{', '.join(sorted({*found, *related}))}]\n"
    return f"{role}: [{', '.join(found)}]\nrelated: [{', '.join(related)}]\n"


def _header(kind: str, number: int, links: str, sizes: dict[str, int], chance: random.Random) -> str:
    statuses = {
        "risk": "open",
        "milestone": "planned",
        "action": "open",
        "decision": "requested",
        "work-item": "open",
    }
    status = statuses.get(kind, "approved" if kind == "business-need" else "draft")
    if chance.random() < 0.005:
        status = "aproved"
    own = {
        "business-need": "sponsor: PMO\nprocess: collection\n",
        "requirement": (
            "level: system\ntype: functional\npriority: must\nverification: [test]\nacceptance_criteria:\n"
            f"  - id: AC-1\n    text: The {chance.choice(WORDS)} is shown within 2 seconds.\n"
        ),
        "test-case": "level: system\nsteps:\n  - Open the file.\n  - Book the receipt.\n",
        "work-item": f"type: story\nkey: COLL-{number}\npoints: 3\n",
        "risk": (
            "cause: A late delivery.\nevent: The test may not start.\neffect: Acceptance moves.\n"
            "probability: 3\nimpact: 2\nresponse: reduce\n"
        ),
        "milestone": "baseline: 2027-03-01\nforecast: 2027-04-01\n",
        "action": "due: 2027-01-15\n",
        "decision": "deadline: 2027-02-01\noptions: [{id: A, text: Go., recommended: true}, {id: B, text: Wait.}]\n",
    }[kind]
    return (
        f'status: {status}\nversion: "1.{number % 7}"\nowner: Programme office\ncreated: 2026-01-{number % 28 + 1:02d}\n'  # noqa: E501
        f"updated: 2026-05-04\nclassification: internal\ntags: [lot-1, wave-{number % 5}]\n{own}{links}"
    )


def _title(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=5)).capitalize()


def _body(sizes: dict[str, int], chance: random.Random) -> str:
    parts = ["The system shall " + " ".join(chance.choices(WORDS, k=18)) + "."]
    for _ in range(4):
        mention = f"{chance.choice(('REQ', 'TC', 'BN', 'WI'))}"
        identity = f"{mention}-{chance.randint(1, sizes[mention]):05d}"
        before, after = " ".join(chance.choices(WORDS, k=34)), " ".join(chance.choices(WORDS, k=6))
        parts.append(f"{before.capitalize()}, see {identity}, {after}.")
    parts.append(
        "```text\n"
        + "\n".join(f"{chance.choice(WORDS)} = REQ-{chance.randint(1, 9):05d}" for _ in range(5))
        + "\n```"
    )
    return "\n\n".join(parts) + "\n"
