"""Nothing that outloud finds in a deliverable is left, but for what is named here with the reason."""

import re
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from tests.judges.order import disordered
from tests.judges.outloud import Finding, findings
from tests.unit.render.samples import kids, structures

pytestmark = pytest.mark.slow


class Excepted(NamedTuple):
    """A finding that is let pass: its rule, what its message or its evidence matches, and why."""

    rule: str
    pattern: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is meant."""
        said = f"{finding.message}\n{finding.evidence}"
        return finding.rule == self.rule and bool(re.search(self.pattern, said, re.MULTILINE))


EXCEPTED = [
    Excepted(
        "TBL-010",
        r"look shredded: (5 header cells against [34]|4 header cells against 2) data cells$",
        "A table of one row, or of two, has more heads than values, and each heads a column or its row.",
    ),
    Excepted(
        "TAG-002",
        r"^DLV-\d+ · version \d+\.\d+ · \S.* \d+ \S",
        "The running line over a page repeats the deliverable's name and the chapter: furniture, not content.",
    ),
    Excepted(
        "ORD-001",
        "paint tagged content out of tag-tree order",
        "It takes the text around a link or a phrase in another language to be read before that phrase, whatever the"
        " tags say. `test_pages_are_painted_in_the_order_in_which_they_are_read` looks at them exactly.",
    ),
]


def excepted(finding: Finding) -> bool:
    """Whether a finding is let pass."""
    return any(each.covers(finding) for each in EXCEPTED)


@pytest.fixture(scope="module")
def found(deliverables: list[Path], sample: Path) -> list[tuple[str, Finding]]:
    """Every finding, with the name of its file."""
    return [(name, each) for name, said in findings([*deliverables, sample]).items() for each in said]


def test_a_deliverable_says_nothing_badly(found: list[tuple[str, Finding]]):
    assert [(name, each) for name, each in found if not excepted(each)] == []


@pytest.mark.parametrize("exception", EXCEPTED, ids=[each.rule for each in EXCEPTED])
def test_what_is_let_pass_is_still_found(exception: Excepted, found: list[tuple[str, Finding]]):
    assert [each for _, each in found if exception.covers(each)]


def test_what_a_reader_could_not_say_is_found(sample: Path, tmp_path: Path):
    with pikepdf.open(sample) as pdf:
        figure = next(each for each in structures(pdf) if each.S == "/Figure")
        figure.Alt = pikepdf.String("image")
        pdf.save(tmp_path / "worse.pdf")
    rules = [each.rule for each in findings([tmp_path / "worse.pdf"])["worse.pdf"]]
    assert "FIG-010" in rules


def test_pages_are_painted_in_the_order_in_which_they_are_read(deliverables: list[Path], sample: Path):
    files = [*deliverables, sample]
    assert {file.name: disordered(file) for file in files} == {file.name: [] for file in files}


def test_a_page_that_is_read_in_another_order_than_painted_is_told(sample: Path, tmp_path: Path):
    with pikepdf.open(sample) as pdf:
        paragraph = next(each for each in structures(pdf) if each.S == "/P" and len(kids(each)) > 3)
        paragraph.K = pikepdf.Array(reversed(kids(paragraph)))
        pdf.save(tmp_path / "other.pdf")
    assert len(disordered(tmp_path / "other.pdf")) == 1
