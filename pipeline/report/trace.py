"""The reports on tracing, for a person at a terminal and for other programs; those for a spreadsheet lie beside."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.model.share import whole_percent
from pipeline.model.trace import Coverage, Gap, Group, Hop, Item, Origin, Reached, Row, Step, Tested, Way
from pipeline.report.plain import dump, visible
from pipeline.report.summary import count
from pipeline.report.tables import columns

FORMAT = "paraph.trace/1"
Place = Callable[[str], str]


def render_json(view: str, day: str, value: dict[str, Any]) -> str:
    """Give one report as a JSON object; `schemas/reports/trace.schema.json` says what it holds."""
    head = {"$schema": FORMAT, "tool": {"name": "paraph", "version": __version__}, "view": view, "day": day}
    return dump({**head, **msgspec.to_builtins(value)})


def matrix_text(rows: Sequence[Row], width: int) -> str:
    """Give the matrix need by need, a requirement a line with its work, its tests and their verdict."""
    if not rows:
        return "No business needs and no requirements: there is nothing to trace."
    held = any(row.deliverables for row in rows)
    headers = ("Requirement", "Work", "Tests and their last runs", "Verdict", *(["Held by"] if held else ()))
    blocks = []
    for need, members in groupby(rows, lambda row: row.need):
        found = list(members)
        objectives = f" for {', '.join(found[0].objectives)}" if found[0].objectives else ""
        head = f"{_name(need)}{objectives}" if need else "Requirements without a business need"
        cells = [
            (
                _name(row.requirement),
                ", ".join(row.work) or "-",
                ", ".join(map(_tested, row.tests)) or "-",
                row.verdict or "-",
                *([", ".join([*row.deliverables, *row.acceptances]) or "-"] if held else ()),
            )
            for row in found
            if row.requirement
        ]
        blocks.append(
            [head, *(columns(headers, cells, width, 2) if cells else ["  no requirement satisfies it"])]
        )
    requirements = {row.requirement.id for row in rows if row.requirement}
    needs = {row.need.id for row in rows if row.need}
    ending = f"{count(len(needs), 'business need')}, {count(len(requirements), 'requirement')}"
    return "\n\n".join(["\n".join(block) for block in blocks] + [ending])


def origins_text(rows: Sequence[Origin], width: int) -> str:
    """Give the matrix read upward: what each work item, test case and test run is for."""
    if not rows:
        return "No work items, no test cases and no test runs: there is nothing to trace."
    blocks = []
    for kind, members in groupby(rows, lambda row: row.item.kind):
        cells = [
            (
                _name(row.item),
                ", ".join([*row.tests, *row.requirements]) or "-",
                ", ".join(row.needs) or "-",
                ", ".join(row.objectives) or "-",
                row.verdict or "-",
            )
            for row in members
        ]
        title = kind.replace("-", " ").capitalize()
        blocks.append(columns((title, "Is for", "Needs", "Objectives", "Verdict"), cells, width))
    return "\n\n".join("\n".join(block) for block in blocks)


def coverage_text(found: Coverage, width: int) -> str:
    """Give the steps with their counts, then those of the requirements by priority, status and release."""
    if not found.steps:
        return "No needs, requirements, work or tests: there is nothing to count."
    rows = [(_capital(step.words), f"{step.have}/{step.of}", _percent(step)) for step in found.steps]
    blocks = [columns(("Step", "Have it", "Share"), rows, width)]
    for by, members in groupby(found.groups, lambda group: group.by):
        groups = list(members)
        asked = [at for at, _ in enumerate(groups[0].steps) if any(group.steps[at].of for group in groups)]
        names = [groups[0].steps[at].name for at in asked]
        headers = (f"Requirements by {by}", "All", *map(_short, names))
        cells = [_group(group, asked) for group in groups]
        blocks.append(columns(headers, cells, width))
    return "\n\n".join("\n".join(block) for block in blocks)


def _group(group: Group, asked: Iterable[int]) -> tuple[str, ...]:
    steps = [group.steps[at] for at in asked]
    return (
        group.value or "(none)",
        str(group.requirements),
        *(f"{step.have}/{step.of} {_percent(step)}" if step.of else "-" for step in steps),
    )


def _short(name: str) -> str:
    """What a column of requirements is called: what they are to have."""
    other = name.removeprefix("requirement-")
    return "Criteria" if name == "criterion-test" else "Passed" if other == "pass" else other.capitalize()


def gaps_text(gaps: Sequence[Gap], width: int, place: Place) -> str:
    """Give what is missing, step by step, with the place of each artifact that lacks something."""
    if not gaps:
        return "No gaps: all that should have a next step has it."
    blocks = []
    for _, members in groupby(gaps, lambda gap: gap.step):
        found = list(members)
        alike = len({gap.missing for gap in found}) == 1
        kind = found[0].item.kind.replace("-", " ")
        head = f"{count(len(found), kind)}: {found[0].missing}" if alike else count(len(found), kind)
        rows = [
            (place_of(gap.item, place), _name(gap.item), *(() if alike else (gap.missing,))) for gap in found
        ]
        blank = [""] * len(rows[0])
        blocks.append([head, *columns(blank, rows, width, 2)[1:]])
    lacking = len({gap.item.id for gap in gaps})
    blocks.append([f"{count(len(gaps), 'gap')} in {count(lacking, 'artifact')}"])
    return "\n\n".join("\n".join(block) for block in blocks)


def impact_text(begin: Item, found: Sequence[Reached]) -> str:
    """Give what a change touches as a tree: each below that over which the change comes to it."""
    if not found:
        return f"A change of {_name(begin)} touches nothing else."
    below: dict[str, list[Reached]] = {}
    for reached in found:
        below.setdefault(reached.way[-1].target, []).append(reached)
    lines = [f"A change of {_name(begin)} touches {count(len(found), 'artifact')}"]
    queue = [(item, 1) for item in reversed(below.get(begin.id, []))]
    while queue:
        reached, depth = queue.pop()
        hop = reached.way[-1]
        lines.append(f"{'  ' * depth}{_name(reached.item)}: {role_of(hop)}")
        queue += [(item, depth + 1) for item in reversed(below.get(reached.item.id, []))]
    held = [reached.item.id for reached in found if reached.item.kind == "deliverable"]
    return "\n".join([*lines, "", f"Deliverables: {', '.join(held) or 'none'}"])


def path_text(begin: Item, end: Item, chains: Sequence[Way], number: int, place: Place) -> str:
    """Give each chain from one artifact to the other, an artifact a line, with the role that leads to the next."""
    if not chains:
        return f"No chain of links leads from {_name(begin)} to {_name(end)}."
    if begin.id == end.id:
        return f"{_name(begin)} is one artifact: give two."
    blocks = []
    for chain in chains:
        lines = [_where(chain.items[0], place)]
        for item, hop in zip(chain.items[1:], chain.hops, strict=True):
            forward = hop.target == item.id
            lines.append(f"  {_role_words(hop)} ->" if forward else f"  <- {_role_words(hop)}")
            lines.append(_where(item, place))
        blocks.append("\n".join(lines))
    steps = count(len(chains[0].hops), "step")
    shown = f", {len(chains)} of them shown" if number > len(chains) else ""
    return "\n\n".join([*blocks, f"{count(number, 'chain')} of {steps}{shown}"])


def _where(item: Item, place: Place) -> str:
    return f"{_name(item)}  {place_of(item, place)}"


def _name(item: Item | None) -> str:
    """An artifact in words; its status stands there unless it is approved, which most are."""
    if item is None:
        return ""
    status = f" ({item.status})" if item.status not in ("", "approved", "issued") else ""
    return visible(f"{item.id} {item.title}{status}")


def place_of(item: Item | None, place: Place) -> str:
    """Where an artifact stands, as `place` shows its file, with the line."""
    return f"{visible(place(item.path))}:{item.line}" if item else ""


def _tested(test: Tested) -> str:
    return f"{test.id} {test.verdict} ({test.run})" if test.run else f"{test.id} no run"


def _role_words(hop: Hop) -> str:
    return visible(hop.role.replace("_", " "))


def role_of(hop: Hop) -> str:
    """A link in words: its role and where it leads."""
    return f"{_role_words(hop)} {visible(hop.target)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _percent(step: Step) -> str:
    return f"{whole_percent(step.have, step.of)} %" if step.of else "-"
