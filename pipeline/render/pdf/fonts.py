"""Fonts come from pinned packages or from a template's folder, never from the system.

A style sheet names a packaged font as `url(font:SourceSansPro-Regular.ttf)`. The layout sees a font configuration
without the system's fonts and settings, so that a machine with others gives the same bytes, and a character that no
font has is an error instead of a box.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

SCHEME = "font:"
SUFFIXES = (".otf", ".ttf", ".woff", ".woff2")
_PACKAGES = ("font_source_sans_pro", "font_source_serif_pro", "fontpkg_ibm_plex_mono")
# Characters that these fonts lack, though one that looks the same is there.
_LOOK_ALIKE = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2023": "•", "\u25cf": "•", "\u25e6": "·", "\u2714": "✓", "\ufe0e": None}
)


def replace_look_alikes(text: str) -> str:
    """Give the text with characters that the packaged fonts lack replaced by what looks the same."""
    return text.translate(_LOOK_ALIKE)


def font_file(name: str) -> Path | None:
    """Give the file of a packaged font by its name, or None."""
    if os.path.basename(name) != name or not name.endswith(SUFFIXES):
        return None
    for package in _PACKAGES:
        spec = find_spec(package)
        if spec and spec.origin and (path := Path(spec.origin).parent / "files" / name).is_file():
            return path
    return None


def font_configuration() -> "FontConfiguration":
    """Give a font configuration that knows no font and no setting of the system."""
    from weasyprint.text import ffi
    from weasyprint.text.fonts import FontConfiguration

    class Isolated(FontConfiguration):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            _forget_system(self, ffi)

    return Isolated()


def _forget_system(configuration: Any, library: Any) -> None:
    """Give the font map an empty configuration; the map keeps a reference of its own to it."""
    library.ffi.cdef("FcConfig * FcConfigCreate (void);", override=True)
    config = library.fontconfig.FcConfigCreate()
    font_map = library.ffi.cast("PangoFcFontMap *", configuration.font_map)
    library.pangoft2.pango_fc_font_map_set_config(font_map, config)
    library.fontconfig.FcConfigDestroy(config)
    configuration._config = config
