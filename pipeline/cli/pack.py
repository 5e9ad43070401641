"""`paraph pack`: the steering pack of a highlight report."""

import os
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import day_of, one_day, progress, project_options, say, today_option
from pipeline.cli.summary import say_made
from pipeline.settings import Project

if TYPE_CHECKING:
    from pipeline.outputs.packs import Refused
    from pipeline.run import Loaded

LANGUAGES = ("fr", "nl", "en")


@click.command()
@click.argument("identity", required=False, metavar="[RPT-ID]")
@project_options
@click.option("--lang", type=click.Choice(LANGUAGES), help="Its language; default: the report's.")
@click.option(
    "--as-of", metavar="DATE", callback=one_day, help="The day whose state it tells; default: the report's."
)
@click.option("--compare", is_flag=True, help="Print what moved since the report before, and make nothing.")
@click.option(
    "--issue", is_flag=True, help="Freeze its figures: write them, and the registers that they are from."
)
@today_option
def command(
    identity: str | None,
    project: Project,
    lang: str | None,
    as_of: str | None,
    compare: bool,
    issue: bool,
    today: str | None,
) -> None:
    """Make the steering pack of the highlight report RPT-ID: six blocks on two pages, with annexes.

    Without an ID it is the draft of the last day. The PDF is put under dist/pdf/; the site has the same as a page.
    A draft is made of the registers as they are now, an issued report of those that it was issued with.
    """
    from msgspec import structs

    from pipeline.outputs.packs import Refused, dated, issue_pack, make_pack, report_of, told_by
    from pipeline.outputs.past import with_past
    from pipeline.run import Options, load
    from pipeline.views.packs.moved import moved

    if compare and issue:
        raise click.UsageError("--compare makes nothing, and --issue does: leave one out")
    with progress() as show:
        loaded = load(project, Options(day=day_of(project, as_of or today), prose=False), show)
        found = report_of(loaded.programme, identity or "")
        report, programme = dated(found, loaded.programme, as_of or "", _last_day(project, today))
        if programme.day != loaded.programme.day and issue:
            # What ties out is judged on the day of the report.
            loaded = load(project, Options(day=programme.day, prose=False), show)
        spoken = lang or (report.lang if report.lang in LANGUAGES else "en")
        try:
            issued = issue_pack(project, loaded, report, programme) if issue else None
        except Refused as error:
            _say_refused(error, project, loaded)
            raise
        if issued is None:
            if programme.phase(report) == "early":
                programme = structs.replace(programme, past=with_past(project, loaded).programme.past)
            told = told_by(report, programme)
            made = None if compare else make_pack(project, loaded, told, spoken, show)
    if issued is not None:
        for path in issued.files:
            click.echo(f"  {os.path.relpath(os.path.join(project.root, path))}")
        click.echo(f"{report.id} is frozen as of {programme.day}: {issued.figures} figures, {issued.digest}")
        click.echo(f"Next: set the status of {report.id} to issued, and commit both files.")
    elif made is None:
        say("\n".join(moved(told.pack, told.programme, spoken)))
    else:
        say_made([made])


def _last_day(project: Project, today: str | None) -> str:
    """The last day of which the registers can tell: the one given, else today, or the last commit's where later."""
    from datetime import date

    return today or max(day_of(project, None), date.today().isoformat())


def _say_refused(error: "Refused", project: Project, loaded: "Loaded") -> None:
    """Show what does not tie out, as a check shows it."""
    from pipeline.report import text
    from pipeline.run import Options, report

    codes = tuple(sorted({item.code for item in error.findings}))
    shown = report(project, Options(select=codes, day=loaded.programme.day), loaded.checked, loaded.rules)
    click.echo(text.render(shown).rstrip("\n"))
