"""Whatever an author writes, the same is woven from a bundle as from the programme."""

from hypothesis import example, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from pipeline.signoff.bundle.compose import Unfaithful
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
    "\n\n[^m]: On REQ-900.\n\n",
    "[^m]",
    "\n### Sub\n\n",
    "\n# Top\n",
]
# Signs that only weaving puts into a text are replaced in prose, and in a heading are whatever weaving makes of them.
WRITTEN = [piece for piece in PIECES if not any("\ue000" <= sign <= "\ue00f" for sign in piece)]
# What is never closed ends otherwise where less follows it.
CLOSED = [piece for piece in WRITTEN if "<!--" not in piece and "-->" not in piece and piece.strip("`~")]


def texts_of(*bodies: str) -> dict[str, str]:
    first, second, third = bodies
    return {**TEXTS, "own.md": OWN + first + SECOND + second, "deliverables/DLV-300.md": HEAD + third}


def body(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*pieces, *MORE]), max_size=14).map("".join)


def closed() -> st.SearchStrategy[str]:
    """A body whose fences are all closed: one that does not begin its line would open another at its end."""
    pieces = [f"\n{piece}" if piece.startswith(("```", "~~~")) else piece for piece in CLOSED]
    return body(pieces)


def both(texts: dict[str, str]) -> tuple[list[str], list[str]]:
    """The words that are woven from the programme, and those from the bundle."""
    programme, source = programme_of(texts)
    before = weave_deliverable(programme, source, "DLV-300", "public").markdown
    return before.split(), rewoven(texts, "DLV-300", "public").woven.markdown.split()


# A footnote to which only a title of elsewhere refers, that a table of the deliverable shows.
@example("", "", "\n\n[^n]: A note.\n\n")
# A footnote that is defined twice: the first counts.
@example("", "\n[^1]: note\n\n[^1]: note\n", "\n[^1]: note\n")
# What looks like a reference and stands in code is none.
@example("", "word```yaml {.view}\nview: table\nkind: requirement\n```\n[^1]", "\n[^1]: note\n")
@settings(max_examples=60, deadline=None)
@drawn(closed(), closed(), closed())
def test_the_same_is_woven_from_it(first: str, second: str, third: str):
    before, after = both(texts_of(first, second, third))
    assert after == before


@settings(max_examples=60, deadline=None)
@drawn(body(WRITTEN), body(WRITTEN), body(WRITTEN))
def test_whatever_is_left_open_nothing_else_is_given_away(first: str, second: str, third: str):
    try:
        before, after = both(texts_of(first, second, third))
    except Unfaithful:
        return
    assert after == before
