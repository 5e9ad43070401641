"""`paraph build`: check, then make the site and the PDFs."""

import os
from collections.abc import Callable

import click

from pipeline.cli.opened import Opened
from pipeline.cli.options import (
    audience_option,
    complain,
    must_have_tools,
    progress,
    project_options,
    today_option,
)
from pipeline.cli.summary import say_made
from pipeline.errors import CouldNotRun, ToolMissing
from pipeline.outputs.deliverables import Outcome, Wish, deliverables, make_pdfs, remove_others
from pipeline.outputs.made import Made
from pipeline.outputs.site import make_site
from pipeline.report import text
from pipeline.settings import Project


@click.command()
@project_options
@audience_option
@today_option
def command(project: Project, audience: str, today: str | None) -> int:
    """Check, then make the site under dist/site/ and the PDFs under dist/pdf/.

    Documents with findings are built all the same: the site shows them where they are. Exit status as for check.
    """
    with progress() as show:
        opened = Opened(project, show, today, prose=True)
        loaded, found = opened.loaded, opened.found
    click.echo(text.render(found).rstrip("\n"))
    work, wish = _Work(must_have_tools()), Wish(audience, opened.day)
    with progress() as show:
        show("building the site")
        work.make(lambda: Outcome((make_site(project, loaded, audience, opened.day, found.findings),)))
        work.make(lambda: make_pdfs(project, lambda: loaded, wish, show))
    remove_others(project, [artifact.id for artifact in deliverables(loaded.programme, audience)])
    return _summarise(work, found.failed)


class _Work:
    """What is made one by one: what one lacks does not keep the others from being made."""

    def __init__(self, must_have_tools: bool) -> None:
        self.must_have_tools = must_have_tools
        self.made: list[Made] = []
        self.missing: dict[str, ToolMissing] = {}
        self.failed: list[CouldNotRun] = []

    def make(self, step: Callable[[], Outcome]) -> None:
        """Make some outputs. Raises ToolMissing in CI."""
        try:
            outcome = step()
        except ToolMissing as error:
            if self.must_have_tools:
                raise
            self.missing[error.message] = error
        except CouldNotRun as error:
            self.failed.append(error)
        else:
            self.made += outcome.made
            self.failed += outcome.failed


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
