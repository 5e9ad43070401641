"""What a release says of itself: its manifest, signed beside it, and where the files of a release lie.

`schemas/reports/release.schema.json` describes the manifest as JSON. A digest is written as 64 hexadecimal digits.
"""

import msgspec
from msgspec import Struct

FORM = "paraph.release/1"
# The folder of a published version that holds what is not of the site, and, in the tag, that of all records.
PUBLISHED, RECORDS = "released", "releases"
MANIFEST, SIGNATURE, BILL = "manifest.json", "manifest.json.sig", "sbom.cdx.json"
# The manifest as the readers of a release get it, where they may not see all that it is about.
SHOWN = "shown.json"


class Output(Struct, frozen=True):
    """A published file: its path from the folder of the version, the SHA-256 and the number of its bytes."""

    path: str
    sha256: str
    size: int


class Listed(Struct, frozen=True):
    """An artifact that the release holds."""

    id: str
    kind: str
    title: str
    version: str
    status: str


class Counted(Struct, frozen=True):
    """How often a rule found something of one severity at the gate, and how many of these were known before."""

    code: str
    severity: str
    number: int
    known: int = 0


class Waived(Struct, frozen=True):
    """A rule that is waived at an artifact: how many findings, and why, by whom and until when."""

    code: str
    artifact: str
    number: int
    words: str


class Tool(Struct, frozen=True):
    """What wrote the manifest."""

    name: str
    version: str


class Manifest(Struct, frozen=True, rename={"form": "$schema"}):
    """A release: of which commit and for whom, all that was published, and the state of the programme on that day.

    `commit` is the whole ID of the commit. `ledgers` has the heads of each ledger by the ID that it belongs to.
    """

    version: str
    title: str
    commit: str
    day: str
    audience: str
    engine: str
    tool: Tool
    tools: dict[str, str]
    outputs: tuple[Output, ...]
    findings: tuple[Counted, ...]
    waivers: tuple[Waived, ...]
    ledgers: dict[str, tuple[str, ...]]
    artifacts: tuple[Listed, ...]
    form: str = FORM


def write_manifest(manifest: Manifest) -> bytes:
    """The bytes that are signed: JSON with sorted keys, two spaces a level, and a line end."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=2) + b"\n"


def read_manifest(data: bytes) -> Manifest:
    """The manifest that some bytes hold. Raises ValueError where they hold none, or one of another form."""
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if manifest.form != FORM:
        raise ValueError(f"its form is {manifest.form!r}, and not {FORM}")
    return manifest
