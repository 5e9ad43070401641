"""Registers in canonical form: the same state gives the same bytes, and the bytes give the state back."""

import hashlib
import json

import pytest
from msgspec import structs

from pipeline.figures.pack import figures
from pipeline.figures.registers import digest_of, extract, fits, frozen, restore
from tests import packs


@pytest.fixture(scope="module")
def registers():
    return extract(packs.programme(), "RPT-001", packs.DAY)


def test_keys_are_sorted_and_amounts_are_texts(registers):
    told = json.loads(registers)
    assert list(told) == ["artifacts", "as_of", "form", "report", "thresholds"]
    budget = next(row for row in told["artifacts"] if row["id"] == "BUD-001")
    assert list(budget) == ["fields", "id", "kind", "links", "path"]
    assert budget["fields"]["bac"] == "1000.00"
    assert list(budget["fields"]) == sorted(budget["fields"])
    ids = [row["id"] for row in told["artifacts"]]
    assert "RPT-001" not in ids
    assert ids.index("BL-002") < ids.index("BUD-001")
    assert (told["as_of"], told["form"]) == (packs.DAY, "paraph.registers/1")


def test_each_artifact_has_a_line(registers):
    lines = registers.decode().splitlines()
    assert sum(line.startswith('{"fields"') for line in lines) == len(json.loads(registers)["artifacts"])


def test_the_order_of_documents_and_of_keys_does_not_matter(registers):
    text = packs.BUDGET.replace('pv: "500.00"\nev: "460.00"', 'ev: "460.00"\npv: "500.00"')
    other, _ = packs.programme_of(dict(reversed({**packs.TEXTS, "budget.md": text}.items())))
    assert extract(structs.replace(other, day=packs.DAY), "RPT-001", packs.DAY) == registers


def test_the_digest_is_the_one_that_any_tool_makes(registers):
    assert digest_of(registers) == "sha256:" + hashlib.sha256(registers).hexdigest()


def test_what_was_extracted_gives_the_same_figures_and_the_same_bytes(registers):
    programme = packs.programme()
    then = restore(registers, packs.programme(day="2026-12-31"))
    assert then is not None
    assert then.day == packs.DAY
    assert figures(then) == figures(programme)
    rows = json.loads(extract(then, "RPT-001", packs.DAY))["artifacts"]
    assert [(row["id"], row["fields"]) for row in rows] == [
        (row["id"], row["fields"]) for row in json.loads(registers)["artifacts"]
    ]


def test_the_stricter_classification_is_kept():
    page = packs.CONTROL.replace("# Control\n", "---\nclassification: limited\n---\n\n# Control\n", 1)
    rows = json.loads(extract(packs.programme({"control.md": page}), "RPT-001", packs.DAY))["artifacts"]
    levels = {row["id"]: row["fields"]["classification"] for row in rows}
    assert (levels["RSK-001"], levels["MS-001"]) == ("limited", "internal")


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"artifacts": [], "as_of": "2026-02-30", "form": "paraph.registers/1", "thresholds": {}}',
        b'{"artifacts": [], "as_of": "2026-02-28", "form": "other/1", "thresholds": {}}',
        b'{"artifacts": [{}], "as_of": "2026-02-28", "form": "paraph.registers/1", "thresholds": {}}',
        b'{"artifacts": [], "as_of": 5, "form": "paraph.registers/1", "thresholds": {"high_risk": 99}}',
        b'{"artifacts": [{"id": "A-1", "kind": "risk", "path": "x", "links": [], "fields": []}], '
        b'"as_of": "2026-02-28", "form": "paraph.registers/1", "thresholds": {}}',
        b'{"artifacts": [], "as_of": "2026-02-28", "form": "paraph.registers/1", "thresholds": 5}',
        "\ud800".encode("utf-8", "surrogatepass"),
    ],
)
def test_what_is_no_extract_gives_none(broken):
    assert restore(broken, packs.programme()) is None


def test_a_report_is_frozen_only_with_the_registers_that_it_names(registers):
    text = packs.REPORT.replace("asks:", f'snapshot_digest: "{digest_of(registers)}"\nasks:')
    programme = packs.programme({"RPT-001-february.md": text})
    report = programme.artifacts["RPT-001"]
    assert not fits(report, programme)
    whole = structs.replace(programme, registers={"RPT-001": registers})
    assert fits(report, whole)
    assert frozen(report, whole) is not None
    other = structs.replace(programme, registers={"RPT-001": registers + b" "})
    assert frozen(report, other) is None
