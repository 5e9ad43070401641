"""`paraph approvals`: who has approved what, and who has not."""

from functools import partial
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import complain, day_of, project_options, say, today_option
from pipeline.errors import CouldNotRun
from pipeline.run import Options, load
from pipeline.settings import Project

if TYPE_CHECKING:
    from pipeline.ledger.desk import Desk
    from pipeline.model import Programme, Standing


@click.command()
@click.argument("identity", metavar="[ID]", required=False)
@click.option("--waiting", is_flag=True, help="Only what is in review or approved, and waits for somebody.")
@click.option("--keys", is_flag=True, help="The keys of all parties instead.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@today_option
@project_options
def command(
    identity: str | None, waiting: bool, keys: bool, form: str, today: str | None, project: Project
) -> int:
    """Show where approvals stand: of the artifact ID with all that its ledger holds, or of all artifacts.

    Exit status: 0, also where somebody is missing; 1 where there is no such artifact; 2 could not run.
    """
    from pipeline.ledger.contents import Contents
    from pipeline.ledger.desk import Desk, Refused
    from pipeline.refresh import read_bytes
    from pipeline.report.approvals import as_json, as_text, keys_as_text

    day = day_of(project, today)
    loaded = load(project, Options(day=day, prose=False))
    programme = loaded.programme
    for note in loaded.checked.notes:
        click.echo(f"paraph: {note}", err=True)
    contents = Contents(programme, partial(read_bytes, project.root))
    desk = Desk(programme, project.settings.policies, contents)
    if keys:
        say(keys_as_text(_keys(desk)))
        return 0
    try:
        chosen = [desk.standing(desk.subject(identity))] if identity else list(programme.standings.values())
    except Refused as error:
        complain(CouldNotRun(error.message, error.hint))
        return 1
    if waiting:
        chosen = [item for item in chosen if _waits(programme, item)]
    if form == "json":
        say(as_json(programme, chosen, day))
    elif identity and chosen:
        say(_one(desk, chosen[0]))
    else:
        say(as_text(programme, chosen))
    return 0


def _one(desk: "Desk", standing: "Standing") -> str:
    from pipeline.report.approvals import one_as_text

    programme, standings = desk.programme, desk.standings
    ledger = programme.ledgers.get(standing.id)
    entries = ledger.entries if ledger else ()
    reasons = {item.digest: words for item in entries if (words := standings.fault(item))}
    reasons |= dict.fromkeys(standings.withdrawn(entries), "it was withdrawn")
    return one_as_text(programme.artifacts.get(standing.id), standing, ledger, reasons)


def _waits(programme: "Programme", standing: "Standing") -> bool:
    firm = programme.phase(programme.artifacts[standing.id]) == "firm"
    return firm and not (standing.approved and not standing.earlier)


def _keys(desk: "Desk") -> "list[tuple[str, str, str, str, str, str]]":
    register = desk.register
    rows = []
    for party in register.parties.values():
        for key in party.keys:
            gone = register.revoked.get(key.fingerprint)
            since = gone.since[:10] if gone else ""
            rows.append((key.fingerprint, party.id, party.name, key.since, key.until, since))
    return rows
