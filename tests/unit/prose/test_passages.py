"""Passages stand in the language and the place of what they were read from, also inside a div."""

from pipeline.prose.passages import find_passages
from pipeline.sources.text import decode
from tests.support import programme_of

HEAD = """## REQ-001 Print

```yaml {.artifact}
kind: requirement
lang: en
```

"""


def statement(body: str) -> tuple[str, str, tuple[tuple[int, int], ...]]:
    """The words, the language and the place of the statement of a requirement with this body."""
    text = HEAD + body
    programme, _ = programme_of({"x.md": text})
    artifact = programme.artifacts["REQ-001"]
    found = find_passages(artifact, programme.kinds["requirement"], decode("x.md", text.encode()))
    (passage,) = [item for item in found if item.field == "statement"]
    return passage.text, passage.lang, passage.origins


def test_a_statement_has_the_language_of_the_artifact():
    assert statement("The system shall print.\n") == ("The system shall print.", "en", ((8, 1),))


def test_a_statement_in_a_div_has_the_language_of_the_div():
    body = "::: {lang=nl}\n\nHet systeem moet\n  afdrukken.\n\n:::\n"
    assert statement(body) == ("Het systeem moet\nafdrukken.", "nl", ((10, 1), (11, 3)))


def test_the_innermost_div_counts():
    body = "::: {lang=nl}\n\n::: {lang=fr}\n\nLe système doit imprimer.\n\n:::\n\n:::\n"
    assert statement(body) == ("Le système doit imprimer.", "fr", ((12, 1),))


def test_a_div_supplies_the_statement_and_its_place_and_another_div_does_not():
    assert fields_of("::: {lang=nl}\n\nHet systeem moet afdrukken.\n\n:::\n")["statement"] == (
        "Het systeem moet afdrukken."
    )
    assert "statement" not in fields_of("::: {.note}\n\nThe system shall print.\n\n:::\n")


def fields_of(body: str) -> dict[str, object]:
    programme, _ = programme_of({"x.md": HEAD + body})
    return programme.artifacts["REQ-001"].fields
