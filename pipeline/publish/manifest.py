"""The manifest of a release: what was published, and where the programme stood, for those who may see it."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

from msgspec import Struct, structs

from pipeline import __version__
from pipeline.model import Artifact, Finding, Programme, Report
from pipeline.model.release import Counted, Listed, Manifest, Output, Tool, Waived
from pipeline.weave.audience import MARK
from pipeline.weave.sight import Sight, reveals, see
from pipeline.weave.words import withheld


class Circumstances(Struct, frozen=True):
    """What a manifest states besides the programme: the release, and the versions of the programs that made it."""

    version: str
    title: str
    commit: str
    day: str
    audience: str
    engine: str
    tools: dict[str, str]


def manifest_for(
    programme: Programme,
    report: Report,
    ledgers: Mapping[str, tuple[str, ...]],
    outputs: Iterable[Output],
    around: Circumstances,
) -> Manifest:
    """The manifest of a release, of all that there is."""
    artifacts = sorted(programme.artifacts.values(), key=lambda item: item.id)
    return Manifest(
        **structs.asdict(around),
        tool=Tool("paraph", __version__),
        outputs=tuple(sorted(outputs, key=lambda item: item.path)),
        findings=_counted(report.findings),
        waivers=_waived(report.waived),
        ledgers={name: tuple(heads) for name, heads in sorted(ledgers.items()) if heads},
        artifacts=tuple(
            Listed(item.id, item.kind, item.title, item.version, item.status) for item in artifacts
        ),
    )


def shown(manifest: Manifest, programme: Programme, report: Report) -> Manifest:
    """A manifest as the audience of its release gets it: nothing in it tells of what is above them."""
    sight = see(programme, manifest.audience)
    seen = sight.programme.artifacts
    return structs.replace(
        manifest,
        findings=_counted(_seen(report.findings, sight)),
        waivers=_waived(_seen(report.waived, sight)),
        ledgers={name: heads for name, heads in manifest.ledgers.items() if name in seen},
        artifacts=tuple(_seen_as(item, seen[item.id]) for item in manifest.artifacts if item.id in seen),
    )


def outputs_of(folder: str) -> list[Output]:
    """All files below a folder, with their digests."""
    found = []
    for above, names, files in os.walk(folder):
        names.sort()
        for name in sorted(files):
            path = os.path.join(above, name)
            with open(path, "rb") as file:
                data = file.read()
            inside = os.path.relpath(path, folder).replace(os.sep, "/")
            found.append(Output(inside, sha256(data).hexdigest(), len(data)))
    return found


def _seen_as(item: Listed, artifact: Artifact) -> Listed:
    return structs.replace(item, title=artifact.title.replace(MARK, withheld(artifact.lang)))


def _seen(findings: Iterable[Finding], sight: Sight) -> list[Finding]:
    """The findings that tell of nothing hidden, neither by their place nor by their words."""
    documents = sight.programme.documents
    return [
        item
        for item in findings
        if item.path in documents and not reveals(sight, f"{item.artifact} {item.message} {item.waived}")
    ]


def _counted(findings: Iterable[Finding]) -> tuple[Counted, ...]:
    numbers, known = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for item in findings:
        numbers[item.code, item.severity] += 1
        known[item.code, item.severity] += item.known
    return tuple(Counted(*key, numbers[key], known[key]) for key in sorted(numbers))


def _waived(findings: Iterable[Finding]) -> tuple[Waived, ...]:
    numbers = Counter((item.code, item.artifact, item.waived) for item in findings)
    return tuple(
        Waived(code, artifact, number, words) for (code, artifact, words), number in sorted(numbers.items())
    )
