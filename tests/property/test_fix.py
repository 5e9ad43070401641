"""What `fix` promises, whatever the documents hold: slips are undone to the byte, twice is as good as once, and
nothing else changes."""

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edit.patch import unified
from pipeline.edit.write import Change, change_all
from pipeline.run import Options, fix, load
from pipeline.settings import open_project
from pipeline.sources.identity import plain_form
from tests.property.documents import documents, findings
from tests.trees import NEED

CLEAN = """\
---
title: Plans # of payment
defaults:
  version: "0.10"
---

# Plans

The need is BN-001, as `BN-01` has it in code. <!-- BN-01 was the old one. -->

- one
    - two é
        - three

## REQ-101 Send by mail

```yaml {.artifact}
# What was agreed.
status: draft   # not yet
priority: must
type: functional
level: system
created: 2026-03-01
satisfies: [BN-001]  # the only one
verification: [test]
rationale: "By law: article 12"
acceptance_criteria:
  - id: AC-1
    text: The letter arrives within a day.  # counted in hours
```

The system shall send a letter by mail. See BN-001.

### Why

Because.
"""
# What stands in the clean document, and what a careless hand makes of it.
SLIPS = [
    ('version: "0.10"', "version: 0.10"),
    ("The need is BN-001", "The need is BN-1"),
    ("See BN-001.", "See BN-0001."),
    ("    - two é\n        - three", "  - two é\n    - three"),
    ("REQ-101 Send", "R\u0415Q\u2011101 Send"),
    ("yaml {.artifact}", "yaml {.artefact}"),
    ("status: draft", "status: Draft"),
    ("satisfies:", "satisifes:"),
    ("[BN-001]", "BN-001"),
    ("[test]", "test"),
    ("priority: must", "Priority: must"),
    ("2026-03-01", "2026/3/1"),
    ('"By law: article 12"', "By law: article 12"),
    ("  - id: AC-1\n    text:", "\t- id: AC-1\n\t  text:"),
    ("### Why\n", "### Why {#why}\n"),
]
# The last one is no slip: it is kept.
KEPT = SLIPS[-1:]


def mended(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """The files after a fix."""
    for name, data in files.items():
        (folder / "docs_src" / name).write_bytes(data)
    found = fix(open_project(cwd=str(folder)), Options(day="2026-03-01"))
    change_all([Change(str(folder / "docs_src" / path), *pair) for path, pair in found.files.items()])
    return {name: (folder / "docs_src" / name).read_bytes() for name in files}


@settings(deadline=None, max_examples=40)
@given(
    slips=st.sets(st.sampled_from(range(len(SLIPS)))),
    ends=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_slips_are_undone_to_the_byte(slips: set[int], ends: str, mark: str):
    text = wanted = CLEAN
    for slip in map(SLIPS.__getitem__, sorted(slips)):
        assert text.count(slip[0]) == 1
        text = text.replace(*slip)
        wanted = wanted.replace(*slip) if slip in KEPT else wanted
    first, second = ((mark + item).replace("\n", ends).encode() for item in (text, wanted))
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "docs_src").mkdir()
        need = NEED.encode()
        assert mended(folder, {"BN-001-paper.md": need, "plans.md": first}) == {
            "BN-001-paper.md": need,
            "plans.md": second,
        }


@settings(deadline=None, max_examples=40)
@given(first=documents, second=documents)
def test_twice_is_as_good_as_once_and_nothing_else_changes(first: str, second: str):
    files = {
        "BN-001-paper.md": NEED.encode(),
        "a.md": first.encode("utf-8", "replace"),
        "b.md": second.encode("utf-8", "replace"),
    }
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "docs_src").mkdir()
        once = mended(folder, files)
        assert mended(folder, once) == once
        programme = load(open_project(cwd=str(folder)), Options(prose=False, day="2026-03-01")).programme
    for name, data in once.items():
        before, after = files[name].decode(), data.decode()
        assert comments(after) == comments(before)
        # A mend puts at most one letter more or less on a line, apart from what `letters` leaves out.
        changed = sum(line.startswith(("+", "-")) for line in unified(name, before, after))
        if b"kind:" not in files[name]:
            assert abs(len(letters(after)) - len(letters(before))) <= changed
    assert not told(once) - told(files)
    assert programme.artifacts.keys() == identities(files)


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "\n", "\u2028\n"]), max_size=12).map("".join)


@given(before=LINES, after=LINES, last=st.sampled_from(["", "z"]))
def test_a_diff_makes_of_one_text_the_other(before: str, after: str, last: str):
    before, after = before + last, after + last
    diff = list(unified("a.md", before, after))
    assert (diff == []) == (before == after)
    assert patched(before, diff) == after


def patched(text: str, diff: list[str]) -> str:
    """A text with a unified diff applied, each line of which is held against the text."""
    old, new, at = text.split("\n"), [], 0
    for line in diff[2:]:
        if line.startswith("@@"):
            first, _, count = line.split()[1][1:].partition(",")
            start = int(first) - (count != "0")
            new += old[at:start]
            at = start
        elif line[0] in " -":
            assert old[at] == line[1:]
            new += [line[1:]] if line[0] == " " else []
            at += 1
        elif line[0] == "+":
            new.append(line[1:])
    return "\n".join([*new, *old[at:]])


def comments(text: str) -> list[str]:
    """The comments of HTML and of YAML, as far as a line shows them."""
    return [line.partition("<!--")[2] for line in text.splitlines() if "<!--" in line]


def letters(text: str) -> str:
    """A text without what mends write otherwise: in small letters, without zeros, signs and what opens a block."""
    plain = plain_form(text).lower()
    return re.sub(r"\W|_|0|(?<=```)[^\n`]*|(?<=~~~)[^\n]*", "", plain)


def told(files: dict[str, bytes]) -> Counter[tuple[str, str]]:
    """How often each rule finds something in each file."""
    return Counter((item.path, item.code) for item in findings(files))


def identities(files: dict[str, bytes]) -> set[str]:
    """The artifacts that some files declare."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "docs_src").mkdir()
        for name, data in files.items():
            (folder / "docs_src" / name).write_bytes(data)
        return set(load(open_project(cwd=place), Options(prose=False, day="2026-03-01")).programme.artifacts)
