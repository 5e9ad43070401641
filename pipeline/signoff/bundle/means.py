"""What a PDF is made with, besides its bundle: folders of templates, fonts and programs, each told by what it is."""

import os
import platform
import re
import sys
import zlib
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib import metadata
from typing import NamedTuple

from pipeline import __version__, tools
from pipeline.render.engine import libraries
from pipeline.render.pdf.fonts import SCHEME, font_file
from pipeline.signoff.bundle.manifest import Layer

# The packages whose code decides which bytes a PDF has.
_PACKAGES = (
    "cssselect2",
    "fonttools",
    "jinja2",
    "markupsafe",
    "msgspec",
    "oryaml",
    "pillow",
    "pydyf",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "vl-convert-python",
    "weasyprint",
)
# Where the folders of templates stand.
_TOP = "pdf"
_FONT = re.compile(re.escape(SCHEME) + r"([\w.-]+)")


class Means(NamedTuple):
    """The folders of templates as layers, the SHA-256 of each font that they name, and the versions of programs."""

    templates: tuple[Layer, ...]
    fonts: dict[str, str]
    tools: dict[str, str]


def means(folders: Sequence[str]) -> Means:
    """What a PDF is made with here, given the folders of its templates in their order."""
    layers = tuple(layer(folder) for folder in folders if _names(folder))
    return Means(layers, font_digests(folders), programs())


def layer(folder: str) -> Layer:
    """A folder of templates, told by its name and by the paths and bytes of all its files."""
    digest = sha256()
    for name in sorted(_names(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            digest.update(f"{name}\0{sha256(file.read()).hexdigest()}\n".encode())
    return Layer(os.path.basename(os.path.normpath(folder)), digest.hexdigest())


def programs() -> dict[str, str]:
    """The versions of all that takes part in making a PDF, by name."""
    pandoc = tools.find("pandoc")
    return {
        "paraph": __version__,
        "paraph program": _program(),
        "python": platform.python_version(),
        "platform": f"{sys.platform} {platform.machine()}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "pandoc": pandoc.version if pandoc else "",
        **{name: metadata.version(name) for name in _PACKAGES},
        **libraries(),
    }


def find_layers(wanted: Iterable[Layer], places: Iterable[str]) -> tuple[list[str], list[str]]:
    """The installed folders that are the wanted layers, and the names of those that are not there as they were.

    `places` are the folders in which templates are installed.
    """
    installed: dict[str, str] = {}
    for place in places:
        for folder in (place, *sorted(entry.path for entry in os.scandir(place) if entry.is_dir())):
            installed.setdefault(layer(folder).digest, folder)
    found, lacking = [], []
    for item in wanted:
        if item.digest in installed:
            found.append(installed[item.digest])
        else:
            lacking.append(item.name)
    return found, lacking


def differing(then: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    """The names whose values differ, each with both."""
    return tuple(
        f"{name} (then {then.get(name) or 'none'}, here {now.get(name) or 'none'})"
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    )


def font_digests(folders: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of each packaged font that the style sheets of some folders name; '' for one that is not there."""
    named: set[str] = set()
    for folder in folders:
        for name in _names(folder):
            if name.endswith(".css"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    named.update(_FONT.findall(file.read()))
    return {name: _digest(name) for name in sorted(named)}


def _digest(font: str) -> str:
    path = font_file(font)
    return sha256(path.read_bytes()).hexdigest() if path else ""


def _names(folder: str) -> list[str]:
    """The files of a folder of templates, by their paths from there; a folder in the topmost is a layer of its own."""
    found = []
    for above, names, files in os.walk(folder):
        if os.path.basename(os.path.normpath(folder)) == _TOP:
            names.clear()
        found += [os.path.relpath(os.path.join(above, name), folder) for name in files]
    return found


def _program() -> str:
    """The digest of this program's own files: between two releases the version alone says too little."""
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    digest = sha256()
    for folder, names, files in os.walk(here):
        names.sort()
        for name in sorted(name for name in files if name.endswith(".py")):
            with open(os.path.join(folder, name), "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()[:16]
