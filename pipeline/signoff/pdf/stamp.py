"""What a signature shows on the page: who signed, in which role, when; in the document's language."""

from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont
from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.stamp.base import BaseStamp, BaseStampStyle

from pipeline import shipped
from pipeline.render.fonts import FONTS, Font, font_file
from pipeline.render.pdf.page import long_day, read_words, words_in

# The colours of the templates: `theme.css`.
_BRAND, _INK, _QUIET = b"0.078 0.188 0.361", b"0.110 0.141 0.188", b"0.333 0.376 0.431"
_ACCENT, _HAIR, _PAPER = b"0.890 0.663 0", b"0.835 0.859 0.890", b"1 1 1"
_BAR, _MARGIN = 2.5, 8.0
_LAYOUT = ("GSUB", "GPOS", "GDEF", "kern", "DSIG")


class Line(NamedTuple):
    """A line of a stamp: its text, size in points, weight, colour."""

    text: str
    size: float
    weight: int
    colour: bytes


class Style(BaseStampStyle):
    """How pyHanko comes to draw our stamp: the lines are given, the box is that of the field."""

    lines: tuple[Line, ...] = ()

    def create_stamp(self, writer: Any, box: layout.BoxConstraints, text_params: dict[str, Any]) -> BaseStamp:  # noqa: ARG002
        """The stamp for a field."""
        return _Stamp(writer, self, box)


def style_of(who: str, role: str, when: datetime, lang: str) -> Style:
    """The stamp of a signature, made in a role at a time (UTC), for a document in a language."""
    words = words_in(read_words([shipped.folder("templates/pdf/standard")]), lang.split("-")[0])
    day = f"{long_day(when.date().isoformat(), words['months'])}, {when:%H:%M} UTC"
    style = Style(border_width=0)
    # pyHanko's styles are frozen dataclasses, and its own fields are all that their makers take.
    object.__setattr__(
        style,
        "lines",
        (
            Line(words["signed"], 7, 400, _QUIET),
            Line(who, 11, 600, _BRAND),
            Line(role, 8.5, 400, _INK),
            Line(day, 8, 400, _QUIET),
        ),
    )
    return style


class _Stamp(BaseStamp):
    """Draws the lines on white paper, with a bar before them; a line that is too long is set smaller."""

    def _render_inner_content(self) -> list[bytes]:
        width, height = float(self.box.width), float(self.box.height)
        lines: tuple[Line, ...] = self.style.lines
        fonts = {weight: _font(self.writer, weight) for weight in {line.weight for line in lines}}
        spacing = 1.32
        # A field of another document may be lower than ours.
        scale = min(1.0, (height - 4) / (sum(line.size for line in lines) * spacing))
        drawn = [
            b"%s rg %s RG 0.5 w 0.25 0.25 %g %g re B" % (_PAPER, _HAIR, width - 0.5, height - 0.5),
            b"%s rg 0 0 %g %g re f" % (_ACCENT, _BAR, height),
        ]
        y = (height + sum(line.size for line in lines) * spacing * scale) / 2
        for line in lines:
            size = line.size * scale
            y -= size * spacing
            drawn.append(_write(line, fonts[line.weight], size, y + size * 0.28, width - 2 * _MARGIN))
        for weight, font in fonts.items():
            self.set_resource(ResourceType.FONT, generic.pdf_name(f"/F{weight}"), font.as_resource())
        return drawn


def _write(line: Line, font: GlyphAccumulator, size: float, y: float, room: float) -> bytes:
    shaped = font.shape(line.text)
    if shaped.x_advance * size > room:
        size = room / shaped.x_advance
    # Where glyphs are placed one by one, the places are in points of the size that the font engine was told.
    font.font_size = size  # type: ignore[assignment]
    shaped = font.shape(line.text)
    return b"BT %s rg /F%d %.4g Tf %g %g Td %s ET" % (
        line.colour,
        line.weight,
        size,
        _MARGIN,
        y,
        shaped.graphics_ops,
    )


def _font(writer: Any, weight: int) -> GlyphAccumulator:
    return GlyphAccumulator(writer, BytesIO(_plain(weight)), font_size=10)


@cache
def _plain(weight: int) -> bytes:
    """A font without its rules for ligatures, kerning and the like: to cut those down takes longer than to sign."""
    face = next(font for font in FONTS if _is_face(font, weight))
    with TTFont(font_file(face), lazy=True) as font:
        for table in _LAYOUT:
            if table in font:
                del font[table]
        out = BytesIO()
        font.save(out)
    return out.getvalue()


def _is_face(font: Font, weight: int) -> bool:
    return font.family == "Source Sans Pro" and font.weight == weight and font.style == "normal"
