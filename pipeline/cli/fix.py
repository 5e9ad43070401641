"""`paraph fix`: mend what is safe to mend."""

import os
import sys

import click

from pipeline.cli.check import codes_of, existing
from pipeline.cli.options import day_of, must_have_tools, progress, project_options, say, today_option
from pipeline.model import Report
from pipeline.run import Options, check, fix
from pipeline.settings import Project


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@project_options
@click.option("--diff", is_flag=True, help="Print what would change, and write nothing.")
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    help="Only findings of these rules, by code or its beginning; may be given more than once.",
)
@today_option
def command(
    paths: tuple[str, ...], project: Project, diff: bool, select: tuple[str, ...], today: str | None
) -> int:
    """Mend findings where only one mend can be meant.

    All else in the files stays as it is, byte by byte. A mend that would bring another finding is left out. PATHS
    and --select limit which findings are mended. Exit status: 0 nothing is left at the gate merge, 1 findings are
    left (with --diff: something would change), 2 could not run.
    """
    options = Options(
        paths=tuple(existing(path, project) for path in paths),
        select=codes_of(select, project),
        day=day_of(project, today),
        must_have_tools=must_have_tools(),
    )
    from pipeline.report.plain import visible

    with progress() as show:
        mended = fix(project, options, show)
    if diff:
        return _show(project, mended.files)
    _write(project, mended.files)
    with progress() as show:
        report = check(project, options, show)
    for _, finding in mended.done:
        where = f"{_shown(project, finding.path)}:{finding.line}:{finding.column}"
        click.echo(f"  {where} {finding.code} {visible(finding.message)}")
    for _, finding in mended.left:
        where = f"{_shown(project, finding.path)}:{finding.line}:{finding.column}"
        click.echo(f"  {where} {finding.code} is left: its mend would bring another finding")
    for note in report.notes:
        click.echo(f"paraph: {note}", err=True)
    click.echo(_summary(mended.gone, len(mended.files), report))
    return 1 if report.failed else 0


def _summary(gone: int, files: int, report: Report) -> str:
    from pipeline.report.summary import count

    words = f"mended {count(gone, 'finding')} in {count(files, 'file')}" if files else "nothing to mend"
    left = len(report.findings)
    if not left:
        return f"{words}; none remain"
    needs = "needs" if left == 1 else "need"
    return f"{words}; {left} {'remains' if left == 1 else 'remain'}, which {needs} a person: paraph check"


def _write(project: Project, files: dict[str, tuple[bytes, bytes]]) -> None:
    from pipeline.edit.write import Change, change_all

    changes = [Change(os.path.join(project.root, path), *pair) for path, pair in sorted(files.items())]
    change_all(changes)


def _show(project: Project, files: dict[str, tuple[bytes, bytes]]) -> int:
    """Print a unified diff, of which a terminal obeys nothing."""
    from pipeline.edit.patch import unified
    from pipeline.report.plain import visible

    for path, (before, after) in sorted(files.items()):
        name = _shown(project, path)
        for line in unified(name, before.decode("utf-8"), after.decode("utf-8")):
            say(visible(line) if sys.stdout.isatty() else line)
    return 1 if files else 0


def _shown(project: Project, path: str) -> str:
    from pipeline.report.plain import visible
    from pipeline.shown import shown_path

    return visible(shown_path(path, project))
