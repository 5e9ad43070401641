"""The harness itself: where a finding is expected, and what it says of a text that is not there."""

import pytest

from tests.mutations.cases import Edit, Expected, Misplaced, Mutation, place_of
from tests.mutations.percepta import edited

TEXT = """# Page

## REQ-101 First

```yaml {.artifact}
# priority of the workshop
priority: must
```

### Notes

A word.

## REQ-102 Second

A word.
"""


@pytest.mark.parametrize(
    ("at", "section", "place"),
    [
        ("", "", (1, 1)),
        ("## >>REQ-102", "", (14, 4)),
        ("priority: >>must", "REQ-101", (7, 11)),
        ("A >>word.", "REQ-101", (12, 3)),
        ("A >>word.", "REQ-102", (16, 3)),
    ],
)
def test_a_finding_is_expected_where_its_text_stands(at, section, place):
    assert place_of(TEXT, Expected("X", at, "page.md", section)) == place


@pytest.mark.parametrize(
    ("at", "section", "words"),
    [
        ("A word.", "", "'A word.' stands 2 times in page.md; it must stand there once"),
        (
            "No word.",
            "REQ-101",
            "'No word.' stands no times in page.md, section REQ-101; it must stand there once",
        ),
        ("A word.", "REQ-103", "page.md has no section REQ-103"),
        ("A word.", "REQ-10", "page.md has no section REQ-10"),
    ],
)
def test_a_text_that_does_not_stand_there_once_is_told(at, section, words):
    with pytest.raises(Misplaced, match=f"^{words}$"):
        place_of(TEXT, Expected("X", at, "page.md", section))


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (Edit("page.md", "priority: must", "priority: most"), b"priority: most\n"),
        (Edit("page.md", "priority", "x", until=" must"), b"x must\n"),
        (Edit("page.md", "priority: must", "é", encoding="latin-1"), b"\xe9\n"),
        (Edit("page.md", "must", "ha", times=3), b"priority: hahaha\n"),
    ],
)
def test_an_edit_changes_its_text_alone(edit, line):
    text = TEXT.replace("# priority of the workshop\n", "")
    assert edited(text.encode(), edit) == text.encode().replace(b"priority: must\n", line)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit("page.md", "A word.", "A sentence."), "stands 2 times"),
        (Edit("page.md", "must", "must"), "changes nothing"),
        (Edit("page.md", "must", "x", "REQ-101", until="Second"), "'Second' does not follow 'must'"),
    ],
)
def test_an_edit_that_cannot_be_made_is_told(edit, words):
    with pytest.raises(Misplaced, match=words):
        edited(TEXT.encode(), edit)


def test_a_finding_stands_in_the_file_and_the_section_that_is_edited_unless_it_says_otherwise():
    other = Expected("ID-UNIQ", "b", "other.md")
    mutation = Mutation("x", ["REF-DEAD @ a", other], file="page.md", section="REQ-101", find="must")
    assert mutation.expected == [Expected("REF-DEAD", "a", "page.md", "REQ-101"), other]
