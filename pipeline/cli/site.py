"""`paraph site`: make the site."""

import click

from pipeline.cli.options import (
    audience_option,
    day_of,
    end_progress,
    engine_option,
    progress,
    project_options,
    today_option,
)
from pipeline.cli.summary import say_made
from pipeline.outputs import make_site
from pipeline.run import Options, load, report
from pipeline.settings import Project


@click.command()
@project_options
@audience_option
@engine_option
@today_option
def command(project: Project, audience: str, engine: str | None, today: str | None) -> None:
    """Make the site of the programme as it is, under dist/site/, for one audience."""
    show = progress()
    options = Options(day=day_of(project, today), prose=False)
    loaded = load(project, options, show)
    findings = report(project, options, loaded.checked, loaded.rules).findings
    show("building the site")
    made = make_site(project, loaded, audience, options.day, findings, engine or "")
    end_progress()
    say_made([made])
