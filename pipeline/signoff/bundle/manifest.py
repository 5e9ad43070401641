"""What a bundle says of itself: what it was made for, and by what."""

from hashlib import sha256
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from pipeline.model.past import Moment
from pipeline.model.situation import Situation
from pipeline.model.woven import Approval, Revision
from pipeline.settings import Settings
from pipeline.signoff.bundle.archive import BadBundle, pack, unpack

_T = TypeVar("_T")

FORM = "paraph.bundle/1"
MANIFEST, SETTINGS, HISTORY, README = "bundle.json", "settings.json", "history.json", "README.txt"
# How things stood before, where a view of the deliverable looks back.
PAST = "past.json"
# Where artifacts stood when it was made, where a view of the deliverable tells it.
APPROVALS = "approvals.json"
SOURCES, SCHEMAS = "docs/", "schemas/"


class Layer(Struct, frozen=True, forbid_unknown_fields=True):
    """A folder of templates: its name, and the digest of all that it holds."""

    name: str
    digest: str


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle was made for and by what; its files are named with the SHA-256 of each.

    `day` is the day of the document, `revision` the commit of its sources. `signatures` are the roles that sign on the
    document, `approvals` what stands in its table. `templates` are in the order in which they are looked into.
    """

    form: str
    id: str
    version: str
    audience: str
    day: str
    revision: str
    signatures: tuple[str, ...]
    approvals: tuple[Approval, ...]
    files: dict[str, str]
    templates: tuple[Layer, ...]
    fonts: dict[str, str]
    tools: dict[str, str]


class Bundle(NamedTuple):
    """A bundle that was read: what it says of itself, its settings, its history, its files by path, its past, and where
    artifacts stood when it was made."""

    manifest: Manifest
    settings: Settings
    history: tuple[Revision, ...]
    files: dict[str, bytes]
    past: tuple[Moment, ...]
    situations: dict[str, Situation]

    def below(self, folder: str) -> dict[str, bytes]:
        """The files of a folder, by their paths from there."""
        return {path[len(folder) :]: data for path, data in self.files.items() if path.startswith(folder)}


def write(manifest: Manifest, files: dict[str, bytes]) -> bytes:
    """The archive of a bundle; the digests of its files are put into its manifest."""
    digests = {path: sha256(data).hexdigest() for path, data in sorted(files.items())}
    stated = msgspec.structs.replace(manifest, files=digests)
    return pack({**files, MANIFEST: encode(stated)})


def read(data: bytes) -> Bundle:
    """The bundle of an archive. Raises BadBundle."""
    files = unpack(data)
    manifest = _decode(files.pop(MANIFEST, None), MANIFEST, Manifest)
    if manifest.form != FORM:
        raise BadBundle(
            f"the bundle has the form {manifest.form!r}, which this version of Paraph does not read"
        )
    if {path: sha256(content).hexdigest() for path, content in files.items()} != manifest.files:
        raise BadBundle("the bundle does not hold the files that it says it holds")
    settings = _decode(files.get(SETTINGS), SETTINGS, Settings)
    history = _decode(files.get(HISTORY), HISTORY, tuple[Revision, ...])
    past = _decode(files[PAST], PAST, tuple[Moment, ...]) if PAST in files else ()
    told = _decode(files[APPROVALS], APPROVALS, dict[str, Situation]) if APPROVALS in files else {}
    return Bundle(manifest, settings, history, files, past, told)


def encode(value: object) -> bytes:
    """A value as JSON that a person can read, the same whenever it is the same."""
    return msgspec.json.format(msgspec.json.encode(value, order="sorted", enc_hook=str), indent=2) + b"\n"


def _decode(data: bytes | None, name: str, kind: type[_T]) -> _T:
    if data is None:
        raise BadBundle(f"the bundle has no {name}")
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadBundle(f"{name} in the bundle cannot be read: {error}") from error
