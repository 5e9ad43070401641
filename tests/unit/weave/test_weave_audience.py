"""What is above an audience leaves nothing in what is woven for it: planted words are looked for in all of it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import CouldNotRun
from pipeline.model import Finding, Rule
from pipeline.weave.chart import SCHEME, picture_at
from pipeline.weave.deliverable import weave_deliverable
from pipeline.weave.sight import see, show_source
from pipeline.weave.site import weave_site
from pipeline.weave.tree import CopyOf, SiteTree
from tests.support import programme_of

# ZQ marks what only limited readers may see, ZI what internal readers may see too. IDs of 900 are limited, of
# 700 internal. Each word stands in one place only, so that a failure names the place.
TEXTS = {
    "meetings/MTG-900-zqfile.md": """---
id: MTG-900
status: issued
classification: limited
date: "2026-03-02"
tags: [zqtag]
agenda: [ZQagenda]
---

# MTG-900 ZQtitle of a meeting

ZQbody of the meeting. ![ZQalt](../img/zqimage.svg)[^zq]

## ZQheading in it

<!-- ZQcomment -->

```
ZQcode
```

[^zq]: ZQnote.

## DEC-900 ZQdecision inside

```yaml {.artifact}
status: taken
classification: public
```

ZQdecision text.
""",
    "pages/zqpage.md": """---
title: ZQpage
classification: limited
---
# ZQpage title

ZQpage body with REQ-100.
""",
    "pages/about-REQ-900.md": """---
title: ZQnamed
---
# ZQnamed for what is hidden

ZQnamed body.
""",
    "pages/typo.md": """---
title: ZQtypo
clasification: limited
---
# ZQtypo heading
""",
    "pages/unknown.md": """---
title: ZQunknown
classification: secret
---
# ZQunknown heading
""",
    "pages/list.md": """---
title: ZQlist
classification: [limited]
---
# ZQlist heading
""",
    "pages/broken.md": """---
title: ZQbroken
classification: : limited
  - x
---
# ZQbroken heading
""",
    "parties.md": """---
title: Parties
classification: public
defaults: {status: approved, version: "1.0"}
---
# Parties

## PTY-900 ZQname of a person

```yaml {.artifact}
role: ZQrole
classification: limited
```

## PTY-700 ZIname of a person

```yaml {.artifact}
role: ZIrole
```

## PTY-100 Head of Collection

```yaml {.artifact}
role: head
classification: public
```
""",
    "requirements.md": """---
title: Requirements
classification: public
defaults: {status: approved, version: "1.0", owner: PTY-900, classification: public}
---
# Requirements

A page on REQ-900, `REQ-900` and req-900, REQ\\-900 too; and REQ-700.

See [ZQlinktext](pages/zqpage.md), [ZQanchor](#req-900-zqrequirement), [ZQfile](meetings/MTG-900-zqfile.md "ZQhint"),
[ZQreference][zqref], [ZQfolder](pages/zqpage/), [ZQweb](https://tracker.example/REQ-900),
![ZQpicture](img/REQ-900.svg).

[zqref]: meetings/MTG-900-zqfile.md "ZQrefhint"

| A | B |
|---|---|
| REQ-900 | [^foot] |

## On REQ-900 and more

See [the part above](#on-req-900-and-more).

## REQ-100 What all may see, unlike REQ-900

```yaml {.artifact}
priority: must
type: functional
level: system
satisfies: [BN-900, BN-700, BN-100]
derived_from: [REQ-900@1.0]
related: [MTG-900]
authors: [PTY-900, PTY-100]
tags: [req-900]
rationale: Because of REQ-900, see [ZQfieldlink](pages/zqpage.md).
acceptance_criteria:
  - {id: AC-1, text: As in REQ-900.}
waivers:
  - {rule: RQ-AC, reason: As REQ-900 says., owner: PTY-900, until: "2026-12-31"}
```

The system shall do what REQ-900 says not.

## REQ-900 ZQrequirement

```yaml {.artifact}
priority: must
type: functional
level: system
satisfies: [BN-100]
classification: limited
rationale: ZQrationale
```

ZQstatement.[^zqonly] ![ZQdrawing](img/zqdrawing.svg) and [ZQform](files/zqform.pdf).

### ZQsub heading

### REQ-901 ZQnested requirement

```yaml {.artifact}
priority: must
type: functional
level: system
classification: public
```

ZQnested statement.

## REQ-700 ZIrequirement

```yaml {.artifact}
priority: must
type: functional
level: system
classification: internal
satisfies: [BN-100]
```

ZIstatement.

## The last heading

```yaml {.view}
view: table
kind: requirement
columns: [id, title, satisfies, owner, derived_from]
caption: All but REQ-900
```

```yaml {.view}
view: cards
ids: [REQ-900, REQ-100]
```

```yaml {.view}
view: include
path: pages/zqpage.md
```

```yaml {.view}
view: include
ids: [MTG-900, REQ-901]
```

```yaml {.view}
view: matrix
rows: business-need
columns_kind: requirement
by: satisfies
```

```yaml {.view}
view: index
```

[^zqonly]: ZQonly the hidden part refers to this.
[^foot]: Seen, though REQ-900 is named.
""",
    "needs.md": """---
title: Needs
classification: public
defaults: {status: approved, version: "1.0", classification: public}
---
# Needs

## BN-100 A need

```yaml {.artifact}
process: p
```

Text.

## BN-900 ZQneed

```yaml {.artifact}
classification: limited
process: ZQprocess
```

ZQneed text.

## BN-700 ZIneed

```yaml {.artifact}
classification: internal
```

ZIneed text.
""",
    "tests.md": """---
title: Tests
classification: public
defaults: {status: approved, version: "1.0", classification: public}
---
# Tests

## TC-100 A test

```yaml {.artifact}
level: system
verifies: [REQ-100, REQ-900]
criteria: [REQ-900/AC-1, REQ-100/AC-1]
```

Text.

## REQ-900 ZQtwin of a hidden one

```yaml {.artifact}
priority: must
type: functional
level: system
```

ZQtwin text.
""",
    "deliverables/DLV-100-public.md": """---
id: DLV-100
status: draft
version: "0.1"
classification: public
owner: PTY-900
---

# DLV-100 For all readers

REQ-900 and [ZQdlv](../pages/zqpage.md).

```yaml {.view}
view: include
path: requirements.md
```

```yaml {.view}
view: cards
kind: business-need
```
""",
}
FILES = ("img/zqimage.svg", "img/zqdrawing.svg", "files/zqform.pdf", "img/REQ-900.svg", "img/plain.svg")
FINDINGS = [
    Finding("requirements.md", 1, 1, "REF-DRAFT", "REQ-100 rests on REQ-900", artifact="REQ-100"),
    Finding("requirements.md", 1, 1, "REF-DRAFT", "REQ-100 is like ZQrequirement", artifact="REQ-100"),
    Finding("requirements.md", 1, 1, "ID-UNIQ", "it stands in pages/zqpage.md too", artifact="REQ-100"),
    Finding("requirements.md", 9, 1, "X-PAGE", "PLAINFINDING of the page"),
    Finding("requirements.md", 9, 1, "X-ART", "PLAINFINDING of REQ-100", "do so", artifact="REQ-100"),
    Finding("requirements.md", 9, 1, "X-HID", "ZQfinding", artifact="REQ-900"),
    Finding("pages/zqpage.md", 9, 1, "X-HID", "ZQpagefinding"),
]
# The text of a rule comes with the program, but its example may be an ID of this programme.
RULE = Rule("X-ART", "warn", "artifact", print, "Like REQ-900.\n\n    As `REQ-900` and REQ-100 do.")
HIDDEN = {
    "public": ["zq", "zi", "-900", "-901", "-700"],
    "internal": ["zq", "-900", "-901"],
}


def woven_site(audience: str) -> SiteTree:
    programme, source = programme_of(TEXTS, FILES)
    return weave_site(
        programme, source, audience, findings=FINDINGS, rules=[RULE], title="A site", day="2026-03-01",
        edit_url="https://forge.example/{path}",
    )  # fmt: skip


def everything(tree: SiteTree) -> str:
    """All that a site's tree holds, in one text."""
    files = [
        f"{path}\n{content.path if isinstance(content, CopyOf) else content}"
        for path, content in tree.files.items()
    ]
    return "\n".join([*(told(text) for text in files), repr(tree.nav), tree.title])


def told(text: str) -> str:
    """A text with what its charts are drawn from in plain words, in place of their addresses."""
    return re.sub(rf"{SCHEME}[\w=-]+", lambda match: repr(picture_at(match[0])), text)


def lines_with(text: str, word: str) -> list[str]:
    return [line for line in text.lower().split("\n") if word in line]


@pytest.mark.parametrize(
    ("audience", "word"), [(name, word) for name, words in HIDDEN.items() for word in words]
)
def test_nothing_above_the_audience_is_in_the_site(audience, word):
    assert lines_with(everything(woven_site(audience)), word) == []


@pytest.mark.parametrize(
    ("audience", "word"), [(name, word) for name, words in HIDDEN.items() for word in words]
)
def test_nothing_above_the_audience_is_in_a_deliverable(audience, word):
    programme, source = programme_of(TEXTS, FILES)
    woven = weave_deliverable(programme, source, "DLV-100", audience)
    assert lines_with("\n".join([woven.markdown, woven.title, *woven.ids, *woven.images]), word) == []


def test_the_planted_words_are_there_for_those_who_may_see_them():
    text = everything(woven_site("limited"))
    words = """ZQtitle ZQbody ZQalt zqimage ZQheading ZQcode ZQnote ZQdecision ZQpage ZQnamed ZQname ZQrole zqtag
    ZQagenda ZQlinktext ZQanchor ZQfile ZQreference ZQfolder ZQweb ZQrequirement ZQrationale ZQstatement ZQdrawing
    zqform ZQonly ZQsub ZQnested ZQneed ZQtwin ZQfieldlink ZQfinding ZQpagefinding ZIname ZIrequirement
    ZIstatement ZIneed"""
    assert [word for word in words.split() if word not in text] == []
    assert "ZQcomment" not in text


def test_what_is_visible_stays():
    text = everything(woven_site("public"))
    for words in (
        "REQ-100",
        '<span class="id">BN-100</span> A need',
        "The last heading",
        "Head of Collection",
        "Seen, though",
        "TC-100",
    ):
        assert words in text
    assert "\\[withheld\\]" in text
    assert "`[withheld]`" in text


def test_an_unknown_classification_is_shown_to_nobody():
    text = everything(woven_site("limited"))
    assert [word for word in ("ZQunknown", "ZQlist") if word in text] == []


def test_findings_are_not_for_the_public():
    assert "PLAINFINDING" not in everything(woven_site("public"))
    # Both stand where they were found, and on the page on the documents.
    assert everything(woven_site("internal")).count("PLAINFINDING") == 4


def test_no_count_tells_of_what_is_hidden():
    programme, source = programme_of(TEXTS, FILES)
    tree = weave_site(programme, source, "public", title="A site", day="2026-03-01")
    assert "| REQ | 1 |" in tree.files["kinds/index.md"]
    assert "kinds/meeting.md" not in tree.files


def test_an_anchor_of_a_visible_heading_is_followed_when_it_changes():
    page = woven_site("public").files["requirements.md"]
    assert "## On \\[withheld\\] and more {#on-withheld-and-more}" in page
    assert "[the part above](#on-withheld-and-more)" in page


def test_a_text_that_changed_after_it_was_read_is_not_woven():
    programme, _ = programme_of(TEXTS, FILES)
    sight = see(programme, "public")
    _, changed = programme_of(
        {**TEXTS, "requirements.md": "\n\n" + TEXTS["requirements.md"].split("---\n", 2)[2]}
    )
    with pytest.raises(CouldNotRun, match="changed while it was being read"):
        show_source(sight, changed("requirements.md"), "x")


def test_an_audience_that_does_not_exist_is_refused():
    programme, _ = programme_of(TEXTS, FILES)
    with pytest.raises(ValueError, match="everybody"):
        see(programme, "everybody")


LEVELS = ("public", "internal", "limited")
section = st.tuples(
    st.sampled_from(LEVELS),
    st.integers(2, 5),
    st.lists(st.integers(0, 11), max_size=3),
    st.sampled_from(["", "link", "field", "code"]),
)


def build(pages: list[tuple[str, list]]) -> tuple[dict[str, str], dict[int, str]]:
    """Documents of sections that name one another, and the least audience of each section by its number."""
    texts, least = {}, {}
    number = 0
    for page, (level, sections) in enumerate(pages):
        lines = [f"---\ntitle: Page{page}\nclassification: {level}\n---\n# Page{page}\n"]
        stack: list[tuple[int, int]] = []
        depth = 1
        for own, wanted, named, how in sections:
            if number > 11:
                break
            depth = min(wanted, depth + 1)
            stack = [item for item in stack if item[0] < depth]
            rank = max([LEVELS.index(level), LEVELS.index(own), *(item[1] for item in stack)])
            stack.append((depth, rank))
            least[number] = LEVELS[rank]
            ids = [f"REQ-{500 + other}" for other in named]
            fields = f"related: [{', '.join(dict.fromkeys(ids))}]\n" if how == "field" and ids else ""
            mentions = {
                "link": " ".join(f"[word{other}q](p{page}.md#REQ-{500 + other})" for other in named),
                "code": f"`{' '.join(ids)}`",
            }.get(how, " ".join(ids))
            lines.append(
                f"{'#' * depth} REQ-{500 + number} Title{number}q\n\n```yaml {{.artifact}}\nstatus: draft\n"
                f"classification: {own}\npriority: must\ntype: data\nlevel: system\n{fields}```\n\n"
                f"Body{number}q {mentions}.\n"
            )
            number += 1
        texts[f"p{page}.md"] = "\n".join(lines)
    return texts, least


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(LEVELS), st.lists(section, max_size=6)), min_size=1, max_size=3),
    st.sampled_from(LEVELS),
)
def test_whatever_is_hidden_leaves_nothing_and_whatever_is_visible_is_there(pages, audience):
    texts, least = build(pages)
    programme, source = programme_of(texts)
    text = everything(weave_site(programme, source, audience, title="T", day="2026-03-01"))
    for number, level in least.items():
        visible = LEVELS.index(level) <= LEVELS.index(audience)
        for word in (f"REQ-{500 + number}", f"Title{number}q", f"Body{number}q"):
            assert (word in text) == visible, (word, level)
