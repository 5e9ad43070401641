"""What a PDF costs beside WeasyPrint alone, two beside one after the other, and a run in which nothing changed."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pypdf

from pipeline import shipped
from pipeline.render.pdf.render import woven_html
from pipeline.run import Options, load
from pipeline.settings import open_project
from pipeline.weave.deliverable import weave_deliverable
from pipeline.weave.facts import Circumstances, facts_for
from tests.bench.generate import generate
from tests.bench.measure import PARAPH, Figures, cpu, environment, median, use_cores

DAY = "2026-11-23"
RUNS = 3
TEMPLATES = (shipped.folder("templates/pdf"), shipped.folder("templates/pdf/standard"))
DELIVERABLE = """\
---
id: {}
status: draft
version: "0.1"
created: 2026-01-12
---

# {} Requirements

All that is required.

## Requirements

```yaml {{.view}}
view: cards
kind: requirement
```
"""


def bench_pdf(figures: Figures, folder: str, size: int = 100) -> None:
    """Make two deliverables of the same requirements: 100 artifacts give some 50 pages."""
    generate(os.path.join(folder, "docs_src"), size)
    Path(folder, "paraph.toml").write_text('title = "Bench"\n')
    for identity in ("DLV-001", "DLV-002"):
        Path(folder, f"docs_src/{identity}.md").write_text(DELIVERABLE.format(identity, identity))
    command = [*PARAPH, "pdf", "--today", DAY]
    cpu([*command, "DLV-001"], folder)
    pages = len(pypdf.PdfReader(Path(folder, "dist/pdf/DLV-001.pdf")).pages)
    print(f"PDF, {pages} pages")
    alone = [sys.executable, "-m", "tests.bench.weasy", *write_page(folder), "alone.pdf", *TEMPLATES]

    def one() -> float:
        forget(folder)
        return cpu([*command, "DLV-001"], folder)[0]

    lowest, whole = median(RUNS, lambda: cpu(alone, folder)[0], one)
    figures.show("WeasyPrint alone, on the same HTML", lowest, "s")
    figures.show("paraph pdf, from Markdown on", whole, "s")
    figures.show("paraph pdf / WeasyPrint", whole / lowest, "x", 1.15)
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
    both = {core for core in range(os.cpu_count() or 1) if core >= cores[-1] - 1}
    serial, parallel = median(
        RUNS, lambda: clock(command, folder, {cores[-1]}), lambda: clock(command, folder, both)
    )
    figures.show("two PDFs on one core, by the clock", serial, "s")
    figures.show("two PDFs on two cores, by the clock", parallel, "s")
    if len(both) > 1:
        figures.show("on one core / on two", serial / parallel, "x", least=1.6)
    cpu(command, folder)
    (unchanged,) = median(5, lambda: cpu(command, folder)[0])
    figures.show("two PDFs of which nothing changed", unchanged, "s", 0.5)


def forget(folder: str) -> None:
    """Let all be made again."""
    shutil.rmtree(os.path.join(folder, "dist"), ignore_errors=True)


def clock(command: list[str], folder: str, cores: set[int]) -> float:
    """The seconds that a person waits for a command that may use some cores."""
    forget(folder)
    began = time.monotonic()
    subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        env=environment(),
        check=True,
        preexec_fn=lambda: use_cores(cores),
    )
    return time.monotonic() - began


def write_page(folder: str) -> tuple[str, str]:
    """Write the HTML of the deliverable that we lay out; give its path, and the root of what it refers to."""
    project = open_project(None, None, folder)
    loaded = load(project, Options(day=DAY, prose=False))
    woven = weave_deliverable(loaded.programme, loaded.source, "DLV-001", "internal", root=project.root)
    facts = facts_for(loaded.programme, "DLV-001", "internal", Circumstances(DAY, programme="Bench"))
    page = os.path.join(folder, "page.html")
    Path(page).write_text(woven_html(woven, facts, TEMPLATES), encoding="utf-8")
    return page, project.root
