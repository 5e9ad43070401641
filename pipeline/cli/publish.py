"""`paraph publish`: place a version of the site beside the others."""

import os
import shutil

import click
from msgspec.structs import replace

from pipeline import tools
from pipeline.cli.opened import Opened
from pipeline.cli.options import audience_option, engine_option, progress, project_options
from pipeline.errors import CouldNotRun
from pipeline.history.commit import changes, revision
from pipeline.outputs.site import site_settings, woven_site
from pipeline.publish.release import Release, check_names
from pipeline.settings import Project

BRANCH = "gh-pages"


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
    release = Release(version, _clean_commit(project), audience, alias)
    branch = branch or BRANCH
    if not folder:
        from pipeline.publish.branch import branch_state

        branch_state(project.root, branch)
    site, words = _make(project, release, engine or "")
    try:
        if _clean_commit(project) != release.commit:
            raise CouldNotRun("another commit was made meanwhile", "publish again")
        aliases, changed = _place(project, site, release, branch, folder)
    finally:
        shutil.rmtree(site, ignore_errors=True)
    _say(folder or branch, release, words if changed else "as it was already", aliases)
    if not folder:
        click.echo(f"Next: git push origin {branch} makes it public.")


def _clean_commit(project: Project) -> str:
    """The commit that is published. Raises CouldNotRun without one, or where the files are not those of it."""
    if tools.find("git") is None:
        raise tools.missing("git")
    name, _ = revision(project.root)
    if not name:
        raise CouldNotRun("there is no commit to publish", "commit the documents to git first")
    settings = project.settings
    read = [
        project.path(each) for each in (settings.schemas, settings.styles, settings.templates, "mkdocs.yml")
    ]
    different = changes(project.root, [project.root, *read, *([project.file] if project.file else [])])
    if different:
        named = ", ".join(different[:3]) + (" and others" if different[3:] else "")
        hint = "commit them, or put them back"
        raise CouldNotRun(f"the files are not those of commit {name}: {named}", hint)
    return name


def _make(project: Project, release: Release, engine: str) -> tuple[str, str]:
    """Build the site as the version that it will be; give its folder, and what it holds."""
    from pipeline.render.site import build_site

    settings = site_settings(project, engine)
    url = f"{settings.url.rstrip('/')}/{release.version}/" if settings.url else ""
    settings = replace(settings, url=url, versions=True)
    # Of this run alone: another may build while this one is being placed.
    site = project.path(settings.work, f"published-{os.getpid()}")
    with progress() as show:
        opened = Opened(project, show)
        findings = opened.found.findings
        show("building the site")
        tree = woven_site(project, opened.loaded, release.audience, opened.day, findings)
        notes = build_site(tree, project.folder, project.root, site, settings)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    pages = sum(path.endswith(".md") for path in tree.files)
    return site, f"{pages} pages for {release.audience} readers"


def _place(
    project: Project, site: str, release: Release, branch: str, folder: str | None
) -> tuple[tuple[str, ...], bool]:
    if folder:
        from pipeline.publish.folder import place_in_folder

        return place_in_folder(site, release, os.path.abspath(folder))
    from pipeline.publish.branch import place_in_branch

    return place_in_branch(project.root, site, release, branch)


def _say(where: str, release: Release, words: str, aliases: tuple[str, ...]) -> None:
    also = f", also as {' and '.join(aliases)}" if aliases else ""
    click.echo(f"  {where}  {release.version} of commit {release.commit}{also}: {words}")
