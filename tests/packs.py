"""A small programme with a highlight report, for tests of packs: its figures are written out where they are asked."""

from pathlib import Path

from msgspec import structs

from pipeline.model import Programme
from tests.support import programme_of
from tests.trees import write

DAY = "2026-02-28"

PLAN = """# Plan

## PLN-001 Plan

```yaml {.artifact}
status: approved
level: programme
tolerances: {time: 5}
```

## MS-001 Begun on the day

```yaml {.artifact}
status: achieved
baseline: "2026-01-15"
actual: "2026-01-15"
```

## MS-002 Built, eight days late

```yaml {.artifact}
status: achieved
baseline: "2026-01-30"
actual: "2026-02-11"
```

## MS-003 Tested

```yaml {.artifact}
status: planned
baseline: "2026-02-20"
forecast: "2026-04-01"
decided_by: [DEC-001]
forecast_history:
  - {on: "2026-01-20", to: "2026-03-02", reason: A supplier was late.}
  - {on: "2026-02-12", to: "2026-04-01", reason: The first test failed.}
```

## MS-004 Live

```yaml {.artifact}
status: planned
baseline: "2026-05-04"
after: [MS-003]
```

## MS-005 Closed next year

```yaml {.artifact}
status: planned
baseline: "2027-05-03"
```

## WS-001 Building

```yaml {.artifact}
status: approved
```

## WS-002 Testing

```yaml {.artifact}
status: approved
```
"""

BUDGET = """# Budget

## BUD-001 Budget

```yaml {.artifact}
status: approved
currency: EUR
vat: excl
original_bac: "900.00"
changes: [{by: DEC-002, amount: "100.00", on: "2026-02-10"}]
bac: "1000.00"
pv: "500.00"
ev: "460.00"
ac: "480.00"
etc: "540.00"
reserve: {opening: "100.00", drawdowns: [{by: DEC-002, amount: "80.00", on: "2026-02-10"}], left: "20.00"}
```

## BL-001 Building

```yaml {.artifact}
status: open
currency: EUR
vat: excl
bac: "700.00"
pv: "400.00"
ev: "380.00"
ac: "380.00"
etc: "340.00"
for: [WS-001]
part_of: [BUD-001]
```

## BL-002 Testing

```yaml {.artifact}
status: open
currency: EUR
vat: excl
bac: "300.00"
pv: "100.00"
ev: "80.00"
ac: "100.00"
etc: "200.00"
for: [WS-002]
part_of: [BUD-001]
```
"""

CONTROL = """# Control

## RSK-001 The highest

```yaml {.artifact}
status: open
owner: PTY-001
cause: One.
event: Two.
effect: Three.
probability: 4
impact: 5
response: reduce
residual: {probability: 2, impact: 4}
```

## RSK-002 One without a residual score

```yaml {.artifact}
status: open
owner: PTY-001
cause: One.
event: Two.
effect: Three.
probability: 2
impact: 3
response: accept
```

## RSK-003 An opportunity, however large

```yaml {.artifact}
status: open
owner: PTY-001
cause: One.
event: Two.
effect: Three.
probability: 5
impact: 5
response: exploit
```

## ISS-001 A problem

```yaml {.artifact}
status: open
type: problem-concern
owner: PTY-001
impact: high
urgency: medium
```

## ACT-001 Do something about the highest

```yaml {.artifact}
status: open
owner: PTY-001
due: "2026-02-27"
arises_from: [RSK-001]
```

## ACT-002 Done in the period

```yaml {.artifact}
status: closed
owner: PTY-001
due: "2026-02-20"
done_on: "2026-02-18"
arises_from: [MTG-001]
```

## DEC-001 Accept the forecast

```yaml {.artifact}
status: requested
owner: PTY-001
options:
  - {id: A, text: Accept it., recommended: true}
  - {id: B, text: Stop.}
deadline: "2026-03-10"
```

The committee is asked to accept the first of April.

## DEC-002 Add to the budget

```yaml {.artifact}
status: taken
date: "2026-02-10"
decided_by: PTY-001
made_in: [MTG-001]
```

A hundred euro are added.

## DEF-001 A defect

```yaml {.artifact}
status: open
created: "2026-02-25"
severity: high
```

## MTG-001 Steering committee of February

```yaml {.artifact}
status: issued
type: steering
date: "2026-02-10"
attendees: [PTY-001]
agenda: [Budget]
held_by: [COM-001]
```

## COM-001 Steering committee

```yaml {.artifact}
status: approved
mandate: It decides.
quorum: 1
```

## PTY-001 Chair

```yaml {.artifact}
status: approved
name: A. Chair
role: Chair
```
"""

REPORT = """---
id: RPT-001
status: draft
version: "1.0"
lang: en
type: highlight
as_of: "2026-02-28"
period: {from: "2026-02-01", until: "2026-02-28"}
rag: {overall: red, time: amber, cost: amber, scope: red, quality: green, risk: amber}
previous_rag: {overall: amber, time: green, cost: amber, scope: red}
asks: [DEC-001]
---

# RPT-001 Highlight report of February
"""

TEXTS = {"plan.md": PLAN, "budget.md": BUDGET, "control.md": CONTROL, "RPT-001-february.md": REPORT}


def programme(changed: dict[str, str] | None = None, day: str = DAY) -> Programme:
    """The programme on a day, with other texts for some documents."""
    found, _ = programme_of({**TEXTS, **(changed or {})})
    return structs.replace(found, day=day)


def project(folder: Path, changed: dict[str, str] | None = None) -> Path:
    """The programme as a project in a folder, for the command line."""
    (folder / "docs_src").mkdir(parents=True, exist_ok=True)
    (folder / "paraph.toml").write_text('title = "Small"\norganisation = "Office"\n', encoding="utf-8")
    write(folder / "docs_src", {**TEXTS, **(changed or {})})
    return folder
