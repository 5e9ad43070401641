"""What charts cost: one that changed, one that did not, and views of large registers, each shown, woven and drawn."""

import statistics
import time
from collections.abc import Callable

from msgspec import structs

from pipeline.model import Programme
from pipeline.model.picture import Picture
from pipeline.render.charts.draw import template_folders
from pipeline.render.charts.kept import Charts
from pipeline.render.charts.site import drawn
from pipeline.views import show
from pipeline.views.values import Fields
from pipeline.weave.body import weave_lines
from pipeline.weave.deliverable import _Inside
from pipeline.weave.dialect import DIALECTS
from pipeline.weave.loom import Gathered, Loom, Place
from pipeline.weave.present import present
from tests.bench.measure import Figures
from tests.support import Texts, programme_of

RUNS = 9
RISKS, MILESTONES, SIDE = 500, 2_000, 1_000
HEAD = """---
title: Register
defaults: {status: approved, version: "1.0", classification: internal}
---

# Register
"""


def bench_charts(figures: Figures, folder: str) -> None:
    """Draw charts, and show large registers."""
    print("charts")
    charts = Charts(folder, template_folders())
    pictures = [_picture(number) for number in range(RUNS + 1)]
    first = _seconds(lambda: charts.svg(pictures[0]))
    changed = statistics.median(_seconds(lambda each=each: charts.svg(each)) for each in pictures[1:])
    same = statistics.median(_seconds(lambda each=each: charts.svg(each)) for each in pictures[1:])
    figures.show("the first chart of a run", first, "s")
    figures.show("one that changed", changed, "s", 0.3)
    figures.show("one that did not", same, "s", changed / 10)
    for words, texts, fields in (
        (f"heat map of {RISKS:,} risks", _risks(), {"view": "heatmap"}),
        (f"Gantt chart of {MILESTONES:,} milestones", _milestones(), {"view": "gantt"}),
        (f"matrix of {SIDE:,} × {SIDE:,}", _matrix(), _MATRIX),
    ):
        programme, source = programme_of(texts)
        programme = structs.replace(programme, day="2026-11-23")
        figures.show(words, _seconds(lambda p=programme, s=source, f=fields: _whole(p, s, f, folder)), "s", 5)


def _whole(programme: Programme, source: Texts, fields: Fields, folder: str) -> None:
    """Show a view, weave it into a page and draw what charts it has."""
    loom = Loom(programme, source, DIALECTS["material"], _Inside(Gathered()))
    page = present(loom, Place("register.md", "register.md"), show(programme, fields), 2, weave_lines)
    if not page:
        raise SystemExit(f"{fields['view']} shows nothing")
    drawn(page, folder, template_folders())


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _picture(number: int) -> Picture:
    programme, _ = programme_of(_milestones(40, f"of run {number}"))
    shown = show(structs.replace(programme, day="2026-11-23"), {"view": "gantt"})
    picture: Picture = shown.picture  # type: ignore[union-attr]
    return picture


def _risks() -> dict[str, str]:
    parts = [
        f"\n## RSK-{number + 1:03} Something may happen, the {number + 1}th\n\n```yaml {{.artifact}}\nstatus: open\n"
        f"probability: {number % 5 + 1}\nimpact: {number // 5 % 5 + 1}\nresponse: reduce\n"
        f"residual: {{probability: {number % 3 % (number % 5 + 1) + 1}, impact: 1}}\n```\n"
        for number in range(RISKS)
    ]
    return {"register.md": HEAD + "".join(parts)}


def _milestones(count: int = MILESTONES, words: str = "of the plan") -> dict[str, str]:
    """Ten chains that run beside each other and meet at their ends."""
    parts = []
    for number in range(count):
        month, after = number * 24 // count, number - 10
        parts.append(
            f"\n## MS-{number + 1:04} Step {number + 1} {words}\n\n```yaml {{.artifact}}\nstatus: planned\n"
            f'baseline: "{2026 + month // 12}-{month % 12 + 1:02}-{number % 27 + 1:02}"\n'
            f'forecast: "{2026 + month // 12}-{month % 12 + 1:02}-28"\n'
            "duration: {low: 2, likely: 3, high: 6}\n"
            + (f"after: [MS-{after + 1:04}]\n" if after >= 0 else "")
            + "```\n"
        )
    return {"register.md": HEAD + "".join(parts)}


_MATRIX = {"view": "matrix", "rows": "business-need", "columns_kind": "requirement", "by": "satisfies"}


def _matrix() -> dict[str, str]:
    needs = [
        f"\n## BN-{number + 1:04} Need {number + 1}\n\n```yaml {{.artifact}}\nstatus: approved\n```\n\nWe need it.\n"
        for number in range(SIDE)
    ]
    requirements = []
    for number in range(SIDE):
        targets = ", ".join(f"BN-{(number * step) % SIDE + 1:04}" for step in (1, 7, 31))
        requirements.append(
            f"\n## REQ-{number + 1:04} Requirement {number + 1}\n\n```yaml {{.artifact}}\n"
            f"satisfies: [{targets}]\n```\n\nThe system shall do it.\n"
        )
    return {"register.md": HEAD + "".join(needs), "requirements.md": HEAD + "".join(requirements)}
