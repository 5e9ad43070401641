"""What is the same content, and what is other content."""

import pytest

from pipeline.sources.content import canonical, content_of, unwrap
from pipeline.sources.text import Text, starts_of
from tests.support import programme_of

TEXT = """# Requirements

## REQ-101 Send by mail

```yaml {.artifact}
status: approved
version: "1.0"
priority: must
verification: [test, analysis]
tags: [a]
```

The system shall send
a letter by mail.

It is printed first,
and sent next.

- One thing
  and another.

    code = 1

| a | b |
|---|---|
| 1 | é |
"""


def form(text: str, identity: str = "REQ-101") -> bytes:
    programme, source = programme_of({"a.md": text})
    artifact, text = programme.artifacts[identity], source("a.md").text
    content = content_of(
        artifact,
        programme.kinds[artifact.kind],
        source("a.md").document,
        Text(text, starts_of(text)),
    )
    return canonical(identity, content)


SAME = [
    ("status: approved", "status: draft"),
    ("tags: [a]", "tags: [b, c]"),
    ("priority: must\n", ""),
    ("send\na letter", "send a\nletter"),
    ("printed first,\nand", "printed\nfirst, and"),
    ("One thing\n  and", "One\n  thing and"),
    ("first,\n", "first,\t \n"[:-2] + "\n"),
    ("é", "e\u0301"),
    ("\n\n- One", "\n\n\n\n- One"),
    ("verification: [test, analysis]", "verification:\n  - 'test'\n  - analysis  # why"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_what_a_reader_reads_the_same_is_the_same(old, new):
    defaults = "---\ntitle: Requirements\ndefaults:\n  priority: must\n---\n\n"
    changed = TEXT.replace(old, new)
    assert changed != TEXT
    assert form(defaults + changed) == form(TEXT)


OTHER = [
    ("priority: must", "priority: should"),
    ("test, analysis", "analysis, test"),
    ("send\na letter", "send\ntwo letters"),
    ("first,\nand", "first,  \nand"),
    ("first,\nand", "first,\n\nand"),
    ("first,\nand", "first,\n- and"),
    ("    code = 1", "    code  = 1"),
    ("| 1 |", "| 2 |"),
    ("Send by mail", "Send by post"),
    ('"1.0"', '"1.1"'),
]


@pytest.mark.parametrize(("old", "new"), OTHER)
def test_what_a_reader_reads_otherwise_is_other_content(old, new):
    changed = TEXT.replace(old, new)
    assert changed != TEXT
    assert form(changed) != form(TEXT)


def test_a_section_that_is_an_artifact_is_no_part_of_the_one_around_it():
    inner = "\n### REQ-102 Inside\n\n```yaml {.artifact}\nstatus: draft\n```\n\nIt shall work.\n"
    assert form(TEXT + inner) == form(TEXT)
    assert form(TEXT + inner) == form(TEXT + inner.replace("work", "rest"))
    assert form(TEXT + inner, "REQ-102") != form(TEXT + inner.replace("work", "rest"), "REQ-102")


def test_the_bytes_are_these():
    """A vector: a digest that was made once must be made again for as long as there are signatures."""
    text = (
        '## BN-001 Less paper\n\n```yaml {.artifact}\nversion: "1.0"\nstatus: draft\n```\n\nFewer\nletters.\n'
    )
    assert form(text, "BN-001") == (
        b'{"body":"","fields":{"id":"BN-001","kind":"business-need","statement":"Fewer letters.",'
        b'"title":"Less paper","version":"1.0"},"form":"paraph.content/1","id":"BN-001"}'
    )


def test_code_keeps_its_lines():
    assert unwrap(["~~~", "a", "b", "", "", "c", "~~~", "d", "e"]) == "~~~\na\nb\n\n\nc\n~~~\nd e"
