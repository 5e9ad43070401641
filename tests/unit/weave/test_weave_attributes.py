"""Attribute lists: only what both dialects read as one is written."""

from pipeline.render.pandoc import read_markdown
from pipeline.weave.attributes import classes


def test_a_figure_is_no_class():
    assert classes("badge", "probability", "4").braces() == "{.badge .probability}"
    assert classes("badge", "", "2026-12-11").braces() == "{.badge}"


def test_pandoc_reads_what_is_written_as_attributes():
    text = f"[4]{classes('badge', 'probability', '4').braces()}"
    assert "".join(read_markdown(text).itertext()).strip() == "4"
