"""Bundles of small programmes, and what is in them."""

from pipeline.schemas import read_schemas
from pipeline.settings import Settings
from pipeline.signoff.bundle.archive import unpack
from pipeline.signoff.bundle.compose import Given, compose
from pipeline.signoff.bundle.manifest import read
from pipeline.signoff.bundle.means import Means
from pipeline.signoff.bundle.weaving import Rewoven, weave_bundle
from pipeline.weave.facts import Circumstances
from tests.support import ROOT, programme_of

NO_MEANS = Means((), {}, {})
AROUND = Circumstances(day="2026-11-20", organisation="Agency", programme="Trial", revision="abc")

# A deliverable with one view block, whose lines are put in.
ONE_VIEW = """---
id: DLV-1
status: draft
version: "0.1"
classification: internal
---

# DLV-1 Report

```yaml {{.view}}
{}
```
"""


def given(texts: dict[str, str], files: tuple[str, ...] = (), root: str = "", **more: object) -> Given:
    """What a bundle is made of, for documents given as path and text."""
    stated = {"means": NO_MEANS, "around": AROUND, "settings": Settings(title="Trial"), **more}
    programme, source = programme_of(texts, files, stated["settings"].adopt)
    schemas = read_schemas([f"{ROOT}/schemas"])
    return Given(programme, source, root, schemas=schemas, **stated)


def bundled(
    texts: dict[str, str], identity: str, audience: str = "internal", **more: object
) -> dict[str, str]:
    """The files of the bundle of a deliverable, as text."""
    data = compose(given(texts, **more), identity, audience)
    return {path: content.decode() for path, content in unpack(data).items()}


def rewoven(texts: dict[str, str], identity: str, audience: str = "internal", **more: object) -> Rewoven:
    """What the bundle of a deliverable is woven to."""
    return weave_bundle(read(compose(given(texts, **more), identity, audience)), "")
