"""Whatever an author writes, the same is woven from a bundle as from the programme."""

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.weave.deliverable import weave_deliverable
from tests.support import programme_of
from tests.unit.signoff.bundles import rewoven
from tests.unit.weave.test_weave_audience import TEXTS
from tests.unit.weave.test_weave_properties import PIECES

HEAD = """---
id: DLV-300
status: draft
version: "1.0"
created: "2026-01-12"
lang: nl
classification: public
---

# DLV-300 Whatever

```yaml {.view}
view: cards
ids: [REQ-100, REQ-300, REQ-301]
```

```yaml {.view}
view: table
kind: requirement
columns: [id, title, satisfies, owner]
```

"""
OWN = """---
title: Own
classification: public
defaults: {status: draft, version: "0.1", classification: public}
---

# Own

## REQ-300 First [^n]

```yaml {.artifact}
priority: must
satisfies: [BN-100, BN-900]
```

"""
SECOND = """

## REQ-301 Second

```yaml {.artifact}
priority: should
```

"""
MORE = [
    "REQ-900",
    "REQ-100",
    "[^n]",
    "\n\n[^n]: A note.\n\n",
    "\n[^m]: On REQ-900.\n",
    "[^m]",
    "\n### Sub\n\n",
    "\n# Top\n",
]
BODY = st.lists(st.sampled_from([*PIECES, *MORE]), max_size=14).map("".join)


@settings(max_examples=60, deadline=None)
@drawn(BODY, BODY, BODY)
def test_the_same_is_woven_from_it(first: str, second: str, third: str):
    texts = {**TEXTS, "own.md": OWN + first + SECOND + second, "deliverables/DLV-300.md": HEAD + third}
    programme, source = programme_of(texts)
    before = weave_deliverable(programme, source, "DLV-300", "public").markdown
    assert rewoven(texts, "DLV-300", "public").woven.markdown.split() == before.split()
