"""`paraph receive`: take back a deliverable that somebody signed."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.deciding import key_of, key_option
from pipeline.cli.issue import near
from pipeline.cli.opened import Opened
from pipeline.cli.options import complain, progress, project_options, today_option
from pipeline.cli.proof import tsa_options
from pipeline.cli.trusting import trust_options
from pipeline.outputs.brought import Brought, NotTaken
from pipeline.outputs.clerk import clerk_of
from pipeline.outputs.receiving import Received, Taken, receive
from pipeline.settings import Project

if TYPE_CHECKING:
    from pipeline.signoff.pdf.trust import Trust


@click.command()
@click.argument("file", metavar="FILE")
@project_options
@key_option
@click.option(
    "--role", metavar="ROLE", default="", help="The role that signed it; default: as its field says."
)
@tsa_options
@trust_options
@today_option
def command(
    file: str,
    project: Project,
    key: str | None,
    role: str,
    tsa: str,
    seconds: float,
    trust: "Trust",
    today: str | None,
) -> int:
    """Take back the deliverable in FILE, which somebody signed, and enter the signature in its ledger.

    FILE must be what was issued with signatures behind it, by who may sign in those roles. It is proven for the long
    term (PAdES B-LTA) by a timestamp, and stored below approvals/; FILE itself is left as it is.
    Exit status: 0 taken back, 1 not taken, 2 could not run.
    """
    try:
        with progress() as show:
            opened = Opened(project, show, today)
            brought = Brought(file, trust, role, tsa, seconds)
            received = receive(project, opened.loaded, brought, lambda at: clerk_of(at, key_of(project, key)))
    except NotTaken as error:
        complain(error)
        return 1
    _say(project, received, today)
    return 0


def _say(project: Project, received: Received, today: str | None) -> None:
    name = f"{received.id} {received.version}"
    if not received.taken:
        click.echo(f"{near(received.path)}: this signature was taken back already")
    for taken in received.taken:
        click.echo(f"{_signed(taken)} {name} as {taken.role}, {taken.when[:16].replace('T', ' ')} UTC")
        click.echo(f"  entered in {near(taken.entry)}")
    if received.taken:
        click.echo(f"  stored as {near(received.path)}")
    click.echo(_next(project, received, today))


def _signed(taken: Taken) -> str:
    return f"{taken.who} signed" + (f", for {taken.on_behalf}," if taken.on_behalf else "")


def _next(project: Project, received: Received, today: str | None) -> str:
    name = f"{received.id} {received.version}"
    if received.missing:
        return f"Still to sign: {', '.join(received.missing)}. Give them {near(received.path)}, which is the newest."
    with progress() as show:
        programme = Opened(project, show, today).loaded.programme
    standing = programme.standings.get(received.id)
    if standing is None or standing.version != received.version:
        return f"All have signed {name}."
    if standing.approved:
        return f"All have signed: {name} is approved, and with it what it holds. Commit what is new below approvals/."
    why = f"still missing: {', '.join(standing.missing)}" if standing.missing else "see paraph approvals"
    return f"All have signed {name}, which is not approved by that: {why}."
