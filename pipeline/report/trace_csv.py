"""The reports on tracing as CSV: a row for each thing, lists within a cell with semicolons between them."""

from collections.abc import Iterable

from pipeline.model.share import whole_percent
from pipeline.model.trace import Coverage, Gap, Item, Origin, Reached, Row, Step, Way
from pipeline.report.tables import render_csv
from pipeline.report.trace import Place, place_of, role_of


def matrix(rows: Iterable[Row], place: Place) -> str:
    """Give the matrix as CSV: lists within a cell have semicolons between them."""
    headers = (
        "objectives", "need", "need_title", "need_status", "requirement", "requirement_title", "requirement_status",
        "place", "work", "tests", "runs", "verdicts", "verdict", "deliverables", "acceptances",
    )  # fmt: skip
    cells = (
        (
            "; ".join(row.objectives),
            *_three(row.need),
            *_three(row.requirement),
            place_of(row.requirement or row.need, place),
            "; ".join(row.work),
            "; ".join(test.id for test in row.tests),
            "; ".join(test.run or "-" for test in row.tests),
            "; ".join(test.verdict or "-" for test in row.tests),
            row.verdict,
            "; ".join(row.deliverables),
            "; ".join(row.acceptances),
        )
        for row in rows
    )
    return render_csv(headers, cells)


def origins(rows: Iterable[Origin], place: Place) -> str:
    """Give the upward matrix as CSV."""
    headers = (
        "id", "kind", "title", "status", "place", "tests", "requirements", "needs", "objectives", "verdict"
    )  # fmt: skip
    cells = (
        (
            row.item.id,
            row.item.kind,
            row.item.title,
            row.item.status,
            place_of(row.item, place),
            *("; ".join(ids) for ids in (row.tests, row.requirements, row.needs, row.objectives)),
            row.verdict,
        )
        for row in rows
    )
    return render_csv(headers, cells)


def coverage(found: Coverage) -> str:
    """Give the counts as CSV; `by` and `value` are empty for the whole programme."""
    whole = [("", "", step) for step in found.steps]
    parts = [(group.by, group.value, step) for group in found.groups for step in group.steps if step.of]
    cells = (
        (by, value, step.name, step.words, str(step.have), str(step.of), _share(step), "; ".join(step.lacks))
        for by, value, step in (*whole, *parts)
    )
    return render_csv(("by", "value", "step", "words", "have", "of", "percent", "lacks"), cells)


def gaps(gaps: Iterable[Gap], place: Place) -> str:
    """Give the gaps as CSV."""
    headers = ("step", "id", "kind", "title", "status", "place", "missing")
    return render_csv(
        headers,
        (
            (
                gap.step,
                gap.item.id,
                gap.item.kind,
                gap.item.title,
                gap.item.status,
                place_of(gap.item, place),
                gap.missing,
            )
            for gap in gaps
        ),
    )


def impact(found: Iterable[Reached], place: Place) -> str:
    """Give what a change touches as CSV, with the way from the change."""
    headers = ("steps", "id", "kind", "title", "status", "place", "way")
    return render_csv(
        headers,
        (
            (
                str(item.steps),
                item.item.id,
                item.item.kind,
                item.item.title,
                item.item.status,
                place_of(item.item, place),
                "; ".join(f"{hop.source} {role_of(hop)}" for hop in item.way),
            )
            for item in found
        ),
    )


def path(chains: Iterable[Way], place: Place) -> str:
    """Give the chains as CSV: a row for each artifact, with the link that leads to it."""
    headers = ("chain", "step", "id", "kind", "title", "status", "place", "link")
    rows = (
        (
            str(number),
            str(step),
            item.id,
            item.kind,
            item.title,
            item.status,
            place_of(item, place),
            f"{chain.hops[step - 1].source} {role_of(chain.hops[step - 1])}" if step else "",
        )
        for number, chain in enumerate(chains, 1)
        for step, item in enumerate(chain.items)
    )
    return render_csv(headers, rows)


def _three(item: Item | None) -> tuple[str, str, str]:
    return (item.id, item.title, item.status) if item else ("", "", "")


def _share(step: Step) -> str:
    return str(whole_percent(step.have, step.of)) if step.of else ""
