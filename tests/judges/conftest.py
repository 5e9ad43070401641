"""What tests put before the judges: the deliverables of the reference programme, and one that holds every construct."""

from pathlib import Path

import pytest

from pipeline.render.pdf import render_pdf
from tests.e2e.conftest import common, once
from tests.e2e.reference import reference
from tests.unit.render.samples import TEMPLATES, all_constructs, facts_of, woven_of

ROLES = ("Programme director", "Information officer")


@pytest.fixture(scope="session")
def deliverables(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The PDFs of the reference programme."""
    folder = once(common(tmp_path_factory), reference)
    files = sorted((folder / "dist/pdf").glob("*.pdf"))
    assert len(files) == len(list((folder / "docs_src/deliverables").glob("DLV-*.md")))
    return files


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF with every construct, to be signed in two roles."""
    out = tmp_path_factory.mktemp("sample") / "sample.pdf"
    facts = facts_of(signatures=ROLES)
    return render_pdf(woven_of(all_constructs()), facts, out, template_folders=TEMPLATES)
