"""`paraph verify`: whether a PDF is what it says it is."""

import os

import click

from pipeline import shipped
from pipeline.cli.options import progress, project_options
from pipeline.settings import Project
from pipeline.signoff.pdf.file import read_pdf
from pipeline.signoff.rebuild import Rebuilt, rebuild


@click.command()
@click.argument("file", metavar="FILE")
@project_options
@click.option("--rebuild", "again", is_flag=True, help="Build it again from what it carries, and compare.")
def command(file: str, project: Project, again: bool) -> int:
    """Verify the PDF in FILE, offline.

    Exit status: 0 proven, 1 not, 2 could not run, or nothing can be said here.
    """
    if not again:
        raise click.UsageError("name what is to be verified: --rebuild")
    content = read_pdf(file)
    places = [project.path(project.settings.templates, "pdf"), shipped.folder("templates/pdf")]
    with progress() as show:
        show("building it again")
        result = rebuild(content, [place for place in places if os.path.isdir(place)])
    click.echo(f"{file}: {result.code}\n  {result.message}")
    return _status(result)


def _status(result: Rebuilt) -> int:
    if result.same:
        return 0
    return 2 if result.code == "rebuild.not-here" else 1
