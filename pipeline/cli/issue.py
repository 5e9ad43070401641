"""`paraph issue`: make the PDF of a deliverable that is to be signed, once, and enter it in its ledger."""

import os

import click

from pipeline.cli.deciding import key_of, key_option
from pipeline.cli.opened import Opened
from pipeline.cli.options import complain, progress, project_options, today_option
from pipeline.outputs.clerk import clerk_of
from pipeline.outputs.issuing import Issued, NotYet, issue
from pipeline.settings import Project


@click.command()
@click.argument("identity", metavar="ID")
@project_options
@key_option
@today_option
def command(identity: str, project: Project, key: str | None, today: str | None) -> int:
    """Issue the deliverable ID for signature: its PDF, made once, and an entry in its ledger that says so.

    All that must approve it before must have done so, and what is issued is what is committed. The PDF lies below
    approvals/, for the readers whom its classification names, and carries all that it was made from.
    Exit status: 0 issued (or issued before), 1 not yet, 2 could not run.
    """
    try:
        with progress() as show:
            opened = Opened(project, show, today, prose=True, gate="issue")
            issued = issue(
                project,
                opened.loaded,
                opened.found,
                identity,
                lambda place: clerk_of(place, key_of(project, key)),
                show,
            )
    except NotYet as error:
        complain(error)
        return 1
    _say(issued)
    return 0


def _say(issued: Issued) -> None:
    when = "was issued already" if issued.before else "issued for signature"
    click.echo(f"{near(issued.path)}  {when}, for {issued.audience} readers")
    click.echo(f"  SHA-256 {issued.digest}")
    click.echo(f"  entered in {near(issued.entry)}")
    if not issued.signers:
        click.echo("Nobody has to sign on it.")
        return
    click.echo(f"To be signed by: {', '.join(issued.signers)}")
    if not issued.before:
        click.echo(
            "Next: commit what is new below approvals/, and give the PDF to those who sign it, one after another."
        )
        click.echo("      paraph receive takes back what they signed.")


def near(path: str) -> str:
    """A path as it is short from here."""
    near = os.path.relpath(path)
    return path if near.startswith("..") else near
