"""`paraph withdraw`: take back a decision of one's own."""

import click

from pipeline.cli.deciding import enter, entry_day_option, key_of, key_option, moment, open_table, refuse
from pipeline.cli.options import project_options
from pipeline.settings import Project


@click.command()
@click.argument("identity", metavar="ID")
@click.option("--role", default="", help="The role in which it was made; default: the last of all.")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is taken back.")
@key_option
@entry_day_option
@project_options
def command(
    identity: str, role: str, reason: str, key: str | None, today: str | None, project: Project
) -> int:
    """Take back your last approval or rejection of the artifact ID.

    The decision stays in the ledger and no longer counts. One may also take back what a deputy entered for oneself.
    Exit status: 0 entered, 1 refused, 2 could not run.
    """
    from pipeline.ledger.desk import Asked, Refused
    from pipeline.ledger.signature import fingerprint_of

    file = key_of(project, key)
    fingerprint = fingerprint_of(file)
    table = open_table(project)
    try:
        subject = table.desk.subject(identity)
        date = moment(today, table.desk.programme.ledgers.get(subject.id))
        entry, taken = table.desk.withdraw(subject, Asked("withdraw", role, fingerprint, date, reason))
    except Refused as error:
        return refuse(error.message, error.hint)
    path = enter(table, entry, file)
    what = "rejection" if taken.entry.decision == "reject" else "approval"
    named = f"{entry.artifact} {entry.version}".rstrip()
    click.echo(f"{entry.party} withdrew the {what} of {named} as {entry.role}, of {taken.day}")
    click.echo(f"  {path} and its .sig: commit both")
    return 0
