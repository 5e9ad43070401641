"""PDF by WeasyPrint, tagged and described by ourselves."""

from pipeline.render.pdf.render import render_pdf

__all__ = ["render_pdf"]
