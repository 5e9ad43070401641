"""`paraph revoke`: say that a key no longer counts."""

import os

import click

from pipeline.cli.deciding import enter, entry_day_option, key_of, key_option, moment, open_table, refuse
from pipeline.cli.options import one_day, project_options
from pipeline.settings import Project


@click.command()
@click.argument("lost", metavar="KEY")
@click.option("--reason", required=True, metavar="TEXT", help="What became of it.")
@click.option(
    "--since", metavar="DATE", callback=one_day, help="From when on it does not count; default: now."
)
@key_option
@entry_day_option
@project_options
def command(
    lost: str, reason: str, since: str | None, key: str | None, today: str | None, project: Project
) -> int:
    """Revoke a KEY, a fingerprint or a file, that was lost or stolen.

    What it signed before goes on counting, as far as the ledgers know it today. The party itself may revoke it with
    another key of its own, and so may the roles of policies.party.
    Exit status: 0 entered, 1 refused, 2 could not run.
    """
    from pipeline.ledger.desk import Asked, Refused
    from pipeline.ledger.signature import fingerprint_of

    file = key_of(project, key)
    fingerprint = fingerprint_of(file)
    gone = fingerprint_of(lost) if os.path.isfile(lost) else lost
    table = open_table(project)
    owner = table.desk.register.owner(gone)
    date = moment(today, table.desk.programme.ledgers.get(owner.id) if owner else None)
    from_when = f"{since}T00:00:00Z" if since else date
    try:
        entry = table.desk.revoke(gone, from_when, Asked("revoke-key", "", fingerprint, date, reason))
    except Refused as error:
        return refuse(error.message, error.hint)
    path = enter(table, entry, file)
    kept = len(entry.evidence["entries"])
    click.echo(f"{gone} of {entry.artifact} no longer counts from {from_when[:10]} on")
    click.echo(f"  what it signed before goes on counting: {kept} {'entry' if kept == 1 else 'entries'}")
    click.echo(f"  {path} and its .sig: commit both; end the key in {entry.artifact} with until:")
    return 0
