"""`paraph pdf`: make the PDF of deliverables."""

import click

from pipeline.cli.options import (
    audience_option,
    day_of,
    end_progress,
    progress,
    project_options,
    today_option,
)
from pipeline.cli.summary import say_made
from pipeline.history.commit import revision
from pipeline.outputs import Commit, deliverables, make_pdf
from pipeline.run import Options, load
from pipeline.settings import Project


@click.command()
@click.argument("identity", required=False, metavar="[ID]")
@project_options
@audience_option
@today_option
@click.option("--out", metavar="FILE", help="Where to write the PDF of one deliverable.")
def command(
    identity: str | None, project: Project, audience: str, today: str | None, out: str | None
) -> None:
    """Make the draft PDF of the deliverable ID, or of every deliverable, under dist/pdf/."""
    if out and not identity:
        raise click.UsageError("--out goes with the ID of one deliverable")
    show = progress()
    options = Options(day=day_of(project, today), prose=False)
    loaded = load(project, options, show)
    commit = Commit(*revision(project.root))
    made = []
    for artifact in deliverables(loaded.programme, audience, [identity] if identity else []):
        show(f"making {artifact.id}")
        made.append(make_pdf(project, loaded, artifact, audience, options.day, commit, out or ""))
    end_progress()
    say_made(made)
    if not made and any(item.kind == "deliverable" for item in loaded.programme.artifacts.values()):
        click.echo(f"there is no deliverable that {audience} readers may see, or all have ended")
    elif not made:
        click.echo('there is no deliverable yet: paraph new deliverable "Title" writes one')
