"""The marks of a chart lead to where artifacts stand, from any page of the site as it is served."""

import re

import pytest

from pipeline.weave.chart import picture_at
from pipeline.weave.site import weave_site
from tests.support import programme_of

VIEW = """\
---
title: Plan
---

# Plan

```yaml {.view}
view: gantt
```
"""
MILESTONES = """\
---
title: Milestones
---

# Milestones

## MS-001 The first

```yaml {.artifact}
status: planned
baseline: "2026-05-04"
forecast: "2026-05-11"
```

It comes.
"""


@pytest.mark.parametrize(
    ("page", "way"),
    [
        ("index.md", "plan/all/#MS-001"),
        ("overview.md", "../plan/all/#MS-001"),
        ("plan/index.md", "../plan/all/#MS-001"),
        ("a/b/c.md", "../../../plan/all/#MS-001"),
    ],
)
def test_a_mark_leads_to_its_milestone(page: str, way: str):
    programme, source = programme_of({page: VIEW, "plan/all.md": MILESTONES})
    tree = weave_site(programme, source, "internal", title="T", day="2026-04-01")
    address = re.search(r"chart:[\w=-]+", str(tree.files[page]))
    assert address
    rows = [row for rows in picture_at(address[0]).data.values() for row in rows if "mark" in row]
    marks = [str(row["mark"]) for row in rows]
    assert {mark.partition("|")[0] for mark in marks if "MS-001" in mark} == {f"paraph:{way}"}
