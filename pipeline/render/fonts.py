"""The fonts of the site: files of pinned packages, served by the site itself."""

import os
from importlib.util import find_spec

from msgspec import Struct


class Font(Struct, frozen=True):
    """A font file, and what the style sheet calls it."""

    package: str
    file: str
    family: str
    weight: int
    style: str = "normal"


FONTS = (
    Font("font_source_sans_pro", "SourceSansPro-Regular.ttf", "Source Sans Pro", 400),
    Font("font_source_sans_pro", "SourceSansPro-It.ttf", "Source Sans Pro", 400, "italic"),
    Font("font_source_sans_pro", "SourceSansPro-Semibold.ttf", "Source Sans Pro", 600),
    Font("font_source_sans_pro", "SourceSansPro-SemiboldIt.ttf", "Source Sans Pro", 600, "italic"),
    Font("font_source_serif_pro", "SourceSerifPro-Semibold.ttf", "Source Serif Pro", 600),
    Font("fontpkg_ibm_plex_mono", "IBMPlexMono-Regular.ttf", "IBM Plex Mono", 400),
    Font("fontpkg_ibm_plex_mono", "IBMPlexMono-SemiBold.ttf", "IBM Plex Mono", 600),
)


def font_file(font: Font) -> str:
    """The path of a font's file in its package; '' where the package is not installed."""
    spec = find_spec(font.package)
    folder = os.path.dirname(spec.origin) if spec and spec.origin else ""
    path = os.path.join(folder, "files", font.file)
    return path if folder and os.path.isfile(path) else ""


def font_faces(fonts: tuple[Font, ...] = FONTS) -> str:
    """The style sheet that declares the fonts, which stand beside it in `fonts/`."""
    faces = (
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; font-style: {font.style};'
        f' font-display: swap; src: url("fonts/{font.file}") format("truetype"); }}'
        for font in fonts
    )
    return "\n".join(faces) + "\n"
