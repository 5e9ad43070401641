"""`paraph build`: check, then make the site and the PDFs."""

import os
from collections.abc import Callable
from functools import partial

import click

from pipeline.cli.options import (
    audience_option,
    complain,
    day_of,
    end_progress,
    must_have_tools,
    progress,
    project_options,
    today_option,
)
from pipeline.cli.summary import say_made
from pipeline.errors import CouldNotRun, ToolMissing
from pipeline.history.commit import revision
from pipeline.outputs import Commit, Made, deliverables, make_pdf, make_site, remove_others
from pipeline.report import text
from pipeline.run import Options, load, report
from pipeline.settings import Project


@click.command()
@project_options
@audience_option
@today_option
def command(project: Project, audience: str, today: str | None) -> int:
    """Check, then make the site under dist/site/ and the PDFs under dist/pdf/.

    Documents with findings are built all the same: the site shows them where they are. Exit status as for check.
    """
    show = progress()
    options = Options(day=day_of(project, today), must_have_tools=must_have_tools())
    loaded = load(project, options, show)
    found = report(project, options, loaded.checked, loaded.rules)
    end_progress()
    click.echo(text.render(found).rstrip("\n"))
    work = _Work(must_have_tools())
    show("building the site")
    work.make(lambda: make_site(project, loaded, audience, options.day, found.findings))
    commit = Commit(*revision(project.root))
    chosen = deliverables(loaded.programme, audience)
    for number, artifact in enumerate(chosen, 1):
        show(f"making {artifact.id} ({number} of {len(chosen)})")
        work.make(partial(make_pdf, project, loaded, artifact, audience, options.day, commit))
    remove_others(project, [artifact.id for artifact in chosen])
    end_progress()
    return _summarise(work, found.failed)


class _Work:
    """What is made one by one: what one lacks does not keep the others from being made."""

    def __init__(self, must_have_tools: bool) -> None:
        self.must_have_tools = must_have_tools
        self.made: list[Made] = []
        self.missing: dict[str, ToolMissing] = {}
        self.failed: list[CouldNotRun] = []

    def make(self, step: Callable[[], Made]) -> None:
        """Make one output. Raises ToolMissing in CI."""
        try:
            self.made.append(step())
        except ToolMissing as error:
            if self.must_have_tools:
                raise
            self.missing[error.message] = error
        except CouldNotRun as error:
            self.failed.append(error)


def _summarise(work: _Work, failed: bool) -> int:
    for missing in work.missing.values():
        click.echo(f"\nWARNING: {missing.message}\n         {missing.hint}")
    if work.made:
        click.echo("\nMade:")
        say_made(work.made)
    for error in work.failed:
        complain(error)
    if any(os.path.isdir(item.path) for item in work.made):
        click.echo("\nLook: paraph serve shows the site on this machine.")
    click.echo(_next(failed))
    return 2 if work.failed else 1 if failed else 0


def _next(failed: bool) -> str:
    if failed:
        return "Next: mend what is wrong above; paraph explain CODE says how."
    return 'Next: paraph new requirement "Title" writes one; paraph check says what it lacks.'
