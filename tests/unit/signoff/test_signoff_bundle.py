"""A bundle holds what its deliverable is woven from, as its audience sees it, and nothing else."""

import json
import re

import pytest
from msgspec import structs

from pipeline.model import Adoption
from pipeline.model.woven import Revision
from pipeline.settings import Settings
from pipeline.signoff.bundle.compose import compose
from pipeline.signoff.bundle.manifest import read
from pipeline.weave.deliverable import weave_deliverable
from pipeline.weave.facts import Circumstances
from tests.support import programme_of
from tests.unit.signoff.bundles import AROUND, bundled, given, rewoven
from tests.unit.weave.test_weave_audience import TEXTS

HOLDS_ALL = """---
id: DLV-200
status: draft
version: "0.2"
lang: fr
classification: {}
owner: PTY-100
distribution: [PTY-900, PTY-100]
required_signatures: [Director]
---

# DLV-200 Tout, sauf REQ-900

Voir REQ-900, `REQ-900`, [ZQdlv](../pages/zqpage.md) et REQ-700. <!-- YYcomment -->[^kept]

## Sur REQ-900 et plus

```yaml {{.view}}
# YYremark
view: include
path: requirements.md
```

```yaml {{.view}}
view: table
kind: test-case
columns: [id, title, verifies]
```

[^kept]: Une note sur REQ-900.
[^lost]: YYnote that nothing refers to.
"""
NEED = """---
title: Needs
defaults: {status: approved, version: "1.0"}
---

# Needs

YYwords of a page that nobody includes.

## BN-001 First need

```yaml {.artifact}
process: YYprocess
owner: PTY-001
```

YYtext of the first need.

## BN-002 YYtitle of a need that nothing names

```yaml {.artifact}
process: collection
```

YYtext of the second need.

## BN-003 Third need

```yaml {.artifact}
process: shown
rationale: YYrationale
```

YYtext of the third need.
"""
PLANS = """---
title: Plans
defaults: {status: approved, version: "1.0", owner: PTY-001, priority: must}
---

# Plans

YYwords of the page of plans.

## YYheading that is no artifact

### REQ-001 Held

```yaml {.artifact}
satisfies: [BN-001]
```

The system shall do it.[^own]

#### A part of it

More.

### REQ-002 YYtitle not held

```yaml {.artifact}
satisfies: [BN-002]
```

YYstatement not held.

#### REQ-003 Held inside what is not

```yaml {.artifact}
priority: should
```

The system shall do that.

[^own]: A note of the first.
"""
PARTIES = """---
title: Parties
defaults: {status: approved, version: "1.0"}
---
# Parties

## PTY-001 Head of collection

```yaml {.artifact}
role: YYrole
```
"""
DELIVERABLE = """---
id: DLV-001
status: draft
version: "1.0"
created: "2026-01-12"
owner: PTY-001
---

# DLV-001 A baseline

```yaml {.view}
view: cards
ids: [REQ-001, REQ-003]
```

```yaml {.view}
view: table
kind: business-need
where: {process: [shown]}
columns: [id, title, process]
```
"""
SMALL = {"needs.md": NEED, "plans.md": PLANS, "parties.md": PARTIES, "deliverables/DLV-001.md": DELIVERABLE}


def deliverables(audience: str) -> dict[str, str]:
    return {**TEXTS, "deliverables/DLV-200.md": HOLDS_ALL.format(audience)}


@pytest.mark.parametrize(
    ("audience", "never"), [("public", "ZQ|ZI|YY"), ("internal", "ZQ|YY"), ("limited", "YY")]
)
@pytest.mark.parametrize("identity", ["DLV-100", "DLV-200"])
def test_no_word_of_what_its_readers_may_not_see_is_in_it(identity, audience, never):
    files = bundled(deliverables(audience if identity == "DLV-200" else "public"), identity, audience)
    hidden = "900|901" if audience == "internal" else "900|901|700" if audience == "public" else "(?!)"
    for path, text in files.items():
        for found in (
            *re.findall(rf"\w*(?:{never})\w*", path + text),
            *re.findall(rf"(?i)\b[a-z]+-(?:{hidden})\b", path + text),
        ):
            pytest.fail(f"{path} says {found}")
    assert any("REQ-100 What all may see" in text for text in files.values())


@pytest.mark.parametrize("audience", ["public", "internal", "limited"])
@pytest.mark.parametrize("identity", ["DLV-100", "DLV-200"])
def test_the_same_is_woven_from_it_as_from_the_programme(identity, audience):
    texts = deliverables(audience if identity == "DLV-200" else "public")
    programme, source = programme_of(texts)
    before = weave_deliverable(programme, source, identity, audience).markdown
    assert "non communiqué" in before or "withheld" in before or audience == "limited"
    assert rewoven(texts, identity, audience).woven.markdown.split() == before.split()


def test_of_what_is_only_named_it_holds_the_title_and_what_is_shown():
    files = bundled(SMALL, "DLV-001")
    assert sorted(path for path in files if path.startswith("docs/")) == [
        "docs/deliverables/DLV-001.md",
        "docs/needs.md",
        "docs/parties.md",
        "docs/plans.md",
    ]
    assert files["docs/needs.md"] == (
        "## BN-001 First need\n\n```yaml {.artifact}\n```\n\n"
        "## BN-003 Third need\n\n```yaml {.artifact}\nprocess: shown\n```\n"
    )
    assert files["docs/parties.md"] == "## PTY-001 Head of collection\n\n```yaml {.artifact}\n```\n"


def test_what_is_held_keeps_its_level_its_notes_and_its_defaults_and_stays_apart():
    files = bundled(SMALL, "DLV-001")
    assert files["docs/plans.md"] == (
        '### REQ-001 Held\n\n```yaml {.artifact}\nstatus: approved\nversion: "1.0"\nowner: PTY-001\npriority: must\n'
        "satisfies: [BN-001]\n```\n\nThe system shall do it.[^own]\n\n#### A part of it\n\nMore.\n\n\n"
        '### …\n\n#### REQ-003 Held inside what is not\n\n```yaml {.artifact}\nstatus: approved\nversion: "1.0"\n'
        "owner: PTY-001\npriority: should\n```\n\nThe system shall do that.\n\n[^own]: A note of the first.\n"
    )


def test_only_the_schemas_of_what_is_in_it_are_there():
    names = {
        path.split("/")[1].split(".")[0] for path in bundled(SMALL, "DLV-001") if path.startswith("schemas/")
    }
    assert names == {"business-need", "common", "deliverable", "meta", "page", "party", "requirement", "view"}


def test_it_states_what_it_was_made_for_and_the_digest_of_each_file():
    files = bundled(SMALL, "DLV-001", signatures=("Director",))
    stated = json.loads(files.pop("bundle.json"))
    assert {key: stated[key] for key in ("id", "version", "audience", "day", "revision", "signatures")} == {
        "id": "DLV-001",
        "version": "1.0",
        "audience": "internal",
        "day": "2026-11-20",
        "revision": "abc",
        "signatures": ["Director"],
    }
    assert stated["files"].keys() == files.keys()


def test_it_is_the_same_whenever_it_is_made_of_the_same():
    one = compose(given(SMALL), "DLV-001", "internal")
    other = compose(given(dict(reversed(SMALL.items()))), "DLV-001", "internal")
    assert one == other


def test_nothing_of_a_programme_but_what_it_needs_changes_it():
    before = compose(given(SMALL), "DLV-001", "internal")
    more = SMALL | {"needs.md": NEED.replace("YYtext", "Other text").replace("YYtitle", "Other title")}
    assert compose(given(more), "DLV-001", "internal") == before
    changed = SMALL | {"needs.md": NEED.replace("process: shown\n", "process: shown\nlang: fr\n")}
    assert compose(given(changed), "DLV-001", "internal") != before


def test_the_history_is_told_as_its_readers_may_know_it():
    around = structs.replace(
        AROUND, history=(Revision("0.1", "2026-01-02", "A. Person", "Speaks of REQ-900"),)
    )
    texts = deliverables("public")
    told = json.loads(bundled(texts, "DLV-200", "public", around=around)["history.json"])
    assert told == [
        {"version": "0.1", "day": "2026-01-02", "author": "A. Person", "change": "[non communiqué]"}
    ]


def test_images_that_are_shown_are_in_it_and_no_others(tmp_path):
    for name in ("img/shown.svg", "img/other.svg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<svg>{name}</svg>")
    texts = SMALL | {"deliverables/DLV-001.md": DELIVERABLE + "\n![A picture](../img/shown.svg)\n"}
    files = bundled(texts, "DLV-001", files=("img/shown.svg", "img/other.svg"), root=str(tmp_path))
    assert {path for path in files if path.endswith(".svg")} == {"docs/img/shown.svg"}
    assert (
        read(compose(given(texts, ("img/shown.svg",), str(tmp_path)), "DLV-001", "internal")).below("docs/")[
            "img/shown.svg"
        ]
        == b"<svg>img/shown.svg</svg>"
    )


def test_an_audience_that_may_not_see_it_gets_none():
    with pytest.raises(KeyError):
        compose(given(deliverables("limited")), "DLV-200", "public")


def test_circumstances_come_from_the_bundle_alone():
    facts = rewoven(SMALL, "DLV-001", around=Circumstances(day="2026-11-20", programme="Other")).facts
    assert (facts.programme, facts.day, facts.status, facts.settled) == (
        "Trial",
        "2026-11-20",
        "issued-for-signature",
        True,
    )


@pytest.mark.parametrize("field", ["rfc", "id"])
def test_documents_that_were_not_made_for_this_are_bundled_as_they_are_read(field: str):
    """An adopted repository, whose documents have a number for an ID."""
    adopted = Adoption("rfc/*.md", "requirement", id_field=field, id_form="REQ-{}")
    texts = {
        "rfc/one.md": f"---\n{field}: 101\nstatus: draft\ntitle: First\nYYfield: 1\n---\n\n# First\n\nAs REQ-102.\n",
        "rfc/two.md": f"---\n{field}: 102\nstatus: draft\ntitle: Second\n---\n\n# Second\n\nYYwords.\n",
        "DLV-001.md": '---\nid: DLV-001\nstatus: draft\nversion: "1.0"\ncreated: "2026-01-12"\n---\n\n# DLV-001 All\n\n'
        "```yaml {.view}\nview: cards\nids: [REQ-101]\n```\n\n"
        "```yaml {.view}\nview: table\nkind: requirement\ncolumns: [id, title]\n```\n",
    }
    files = bundled(texts, "DLV-001", settings=Settings(title="Trial", adopt=(adopted,)))
    identity = "id: REQ-102\n" if field == "rfc" else ""
    assert files["docs/rfc/two.md"] == f"---\n{field}: 102\ntitle: Second\n{identity}---\n\n\n"
    assert files["docs/rfc/one.md"].startswith(f"---\n{field}: 101\nstatus: draft\ntitle: First\n")
    assert "As REQ-102." in files["docs/rfc/one.md"]
