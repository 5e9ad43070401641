"""`paraph site`: make the site."""

import click

from pipeline.cli.opened import Opened
from pipeline.cli.options import audience_option, engine_option, progress, project_options, today_option
from pipeline.cli.summary import say_made
from pipeline.outputs.site import make_site
from pipeline.settings import Project


@click.command()
@project_options
@audience_option
@engine_option
@today_option
def command(project: Project, audience: str, engine: str | None, today: str | None) -> None:
    """Make the site of the programme as it is, under dist/site/, for one audience."""
    with progress() as show:
        opened = Opened(project, show, today)
        findings = opened.found.findings
        show("building the site")
        made = make_site(project, opened.loaded, audience, opened.day, findings, engine or "")
    say_made([made])
