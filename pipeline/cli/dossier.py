"""`paraph dossier`: all that an auditor samples of one artifact, as an archive."""

import click

from pipeline.cli.opened import Opened
from pipeline.cli.options import audience_option, progress, project_options
from pipeline.cli.summary import say_made
from pipeline.outputs.dossier import make_dossier
from pipeline.outputs.version import clean_commit
from pipeline.settings import Project


@click.command()
@click.argument("identity", metavar="ID")
@project_options
@audience_option
@click.option("--out", metavar="FILE", help="Where to write it.  [default: dist/dossiers/ID-dossier.zip]")
def command(identity: str, project: Project, audience: str, out: str | None) -> None:
    """Write the dossier of the artifact ID: versions, approvals, minutes, test runs, evidence, PDFs.

    Its cover, in French, Dutch and English, says how to check it without Paraph. It is made of the last commit.
    """
    clean_commit(project)
    with progress() as show:
        opened = Opened(project, show)
        loaded = opened.loaded
        show("gathering")
        made = make_dossier(project, loaded, identity, audience, opened.day, out or "")
    say_made([made])
    click.echo("Next: unpack it; LISEZMOI.txt, LEESMIJ.txt and README.txt say how to check it.")
