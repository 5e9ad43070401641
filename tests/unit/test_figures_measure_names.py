"""The names of the measures: in each language, in schemas and in the handbook; and that none fails on any value."""

import pytest

from pipeline.figures.measures import FROM_HEADERS, MEASURES, measure_named
from tests.support import ROOT, shipped_kinds
from tests.unit.measured import written


@pytest.mark.parametrize("value", ["17", "[]", "{}", "[1]", "text", "", "[{}]", "[[]]", "true"])
def test_no_value_of_a_field_makes_a_measure_fail(value):
    """What is wrong with a value is told by SCHEMA; the measures pass over it."""
    artifacts = []
    for kind in shipped_kinds().kinds.values():
        fields = [
            f"{name}: {value}" for name in kind.schema["properties"] if name not in ("id", "kind", "status")
        ]
        state = next(name for name, state in kind.states.items() if state.phase != "ended")
        artifacts.append((f"{kind.prefix}-001", "\n".join([f"status: {state}", *fields])))
    programme = written(*artifacts)
    for measure in MEASURES.values():
        measure.of(programme)


def test_every_measure_has_a_name_in_each_language_and_no_two_the_same():
    for lang in ("en", "fr", "nl", "de"):
        names = [measure.labels[lang] for measure in MEASURES.values()]
        assert len(set(names)) == len(names)
        assert all(names)


@pytest.mark.parametrize("words", ["spi", "SPI", "Schedule performance (SPI)", "  planningsindex  (spi)"])
def test_a_measure_is_found_by_its_name_in_any_language(words):
    found = measure_named(words)
    assert found is not None
    assert found.name == "spi"


def test_no_measure_has_an_unknown_name():
    assert measure_named("speed") is None


def test_a_kpi_may_name_every_measure_and_nothing_else():
    assert shipped_kinds().kinds["kpi"].schema["properties"]["figure"]["enum"] == list(FROM_HEADERS)


def test_a_view_block_may_name_every_measure_and_the_handbook_lists_them():
    view = shipped_kinds().view
    assert view is not None
    assert view["properties"]["figures"]["items"]["enum"] == list(FROM_HEADERS)
    with open(f"{ROOT}/docs_src/handbook/views.md", encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert [line for line in lines if line.startswith("| `") and line.split("`")[1] in MEASURES] == [
        f"| `{name}` | {MEASURES[name].labels['en']} |" for name in FROM_HEADERS
    ]
