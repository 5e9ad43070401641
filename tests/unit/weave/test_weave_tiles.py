"""Tiles in both dialects: on the site a box each, on paper a table; a shape and a word for each state."""

import pytest

from pipeline.render.fonts import FONTS, font_file
from pipeline.weave.tiles import ARROWS, SHAPES
from tests.unit.weave.samples import weave

SERIES = (
    '[{on: "2026-08-31", value: 0.97}, {on: "2026-09-30", value: 0.96}, {on: "2026-10-31", value: 0.955}]'
)
KPIS = f"""# Indicators

## KPI-001 Speed of *work*

```yaml {{.artifact}}
status: open
version: "1.0"
measure: Speed
direction: up
amber: 0.96
red: 0.9
series: {SERIES}
```

## KPI-002 Without a value

```yaml {{.artifact}}
status: open
version: "1.0"
measure: Speed
direction: up
```
"""
BLOCK = "```yaml {.view}\nview: kpis\ncaption: How it *stands*\n```\n"


def woven(dialect: str, block: str = BLOCK) -> str:
    """A page with tiles, held together by plain spaces."""
    return weave(dialect, f"# Page\n\n{block}", **{"kpis.md": KPIS}).replace("\u00a0", " ")


def test_on_the_site_each_figure_is_a_box_with_its_state_in_a_word_and_a_shape():
    page = woven("material")
    assert page.count('<div class="paraph-tile ') == 1
    assert page.count('<div class="paraph-tile"') == 1
    assert '<div class="paraph-tile paraph-tile-amber" markdown="1">' in page
    assert '<span class="paraph-tile-shape" aria-hidden="true">◆</span> Amber</span>' in page
    assert (
        '<span class="paraph-tile-arrow" aria-hidden="true">↓</span> worse than 0.960 on 30 Sep 2026' in page
    )
    assert "no value yet" in page


def test_a_line_is_drawn_from_three_values_on():
    assert woven("material").count('<div class="paraph-drawing">chart:') == 1


def test_on_paper_the_figures_are_a_table_without_columns_that_are_empty():
    page = woven("pandoc")
    assert "| Figure | Value | State | Thresholds | Trend |" in page
    assert (
        "| 0.955 (31 Oct 2026) | ◆ Amber | amber ≤ 0.96 · red ≤ 0.90 | ↓ worse than 0.960 on 30 Sep 2026 |"
        in page
    )
    bare = woven("pandoc", "```yaml {.view}\nview: kpis\nids: [KPI-002]\n```\n")
    assert "| Figure | Value |\n" in bare


@pytest.mark.parametrize("dialect", ["material", "pandoc"])
def test_a_caption_is_words_and_nothing_else(dialect):
    assert "How it \\*stands\\*" in woven(dialect)


def test_the_fonts_of_the_pdf_have_every_shape_and_arrow():
    from fontTools.ttLib import TTFont

    path = next(font_file(font) for font in FONTS if font.family == "Source Sans Pro")
    assert path
    known = TTFont(path).getBestCmap()
    assert [sign for sign in (*SHAPES.values(), *ARROWS.values()) if ord(sign) not in known] == []
