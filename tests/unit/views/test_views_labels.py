"""What fields, links and values are called: the words of the schema in the language, else the English ones there."""

from typing import Any

import pytest
from msgspec import structs

from pipeline.model import Kind, LinkRule, Programme
from pipeline.views import Badge, Ref, Table, Words, show
from pipeline.views.cells import cell, plain
from pipeline.views.labels import colon, column_label, inverse_of, label_of, value_of
from pipeline.views.lanes import in_lanes
from tests.support import programme_of

TEXT = """\
## REQ-001 Send letters

```yaml {.artifact}
status: approved
level: shelf
kept: {amount: 5, until: never, box_number: 3}
open: true
satisfies: [BN-001]
```

The system shall send letters.

## BN-001 Letters

```yaml {.artifact}
status: approved
```
"""
PLAIN, _ = programme_of({"a.md": TEXT})
FIELDS: dict[str, dict[str, Any]] = {
    "level": {
        "title": "Level",
        "x-labels": {"fr": "Rayon", "nl": "Schap"},
        "enum": ["shelf", "floor"],
        "x-values": {"shelf": {"fr": "étagère"}},
    },
    "kept": {
        "title": "Kept",
        "properties": {
            "amount": {"title": "Amount", "x-labels": {"fr": "Montant"}},
            "until": {"title": "Until", "enum": ["never"], "x-values": {"never": {"fr": "jamais"}}},
        },
    },
}


def with_fields(programme: Programme, badges: tuple[str, ...] = ()) -> Programme:
    """The programme, its requirements with the fields above and with words for the link to a need."""
    kind = programme.kinds["requirement"]
    rule = structs.replace(
        kind.links["satisfies"], inverse="met by", inverse_labels={"fr": "comblé par", "nl": "vervuld door"}
    )
    own = structs.replace(
        kind,
        schema={**kind.schema, "properties": {**kind.schema["properties"], **FIELDS}},
        links={**kind.links, "satisfies": rule},
        badges=badges,
    )
    return structs.replace(programme, kinds={**programme.kinds, "requirement": own})


PROGRAMME = with_fields(PLAIN)
KIND = PROGRAMME.kinds["requirement"]


@pytest.mark.parametrize(
    ("kind", "field", "lang", "words"),
    [
        (KIND, "level", "fr", "Rayon"),
        (KIND, "level", "nl", "Schap"),
        # There are no words in German, nor in any language but that of the title for the next.
        (KIND, "level", "de", "Level"),
        (KIND, "kept", "fr", "Kept"),
        (KIND, "not_there", "fr", "Not there"),
        (None, "level", "fr", "Level"),
    ],
)
def test_a_field_is_called_as_its_schema_says(kind: Kind | None, field: str, lang: str, words: str):
    assert label_of(kind, field, lang) == words


def test_a_link_is_called_from_its_target_as_its_schema_says():
    rule = LinkRule("a", ("*",), "met by", inverse_labels={"fr": "comblé par"})
    assert [inverse_of(rule, lang) for lang in ("en", "fr", "nl")] == ["met by", "comblé par", "met by"]


def test_a_value_is_called_as_its_schema_says_in_a_list_too():
    level = FIELDS["level"]
    assert value_of(level, "shelf", "fr") == "étagère"
    assert value_of({"items": level}, "shelf", "fr") == "étagère"
    assert [
        value_of(level, value, lang) for value, lang in (("shelf", "nl"), ("floor", "fr"), (3, "fr"))
    ] == [""] * 3


def test_a_measure_is_called_as_the_figures_are():
    figure = PLAIN.kinds["kpi"].schema["properties"]["figure"]
    assert value_of(figure, "requirements-passed", "fr") == "Exigences dont tous les tests sont réussis"


@pytest.mark.parametrize(
    ("column", "lang", "words"),
    [
        ("level", "fr", "Rayon"),
        ("title", "nl", "Titel"),
        ("met by", "fr", "Comblé par"),
        ("met_by", "nl", "Vervuld door"),
        ("met by", "de", "Met by"),
        ("lost_by", "fr", "Lost by"),
    ],
)
def test_a_column_is_called_as_a_field_or_as_a_link_from_its_target(column: str, lang: str, words: str):
    assert column_label(PROGRAMME, {"requirement"}, column, lang) == words


def test_a_table_is_in_its_language_and_its_columns_keep_their_names():
    fields = {"view": "table", "kind": "requirement", "columns": ["id", "level", "open", "kept"]}
    shown = show(PROGRAMME, fields, "fr")
    assert isinstance(shown, Table)
    assert shown.headers == ((Words("ID"),), (Words("Rayon"),), (Words("Open"),), (Words("Kept"),))
    assert shown.rows == (
        (
            (Ref("REQ-001"),),
            (Words("étagère"),),
            (Words("oui"),),
            (Words("Montant\u00a0: 5\u00a0; Until\u00a0: jamais\u00a0; Box number\u00a0: 3"),),
        ),
    )
    back = show(PROGRAMME, {"view": "table", "ids": ["BN-001"], "columns": ["id", "met_by"]}, "nl")
    assert isinstance(back, Table)
    assert back.headers[1] == (Words("Vervuld door"),)
    assert back.rows == (((Ref("BN-001"),), (Ref("REQ-001"),)),)


def test_a_badge_keeps_its_value_and_says_it_in_the_language():
    programme = with_fields(PLAIN, ("level",))
    artifact = programme.artifacts["REQ-001"]
    assert cell(programme, artifact, "level", "fr") == (Badge("level", "shelf", "étagère"),)
    assert cell(programme, artifact, "level", "en") == (Badge("level", "shelf"),)


def test_lanes_are_called_by_the_words_of_their_values():
    assert [lane.title for lane in in_lanes(PROGRAMME, ["REQ-001"], "level", "fr")] == ["étagère"]
    assert [lane.title for lane in in_lanes(PROGRAMME, ["REQ-001"], "status", "fr")] == ["approuvé"]


def test_values_without_a_schema_are_words_too():
    assert [plain(True, lang) for lang in ("en", "fr", "nl", "de")] == ["yes", "oui", "ja", "ja"]
    assert plain([False, {"due_on": None, "with": ["a", "b"]}], "nl") == "nee, Due on: ; With: a, b"


def test_only_french_has_a_gap_before_a_colon():
    assert [colon(lang) for lang in ("en", "fr", "nl", "de")] == [":", "\u00a0:", ":", ":"]
