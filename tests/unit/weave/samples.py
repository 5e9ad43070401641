"""A small programme, and ways to weave a page of it in either dialect."""

from pathlib import Path

from pipeline.model import Programme
from pipeline.weave.body import weave_lines
from pipeline.weave.dialect import DIALECTS
from pipeline.weave.finish import finish
from pipeline.weave.loom import Loom, Place
from pipeline.weave.sight import see, show_source
from pipeline.weave.words import withheld
from tests.support import ROOT, Texts, programme_of

GOLDEN = Path(ROOT) / "tests/golden/weave"

BASE = {
    "governance/parties.md": """---
title: Parties
defaults: {status: approved, version: "1.0"}
---
# Parties

## PTY-001 Head of Collection

```yaml {.artifact}
role: head
```
""",
    "needs.md": """---
title: Needs
defaults: {status: approved, version: "1.0", owner: PTY-001}
---
# Needs

## BN-001 Faster plans

```yaml {.artifact}
process: collection
```

Debtors get their plan the same day.
""",
    "requirements/plans.md": """---
title: Plans
nav_order: 1
defaults: {status: approved, version: "1.0", owner: PTY-001}
---
# Plans

## REQ-101 Recalculate a payment plan

```yaml {.artifact}
version: "1.2"
priority: must
type: functional
level: system
satisfies: [BN-001]
verification: [test, analysis]
rationale: The law | article 5 *says* so, see REQ-102.
acceptance_criteria:
  - id: AC-1
    text: The plan is shown within 2 seconds, unlike in REQ-102.
  - id: AC-2
    text: The sum is kept.
```

When a payment is received, the system shall recalculate the plan.

It rests on `REQ-102` and REQ-102.

### An example

Ten instalments.

## REQ-102 Show `code` in a title

```yaml {.artifact}
status: in-review
priority: should
type: quality
level: system
derived_from: [REQ-101@1.2]
```

The system shall show it.
""",
    "tests/cases.md": """---
title: Tests
defaults: {status: approved, version: "1.0", owner: PTY-001}
---
# Tests

## TC-001 A payment is booked

```yaml {.artifact}
level: system
verifies: [REQ-101]
steps: [Open the plan., Book a payment.]
expected: The plan is new.
```

Text.

## TR-001 First run

```yaml {.artifact}
status: issued
executes: [TC-001@1.0]
verdict: pass
```

Went well.
""",
}
FILES = ("img/flow.svg", "files/form.pdf")


class Everywhere:
    """Addresses in a document that holds the whole programme."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    def artifact(self, identity: str) -> str | None:
        return f"#{identity}" if identity in self.programme.artifacts else None

    def document(self, path: str, anchor: str) -> str | None:
        return f"#{anchor or path}"

    def file(self, path: str) -> str | None:
        return path

    def image(self, path: str) -> str:
        return path


def sample(**texts: str) -> tuple[Programme, Texts]:
    """The programme with more documents, whose names are those of the arguments."""
    more = {f"{name.replace('__', '/')}.md": text for name, text in texts.items()}
    return programme_of({**BASE, **more}, FILES)


def weave(dialect: str, text: str, *, audience: str = "limited", path: str = "page.md", **texts: str) -> str:
    """A page in a dialect, as part of the programme."""
    programme, source = sample(**{path.removesuffix(".md").replace("/", "__"): text}, **texts)
    sight = see(programme, audience)

    def shown(name: str):
        return show_source(sight, source(name), withheld("en"))

    loom = Loom(sight.programme, shown, DIALECTS[dialect], Everywhere(sight.programme))
    place = Place(path, path, trail=frozenset({(path, 0)}))
    body = weave_lines(loom, place, 1, loom.sheet(path).last)
    notes = [note for note in loom.gathered.notes.values() if note]
    return finish("\n\n".join([body, *notes]), "en")
