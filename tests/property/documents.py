"""Documents as authors write them, and what becomes of them under a careless hand; and checking them in memory."""

import random

import hypothesis.strategies as st
import msgspec

from pipeline.checks import CHECKS
from pipeline.checks.rule import Judge
from pipeline.checks.runner import Locator, Suite, check_artifact, check_document, check_programme
from pipeline.model import Document, Finding
from pipeline.programme import build_programme
from pipeline.sources.reader import Vocabulary, read
from tests.support import shipped_kinds
from tests.trees import NEED, REQUIREMENT

KINDS = shipped_kinds()
WORDS = Vocabulary(KINDS.kinds, KINDS.prefixes)
JUDGE = Judge(KINDS)
SUITE = Suite(CHECKS)

PAGE = """---
title: A page
defaults: {status: draft, version: "1.0"}
---

# A page {#top}

Words with REQ-101, [a link](BN-001-paper.md#top "Title"), ![an image](x.png) and `code`.[^1]

| a | b |
|---|---|
| 1 | REQ-102@1.0 |

- one
    - two

        more of two

!!! note "Title"
    Inside.

```yaml {.view}
view: table
kind: requirement
columns: [id, title]
```

## REQ-102 A section

```yaml {.artifact}
priority: must
derived_from: [REQ-101]
```

It shall work. <!-- A comment. --> <br> https://x.example/

[^1]: A note.

~~~text
```
~~~

[ref]: x.png
"""

GOOD = (NEED, "# Requirements\n\n" + REQUIREMENT, PAGE)
BITS = (
    "",
    "\n",
    "\n\n",
    "---\n",
    "```",
    "```\n",
    "~~~\n",
    "```yaml {.artifact}\n",
    "```yaml {.view}\n",
    "{.artifact}",
    "# ",
    "## ",
    "## REQ-103 x\n",
    "REQ-101",
    "BN-001@9",
    "id: ",
    "status: ",
    ": ",
    "[",
    "]",
    "](",
    ")",
    "![",
    "{",
    "}",
    "|",
    "|-|\n",
    "<",
    ">",
    "<!--",
    "-->",
    "<script>",
    "\t",
    "    ",
    "  - x\n",
    "> ",
    "`",
    "``",
    "'",
    '"',
    "&a ",
    "*a",
    "!x ",
    "\0",
    "\ufeff",
    "\r",
    "\r\n",
    "\u2028",
    "\x85",
    "\x1f",
    "\x0c",
    "é",
    "🖋",
    "٣",
    "\u0412N-001",
    "RQE-101",
    "defaults:\n  x: 1\n",
    "<<: 1\n",
    "kind: risk\n",
    "===\n",
    "!!!",
    ":::",
    "[^1]:",
    "1. ",
    "1" * 30,
    "view: ",
    "ids: [REQ-101]\n",
    "path: x.md\n",
    "../..",
    "javascript:",
    "%00",
    "//x",
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good document in which some pieces were cut out, doubled, moved, or replaced by signs that matter."""
    text = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 6))):
        begin = draw(st.integers(0, len(text)))
        end = min(begin + draw(st.sampled_from((0, 0, 1, 3, 10, 40, 200))), len(text))
        text = (
            text[:begin] + draw(st.one_of(st.sampled_from(BITS), st.just(text[begin:end] * 2))) + text[end:]
        )
    return text


documents = st.one_of(
    mutated(), mutated(), st.lists(st.sampled_from(BITS), max_size=30).map("".join), st.text(max_size=80)
)


def mutate(text: str, chance: random.Random) -> str:
    """What `mutated` does, by a generator of random numbers: fast enough for a fuzzer."""
    for _ in range(chance.randint(1, 8)):
        begin = chance.randint(0, len(text))
        end = min(begin + chance.choice((0, 0, 1, 3, 10, 40, 200)), len(text))
        middle = chance.choice(BITS) if chance.random() < 0.7 else text[begin:end] * 2
        text = text[:begin] + middle + text[end:]
    return text


def findings(files: dict[str, bytes]) -> list[Finding]:
    """All findings of some documents, in the order in which they are shown."""
    sources = [read(path, data, WORDS) for path, data in files.items()]
    faults = [item for source in sources for item in check_document(source, SUITE, JUDGE)]
    kept = msgspec.msgpack.encode([source.document for source in sources])
    read_back = msgspec.msgpack.decode(kept, type=list[Document])
    assert read_back == [source.document for source in sources], "the cache would change what was read"
    programme = build_programme(read_back, KINDS, ("x.png",))
    for document in read_back:
        for artifact in document.artifacts:
            faults += check_artifact(artifact, programme, SUITE)
    faults += check_programme(programme, SUITE)
    locator = Locator(files.get)
    found = [
        locator.finding(code, fault, programme.documents.get(fault.path), programme) for code, fault in faults
    ]
    return sorted(found, key=Finding.order)
