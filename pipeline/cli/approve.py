"""`paraph approve`: enter an approval into a ledger."""

import click

from pipeline.cli.deciding import entry_day_option, key_option
from pipeline.cli.options import project_options
from pipeline.settings import Project


@click.command()
@click.argument("identity", metavar="ID")
@click.option("--role", required=True, help="The role of the policy in which you approve.")
@click.option(
    "--condition", "conditions", multiple=True, metavar="TEXT", help="What it is subject to; repeatable."
)
@click.option("--reason", default="", metavar="TEXT", help="Why, where that should be on record.")
@key_option
@entry_day_option
@project_options
def command(
    identity: str,
    role: str,
    conditions: tuple[str, ...],
    reason: str,
    key: str | None,
    today: str | None,
    project: Project,
) -> int:
    """Approve the artifact ID as it is now.

    The approval is signed with your SSH key and written below approvals/: commit it with the rest. What you approve
    must be committed and free of errors. A deputy approves in the role of whom they stand in for.
    Exit status: 0 entered, 1 refused, 2 could not run.
    """
    from pipeline.cli.decision import Wanted, decide

    decision = "approve-with-conditions" if conditions else "approve"
    return decide(project, identity, Wanted(decision, role, reason, conditions, key, today))
