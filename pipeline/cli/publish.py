"""`paraph publish`: place a version of the site beside the others."""

import shutil

import click

from pipeline.cli.opened import Opened
from pipeline.cli.options import audience_option, engine_option, progress, project_options
from pipeline.errors import CouldNotRun
from pipeline.outputs.made import Made
from pipeline.outputs.version import clean_commit, make_version
from pipeline.publish.places import BRANCH, Place
from pipeline.publish.release import Release, check_names
from pipeline.settings import Project


@click.command()
@click.argument("version")
@project_options
@audience_option
@engine_option
@click.option(
    "--alias", metavar="NAME", help="Also under this name; default: latest for the newest, '' for none."
)
@click.option("--branch", metavar="NAME", help=f"Publish to this branch.  [default: {BRANCH}]")
@click.option("--folder", metavar="DIR", help="Publish to this folder instead.")
def command(
    version: str,
    project: Project,
    audience: str,
    engine: str | None,
    alias: str | None,
    branch: str | None,
    folder: str | None,
) -> None:
    """Make the site of the last commit and place it as VERSION beside the versions that are published.

    Nothing that is published is touched. A branch is not pushed.
    """
    if branch and folder:
        raise click.UsageError("--branch and --folder exclude each other")
    check_names(version, alias)
    release = Release(version, clean_commit(project), audience, alias)
    place = Place(project.root, branch or BRANCH, folder or "")
    place.check(release)
    made = _make(project, release, engine or "")
    try:
        if clean_commit(project) != release.commit:
            raise CouldNotRun("another commit was made meanwhile", "publish again")
        aliases, changed = place.put(made.path, release)
    finally:
        shutil.rmtree(made.path, ignore_errors=True)
    _say(place.name, release, made.words if changed else "as it was already", aliases)
    if not folder:
        click.echo(f"Next: git push origin {place.branch} makes it public.")


def _make(project: Project, release: Release, engine: str) -> Made:
    """Build the site as the version that it will be."""
    with progress() as show:
        opened = Opened(project, show)
        findings = opened.found.findings
        show("building the site")
        made = make_version(project, opened.loaded, release, opened.day, findings, engine)
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    return made


def _say(where: str, release: Release, words: str, aliases: tuple[str, ...]) -> None:
    also = f", also as {' and '.join(aliases)}" if aliases else ""
    click.echo(f"  {where}  {release.version} of commit {release.commit}{also}: {words}")
