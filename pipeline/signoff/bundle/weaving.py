"""A bundle back to a text and its facts: what is rendered comes from here and from nowhere else."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from msgspec import structs

from pipeline.kinds import build_catalogue
from pipeline.model import Programme, Source
from pipeline.model.woven import Facts, Woven
from pipeline.programme import build_programme
from pipeline.schemas import SchemaFile
from pipeline.signoff.bundle.archive import BadBundle
from pipeline.signoff.bundle.document import WITHHELD
from pipeline.signoff.bundle.manifest import SCHEMAS, SOURCES, Bundle
from pipeline.sources.reader import read
from pipeline.sources.vocabulary import Vocabulary
from pipeline.weave.audience import AUDIENCES, MARK, OURS
from pipeline.weave.deliverable import weave_deliverable
from pipeline.weave.facts import Circumstances, facts_for

# The status of what is laid before those who sign; it is none of a lifecycle.
ISSUED = "issued-for-signature"


class Rewoven(NamedTuple):
    """What a bundle comes to: its programme, the text of the deliverable, and what its cover states."""

    programme: Programme
    woven: Woven
    facts: Facts


def weave_bundle(bundle: Bundle, root: str) -> Rewoven:
    """Weave the deliverable of a bundle whose sources lie in the folder `root`. Raises BadBundle where it cannot be."""
    programme, sources = _programme(bundle)
    stated = bundle.manifest
    artifact = programme.artifacts.get(stated.id)
    if artifact is None or stated.audience not in AUDIENCES or artifact.version != stated.version:
        raise BadBundle(
            f"the bundle does not hold version {stated.version} of {stated.id}, for which it was made"
        )
    around = Circumstances(
        day=stated.day,
        organisation=bundle.settings.organisation,
        programme=bundle.settings.title,
        revision=stated.revision,
        history=bundle.history,
    )
    try:
        woven = weave_deliverable(
            programme, sources.__getitem__, stated.id, stated.audience, root=root, marked=True
        )
        facts = facts_for(programme, stated.id, stated.audience, around)
    except KeyError as error:
        raise BadBundle(f"the bundle holds what {stated.audience} readers may not see") from error
    issued = structs.replace(
        facts, status=ISSUED, settled=True, approvals=stated.approvals, signatures=stated.signatures
    )
    return Rewoven(programme, woven, issued)


def read_documents(files: Mapping[str, bytes], words: Vocabulary) -> dict[str, Source]:
    """The documents among the files of a bundle, read as any others are."""
    return {
        path: read(
            path,
            # Of the signs that only weaving puts into a text, what is withheld is the one that a bundle may have.
            OURS.sub("\ufffd", data.decode("utf-8", "replace")).replace(WITHHELD, MARK).encode(),
            words,
            next((item for item in words.adoptions if fnmatchcase(path, item.pattern)), None),
        )
        for path, data in files.items()
        if path.endswith(".md")
    }


def _programme(bundle: Bundle) -> tuple[Programme, dict[str, Source]]:
    schemas = {name: SchemaFile(SCHEMAS + name, data) for name, data in bundle.below(SCHEMAS).items()}
    catalogue = build_catalogue(schemas)
    for fault in catalogue.faults:
        raise BadBundle(f"{fault.path} in the bundle cannot be used: {fault.message}")
    settings = bundle.settings
    words = Vocabulary(
        catalogue.kinds, catalogue.prefixes, settings.adopt, settings.limits.file, settings.limits.header
    )
    files = bundle.below(SOURCES)
    sources = read_documents(files, words)
    programme = build_programme(
        (source.document for source in sources.values()),
        catalogue,
        files.keys() - sources.keys(),
        bundle.manifest.day,
        settings.thresholds,
    )
    return structs.replace(programme, past=bundle.past, situations=bundle.situations), sources
