"""A bundle to its PDF: the one function by which deliverables are issued, and made again to be compared."""

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.model.woven import Attached
from pipeline.render.pdf import render_pdf
from pipeline.signoff.bundle.manifest import SOURCES, Bundle, read
from pipeline.signoff.bundle.weaving import weave_bundle

_DESCRIPTION = "What this document was made from, as its readers may see it"


def attached_name(identity: str, version: str) -> str:
    """What the archive is called in the PDF."""
    return f"{identity}-{version}.sources.zip"


def build(data: bytes, folder: str, folders: Sequence[str], out: str) -> Path:
    """Make the PDF of a bundle's archive, with the archive attached, from the archive and the templates alone.

    `folder` is an empty folder to work in, `folders` are those of the templates. Raises BadBundle, and what
    `render_pdf` raises.
    """
    bundle = read(data)
    root = os.path.join(folder, "docs")
    _lay_out(bundle, root)
    _, woven, facts = weave_bundle(bundle, root)
    attached = Attached(attached_name(woven.id, facts.version), data, _DESCRIPTION)
    return render_pdf(woven, facts, out, template_folders=folders, attached=attached)


def _lay_out(bundle: Bundle, root: str) -> None:
    """Write the images of a bundle where the text looks for them; its other files are read from memory."""
    os.makedirs(root, exist_ok=True)
    for path, content in bundle.below(SOURCES).items():
        if not path.endswith(".md"):
            place = os.path.join(root, *path.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(content)
