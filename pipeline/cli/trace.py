"""`paraph trace`: needs, requirements, work, tests and runs, and how they hang together."""

import shutil
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import click

from pipeline.cli.near import Near
from pipeline.cli.options import Decorator, day_of, progress, project_options, say, today_option
from pipeline.figures.trace.chain import Chain
from pipeline.model import Artifact
from pipeline.settings import Project

# Lines that are longer than this are hard to read, however wide the window.
_WIDEST = 120


class _Traced(NamedTuple):
    """What each report is made from: the chain, the day, the form that is asked for, how a path is shown."""

    chain: Chain
    day: str
    form: str
    place: Callable[[str], str]

    def artifact(self, identity: str) -> Artifact:
        """The artifact of an ID, pinned or not. Raises CouldNotRun, with the nearest, where there is none."""
        from difflib import get_close_matches

        from pipeline.errors import CouldNotRun

        artifacts = self.chain.programme.artifacts
        name = identity.partition("@")[0]
        if name in artifacts:
            return artifacts[name]
        near = get_close_matches(name.upper(), artifacts, n=1, cutoff=0.6)
        hint = f"did you mean {near[0]}?" if near else "`paraph trace matrix` lists what there is"
        raise CouldNotRun(f"{identity} does not exist", hint)

    def show(self, view: str, value: dict[str, Any], text: Callable[[], str], csv: Callable[[], str]) -> None:
        """Print a report in the form that is asked for."""
        from pipeline.report.trace import render_json

        if self.form == "csv":
            say(csv(), ended=True)
        elif self.form == "json":
            say(render_json(view, self.day, value), ended=True)
        else:
            say(text())


def _traced(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of each report, and what it is made from as its argument `traced`."""

    def run(*args: Any, project: Project, form: str, today: str | None, **rest: Any) -> Any:
        return command(*args, traced=_open(project, form, today), **rest)

    run.__doc__, run.__name__ = command.__doc__, command.__name__
    run.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    form = click.option(
        "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True
    )
    return project_options(form(today_option(run)))


def _open(project: Project, form: str, today: str | None) -> _Traced:
    from pipeline.run import Options, load
    from pipeline.shown import shown_path
    from pipeline.views.holding import holders

    day = day_of(project, today)
    with progress() as show:
        programme = load(project, Options(prose=False, day=day), show).programme
    return _Traced(Chain(programme, holders(programme)), day, form, partial(shown_path, project=project))


def _width() -> int:
    """The width to fit: that of the terminal, within what reads well."""
    return max(80, min(_WIDEST, shutil.get_terminal_size((100, 24)).columns))


@click.group(cls=Near)
def command() -> None:
    """Follow the chain from needs over requirements, work and tests to runs.

    What was withdrawn, superseded or rejected is left out.
    """


def _report(name: str) -> Decorator:
    return lambda function: command.command(name)(_traced(function))


@_report("matrix")
@click.option("--up", is_flag=True, help="From work, tests and runs up to needs and objectives.")
def matrix(traced: _Traced, up: bool) -> None:
    """Show needs, requirements, work, tests and last verdicts."""
    from pipeline.figures.trace.matrix import matrix, origins
    from pipeline.report import trace as report
    from pipeline.report import trace_csv

    if up:
        upward = origins(traced.chain)
        traced.show(
            "matrix-up",
            {"rows": upward},
            lambda: report.origins_text(upward, _width()),
            lambda: trace_csv.origins(upward, traced.place),
        )
        return
    rows = matrix(traced.chain)
    traced.show(
        "matrix",
        {"rows": rows},
        lambda: report.matrix_text(rows, _width()),
        lambda: trace_csv.matrix(rows, traced.place),
    )


@_report("coverage")
def coverage(traced: _Traced) -> None:
    """Count what has its next step, of what should have it."""
    from pipeline.figures.trace.coverage import coverage
    from pipeline.report import trace as report
    from pipeline.report import trace_csv

    found = coverage(traced.chain)
    traced.show(
        "coverage",
        {"steps": found.steps, "groups": found.groups},
        lambda: report.coverage_text(found, _width()),
        lambda: trace_csv.coverage(found),
    )


@_report("gaps")
def gaps(traced: _Traced) -> None:
    """List what lacks its next step, and where it stands."""
    from pipeline.figures.trace.coverage import gaps
    from pipeline.report import trace as report
    from pipeline.report import trace_csv

    found = gaps(traced.chain)
    traced.show(
        "gaps",
        {"gaps": found},
        lambda: report.gaps_text(found, _width(), traced.place),
        lambda: trace_csv.gaps(found, traced.place),
    )


@_report("impact")
@click.argument("identity", metavar="ID")
def impact(traced: _Traced, identity: str) -> None:
    """Show what a change of ID touches, and by which way."""
    from pipeline.figures.trace.chain import item_of
    from pipeline.figures.trace.ways import touched
    from pipeline.report import trace as report
    from pipeline.report import trace_csv

    begin = item_of(traced.artifact(identity))
    found = touched(traced.chain, begin.id)
    traced.show(
        "impact",
        {"changed": begin, "touched": found},
        lambda: report.impact_text(begin, found),
        lambda: trace_csv.impact(found, traced.place),
    )


@_report("path")
@click.argument("begin", metavar="A")
@click.argument("end", metavar="B")
def path(traced: _Traced, begin: str, end: str) -> None:
    """Show the shortest chains of links between A and B.

    Chains that lead only upward, or only downward, are shown where there are any; else those that turn.
    """
    from pipeline.figures.trace.chain import item_of
    from pipeline.figures.trace.ways import paths
    from pipeline.report import trace as report
    from pipeline.report import trace_csv

    first, last = item_of(traced.artifact(begin)), item_of(traced.artifact(end))
    chains, number = paths(traced.chain, first.id, last.id)
    traced.show(
        "path",
        {"from": first, "to": last, "number": number, "chains": chains},
        lambda: report.path_text(first, last, chains, number, traced.place),
        lambda: trace_csv.path(chains, traced.place),
    )
