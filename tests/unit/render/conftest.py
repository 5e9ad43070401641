"""PDFs for the tests: one with every construct, made once, and small ones on demand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.model.woven import Facts
from pipeline.render.pdf import render_pdf
from tests.unit.render.samples import GOLDEN, TEMPLATES, all_constructs, facts_of, woven_of


@pytest.fixture
def facts() -> Facts:
    return facts_of()


@pytest.fixture
def render(tmp_path: Path) -> Callable[..., pikepdf.Pdf]:
    """Render Markdown and open the PDF."""

    def rendered(
        markdown: str, *, lang: str = "en", root: Path | str = GOLDEN, **changes: Any
    ) -> pikepdf.Pdf:
        out = tmp_path / "out.pdf"
        render_pdf(woven_of(markdown, root, lang), facts_of(**changes), out, template_folders=TEMPLATES)
        return pikepdf.open(out)

    return rendered


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the deliverable that holds every construct."""
    out = tmp_path_factory.mktemp("render") / "everything.pdf"
    return render_pdf(woven_of(all_constructs()), facts_of(), out, template_folders=TEMPLATES)
