"""`paraph export`: the whole programme for other programs."""

import click

from pipeline.cli.options import day_of, must_have_tools, project_options, say, today_option
from pipeline.run import Options, load, report
from pipeline.settings import Project


@click.command()
@click.argument("form", type=click.Choice(["json"]), metavar="json", expose_value=False)
@project_options
@today_option
@click.option("--no-prose", is_flag=True, help="Leave the wording rules out.")
def command(project: Project, today: str | None, no_prose: bool) -> None:
    """Print the whole programme: documents, artifacts, links both ways and findings.

    Its JSON Schema comes with Paraph as schemas/reports/programme.schema.json.
    """
    from pipeline.exchange.programme import export_json

    options = Options(day=day_of(project, today), prose=not no_prose, must_have_tools=must_have_tools())
    loaded = load(project, options)
    findings = report(project, options, loaded.checked, loaded.rules).findings
    say(export_json(loaded.programme, findings, project.settings.title, options.day, loaded.checked.notes))
    for note in loaded.checked.notes:
        click.echo(f"paraph: {note}", err=True)
