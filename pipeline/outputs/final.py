"""What of a deliverable leaves the house: the signed PDF of its version, else the issued one, else a draft."""

import os
from typing import NamedTuple

from pipeline.model import Artifact
from pipeline.outputs.issuing import pdf_of
from pipeline.settings import Project
from pipeline.signoff.dossier.pdfs import may_see

SIGNED, ISSUED, DRAFT = "signed", "issued", "draft"


class Final(NamedTuple):
    """A deliverable, how far it is, and where its PDF is ('' for a draft, which is made)."""

    id: str
    state: str
    path: str = ""


def final(project: Project, artifact: Artifact, audience: str) -> Final:
    """What readers of an audience get of a deliverable: a PDF that was issued for others is none for them."""
    issued = pdf_of(project, artifact)
    for state, path in ((SIGNED, f"{issued.removesuffix('.pdf')}.signed.pdf"), (ISSUED, issued)):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                if may_see(file.read(), audience):
                    return Final(artifact.id, state, path)
    return Final(artifact.id, DRAFT)
