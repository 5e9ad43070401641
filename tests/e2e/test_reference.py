"""What a build makes of the reference programme: PDFs that keep to the standards they name."""

from pathlib import Path

import pikepdf
import pytest

from pipeline.render.pdf import render_pdf
from tests.e2e.conftest import common, once
from tests.e2e.reference import build_reference, make_reference
from tests.e2e.verapdf import breaches
from tests.unit.render.samples import TEMPLATES, all_constructs, facts_of, woven_of

pytestmark = pytest.mark.slow


def reference(folder: Path) -> None:
    build_reference(make_reference(folder))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the reference programme, built."""
    return once(common(tmp_path_factory), reference)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_every_pdf_keeps_to_the_standards_that_it_names(profile: str, built: Path, tmp_path: Path):
    sample = render_pdf(
        woven_of(all_constructs()), facts_of(), tmp_path / "sample.pdf", template_folders=TEMPLATES
    )
    files = [*sorted((built / "dist/pdf").glob("*.pdf")), sample]
    assert len(files) >= len(list((built / "docs_src/deliverables").glob("DLV-*.md"))) + 1
    assert breaches(profile, files) == {file.name: [] for file in files}


@pytest.mark.parametrize(("profile", "key", "clause"), [("3a", "Metadata", "6.6"), ("ua1", "Lang", "7.2")])
def test_a_pdf_that_lacks_what_a_standard_asks_is_told_from_one_that_has_it(
    profile: str, key: str, clause: str, tmp_path: Path
):
    woven = woven_of("## One {#one}\n\nWords.\n")
    sample = render_pdf(woven, facts_of(), tmp_path / "sample.pdf", template_folders=TEMPLATES)
    with pikepdf.open(sample) as pdf:
        del pdf.Root[f"/{key}"]
        pdf.save(tmp_path / "less.pdf")
    found = breaches(profile, [tmp_path / "less.pdf"])["less.pdf"]
    assert [rule for rule in found if rule.startswith(clause)]
