"""A deliverable as a PDF: PDF/A-3a and PDF/UA-1 in one file, the same bytes from the same input."""

import gc
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, tostring

from pipeline.errors import CouldNotRun
from pipeline.model.woven import Attached, Facts, Woven
from pipeline.render.charts.draw import template_folders as chart_folders
from pipeline.render.charts.kept import Charts
from pipeline.render.pandoc import read_markdown
from pipeline.render.pdf.body import prepare
from pipeline.render.pdf.contents import list_cards, number_headings
from pipeline.render.pdf.page import Parts, compose, read_words, words_in
from pipeline.render.sanitise import safe_image
from pipeline.sources.images import refuse
from pipeline.weave.chart import SCHEME as CHART
from pipeline.whole import write_whole

# How deep the table of contents goes: chapters, their sections, and those below.
_CONTENTS_DEPTH = 3
# PDF/A-3 with text for every glyph; that it is tagged too is our own doing, see `structure`.
_VARIANT = "pdf/a-3u"
# After so many new values Python looks for cycles among them; its own 700 costs a layout a sixth of its time.
_NEW_VALUES = 50_000


def render_pdf(
    woven: Woven,
    facts: Facts,
    out_path: str | os.PathLike[str],
    *,
    template_folders: Sequence[str],
    attached: Attached | None = None,
    kept: str = "",
) -> Path:
    """Write the PDF of a deliverable, whole or not at all, and give its path.

    `template_folders` are searched in order for each file of the template set, `attached` is carried along, `kept`
    is the folder of the project where charts are kept. Raises CouldNotRun for a refused image, a chart that cannot be
    drawn, a character that no font has, or a faulty template, and what `pipeline.tools.run` raises for pandoc.
    """
    folders = tuple(template_folders)
    content = _layout(woven_html(woven, facts, folders), woven, facts, folders, (attached, kept))
    write_whole(os.fspath(out_path), content)
    return Path(out_path)


def woven_html(woven: Woven, facts: Facts, template_folders: tuple[str, ...]) -> str:
    """Give the HTML that is laid out. Raises as `render_pdf` does, but for fonts."""
    from pipeline.render.pdf.fonts import replace_look_alikes

    body = read_markdown(woven.markdown)
    _check_images(body, woven)
    words = words_in(read_words(template_folders), woven.lang)
    contents = number_headings(prepare(body, words), _CONTENTS_DEPTH)
    inner = "".join(tostring(child, encoding="unicode", method="html") for child in body)
    parts = Parts(inner, contents, list_cards(body))
    return replace_look_alikes(compose(parts, facts, woven.lang, template_folders))


def _check_images(body: Element, woven: Woven) -> None:
    """Refuse all images at once that may not be drawn, so that the author sees them all."""
    refused = []
    for image in body.iter("img"):
        address = image.get("src", "")
        if address.startswith(CHART):
            continue
        path = os.path.join(woven.root, unquote(address))
        why = refuse(path, (woven.root,)) if safe_image(address) else "is not a path below the sources"
        if why:
            refused.append(f"{address or 'an image without an address'} {why}")
    if refused:
        hint = "images are files of the project, named by a path from the root of its sources"
        raise CouldNotRun(f"{woven.id}: no PDF, since image " + "; image ".join(refused), hint)


def _layout(
    html: str, woven: Woven, facts: Facts, folders: tuple[str, ...], beside: tuple[Attached | None, str]
) -> bytes:
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    from pipeline.render.pdf.fetch import fetcher
    from pipeline.render.pdf.fonts import font_configuration
    from pipeline.render.pdf.metadata import identifier
    from pipeline.render.pdf.overheard import overhear
    from pipeline.render.pdf.paint import watch

    attached, kept = beside
    base = Path(os.path.realpath(woven.root)).as_uri() + "/"
    options = {"pdf_variant": _VARIANT, "pdf_identifier": identifier(facts)}
    fetch = fetcher(os.path.realpath(woven.root), folders, Charts(kept, chart_folders(*folders)))
    try:
        page = HTML(string=html, base_url=base, url_fetcher=fetch)
        with overhear() as errors, warnings.catch_warnings(), _seldom_collected():
            # WeasyPrint leaves the file of its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            document = page.render(font_configuration(), **options)
            finish = partial(_finish, watch(document), woven, facts, attached)
            finished: bytes = document.write_pdf(finisher=finish, **options)
    except FatalURLFetchingError as error:
        raise CouldNotRun(f"{woven.id}: no PDF, since {error}") from error
    if errors:
        raise CouldNotRun(f"{woven.id}: no PDF, since " + "; ".join(errors).replace(base, ""))
    return finished


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for cycles seldom while a document is laid out, and never among what was there before."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_NEW_VALUES, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _finish(
    painted: Any, woven: Woven, facts: Facts, attached: Attached | None, document: Any, pdf: Any
) -> None:
    from pipeline.render.pdf.attach import attach
    from pipeline.render.pdf.metadata import write_metadata
    from pipeline.render.pdf.structure import write_structure

    missing = sorted({chr(code) for font in document.fonts.values() for code in font.missing})
    if missing:
        listed = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in missing)
        hint = "write it otherwise, or name a font that has it in a fonts.css of your own"
        raise CouldNotRun(f"{woven.id}: no PDF, since no font of the template has {listed}", hint)
    write_structure(pdf, document, painted, woven.lang)
    if attached:
        attach(pdf, attached, facts.day)
    write_metadata(pdf, facts, woven.lang, sha256(attached.content).hexdigest() if attached else "")
