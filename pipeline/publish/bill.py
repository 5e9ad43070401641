"""What a release was made with, as a bill of materials: CycloneDX 1.6 in JSON, each component with its package URL.

These are Paraph, the packages that it requires in turn and that are installed, Python, and the programs that it runs.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

import msgspec
from packaging.requirements import InvalidRequirement, Requirement

from pipeline import __version__, tools
from pipeline.errors import CouldNotRun

_US = "paraph"
# What Python runs is among the packages already.
_PROGRAMS = {
    "git": "pkg:generic/git@{}",
    "pandoc": "pkg:generic/pandoc@{}",
    "ssh-keygen": "pkg:generic/openssh@{}",
    "vale": "pkg:golang/github.com/errata-ai/vale/v3@v{}",
}


class _Package(NamedTuple):
    """An installed package: its name and version, its licence as it states it, and the packages that it requires."""

    name: str
    version: str
    licence: dict[str, Any]
    requires: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{self.name}@{quote(self.version, safe='.-_~')}"


def programs() -> dict[str, str]:
    """The versions of Python and of the programs that are there, by their names."""
    found = {name: where.version for name in _PROGRAMS if (where := tools.find(name))}
    return {"python": sys.version.split()[0], **found}


def bill(title: str, version: str, commit: str, moment: str, extras: Iterable[str] = ()) -> bytes:
    """The bill of materials of a release, made of a commit of a moment (2026-03-31T09:15:00Z).

    `extras` are what Paraph was asked for besides, such as the other engine of the site. The same, the same bytes.
    Raises CouldNotRun where Paraph is not installed as a package.
    """
    packages = _packages(_US, frozenset(extras))
    if _US not in packages:
        raise CouldNotRun(
            "what made the release is not known", "install Paraph as a package; do not run its files alone"
        )
    urls = {name: package.url for name, package in packages.items()}
    released = f"release:{commit}"
    run = [_program(name, number) for name, number in sorted(programs().items())]
    used = [urls[_US], *(item["purl"] for item in run)]
    value = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid5(NAMESPACE_URL, f"{released}:{version}:{sorted(urls.values())}").urn,
        "version": 1,
        "metadata": {
            "timestamp": moment,
            "tools": {"components": [{"type": "application", "name": _US, "version": __version__}]},
            "component": {"type": "data", "bom-ref": released, "name": title, "version": version},
        },
        "components": [*map(_component, packages.values()), *run],
        "dependencies": [
            {"ref": released, "dependsOn": sorted(used)},
            *(
                {"ref": package.url, "dependsOn": sorted(urls[name] for name in package.requires)}
                for package in packages.values()
            ),
        ],
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _program(name: str, version: str) -> dict[str, Any]:
    url = _PROGRAMS.get(name, f"pkg:generic/{name}@{{}}").format(quote(version))
    return {"type": "application", "bom-ref": url, "name": name, "version": version, "purl": url}


def _component(package: _Package) -> dict[str, Any]:
    known = {"type": "library", "bom-ref": package.url, "name": package.name, "version": package.version}
    return {**known, **package.licence, "purl": package.url}


def _packages(first: str, extras: frozenset[str]) -> dict[str, _Package]:
    """A package and all that it requires in turn, by name; what is not installed here was not used."""
    found: dict[str, _Package] = {}
    asked = [(first, extras)]
    seen = set()
    while asked:
        wanted = asked.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        name, more = wanted
        try:
            held = distribution(name)
        except PackageNotFoundError:
            continue
        needs = list(_required(held, more))
        asked += needs
        before = found[name].requires if name in found else ()
        requires = (*before, *(item for item, _ in needs))
        found[name] = _Package(name, held.version, _licence(held), requires)
    return {
        name: package._replace(requires=tuple(sorted({item for item in package.requires if item in found})))
        for name, package in sorted(found.items())
    }


def _required(held: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The packages that one requires here, with what is asked for of these besides."""
    for line in held.requires or ():
        try:
            wanted = Requirement(line)
        except InvalidRequirement:
            continue
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield re.sub(r"[-_.]+", "-", wanted.name).lower(), frozenset(wanted.extras)


def _licence(held: Distribution) -> dict[str, Any]:
    stated = held.metadata.json
    if expression := stated.get("license_expression"):
        return {"licenses": [{"expression": expression}]}
    words = str(stated.get("license", ""))
    # Some packages put the whole text there.
    return {"licenses": [{"license": {"name": words}}]} if words and len(words.splitlines()) == 1 else {}
