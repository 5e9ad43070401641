"""Deliverables to render, and ways to look into what comes out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from pipeline.model.woven import Approval, Facts, Revision, Woven

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests/golden/render"
TEMPLATES = (str(ROOT / "templates/pdf/standard"),)
# Enough for the table to go over to a second and a third page.
ROWS = 70


def facts_of(**changes: Any) -> Facts:
    stated = {
        "id": "DLV-003",
        "title": "Requirements and risks of lot 1",
        "version": "1.0",
        "status": "in-review",
        "settled": False,
        "classification": "internal",
        "day": "2026-11-20",
        "organisation": "Federal Agency for Collection",
        "owner": "Sofie Janssens",
        "programme": "PERCEPTA",
        "revision": "4f1c2ab9",
        "dirty": True,
        "titles": (("fr", "Exigences et risques du lot 1"), ("nl", "Vereisten en risico’s van perceel 1")),
        "history": (Revision("1.0", "2026-11-20", "Sofie Janssens", "Baseline for approval"),),
        "approvals": (
            Approval("Programme director", "An Peeters", "approved", "2026-11-19"),
            Approval("Quality"),
        ),
        "distribution": ("Steering committee", "Process owners"),
    }
    return Facts(**{**stated, **changes})


def woven_of(markdown: str, root: Path | str = GOLDEN, lang: str = "en") -> Woven:
    return Woven(
        id="DLV-003", title="Requirements and risks of lot 1", lang=lang, markdown=markdown, root=str(root)
    )


def all_constructs() -> str:
    """The deliverable that holds every construct, with a table longer than a page."""
    head = "| ID | Risk | P | Score | Response |\n|:---|:-----|--:|------:|:---------|\n"
    rows = "".join(
        f"| RSK-{row:03} | Supplier {row} delivers late | 4 | {row} | Review {row} |\n"
        for row in range(1, ROWS + 1)
    )
    text = (GOLDEN / "deliverable.md").read_text(encoding="utf-8")
    return text.replace("ROWS\n", head + rows)


def structures(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure of a PDF, in reading order."""
    return _below(pdf.Root.StructTreeRoot.K)


def kids(structure: Any) -> list[Any]:
    """What a structure holds, however it is written."""
    held = structure.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def _below(held: Any) -> Iterator[Any]:
    for item in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            yield from _below(item.get("/K", pikepdf.Array()))
