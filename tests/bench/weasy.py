"""WeasyPrint alone: `python -m tests.bench.weasy PAGE.html ROOT OUT.pdf FOLDER...`, in the variant of our PDFs.

It finds fonts and style sheets as we do, since the page names them; nothing else of ours takes part.
"""

import sys
import warnings
from pathlib import Path

from weasyprint import HTML

from pipeline.render.pdf.fetch import fetcher

VARIANT = "pdf/a-3a"


def main(page: str, root: str, out: str, *folders: str) -> None:
    """Make a PDF of a page."""
    warnings.simplefilter("ignore", ResourceWarning)
    html = Path(page).read_text(encoding="utf-8")
    HTML(string=html, base_url=Path(root).as_uri() + "/", url_fetcher=fetcher(root, folders)).write_pdf(
        out, pdf_variant=VARIANT
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
