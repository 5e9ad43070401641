"""`paraph ratchet`: record the findings that are there, so that the gate blocks only new ones."""

import os

import click

from pipeline.cli.options import day_of, must_have_tools, progress, project_options, today_option
from pipeline.run import Options, ratchet
from pipeline.settings import Project


@click.command()
@project_options
@click.option("--accept-new", "reason", metavar="REASON", help="Record new findings too, and say why.")
@today_option
def command(project: Project, reason: str | None, today: str | None) -> int:
    """Record today's findings, so that the gate blocks only new ones.

    They are written to paraph-ratchet.toml beside the settings, to be committed. Once it is there, findings that
    are gone are taken out of it, and new ones come in only with a reason. SEC-* and LC-* are never recorded.
    Exit status: 0 nothing blocks any more, 1 findings are left that do, 2 could not run.
    """
    from pipeline.edit.write import Change, change_all, write_new
    from pipeline.ratchet import NAME
    from pipeline.report.summary import count

    if reason is not None and not reason.strip():
        raise click.UsageError("--accept-new wants a reason, for those who read the file")
    options = Options(day=day_of(project, today), must_have_tools=must_have_tools())
    with progress() as show:
        turned, notes = ratchet(project, options, " ".join((reason or "").split()), show)
    path = project.path(NAME)
    if turned.held is None and turned.added:
        write_new(path, turned.text)
    elif turned.held is not None and turned.text.encode() != turned.held:
        change_all([Change(path, turned.held, turned.text.encode())])
    shown = os.path.relpath(path)
    if turned.added:
        click.echo(f"recorded {count(turned.added, 'finding')} in {shown}; commit it")
    if turned.removed:
        click.echo(f"took out {count(turned.removed, 'finding')} that {_is_are(turned.removed)} gone")
    for note in notes:
        click.echo(f"paraph: {note}", err=True)
    click.echo(_ending(turned.kept, turned.new, turned.barred))
    return 1 if turned.blocking else 0


def _ending(kept: int, new: int, barred: int) -> str:
    from pipeline.report.summary import count

    words = f"{count(kept, 'finding')} known" if kept else "no finding is known"
    if new:
        words += f", {new} new: mend {'it' if new == 1 else 'them'}, or see --accept-new"
    if barred:
        words += f", {barred} of SEC-* or LC-* that cannot be recorded"
    return words


def _is_are(number: int) -> str:
    return "is" if number == 1 else "are"
