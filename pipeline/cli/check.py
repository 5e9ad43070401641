"""`paraph check`: report what is wrong with the documents."""

import os
import sys

import click
from msgspec import structs

from pipeline.checks.grade import GATES
from pipeline.cli.options import (
    day_of,
    must_have_tools,
    progress,
    project_options,
    say,
    today_option,
)
from pipeline.report import REPORTERS
from pipeline.run import Options, check
from pipeline.settings import Project


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@project_options
@click.option("--format", "form", type=click.Choice(list(REPORTERS)), default="text", show_default=True)
@click.option(
    "--gate", type=click.Choice(GATES), default="merge", show_default=True, help="The gate to be passed."
)
@click.option("--fail-on", type=click.Choice(["error", "warning"]), default="error", show_default=True)
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    help="Only these rules, by code or its beginning: REF-DEAD,RQ; may be given more than once.",
)
@click.option(
    "--base", metavar="REV", help="Judge what changed since this revision, such as origin/main, too."
)
@today_option
@click.option("--no-prose", is_flag=True, help="Leave the wording rules out.")
def command(
    paths: tuple[str, ...],
    project: Project,
    form: str,
    gate: str,
    fail_on: str,
    select: tuple[str, ...],
    base: str | None,
    today: str | None,
    no_prose: bool,
) -> int:
    """Check the documents and report what is wrong.

    The whole programme is read, whatever PATHS are given: they only limit which findings are shown.
    Exit status: 0 clean, 1 findings, 2 could not run.
    """
    if base == "":
        raise click.UsageError("--base names no revision")
    options = Options(
        paths=tuple(existing(path, project) for path in paths),
        gate=gate,
        fail_on=fail_on,
        select=codes_of(select, project),
        day=day_of(project, today),
        prose=not no_prose,
        must_have_tools=must_have_tools(),
        base=base or "",
    )
    with progress() as show:
        report = check(project, options, show, click.get_current_context().obj)
    notes = [
        f"{path} is not among the documents: nothing of it was checked"
        for path, whole in zip(paths, options.paths, strict=True)
        if not _among(whole, project)
    ]
    report = structs.replace(report, notes=(*report.notes, *notes))
    text = REPORTERS[form](report)
    if form == "text" and sys.stdout.isatty():
        from pipeline.report import text as plain

        text = plain.render(report, colour=True)
    say(text.rstrip("\n"))
    for note in report.notes if form != "text" else ():
        click.echo(f"paraph: {note}", err=True)
    return 1 if report.failed else 0


def existing(path: str, project: Project) -> str:
    """The whole path of a file or folder, by the way by which the project's own folder was reached."""
    if not os.path.lexists(path):
        raise click.UsageError(f"there is no file or folder {path}")
    whole = os.path.abspath(path)
    for folder in (project.root, project.folder):
        if _below(whole, folder):
            break
        if _below(os.path.realpath(whole), os.path.realpath(folder)):
            return os.path.normpath(
                os.path.join(folder, os.path.relpath(os.path.realpath(whole), os.path.realpath(folder)))
            )
    return whole


def _among(path: str, project: Project) -> bool:
    """Whether a path is of the sources or of the schemas, or holds them."""
    folders = (project.root, project.path(project.settings.schemas))
    return any(_below(path, folder) or _below(folder, path) for folder in folders)


def _below(path: str, folder: str) -> bool:
    return os.path.join(path, "").startswith(os.path.join(folder, ""))


def codes_of(select: tuple[str, ...], project: Project) -> tuple[str, ...]:
    """The codes, or their beginnings, that all --select name together; none where there is no --select.

    Raises UsageError for one of no rule.
    """
    from difflib import get_close_matches

    from pipeline.cli.explain import all_rules

    if not select:
        return ()
    codes = tuple(code.strip().upper() for each in select for code in each.split(",") if code.strip())
    if not codes:
        raise click.UsageError("--select names no rule")
    known = [rule.code for rule in all_rules(project)]
    for code in codes:
        if not any(item.startswith(code) for item in known):
            near = get_close_matches(code, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"there is no rule {code}{hint}")
    return codes
