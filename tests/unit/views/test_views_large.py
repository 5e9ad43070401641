"""Views of large programmes stay within five seconds of one processor, drawing included, and within a page."""

import time

import pytest

from pipeline.render.charts.draw import draw, template_folders
from pipeline.views import Chart, Several, show
from tests.registers import register, section
from tests.unit.test_figures_flow import APPROVED, TESTED
from tests.unit.views.test_views_raid import LONG

pytestmark = pytest.mark.slow
SECONDS = 5


def shown_in_time(programme, fields, lang="fr"):
    begin = time.process_time()
    shown = show(programme, fields, lang)
    if isinstance(shown, Chart):
        assert draw(shown.picture, template_folders()).endswith("</svg>")
    assert time.process_time() - begin < SECONDS
    return shown


def test_five_hundred_risks():
    programme = register(
        *(
            section(
                f"RSK-{n}",
                LONG,
                probability=n % 5 + 1,
                impact=n // 5 % 5 + 1,
                residual={"probability": n % 3 + 1, "impact": n % 2 + 1},
            )
            for n in range(500)
        )
    )
    shown = shown_in_time(programme, {"view": "heatmap"})
    assert len(shown.picture.data["counts"]) == 25
    assert len(shown.table.rows) <= 150
    log = shown_in_time(programme, {"view": "raid"})
    assert [len(part.rows) for part in log.parts] == [5]


def test_a_matrix_of_a_thousand_by_a_thousand_with_fifty_links_a_row():
    programme = register(
        *(section(f"BN-{n}", LONG, **APPROVED) for n in range(1000)),
        *(
            section(f"REQ-{n}", LONG, satisfies=[f"BN-{(n + at) % 1000}" for at in range(50)], **APPROVED)
            for n in range(1000)
        ),
    )
    fields = {"view": "matrix", "rows": "business-need", "columns_kind": "requirement", "by": "satisfies"}
    shown = shown_in_time(programme, fields)
    assert isinstance(shown, Several)
    grid, bare = shown.parts
    assert (len(grid.headers), len(grid.rows)) == (12, 10)
    # 50,000 links in all, none of the rows without one.
    figures = [int(cell[0].text.replace(".", "")) for row in grid.rows for cell in row[1:11] if cell]
    assert sum(figures) == 50_000
    assert bare.rows[0][1] == ()


def test_three_thousand_requirements():
    programme = register(
        *(section(f"BN-{n}", LONG, process=f"{LONG} {n % 30}", **APPROVED) for n in range(300)),
        *(section(f"REQ-{n}", LONG, satisfies=[f"BN-{n % 300}"], **TESTED) for n in range(3000)),
        *(section(f"WI-{n}", LONG, implements=[f"REQ-{n * 2}"]) for n in range(1500)),
        *(section(f"TC-{n}", LONG, verifies=[f"REQ-{n * 3}"], level="uat", **APPROVED) for n in range(1000)),
        *(
            section(f"TR-{n}", LONG, executes=[f"TC-{n}"], verdict="pass", status="issued")
            for n in range(500)
        ),
    )
    flow = shown_in_time(programme, {"view": "sankey"})
    counts = {row["head"]: row["tail"] for row in flow.picture.data["boxes"]}
    assert counts["Sans test"] == "2.000"
    assert counts["Réussi"] == "500"
    assert len(flow.table.rows) < 80
    bars = shown_in_time(programme, {"view": "coverage"})
    assert len(bars.table.rows) <= 15
    shown_in_time(programme, {"view": "coverage", "by": "priority"})
