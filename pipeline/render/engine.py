"""What draws a PDF besides this program: Python and its packages, the libraries of the system, pandoc."""

import ctypes
import os
import sys
from collections.abc import Callable

from pipeline import tools

_LIBRARIES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    # Whether this one is there at all changes the bytes of fonts.
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
}
_VERSIONS: dict[str, Callable[[ctypes.CDLL], object]] = {
    "pango": lambda library: library.pango_version(),
    "harfbuzz": lambda library: _text(library.hb_version_string),
    "harfbuzz-subset": lambda library: _text(library.hb_version_string),
    "fontconfig": lambda library: library.FcGetVersion(),
}


def engine() -> tuple[str, ...]:
    """Name all that draws a PDF, with versions; nothing of it is imported."""
    pandoc = tools.find("pandoc")
    versions = (f"{name} {version}" for name, version in libraries().items())
    return (sys.version, sys.platform, *packages(), *versions, f"pandoc {pandoc and pandoc.version}")


def libraries() -> dict[str, str]:
    """The versions of the libraries of the system that draw text, by their names; 'None' for one that is not there."""
    return {name: str(_version(name)) for name in _LIBRARIES}


def packages() -> list[str]:
    """The packages that Python finds, by the names of their folders: to read their metadata takes longer."""
    folders = [folder for folder in dict.fromkeys(sys.path) if os.path.isdir(folder)]
    return sorted(name for folder in folders for name in os.listdir(folder) if name.endswith(".dist-info"))


def _version(name: str) -> object:
    for file in _LIBRARIES[name]:
        try:
            return _VERSIONS[name](ctypes.CDLL(file))
        except (OSError, AttributeError):
            continue
    return None


def _text(function: "ctypes._NamedFuncPointer") -> str:
    function.restype = ctypes.c_char_p
    return bytes(function()).decode(errors="replace")
