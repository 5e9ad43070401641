"""What was is shown to an audience as what is: nothing that is hidden now, and nothing that was hidden then."""

from typing import Any

from msgspec import structs

from pipeline.model.past import Moment, State
from pipeline.weave.sight import see
from tests.support import programme_of

NOW = """\
---
title: Risks
classification: public
---

# Risks

## RSK-001 The supplier is late

```yaml {.artifact}
status: open
classification: public
```

It was feared.

## RSK-002 A bidder has failed

```yaml {.artifact}
status: open
classification: limited
```

It may not be told.
"""


def state(title: str, **fields: Any) -> State:
    return State("risk", title, "open", "", {"title": title, "status": "open", **fields})


BEFORE = {
    "RSK-001": state(
        "Late, as RSK-002 says", classification="public", cause="See RSK-002", effect="[Why](x.md)"
    ),
    "RSK-002": state("A bidder may fail", classification="public"),
    "RSK-003": state("It is gone", classification="limited"),
    "RSK-004": state("It is gone too", classification="public", affects=["RSK-003", "RSK-001"]),
    "RSK-005": state("Nobody classified it"),
}


def seen(audience: str, **names: str) -> tuple[Moment, ...]:
    programme, _ = programme_of({"risks.md": NOW})
    moments = tuple(Moment(day, name, "", BEFORE) for name, day in names.items())
    return see(structs.replace(programme, past=moments), audience).programme.past


def test_one_who_may_see_all_sees_all():
    (moment,) = seen("limited", tag="2026-03-31")
    assert moment.artifacts == BEFORE


def test_what_is_hidden_now_or_was_hidden_then_is_hidden():
    assert [list(item.artifacts) for item in seen("internal", tag="2026-03-31")] == [
        ["RSK-001", "RSK-004", "RSK-005"]
    ]
    assert [list(item.artifacts) for item in seen("public", tag="2026-03-31")] == [["RSK-001", "RSK-004"]]


def test_what_was_said_then_names_nothing_hidden():
    (moment,) = seen("public", tag="2026-03-31")
    first, other = moment.artifacts["RSK-001"], moment.artifacts["RSK-004"]
    assert "RSK-002" not in first.title + str(first.fields)
    assert first.title.startswith("Late, as ")
    # Where a link led then is not known.
    assert "effect" not in first.fields
    assert other.fields["affects"] == ["RSK-001"]


def test_a_moment_has_no_hidden_name():
    names = {"RSK-002": "2026-03-30", "tag": "2026-03-31"}
    assert [item.name for item in seen("public", **names)] == ["tag"]
