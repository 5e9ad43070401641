"""The cover of a dossier in three languages: what is in it, and how to check it with the tools of any system."""

import os
import shlex
from functools import partial
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline import shipped
from pipeline.model import Artifact
from pipeline.signoff.dossier.approvals import Approvals
from pipeline.signoff.dossier.asked import Asked
from pipeline.signoff.dossier.choice import Chosen, Evidence
from pipeline.signoff.dossier.pdfs import Sealed
from pipeline.weave.audience import MARK
from pipeline.weave.words import withheld

# The name that the cover has in each language.
COVERS = {"fr": "LISEZMOI.txt", "nl": "LEESMIJ.txt", "en": "README.txt"}


class Version(NamedTuple):
    """A version so far: since when, by whom, with which words, of which commit, and the file with its text, if any."""

    version: str
    day: str
    author: str
    words: str
    commit: str
    file: str


class Cover(NamedTuple):
    """What covers state."""

    artifact: Artifact
    asked: Asked
    versions: tuple[Version, ...]
    approvals: Approvals
    chosen: Chosen
    evidence: tuple[Evidence, ...]
    pdfs: tuple[str, ...]
    sealed: tuple[Sealed, ...]
    withheld: tuple[str, ...]
    missing: tuple[str, ...]


def covers(cover: Cover) -> dict[str, bytes]:
    """The covers by the names of their files."""
    folder = os.path.join(shipped.folder("templates"), "dossier")
    environment = Environment(
        loader=FileSystemLoader(folder),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (plain text)
    )
    environment.filters["sh"] = shlex.quote
    told = {**cover._asdict(), "settings": cover.asked.project.settings}
    written = {}
    for lang, name in COVERS.items():
        environment.filters["line"] = partial(_line, lang)
        written[name] = environment.get_template(f"{lang}.txt").render(told).encode()
    return written


def _line(lang: str, text: object) -> str:
    """What people wrote, on one line: it must not look like a line of ours, least of all like a command."""
    return " ".join(str(text).replace(MARK, withheld(lang)).split())
