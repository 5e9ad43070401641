"""`paraph reject`: enter a rejection into a ledger."""

import click

from pipeline.cli.deciding import entry_day_option, key_option
from pipeline.cli.options import project_options
from pipeline.settings import Project


@click.command()
@click.argument("identity", metavar="ID")
@click.option("--role", required=True, help="The role of the policy in which you reject.")
@click.option("--reason", required=True, metavar="TEXT", help="What has to change.")
@key_option
@entry_day_option
@project_options
def command(
    identity: str, role: str, reason: str, key: str | None, today: str | None, project: Project
) -> int:
    """Reject the artifact ID as it is now, with a reason.

    It holds for this content: once the text has changed, the role is asked again.
    Exit status: 0 entered, 1 refused, 2 could not run.
    """
    from pipeline.cli.decision import Wanted, decide

    return decide(project, identity, Wanted("reject", role, reason, (), key, today))
