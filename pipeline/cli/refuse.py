"""`paraph refuse`: record that somebody does not sign what was issued."""

import click

from pipeline.cli.deciding import key_of, key_option
from pipeline.cli.issue import near
from pipeline.cli.opened import Opened
from pipeline.cli.options import progress, project_options, today_option
from pipeline.outputs.clerk import clerk_of
from pipeline.outputs.refusing import refuse
from pipeline.settings import Project


@click.command()
@click.argument("identity", metavar="ID")
@project_options
@click.option("--role", metavar="ROLE", required=True, help="The role that refuses to sign.")
@click.option("--reason", metavar="TEXT", required=True, help="Why, as it is to stand in the ledger.")
@key_option
@today_option
def command(
    identity: str, project: Project, role: str, reason: str, key: str | None, today: str | None
) -> None:
    """Record that a role refuses to sign the deliverable ID as it was issued, and why.

    Whoever keeps the ledger enters it. A deliverable that was refused is not approved; what is changed after it gets a
    new version. A signature of the same role that is taken back later counts again.
    """
    with progress() as show:
        loaded = Opened(project, show, today).loaded
        entry, path = refuse(
            project, loaded, identity, role, reason, lambda at: clerk_of(at, key_of(project, key))
        )
    click.echo(f"{entry.role} refuses to sign {entry.artifact} {entry.version}: {entry.reason}")
    click.echo(f"  entered in {near(path)}, by {entry.party}")
