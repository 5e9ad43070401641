"""`paraph pdf`: make the PDF of deliverables."""

import click

from pipeline.cli.opened import Opened
from pipeline.cli.options import audience_option, complain, progress, project_options, today_option
from pipeline.cli.summary import say_made
from pipeline.outputs.deliverables import Wish, make_pdfs
from pipeline.settings import Project


@click.command()
@click.argument("identity", required=False, metavar="[ID]")
@project_options
@audience_option
@today_option
@click.option("--out", metavar="FILE", help="Where to write the PDF of one deliverable.")
def command(identity: str | None, project: Project, audience: str, today: str | None, out: str | None) -> int:
    """Make the draft PDF of the deliverable ID, or of every deliverable, under dist/pdf/."""
    if out and not identity:
        raise click.UsageError("--out goes with the ID of one deliverable")
    with progress() as show:
        opened = Opened(project, show, today)
        wish = Wish(audience, opened.day, identity or "", out or "")
        made, failed = make_pdfs(project, lambda: opened.loaded, wish, show)
    say_made(made)
    for error in failed:
        complain(error)
    if not made and not failed:
        click.echo(_why_none(opened, audience))
    return 2 if failed else 0


def _why_none(opened: Opened, audience: str) -> str:
    if any(item.kind == "deliverable" for item in opened.loaded.programme.artifacts.values()):
        return f"there is no deliverable that {audience} readers may see, or all have ended"
    return 'there is no deliverable yet: paraph new deliverable "Title" writes one'
